"""The door for the personnel feed: a permit for each message, for the one dossier or unit that it is about.

A person is found by employee number, in one question that only the door may ask. Must never: let a message
in to more than the latest dossier of the one person it names. Read next: `door.py` (for_job), `jobs.py`,
`../exchange/actions/receive.py`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from hervat.access.door import NoPurpose, desk_purpose, for_job
from hervat.access.jobs import PERSONNEL_FEED, PERSONNEL_UNITS, QUARANTINE, Job
from hervat.dossiers.queries.of_employee import of_employee
from hervat.exchange.rules.admitting import Admitted
from hervat.exchange.rules.vocabulary import NOWHERE
from hervat.journal.actions.append import begin
from hervat.organisation.queries.standing import unit_tree
from hervat.register import in_force
from hervat.register.model import OpenPointId, PurposeId, Register
from hervat.register.open_points import accepted_on
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation, Source

_TERM: Final = OpenPointId("concepten-en-quarantaine")
"""The open point of how long a message waits; as long as it is open, nothing is destroyed."""


@dataclass(frozen=True)
class Feed:
    """What the door says to one delivery: on a day, from a mouth.

    Raises `NoPurpose` where the register has none.
    """

    on: date
    source: Source
    demo: bool = False

    @cached_property
    def register(self) -> Register:
        """The register of that day."""
        return in_force.history().on(self.on)

    @cached_property
    def purpose(self) -> PurposeId:
        """The purpose for which sick reports are taken in: the first that names all that a feed does."""
        for purpose in self.register.reading.purposes.values():
            if PERSONNEL_FEED.operations <= set(purpose.operations):
                return purpose.id
        raise NoPurpose(self.register, Operation.REPORT_SICKNESS)

    @property
    def destroys_quarantine(self) -> bool:
        """Whether what is past its term in quarantine is destroyed: not before somebody accepted a term.

        An entry that leaves nothing open about it has settled it.
        """
        accepted = accepted_on(in_force.acceptances(demo=self.demo), self.on)
        return _TERM not in self.register.open_points or _TERM in accepted

    def person(self, employee_number: str) -> Admitted | None:
        """Let in to the latest dossier of an employee; None: there is none. Raises `EmployeeNumberError`.

        Nothing is logged here: what is done with a dossier is, and of who has none nothing is kept.
        """
        found = of_employee(employee_number)
        if found is None:
            return None
        permit = for_job(
            PERSONNEL_FEED,
            self.purpose,
            on=self.on,
            trace=begin(),
            dossier=found.dossier,
            source=self.source,
            demo=self.demo,
        )
        return Admitted(permit, found)

    def opening(self, unit: UUID) -> Permit:
        """Let in to open a dossier in a unit."""
        return self._job(PERSONNEL_FEED, self.purpose, frozenset({unit}))

    def openings(self, units: frozenset[UUID]) -> Permit:
        """Let in to open dossiers in some units: for a first load."""
        return self._job(PERSONNEL_FEED, self.purpose, units)

    def tree(self) -> Permit:
        """Let in to the tree of units: no person, no posting."""
        return self._job(PERSONNEL_UNITS, desk_purpose(Operation.ADMINISTER_USERS, self.on))

    def apart(self, place: UUID) -> Permit:
        """Let in to put a message in quarantine for a place, and to nothing else."""
        return self._job(QUARANTINE, self.purpose, frozenset({place}))

    def everywhere(self) -> Permit:
        """Let in to what waits in quarantine past its term, wherever it is."""
        return self._job(QUARANTINE, self.purpose, frozenset({*unit_tree().units, NOWHERE}))

    def _job(self, job: Job, purpose: PurposeId, units: frozenset[UUID] = frozenset()) -> Permit:
        return for_job(
            job, purpose, on=self.on, trace=begin(), units=units, source=self.source, demo=self.demo
        )
