"""Keys ready for use, the keys to search with, and how many keys are under which epoch.

A room fetches the keys of all the rows it shows at once: one query for a page, where one by one costs a
query a row. It logs what it opens with them under its own permit; the vault sees no item. Must never: keep
a key after the page it was fetched for, so that a destroyed key is gone at once.
Read next: `rules/sealing.py` (what to do with a key), `actions.py` (making and destroying one).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from hervat.journal.queries.prepared import ask, ids
from hervat.vault.models import Key
from hervat.vault.rules.finding import SearchKeys
from hervat.vault.rules.sealing import DataKey, Domain
from hervat.vault.rules.wrapping import Keyring, Wrapped

# Not the ORM: fifty owners as one value take a fraction of the time of fifty.
_KEYS = "SELECT owner, epoch, wrapped FROM vault_key WHERE domain = %s AND owner = ANY(%s::uuid[])"


@dataclass(frozen=True, slots=True)
class EpochState:
    """How one epoch of a domain stands. Only what no key is under, and is not the highest, may go."""

    domain: Domain
    epoch: int
    keys: int
    here: bool
    highest: bool

    @property
    def removable(self) -> bool:
        return self.here and not self.highest and self.keys == 0


def keyring() -> Keyring:
    """Return the keys that wrap, as the environment gives them."""
    return _keyring(tuple(settings.KEYS_ORDINARY.items()), tuple(settings.KEYS_MEDICAL.items()))


def search_keys() -> SearchKeys:
    """Return the keys to search with. Raises `SearchKeyError` when the environment gives none."""
    return _search_keys(settings.INDEX_KEY)


def keys_for(owners: Collection[UUID], domain: Domain) -> Mapping[UUID, DataKey]:
    """Return the keys of these owners, in one query; who is not in the answer has none, or no longer.

    Raises `MissingKeyError` and `WrapError`.
    """
    ring = keyring()
    kept = ask(_KEYS, (domain.value, ids(owners)))
    return {owner: ring.unwrap(Wrapped(owner, domain, epoch, wrapped)) for owner, epoch, wrapped in kept}


def status() -> tuple[EpochState, ...]:
    """Return every epoch of every domain that has keys or stands in the environment."""
    ring = keyring()
    rows = Key.objects.values_list("domain", "epoch").annotate(Count("owner"))
    counted = {(Domain(domain), epoch): count for domain, epoch, count in rows}
    known = {(domain, epoch) for domain in Domain for epoch in ring.epochs(domain)}
    return tuple(
        EpochState(
            domain=domain,
            epoch=epoch,
            keys=counted.get((domain, epoch), 0),
            here=epoch in ring.epochs(domain),
            highest=epoch == max(ring.epochs(domain), default=None),
        )
        for domain, epoch in sorted(known | counted.keys())
    )


@lru_cache(maxsize=2)
def _keyring(ordinary: tuple[tuple[int, bytes], ...], medical: tuple[tuple[int, bytes], ...]) -> Keyring:
    return Keyring.of({Domain.ORDINARY: dict(ordinary), Domain.MEDICAL: dict(medical)})


@lru_cache(maxsize=2)
def _search_keys(index_key: bytes) -> SearchKeys:
    return SearchKeys.of(index_key)
