"""One world for the whole matrix: an open and a closed dossier, and somebody for every role and relation.

The dossiers are full: a value in every field. Everybody has the same relation to both. Who is ill and also
holds a role has a pair of dossiers of their own. Read next: `rule.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice, product
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session

from hervat.course.actions.recording import record
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.closing import close_dossier
from hervat.dossiers.actions.correcting import (
    correct_appointment,
    record_benefit_facts,
    record_work_facts,
)
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Assignment
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.values import (
    Address,
    Placement,
    SicknessAct,
    Value,
    WageSanction,
    Wga,
    Wia,
)
from hervat.dossiers.rules.vocabulary import (
    AssignmentState,
    CaseGround,
    ClosingReason,
    Conflict,
    CorrectionReason,
    DismissalReason,
    Field,
    Outcome,
    SafetyNet,
    ServiceBranch,
    Sex,
    WgaPhase,
    WiaDecision,
)
from hervat.law.vocabulary import SanctionKind
from hervat.organisation.models import Deputy, Posting, User
from hervat.register.vocabulary import Role

from ..cast import APPOINTMENT, ARMY, BRIGADE, COMPANY, OTHER_BRIGADE, TODAY, OfUnit, Sick
from ..dossiers.files import FIRST_SICK, OPENED, feed, open_for, permit_for
from .rule import BY_UNIT, DOCTORS, Relation

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=90)
POSTABLE = tuple(role for role in Role if role not in {Role.RE_INTEGRANT, Role.RESPONDENT, Role.UWV})
_UNIT: dict[Relation, tuple[OfUnit, bool]] = {
    Relation.UNIT_AND_BELOW: (BRIGADE, True),
    Relation.UNIT_WITHOUT_BELOW: (BRIGADE, False),
    Relation.PART_AND_BELOW: (ARMY, True),
    Relation.PART_WITHOUT_BELOW: (ARMY, False),
    Relation.OTHER_UNIT: (OTHER_BRIGADE, True),
    Relation.DEPUTY: (OTHER_BRIGADE, False),
    Relation.DEPUTY_UNTIL_YESTERDAY: (OTHER_BRIGADE, False),
    Relation.DEPUTY_ENDED_TODAY: (OTHER_BRIGADE, False),
    Relation.DEPUTY_OF_WHO_LEFT: (OTHER_BRIGADE, False),
}
_POSTING: dict[Relation, dict[str, Any]] = {
    Relation.POSTED_UNTIL_TODAY: {"ends_on": TODAY},
    Relation.POSTED_UNTIL_YESTERDAY: {"ends_on": YESTERDAY},
    Relation.ASSIGNED_NO_LONGER_POSTED: {"ends_on": YESTERDAY},
    Relation.POSTED_FROM_TOMORROW: {"starts_on": TOMORROW},
    Relation.REVOKED_TODAY: {"revoked_on": TODAY},
    Relation.REVOKED_TOMORROW: {"revoked_on": TOMORROW},
}
_ACCEPTED = {"state": AssignmentState.ACCEPTED, "decided_on": LONG_AGO, "decided_by": "zelf"}
_ENDED = _ACCEPTED | {"state": AssignmentState.ENDED, "ended_by": "zelf"}
_BY_CASE = {"ground": CaseGround.OBJECTION, "why": bytes(64)}
_ASSIGNMENT: dict[Relation, dict[str, Any]] = {
    Relation.DISABLED: _ACCEPTED,
    Relation.SELF: _ACCEPTED,
    Relation.NOT_APPROVED: _ACCEPTED,
    Relation.ASSIGNED: _ACCEPTED,
    Relation.ASSIGNED_UNTIL_TODAY: _ACCEPTED | {"last_day": TODAY},
    Relation.ASSIGNED_UNTIL_YESTERDAY: _ACCEPTED | {"last_day": YESTERDAY},
    Relation.ASSIGNED_FROM_TOMORROW: _ACCEPTED | {"first_day": TOMORROW},
    Relation.ENDED_TODAY: _ENDED | {"ended_on": TODAY},
    Relation.ENDED_YESTERDAY: _ENDED | {"ended_on": YESTERDAY},
    Relation.PROPOSED: {"state": AssignmentState.PROPOSED},
    Relation.REJECTED: _ACCEPTED | {"state": AssignmentState.REJECTED},
    Relation.BY_CASE: _ACCEPTED | _BY_CASE | {"last_day": TOMORROW},
    Relation.BY_CASE_UNTIL_YESTERDAY: _ACCEPTED | _BY_CASE | {"last_day": YESTERDAY},
    Relation.ASSIGNED_NOT_POSTED: _ACCEPTED,
    Relation.ASSIGNED_NO_LONGER_POSTED: _ACCEPTED,
    Relation.ASSIGNED_IN_ANOTHER_ROLE: _ACCEPTED,
}
_BOTH = {Relation.SELF, Relation.DISABLED, Relation.NOT_APPROVED}
"""Relations in which a role of a unit is posted where the dossier is, and assigned to it as well."""
_NOT_POSTED = {Relation.NOTHING, Relation.ASSIGNED_NOT_POSTED, Relation.DEPUTY_WITHOUT_ROLE}
_DEPUTY: dict[Relation, dict[str, Any]] = {
    Relation.DEPUTY: {"ends_on": TODAY},
    Relation.DEPUTY_UNTIL_YESTERDAY: {"ends_on": YESTERDAY},
    Relation.DEPUTY_ENDED_TODAY: {
        "ends_on": TOMORROW,
        "revoked_on": TODAY,
        "revoked_by": "cli:x",
        "revoked_by_kind": "opdracht",
        "revoke_reason": "door-beheer",
    },
    Relation.DEPUTY_WITHOUT_ROLE: {"ends_on": TODAY},
    Relation.DEPUTY_OF_WHO_LEFT: {"ends_on": TODAY},
}

WORK: dict[Field, Value] = {
    Field.WORK_RELATION: "Goed, zegt iedereen.",
    Field.WORK_CONFLICT: Conflict.MEDIATION,
    Field.REACHABLE_9_10: True,
    Field.REACHABLE_10_5: False,
    Field.REACHABILITY_NOTE: "Liever na de lunch.",
    Field.PAY_ENDS_ON: date(2028, 10, 4),
    Field.OUTCOME: Placement(Outcome.OWN_WORK, date(2026, 11, 1)),
}
BENEFITS: dict[Field, Value] = {
    Field.SICKNESS_ACT: SicknessAct(SafetyNet.HOLDS, date(2026, 10, 7)),
    Field.WIA: Wia(date(2026, 9, 1), date(2026, 9, 2), WiaDecision.WGA_PARTIAL, date(2026, 11, 2)),
    Field.SANCTION: WageSanction(date(2026, 11, 3), next(iter(SanctionKind))),
    Field.WGA: Wga(WgaPhase.WAGE_RELATED, date(2026, 11, 4)),
}
APPOINTED: dict[Field, Value] = {
    Field.SERVICE_BRANCH: ServiceBranch.ARMY,
    Field.DUTIES: "Voertuigen onderhouden.",
    Field.JOB_DESCRIPTION: APPOINTMENT[Field.JOB_DESCRIPTION],
    Field.ENDS_ON: date(2029, 1, 1),
    Field.DISMISSED_ON: date(2029, 2, 1),
    Field.DISMISSAL_REASON: DismissalReason.END_OF_TERM,
}


@dataclass(frozen=True)
class Pair:
    """The same person twice: an open dossier, and one that was closed before it."""

    person: Sick
    open: Opened
    closed: Opened

    def __iter__(self) -> Iterator[tuple[Opened, bool]]:
        return iter(((self.open, False), (self.closed, True)))


@dataclass(frozen=True)
class World:
    """Whom there is: a pair of dossiers, and for each role and relation a user; or a pair of their own."""

    pair: Pair
    users: dict[tuple[Role, Relation], UUID] = field(default_factory=dict)
    own: dict[Role, Pair] = field(default_factory=dict)
    sessions: dict[UUID, Session] = field(default_factory=dict)
    """How each of them is logged in, once they were: a test that is undone takes the row along."""
    systems: dict[Role, UUID] = field(default_factory=dict)
    """A system that may ask the log, for each role; only where a test added them."""

    def dossiers(self, role: Role, relation: Relation) -> Pair:
        return self.own[role] if relation is Relation.SELF else self.pair

    def begin_a_course(self) -> None:
        """Record the sick report of the open dossier, so that there is something to do, and lists of it."""
        record(
            permit=feed(self.pair.person.unit.id),
            expected_version=None,
            facts=[NewFact(Kind.SICK, FIRST_SICK)],
            dossier=self.pair.open.dossier,
        )


def build() -> World:
    """Fill the tables; the units of the cast are there already."""
    codes = (UUID(int=number, version=4) for number in count(0x1000))
    world = World(a_pair(_sick(0, next(codes)), full=True))
    for role, relation in product(Role, Relation):
        world.users[role, relation] = next(codes)
    for number, role in enumerate(Role, 1):
        world.own[role] = a_pair(_sick(number, world.users[role, Relation.SELF]))
    _post_everybody(world)
    _deputise_everybody(world)
    _assign_everybody(world)
    return world


def a_pair(sick: Sick, *, full: bool = False) -> Pair:
    """Two dossiers of one person, the first closed; with a value in every field when it is to be read."""
    closed = open_for(sick, opened_on=LONG_AGO, first_sick_on=LONG_AGO)
    version = _fill(closed) if full else 1
    close_dossier(
        permit=permit_for(closed), expected_version=version, on=OPENED, reason=ClosingReason.COURSE_ENDED
    )
    opened = open_for(sick)
    if full:
        _fill(opened)
    return Pair(sick, opened, closed)


def _sick(number: int, code: UUID) -> Sick:
    return Sick(
        code,
        COMPANY,
        {
            Field.NAME: f"Zieke Zwaluw {number}",
            Field.EMPLOYEE_ID: f"W2{number:05}",
            Field.BSN: _bsn(number),
            Field.SEX: Sex.OTHER,
            Field.BIRTH_DATE: date(1990, 1, 1 + number),
            Field.ADDRESS: Address("Nergensstraat 2", "0000 ZZ", "Nergenshuizen"),
            Field.EMAIL: f"zwaluw{number}@example.org",
            Field.PHONE: "+31 6 00000000",
            Field.PAYROLL_TAX_NUMBER: "000000000L01",
        },
    )


def _bsn(number: int) -> str:
    """A number of the range that is given to nobody, with the eleven-test."""
    tails = (f"9999{tail:05}" for tail in range(10_000, 99_999))
    return next(islice(filter(_passes, tails), number, None))


def _passes(number: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11 == 0


def _fill(opened: Opened) -> int:
    permit, reason = permit_for(opened), CorrectionReason.CHANGED
    version = record_work_facts(permit=permit, expected_version=1, changes=WORK)
    version = record_benefit_facts(permit=permit, expected_version=version, changes=BENEFITS)
    return correct_appointment(permit=permit, expected_version=version, changes=APPOINTED, reason=reason)


def _post_everybody(world: World) -> None:
    User.objects.bulk_create(
        User(
            code=code,
            name="Iemand",
            email=f"{code}@example.org",
            disabled_on=TODAY if relation is Relation.DISABLED else None,
        )
        for (_, relation), code in world.users.items()
    )
    Posting.objects.bulk_create(
        Posting(user_id=code, granted_by_kind="opdracht", granted_by="cli:beheer", **columns)
        for (role, relation), code in world.users.items()
        if (columns := _posting(role, relation)) is not None
    )


def _deputise_everybody(world: World) -> None:
    """Each deputy acts for who is posted at the unit, and assigned, in the same role."""
    for role, (relation, columns) in product(POSTABLE, _DEPUTY.items()):
        whose = _principal(role, relation)
        principal = world.users[role, whose]
        Deputy.objects.create(
            posting_id=Posting.objects.values_list("id", flat=True).get(user=principal),
            principal_id=principal,
            deputy_id=world.users[role, relation],
            reason="afwezig",
            named_by_kind="gebruiker",
            named_by=str(principal),
            **({"starts_on": LONG_AGO} | columns),
        )


def _principal(role: Role, relation: Relation) -> Relation:
    if relation is Relation.DEPUTY_OF_WHO_LEFT:
        return Relation.REVOKED_TODAY
    return Relation.OWN_UNIT if role in BY_UNIT else Relation.ASSIGNED


def _posting(role: Role, relation: Relation) -> dict[str, Any] | None:
    if role not in POSTABLE or relation in _NOT_POSTED:
        return None
    posted = _another(role) if relation is Relation.ASSIGNED_IN_ANOTHER_ROLE else role
    columns: dict[str, Any] = {"role": posted.value, "starts_on": LONG_AGO} | _POSTING.get(relation, {})
    if "revoked_on" in columns:
        columns |= {"revoked_by": "cli:x", "revoked_by_kind": "opdracht", "revoke_reason": "Andere functie."}
    if posted in DOCTORS and relation is not Relation.NOT_APPROVED:
        columns |= {"approved_by": "cli:tweede", "approved_by_kind": "opdracht", "approved_on": LONG_AGO}
    if posted in BY_UNIT:
        unit, below = _UNIT.get(relation, (_home(relation), False))
        columns |= {"unit_id": unit.id, "below": below, "below_reason": "Hoort erbij." if below else ""}
    return columns


def _home(relation: Relation) -> OfUnit:
    """The unit of who is posted: another one where an assignment is what is tried."""
    only_assigned = relation in _ASSIGNMENT and relation not in _BOTH
    return OTHER_BRIGADE if only_assigned else COMPANY


def _another(role: Role) -> Role:
    return Role.ROBIDUS if role is Role.DCR_GUIDE else Role.DCR_GUIDE


def _assign_everybody(world: World) -> None:
    common = [one for one in _ASSIGNMENT if one is not Relation.SELF]
    for opened, _ in world.pair:
        _assign(opened, [(role, one, world.users[role, one]) for role, one in product(Role, common)])
    for role, pair in world.own.items():
        for opened, _ in pair:
            _assign(opened, [(role, Relation.SELF, world.users[role, Relation.SELF])])


def _assign(opened: Opened, whom: list[tuple[Role, Relation, UUID]]) -> None:
    with permitted(permit_for(opened)):
        Assignment.objects.bulk_create(
            Assignment(
                dossier_id=opened.dossier,
                user_code=code,
                role=role.value,
                proposed_by="cli:x",
                **_assignment(role, relation),
            )
            for role, relation, code in whom
        )


def _assignment(role: Role, relation: Relation) -> dict[str, Any]:
    columns = {"first_day": LONG_AGO} | _ASSIGNMENT[relation]
    if role is Role.LEGAL_ADVISER:
        return _BY_CASE | {"last_day": TOMORROW} | columns
    return columns
