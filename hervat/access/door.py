"""The door: the only place where a Permit is made.

Somebody asks to do something for a purpose; the door finds as what they may come (`ways.py`), asks the
register item by item, takes off what the moment takes off (`narrowing.py`), and gives a permit or a
refusal. A refusal is logged and committed before it is told, so nobody asks inside a transaction.
Must never: raise where it should refuse, tell of a dossier that one may not know of, or let in a job, a
command or an administrator otherwise than here. Read next: `asking.py`, `refusals.py`, `jobs.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hervat.access.asking import Asked, log_refusal
from hervat.access.choosing import ListOf, purposes_for, why_not_for
from hervat.access.choosing import NoPurpose as NoPurpose
from hervat.access.choosing import desk_purpose as desk_purpose
from hervat.access.finding import found_for, proposed_to, stakes_of
from hervat.access.jobs import Job, allowed_to, counted
from hervat.access.machine import account_code, account_of_this_process
from hervat.access.narrowing import Circumstances, narrow, only
from hervat.access.refusals import Refusal, Why, nothing_allowed, refusal
from hervat.access.ways import Way, by, list_postings, list_way, posted_units, roles_held, units_of
from hervat.dossiers.queries.relation import Relation, Whose, person_of, relation, whose
from hervat.dossiers.rules.assignments import NEVER_ASSIGNED
from hervat.dossiers.rules.vocabulary import Status
from hervat.exchange.rules.vocabulary import NOWHERE
from hervat.journal.rules.acts import Met, under
from hervat.journal.rules.line import SubjectKind
from hervat.journal.rules.trace import Trace
from hervat.organisation.queries.standing import is_disabled, roles_on, standing_on
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.register import in_force
from hervat.register.decisions import Allowed, Projection
from hervat.register.model import PurposeId, Register
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Role, Source, Use

_AFTER_CLOSING = frozenset({Authority.OWN, Authority.CASE})
SUPERVISORS = (Role.PRIVACY_OFFICER, Role.AUDITOR)
# What one sees of a dossier that one may open again, or answer a proposal for: enough to know which it is.
_ENOUGH_TO_KNOW = frozenset({Item.CASE_NUMBER, Item.UNIT})
_OF_USERS = frozenset({Item.USER_ASSIGNMENT})
_TO_REOPEN = frozenset({Item.SICKNESS_ABSENCE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the door would answer, and what a line of the log would say of it: the role, and whom it met."""

    answer: Permit | Refusal
    role: Role | None = None
    met: tuple[Met, ...] = ()


def enter(asked: Asked, case_number: str) -> Permit | Refusal:
    """Let somebody in to one dossier, or say no. A dossier that is nobody's business is not found."""
    verdict = judge(asked, case_number)
    if isinstance(verdict.answer, Permit):
        return verdict.answer
    register = in_force.history().on(asked.on)
    return log_refusal(asked, register, verdict.answer, role=verdict.role, met=verdict.met)


def judge(asked: Asked, case_number: str) -> Verdict:
    """Decide what `enter` decides, without a line: for it, and for who explains access to another.

    Must never: give its permit to a room; only `enter` lets in.
    """
    register = in_force.history().on(asked.on)
    found, ways = found_for(asked, case_number)
    if found is None:
        return Verdict(refusal(Why.UNKNOWN_CASE))
    met = (_met(found),)
    if not ways:
        return Verdict(refusal(Why.NO_RELATION), met=met)
    way = _choose(ways, asked, register)
    if way is None:
        return Verdict(refusal(Why.NOT_AS_THIS_ROLE), asked.role, met)
    closed = found.status is Status.CLOSED
    if closed and way.authority not in _AFTER_CLOSING:
        return Verdict(refusal(Why.CLOSED), way.role, met)
    given = Circumstances(way.authority, closed)
    return Verdict(make_permit(asked, register, way, dossier=found, given=given), way.role, met)


def reopen(asked: Asked, case_number: str) -> Permit | Refusal:
    """Let somebody in to a closed dossier to open it again: its number, and nothing else of it."""
    register = in_force.history().on(asked.on)
    found, ways = found_for(asked, case_number)
    way = _choose([way for way in ways if way.role in UNIT_ROLES], asked, register)
    if found is None or way is None:
        why = Why.NO_RELATION if found else Why.UNKNOWN_CASE
        return log_refusal(asked, register, refusal(why), met=[_met(found)] if found else [])
    permit = make_permit(asked, register, way, dossier=found)
    if isinstance(permit, Refusal):
        return log_refusal(asked, register, permit, role=way.role, met=[_met(found)])
    return _limited(permit, asked, reads=_ENOUGH_TO_KNOW, writes=_TO_REOPEN)


def answer(asked: Asked, case_number: str) -> Permit | Refusal:
    """Let somebody in who was proposed for a dossier, to accept or reject: its number, and nothing else."""
    register = in_force.history().on(asked.on)
    found = relation(asked.user, case_number, asked.on)
    held = roles_held(roles_on(asked.user, asked.on), asked.on)
    # Whom a dossier is about does not work on it, also when somebody proposed it.
    asked_for = found.proposals if found and not found.is_own else ()
    proposals = [one for one in asked_for if one.role in held and one.role not in NEVER_ASSIGNED]
    way = _choose([by(stake) for stake in stakes_of(proposals)], asked, register)
    if found is None or way is None:
        why = Why.NO_RELATION if found else Why.UNKNOWN_CASE
        return log_refusal(asked, register, refusal(why), met=[_met(found)] if found else [])
    permit = make_permit(asked, register, way, dossier=found)
    if isinstance(permit, Refusal):
        return log_refusal(asked, register, permit, role=way.role, met=[_met(found)])
    return _limited(permit, asked, reads=_ENOUGH_TO_KNOW, writes=frozenset())


def proposals(asked: Asked) -> tuple[Permit, ...]:
    """Let somebody in to the list of what they were proposed for: a permit for each role that they hold."""
    register = in_force.history().on(asked.on)
    found: list[Permit] = []
    for way, dossiers in proposed_to(asked.user, asked.on).items():
        purpose = purposes_for(way.role, asked.operation, asked.on)
        wanted = replace(asked, role=way.role, purpose=purpose[0].id if purpose else asked.purpose)
        permit = make_permit(wanted, register, way, dossiers=dossiers)
        if isinstance(permit, Refusal):
            log_refusal(wanted, register, permit, role=way.role)
            continue
        found.append(_limited(permit, wanted, reads=_ENOUGH_TO_KNOW, writes=frozenset()))
    return tuple(found)


def about_users(asked: Asked, permit: Permit) -> Permit | Refusal:
    """Let who is in a dossier in to what the register says of users there: who works on it, in which role.

    The same way in and the same dossier, for the purpose of the entry on users, so that the log says so; and
    nothing of the person whom the dossier is about. Raises `NotPermitted` without a dossier.
    """
    if permit.role is None or permit.dossier is None or permit.subject is None:
        raise NotPermitted("Deze machtiging gaat niet over een dossier.")
    register = in_force.history().on(asked.on)
    way = Way(role=permit.role, authority=permit.authority, unit=permit.unit, principal=permit.principal)
    try:
        purpose = desk_purpose(Operation.REFER, asked.on)
    except NoPurpose:
        return log_refusal(asked, register, refusal(Why.NOT_FOR_THIS_PURPOSE), role=way.role)
    wanted = replace(asked, role=way.role, purpose=purpose)
    answer = make_permit(wanted, register, way, dossier=Whose(permit.subject, permit.dossier))
    if isinstance(answer, Refusal):
        return log_refusal(wanted, register, answer, role=way.role)
    return _limited(answer, wanted, reads=_OF_USERS, writes=_OF_USERS)


def caseload(asked: Asked, *, numbers: bool = False) -> Permit | Refusal:
    """Let somebody in to a list: of the units of a posting, of assignments, or of the own dossiers.

    A list is one's own, or that of the colleague in whose stead one asks: never both, or a line of the log
    could not say which. With `numbers` also to how many stand under the units of a posting, and to no people
    there.
    """
    register = in_force.history().on(asked.on)
    standing = standing_on(asked.user, asked.on)
    postings = list_postings(standing, asked.instead_of)
    ways = [list_way(role, asked.instead_of) for role in sorted(roles_held(postings, asked.on))]
    if asked.instead_of is None:
        ways.append(list_way(Role.RE_INTEGRANT))
    way = _choose(ways, asked, register)
    if way is None or (way.authority is Authority.OWN and standing.disabled):
        return log_refusal(asked, register, refusal(Why.NOT_AS_THIS_ROLE), role=asked.role)
    units = units_of(way.role, postings, standing.tree, asked.on)
    posted = posted_units(way.role, postings, asked.on) if numbers else frozenset()
    if way.role in UNIT_ROLES and not units | posted:
        return log_refusal(asked, register, refusal(Why.NOT_AS_THIS_ROLE), role=way.role)
    permit = make_permit(asked, register, replace(way, numbers_below=posted), units=units)
    return log_refusal(asked, register, permit, role=way.role) if isinstance(permit, Refusal) else permit


def oversee(asked: Asked) -> Permit | Refusal:
    """Let the FG or an auditor in to the log and to who holds which posting; to no dossier."""
    return _at_a_desk(asked, SUPERVISORS)


def administer(asked: Asked) -> Permit | Refusal:
    """Let a functional administrator in to users, units and postings; to no dossier."""
    return _at_a_desk(asked, (Role.ADMINISTRATOR,))


def own_account(asked: Asked) -> Permit | Refusal:
    """Let somebody in to their own account, postings and deputies; whatever their role, to nobody else's."""
    register = in_force.history().on(asked.on)
    held = sorted(roles_held(roles_on(asked.user, asked.on), asked.on)) or [Role.RE_INTEGRANT]
    way = _choose([Way(role=role, authority=Authority.OWN) for role in held], asked, register)
    if way is None or is_disabled(asked.user, asked.on):
        return log_refusal(asked, register, refusal(Why.NOT_AS_THIS_ROLE), role=asked.role)
    permit = make_permit(asked, register, way, given=Circumstances(way.authority, account=True))
    return log_refusal(asked, register, permit, role=way.role) if isinstance(permit, Refusal) else permit


def own_log(asked: Asked) -> Permit | Refusal:
    """Let somebody in to who read their own file, and to nobody else's: the dossiers say whose it is."""
    register = in_force.history().on(asked.on)
    person = None if is_disabled(asked.user, asked.on) else person_of(asked.user)
    if person is None:
        return log_refusal(asked, register, refusal(Why.NO_RELATION))
    way = Way(role=Role.RE_INTEGRANT, authority=Authority.OWN)
    permit = make_permit(asked, register, way, person=person)
    return log_refusal(asked, register, permit, role=way.role) if isinstance(permit, Refusal) else permit


def for_command(operation: Operation, *, on: date, trace: Trace) -> Permit:
    """Let in whoever runs a command, for an operation on users, units and postings.

    Whoever has that account has the database already; what the permit adds is that the register is asked and
    that the log says who it was. Raises `NoPurpose`, and `BeforeFirstVersion` before the register began.
    """
    register = in_force.history().on(on)
    purpose = desk_purpose(operation, on)
    activity, version = under(register, purpose)
    decisions = in_force.decisions()
    return Permit(
        actor_kind=ActorKind.COMMAND,
        actor=account_code(account_of_this_process()),
        role=Role.ADMINISTRATOR,
        authority=Authority.COMMAND_LINE,
        source=Source.COMMAND_LINE,
        purpose=purpose,
        operations=frozenset({operation}),
        ground=register.purpose(purpose).basis,
        activity=activity,
        register_version=version,
        on=on,
        reads=decisions.project(Role.ADMINISTRATOR, Use.READ, purpose, on),
        writes=decisions.project(Role.ADMINISTRATOR, Use.WRITE, purpose, on),
        trace_id=trace.trace_id,
        span_id=trace.span_id,
    )


def for_job(
    job: Job,
    purpose: PurposeId,
    *,
    on: date,
    trace: Trace,
    dossier: UUID | None = None,
    units: frozenset[UUID] = frozenset(),
    counts: ListOf | None = None,
    source: Source = Source.JOB,
    demo: bool = False,
) -> Permit:
    """Let in a job, for one dossier, to open one in some units, or to count what waits in a list.

    Raises `NoPurpose` when the register does not name each of its operations for that purpose.
    """
    register = in_force.history().on(on)
    reading = register.reading.purposes.get(purpose)
    missing = job.operations.difference(reading.operations if reading else ())
    if missing:
        raise NoPurpose(register, min(missing))
    activity, version = under(register, purpose)
    decisions = in_force.decisions(demo=demo)
    return Permit(
        actor_kind=ActorKind.JOB,
        actor=job.name,
        role=counts.role if counts else None,
        authority=Authority.CREDENTIALS,
        source=source,
        purpose=purpose,
        operations=job.operations,
        ground=register.purpose(purpose).basis,
        activity=activity,
        register_version=version,
        on=on,
        dossier=dossier,
        # Only who destroys must know of whom a dossier is: every message of a feed passes here.
        subject=_whose(dossier) if Operation.DESTROY in job.operations else None,
        principal=counts.whose if counts else None,
        units=counts.units if counts else units,
        reads=counted(counts, decisions, on) if counts else allowed_to(job.reads, decisions, purpose, on),
        writes=allowed_to(job.writes, decisions, purpose, on),
        trace_id=trace.trace_id,
        span_id=trace.span_id,
    )


def incoming(asked: Asked) -> Permit | Refusal:
    """Let a P&O adviser in to the messages that were set apart: of their units, and of no unit at all."""
    register = in_force.history().on(asked.on)
    standing = standing_on(asked.user, asked.on)
    postings = list_postings(standing, asked.instead_of)
    units = units_of(Role.PO_ADVISER, postings, standing.tree, asked.on)
    if not units or asked.role not in {None, Role.PO_ADVISER}:
        return log_refusal(asked, register, refusal(Why.NOT_AS_THIS_ROLE), role=asked.role)
    way = list_way(Role.PO_ADVISER, asked.instead_of)
    permit = make_permit(asked, register, way, units=units | {NOWHERE})
    return log_refusal(asked, register, permit, role=way.role) if isinstance(permit, Refusal) else permit


def _whose(dossier: UUID | None) -> UUID | None:
    found = None if dossier is None else whose(dossier)
    return found.person if found else None


def _choose(ways: Sequence[Way], asked: Asked, register: Register) -> Way | None:
    """The way that was asked for, or else the first whose role works for the purpose."""
    if asked.instead_of is not None:
        ways = [way for way in ways if way.principal == asked.instead_of]
    if asked.role is not None:
        return next((way for way in ways if way.role is asked.role), None)
    reading = register.reading.purposes.get(asked.purpose)
    fitting = [way for way in ways if reading is not None and way.role in reading.roles]
    return next(iter([*fitting, *ways]), None)


def _at_a_desk(asked: Asked, roles: Iterable[Role]) -> Permit | Refusal:
    register = in_force.history().on(asked.on)
    held = roles_held(roles_on(asked.user, asked.on), asked.on)
    ways = [Way(role=role, authority=Authority.POSTING) for role in roles if role in held]
    way = _choose(ways, asked, register)
    if way is None:
        return log_refusal(asked, register, refusal(Why.NOT_AS_THIS_ROLE), role=asked.role)
    permit = make_permit(asked, register, way)
    return log_refusal(asked, register, permit, role=way.role) if isinstance(permit, Refusal) else permit


def make_permit(
    asked: Asked,
    register: Register,
    way: Way,
    *,
    dossier: Relation | Whose | None = None,
    dossiers: frozenset[UUID] = frozenset(),
    person: UUID | None = None,
    units: frozenset[UUID] = frozenset(),
    given: Circumstances | None = None,
) -> Permit | Refusal:
    """Ask the register, and make the permit. For the door and `own.py` alone."""
    reading = register.reading.purposes.get(asked.purpose)
    why = why_not_for(reading, asked.operation, way.role)
    if reading is None or why is not None:
        return refusal(why or Why.NO_SUCH_PURPOSE)
    reads, writes = (_decided(asked, way, use, given or Circumstances(way.authority)) for use in Use)
    if not any(isinstance(decision, Allowed) for decision in (*reads, *writes)):
        return nothing_allowed(next(one for one in reads if not isinstance(one, Allowed)))
    activity, version = under(register, asked.purpose)
    return Permit(
        actor_kind=ActorKind.USER,
        actor=str(asked.user),
        role=way.role,
        unit=way.unit,
        authority=way.authority,
        source=asked.source,
        purpose=asked.purpose,
        operations=frozenset(reading.operations),
        ground=register.purpose(asked.purpose).basis,
        activity=activity,
        register_version=version,
        on=asked.on,
        dossier=dossier.dossier if dossier else None,
        subject=dossier.person if dossier else person,
        principal=way.principal,
        dossiers=dossiers,
        units=units,
        numbers_below=way.numbers_below,
        reads=reads,
        writes=writes,
        **asked.whence,
    )


def _limited(permit: Permit, asked: Asked, *, reads: frozenset[Item], writes: frozenset[Item]) -> Permit:
    return replace(
        permit,
        operations=permit.operations & {asked.operation, Operation.READ_DOSSIER},
        reads=only(permit.reads, reads),
        writes=only(permit.writes, writes),
    )


def _decided(asked: Asked, way: Way, use: Use, circumstances: Circumstances) -> Projection:
    decisions = in_force.decisions(demo=asked.demo)
    return narrow(decisions.project(way.role, use, asked.purpose, asked.on), use, circumstances)


def _met(found: Relation) -> Met:
    return Met(subject=found.person, subject_kind=SubjectKind.RE_INTEGRANT, dossier=found.dossier)
