"""The systems that may ask for lines: one by its id, or all of them.

Nothing here is about a person, so nothing is logged. Must never: give a secret; there is none, only its
digest, and that only to compare it with. Read next: `../actions/clients.py`, `hervat/api/credentials.py`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from hervat.journal.models import Client
from hervat.register.vocabulary import Role


@dataclass(frozen=True, slots=True)
class ClientView:
    """A system, by its id, with what is kept of its secret."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    ended_at: datetime | None
    secret_digest: bytes = field(repr=False)

    @property
    def may_ask(self) -> bool:
        """Whether it has not been ended."""
        return self.ended_at is None


def digest_of(secret: str) -> bytes:
    """Return what is kept of a secret.

    A plain SHA-256, without salt or stretching: those protect what people choose, by making each guess
    dear. This secret is 256 random bits that no one chose, so there is nothing to guess.
    """
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def find_client(identifier: UUID) -> ClientView | None:
    """Return a system by its id, ended or not, or None."""
    found = Client.objects.filter(id=identifier).first()
    return _view(found) if found else None


def list_clients(*, using: str = "default") -> tuple[ClientView, ...]:
    """Return every system there is or was, the oldest first."""
    return tuple(_view(client) for client in Client.objects.using(using).order_by("created_at", "id"))


def _view(client: Client) -> ClientView:
    return ClientView(
        id=client.id,
        name=client.name,
        role=Role(client.role),
        created_at=client.created_at,
        ended_at=client.ended_at,
        secret_digest=bytes(client.secret_digest),
    )
