"""The jobs that may come in: each for a few operations, with the items that it reads and writes.

A job has no role in the matrix, so it gets no more than what the register keeps for its purpose: an item
that waits for an open point is closed to a job as it is to a person. A new job is a new line here.
Must never: give a job an item of a doctor. Read next: `door.py` (for_job).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from hervat.access.choosing import ListOf
from hervat.access.narrowing import Circumstances, narrow, outcomes
from hervat.access.ways import list_way
from hervat.register.decisions import ITEMS, Allowed, Decision, Decisions, Projection, Refused
from hervat.register.model import PurposeId, Reason
from hervat.register.vocabulary import Certainty, Item, Operation, Role, Scope, Use

_NOT_FOR_THIS_JOB = Refused(
    Reason("Deze taak is niet voor dit gegeven.", "register D2599, lezing van Hervat", Certainty.HIGH)
)


@dataclass(frozen=True, slots=True)
class Job:
    """A job: the name under which the log knows it, what it does, and with which items."""

    name: str
    operations: frozenset[Operation]
    reads: AbstractSet[Item]
    writes: AbstractSet[Item]


_OF_THE_PERSONNEL_SYSTEM = frozenset(
    {
        Item.NAME_AND_ADDRESS,
        Item.BIRTH_DATE,
        Item.SEX,
        Item.EMAIL,
        Item.PHONE,
        Item.EMPLOYEE_ID,
        Item.BSN,
        Item.PAYROLL_TAX_NUMBER,
        Item.SERVICE_BRANCH,
        Item.UNIT,
        Item.DUTIES,
        Item.JOB_DESCRIPTION,
        Item.APPOINTMENT_END,
        Item.DISMISSAL_DATE,
        Item.DISMISSAL_REASON,
        Item.PAY_END,
        Item.CASE_NUMBER,
        Item.SICKNESS_ABSENCE,
    }
)
PERSONNEL_FEED = Job(
    "p-en-o-berichten",
    # It opens a dossier, and brings later what changed in the source.
    frozenset({Operation.REPORT_SICKNESS, Operation.KEEP_DOSSIER}),
    _OF_THE_PERSONNEL_SYSTEM,
    _OF_THE_PERSONNEL_SYSTEM,
)
PERSONNEL_UNITS = Job(
    "p-en-o-eenheden",
    frozenset({Operation.ADMINISTER_USERS}),
    frozenset({Item.USER_POSTING}),
    frozenset({Item.USER_POSTING}),
)
"""Brings the tree of units; who is posted where is given by people only."""
QUARANTINE = Job("p-en-o-quarantaine", frozenset({Operation.REPORT_SICKNESS}), frozenset(), frozenset())
"""Puts a message apart that cannot be read: it opens no item."""

CLEARING = Job(
    "opruimen",
    frozenset({Operation.LOG_IN}),
    frozenset(),
    frozenset({Item.USER_CREDENTIALS, Item.USER_ACTIVITY}),
)
PLANNING = Job(
    "herplannen",
    frozenset({Operation.KEEP_DOSSIER}),
    frozenset({Item.CASE_NUMBER, Item.SICKNESS_ABSENCE}),
    frozenset({Item.SICKNESS_ABSENCE}),
)
"""Computes again what must happen when, of the dates that are there."""
DIGEST = Job(
    "dagelijks-bericht", frozenset({Operation.ADMINISTER_USERS}), frozenset({Item.USER_CONTACT}), frozenset()
)
"""Sends each user how much waits for them."""
DIGEST_COUNT = Job("dagelijks-bericht", frozenset({Operation.LIST_CASELOAD}), frozenset(), frozenset())
"""The same job while it counts; of what, the list says (`counted`)."""
LOG_MONTHS = Job("logmaanden", frozenset({Operation.OVERSEE}), frozenset(), frozenset())


def allowed_to(
    items: AbstractSet[Item], decisions: Decisions, purpose: PurposeId, on: date
) -> Projection:  # fmt: skip
    """Return the decisions for a job: an item is allowed when the register keeps it for the purpose at all.

    Whom an item is about may always see it for a purpose it is kept for; so that answer says whether the
    register keeps it, and which open point it waits for.
    """
    kept = decisions.project(Role.RE_INTEGRANT, Use.READ, purpose, on)
    return tuple(_for_job(decision, item in items) for item, decision in zip(ITEMS, kept, strict=True))


def counted(counts: ListOf, decisions: Decisions, on: date) -> Projection:
    """Return the decisions for who counts a list: what its role sees, and of that no more than that it is."""
    seen = decisions.project(counts.role, Use.READ, counts.purpose, on)
    return outcomes(narrow(seen, Use.READ, Circumstances(list_way(counts.role).authority)))


def _for_job(kept: Decision, wanted: bool) -> Decision:
    if not wanted:
        return _NOT_FOR_THIS_JOB
    return Allowed(Scope.FULL, kept.ground) if isinstance(kept, Allowed) else kept
