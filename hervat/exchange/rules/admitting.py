"""What the room asks of the door for each message: a room cannot call it, so a mouth hands it over.

Must never: be answered by anything but `hervat/access/feed.py`. Read next: `../actions/receive.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from hervat.register.model import Register
from hervat.register.permit import Permit

if TYPE_CHECKING:
    from hervat.dossiers.queries.of_employee import Latest


@dataclass(frozen=True, slots=True)
class Admitted:
    """A permit for the latest dossier of somebody, and how that dossier stands."""

    permit: Permit
    latest: "Latest"


class Admits(Protocol):
    """The door, for one delivery of messages on one day."""

    @property
    def on(self) -> date:
        """The day on which they are taken in."""

    @property
    def register(self) -> Register:
        """The register of that day."""

    def person(self, employee_number: str) -> Admitted | None:
        """Let in to the latest dossier of an employee; None: there is none. Raises `EmployeeNumberError`."""

    def opening(self, unit: UUID) -> Permit:
        """Let in to open a dossier in a unit."""

    def openings(self, units: frozenset[UUID]) -> Permit:
        """Let in to open dossiers in some units: for a first load."""

    def tree(self) -> Permit:
        """Let in to the tree of units."""

    def apart(self, place: UUID) -> Permit:
        """Let in to put a message in quarantine for a place, and to nothing else."""
