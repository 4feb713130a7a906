"""Whatever happens, in whatever order and on whatever day: nobody reads outside a model, and lines are whole.

The model is a list of what was granted, assigned and closed, and one naive question; it knows nothing of the
program. After each look there are exactly the lines of that look. Read next: `rule.py`.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hervat.access import door
from hervat.access.refusals import Refusal
from hervat.dossiers.actions.assigning import accept_assignment, end_assignment, propose_assignment
from hervat.dossiers.actions.closing import close_dossier, reopen_dossier
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.caseload import LISTED, caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.rules.assignments import AssignmentRefused, Proposal
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason, Field
from hervat.journal.models import Line
from hervat.organisation.actions.deputies import end_deputy, name_deputy
from hervat.organisation.actions.postings import grant, revoke
from hervat.organisation.actions.users import disable_user
from hervat.organisation.models import User
from hervat.organisation.rules.deputies import DeputyReason
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Authority, Item, Operation, Role, Use

from ..cast import BRIGADE, COMPANY, JAN, OTHER_BRIGADE, SANNE, TODAY
from ..dossiers.files import open_for, permit_for
from .asking import TRACE, asks
from .conftest import rolled_back
from .rule import BY_UNIT, allowed, gets_in

DAY = timedelta(days=1)
DUTY = "wettelijke-plicht"
# Two colleagues, and the two who are ill; who is ill may hold a role as well.
USERS = (UUID(int=0x5001, version=4), UUID(int=0x5002, version=4), SANNE.code, JAN.code)
ROLES = (Role.COMMANDER, Role.PO_ADVISER, Role.DCR_GUIDE, Role.LEGAL_ADVISER, Role.PRIVACY_OFFICER)
ABOVE = {COMPANY.id: {BRIGADE.id}, OTHER_BRIGADE.id: set()}
UNITS = (COMPANY.id, BRIGADE.id, OTHER_BRIGADE.id)
COLUMNS = {Item.CASE_NUMBER, Item.UNIT, Item.SICKNESS_ABSENCE}
LENGTH = st.none() | st.integers(0, 2)
SOON = st.sampled_from((0, 0, 0, 1))


@dataclass
class Granted:
    """A posting or an assignment as the model keeps it; `until` is the last day on which it counts."""

    id: UUID
    user: UUID
    role: Role
    since: date
    until: date | None
    unit: UUID | None = None
    below: bool = False
    dossier: UUID | None = None
    by_case: bool = False

    def counts(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)

    def end(self, on: date) -> None:
        """It no longer counts from this day on."""
        self.until = min(self.until, on - DAY) if self.until else on - DAY


@dataclass
class Deputed:
    """That somebody acts in a posting as the model keeps it."""

    id: UUID
    posting: Granted
    deputy: UUID
    since: date
    until: date

    def counts(self, on: date) -> bool:
        return self.since <= on <= self.until


@dataclass
class Case:
    """A dossier as the model keeps it."""

    opened: Opened
    owner: UUID
    unit: UUID
    version: int = 1
    closed: bool = False


class Office(RuleBasedStateMachine):
    """Two dossiers, four accounts, and what happens to them day by day."""

    cases: tuple[Case, ...]
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(rolled_back())
        self.today = TODAY
        self.files = [replace(case) for case in self.cases]
        self.postings: list[Granted] = []
        self.assignments: list[Granted] = []
        self.deputies: list[Deputed] = []
        self.disabled: set[UUID] = set()
        self._begin()
        self.turn = 0

    def _begin(self) -> None:
        """Somebody in each kind of way, so that there is something to take away from the first day on."""
        first, second, _, ill = USERS
        for user, role, unit, below in (
            (first, Role.COMMANDER, COMPANY, False),
            (second, Role.PO_ADVISER, BRIGADE, True),
            (ill, Role.COMMANDER, BRIGADE, False),
            (first, Role.DCR_GUIDE, COMPANY, False),
            (second, Role.LEGAL_ADVISER, COMPANY, False),
            (second, Role.COMMANDER, OTHER_BRIGADE, False),
            (second, Role.DCR_GUIDE, COMPANY, False),
        ):
            self.post(user=user, role=role, unit=unit.id, below=below, wait=0, length=None)
        self.assign(user=first, role=Role.DCR_GUIDE, which=0, by_case=False, wait=0, length=None)
        self.assign(user=second, role=Role.LEGAL_ADVISER, which=1, by_case=True, wait=0, length=2)
        for which in (0, 2, 3):
            self.name_a_deputy(which=which, deputy=second, wait=0, length=2)

    def teardown(self) -> None:
        self.undone.close()

    # --- what happens ----------------------------------------------------------------------------

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.today += days * DAY

    @rule(
        user=st.sampled_from(USERS),
        role=st.sampled_from(ROLES),
        unit=st.sampled_from(UNITS),
        below=st.booleans(),
        wait=SOON,
        length=LENGTH,
    )
    def post(self, user: UUID, role: Role, unit: UUID, below: bool, wait: int, length: int | None) -> None:
        by_unit = role in BY_UNIT
        since = self.today + wait * DAY
        until = None if length is None else since + length * DAY
        made = grant(
            permit=self._command(),
            user=user,
            role=role,
            unit=unit if by_unit else None,
            below=below and by_unit,
            below_reason="Hoort erbij." if below and by_unit else "",
            starts_on=since,
            ends_on=until,
        )
        if isinstance(made, UUID):
            self.postings.append(Granted(made, user, role, since, until, unit, below and by_unit))

    @precondition(lambda self: self.postings)
    @rule(which=st.integers(0, 9))
    def revoke_a_posting(self, which: int) -> None:
        posting = self.postings[which % len(self.postings)]
        if revoke(permit=self._command(), posting=posting.id, reason="Andere functie.") is None:
            posting.end(self.today)

    @rule(user=st.sampled_from(USERS[1:]), seldom=st.integers(0, 3))
    def disable(self, user: UUID, seldom: int) -> None:
        if seldom < 3:
            return
        disable_user(permit=self._command(), user=user)
        self.disabled.add(user)

    @precondition(lambda self: self.postings)
    @rule(
        posting=st.integers(0, 9),
        which=st.integers(0, 1),
        by_case=st.booleans(),
        wait=SOON,
        length=LENGTH,
    )
    def assign_who_was_posted(
        self, posting: int, which: int, by_case: bool, wait: int, length: int | None
    ) -> None:
        whom = self.postings[posting % len(self.postings)]
        if whom.role in ROLES[2:4]:
            self.assign(
                user=whom.user, role=whom.role, which=which, by_case=by_case, wait=wait, length=length
            )

    @rule(
        user=st.sampled_from(USERS),
        role=st.sampled_from(ROLES[2:4]),
        which=st.integers(0, 1),
        by_case=st.booleans(),
        wait=SOON,
        length=LENGTH,
    )
    def assign(
        self, user: UUID, role: Role, which: int, by_case: bool, wait: int, length: int | None
    ) -> None:
        file, since = self.files[which], self.today + wait * DAY
        until = None if length is None and not by_case else since + (length or 0) * DAY
        proposal = Proposal(
            user=user,
            role=role,
            first_day=since,
            last_day=until,
            ground=CaseGround.OBJECTION if by_case else None,
            why="Er is bezwaar." if by_case else None,
        )
        try:
            made = propose_assignment(permit=self._of(file, UUID(int=1)), proposal=proposal)
        except AssignmentRefused:
            return
        accept_assignment(permit=self._of(file, user), assignment=made)
        kept = Granted(made, user, role, since, until, dossier=file.opened.dossier, by_case=by_case)
        self.assignments.append(kept)

    @precondition(lambda self: self.assignments)
    @rule(which=st.integers(0, 9))
    def end_an_assignment(self, which: int) -> None:
        assignment = self.assignments[which % len(self.assignments)]
        file = next(one for one in self.files if one.opened.dossier == assignment.dossier)
        try:
            end_assignment(permit=self._of(file, assignment.user), assignment=assignment.id)
        except AssignmentRefused:
            return
        assignment.end(self.today)

    @precondition(lambda self: self.postings)
    @rule(which=st.integers(0, 9), deputy=st.sampled_from(USERS), wait=SOON, length=st.integers(0, 3))
    def name_a_deputy(self, which: int, deputy: UUID, wait: int, length: int) -> None:
        posting = self.postings[which % len(self.postings)]
        since = self.today + wait * DAY
        made = name_deputy(
            permit=self._command(),
            posting=posting.id,
            who=str(deputy),
            starts_on=since,
            ends_on=since + length * DAY,
            reason=DeputyReason.ABSENCE,
        )
        if isinstance(made, UUID):
            assert deputy != posting.user
            assert self._held(deputy, posting.role, since)
            self.deputies.append(Deputed(made, posting, deputy, since, since + length * DAY))

    @precondition(lambda self: self.deputies)
    @rule(which=st.integers(0, 9))
    def end_a_deputy(self, which: int) -> None:
        one = self.deputies[which % len(self.deputies)]
        if end_deputy(permit=self._command(), deputation=one.id) is None:
            one.until = self.today - DAY

    @rule(which=st.integers(0, 1))
    def close_or_reopen(self, which: int) -> None:
        file = self.files[which]
        act, reason = (
            (reopen_dossier, ClosingReason.SICK_AGAIN)
            if file.closed
            else (close_dossier, ClosingReason.COURSE_ENDED)
        )
        permit = self._of(file, UUID(int=1))
        file.version = act(permit=permit, expected_version=file.version, on=self.today, reason=reason)
        file.closed = not file.closed

    # --- what somebody sees ----------------------------------------------------------------------

    @rule(user=st.sampled_from(USERS), role=st.sampled_from((*ROLES, Role.RE_INTEGRANT)))
    def anybody_looks(self, user: UUID, role: Role) -> None:
        for file in self.files:
            self._look(user, role, file)

    @invariant()
    def who_has_something_to_do_with_it_looks(self) -> None:
        """After each step one of those to whom something was granted, or who is ill, in turn."""
        whom = [(one.user, one.role) for one in self.postings]
        whom += [(file.owner, Role.RE_INTEGRANT) for file in self.files]
        whom += [(one.deputy, one.posting.role) for one in self.deputies]
        self.turn += 1
        user, role = whom[self.turn // 2 % len(whom)]
        self._look(user, role, self.files[self.turn % 2])

    def _look(self, user: UUID, role: Role, file: Case) -> None:
        before = _last_line()
        authority = self._own_way(user, role, file) or self._way_as_deputy(user, role, file)
        answer = door.enter(asks(user, DUTY, on=self.today, role=role), file.opened.case_number)
        if authority is None or not gets_in(role, DUTY, authority, closed=file.closed):
            assert isinstance(answer, Refusal), (user, role, self.today)
            hidden = not any(
                self._own_way(user, one, file) or self._way_as_deputy(user, one, file) for one in Role
            )
            assert answer.is_not_found == hidden
            self._refused(before, user, file, answer, None if hidden else role)
            self.seen[answer.why.value] += 1
            return
        assert isinstance(answer, Permit), (user, role, self.today, answer)
        assert answer.authority is authority
        for use in Use:
            assert answer.items(use) == {
                item for item in Item if allowed(role, item, use, DUTY, authority, closed=file.closed)
            }
        assert _lines_after(before) == []
        row = overview(answer)
        assert row.dossier == file.opened.dossier
        self.seen[authority.value] += 1
        items = self._visible(role, authority, tuple(Field))
        self._read(before, user, role, authority, Operation.READ_DOSSIER, "geopend", [file], items)

    @rule(user=st.sampled_from(USERS), role=st.sampled_from((*ROLES[:4], Role.RE_INTEGRANT)))
    def list(self, user: UUID, role: Role) -> None:
        before = _last_line()
        answer = door.caseload(asks(user, DUTY, on=self.today, role=role, operation=Operation.LIST_CASELOAD))
        seen = [file for file in self.files if not file.closed and self._own_way(user, role, file)]
        if isinstance(answer, Refusal):
            assert seen == []
            assert [line.outcome for line in _lines_after(before)] == ["geweigerd"]
            return
        rows = caseload(answer).rows
        assert {row.dossier for row in rows} == {file.opened.dossier for file in seen}
        self.seen["a list"] += 1
        items = self._visible(role, answer.authority, LISTED)
        self._read(before, user, role, answer.authority, Operation.LIST_CASELOAD, "in-lijst", seen, items)

    @precondition(lambda self: self.deputies)
    @rule(which=st.integers(0, 9))
    def list_in_anothers_stead(self, which: int) -> None:
        before, one = _last_line(), self.deputies[which % len(self.deputies)]
        user, principal, role = one.deputy, one.posting.user, one.posting.role
        asked = asks(user, DUTY, on=self.today, role=role, operation=Operation.LIST_CASELOAD)
        answer = door.caseload(replace(asked, instead_of=principal))
        seen = [
            file
            for file in self.files
            if not file.closed and self._way_as_deputy(user, role, file, principal)
        ]
        if isinstance(answer, Refusal):
            assert seen == []
            assert [line.outcome for line in _lines_after(before)] == ["geweigerd"]
            return
        assert (answer.authority, answer.principal) == (Authority.DEPUTY, principal)
        assert {row.dossier for row in caseload(answer).rows} == {file.opened.dossier for file in seen}
        self.seen["a list in another's stead"] += 1
        items = self._visible(role, answer.authority, LISTED)
        self._read(before, user, role, answer.authority, Operation.LIST_CASELOAD, "in-lijst", seen, items)

    @rule(user=st.sampled_from(USERS), which=st.integers(0, 1))
    def try_to_close_without_a_right(self, user: UUID, which: int) -> None:
        file, before = self.files[which], _last_line()
        answer = door.enter(
            asks(user, DUTY, on=self.today, operation=Operation.KEEP_DOSSIER), file.opened.case_number
        )
        if not isinstance(answer, Permit) or answer.scope(Item.SICKNESS_ABSENCE, Use.WRITE) is not None:
            return
        with pytest.raises(NotPermitted):
            close_dossier(
                permit=answer, expected_version=file.version, on=self.today, reason=ClosingReason.DOUBLE
            )
        assert _lines_after(before) == []

    # --- the model -------------------------------------------------------------------------------

    def _held(self, user: UUID, role: Role, on: date) -> tuple[Granted, ...]:
        return tuple(one for one in self.postings if one.user == user and one.role is role and one.counts(on))

    def _way_as_deputy(
        self, user: UUID, role: Role, file: Case, principal: UUID | None = None
    ) -> Authority | None:
        """Whether somebody may act in a role for a colleague who could; never about either of the two."""
        if user in self.disabled or user == file.owner or not self._held(user, role, self.today):
            return None
        for one in self.deputies:
            posting = one.posting
            if one.deputy != user or posting.role is not role or not one.counts(self.today):
                continue
            if posting.user in self.disabled or posting.user == file.owner:
                continue
            if (principal is None or posting.user == principal) and self._reaches(posting, file):
                return Authority.DEPUTY
        return None

    def _reaches(self, posting: Granted, file: Case) -> bool:
        if not posting.counts(self.today) or posting.role is Role.LEGAL_ADVISER:
            return False
        if posting.role in BY_UNIT:
            return posting.unit == file.unit or (posting.below and posting.unit in ABOVE[file.unit])
        return any(
            one.user == posting.user and one.role is posting.role and one.dossier == file.opened.dossier
            for one in self.assignments
            if one.counts(self.today)
        )

    def _own_way(self, user: UUID, role: Role, file: Case) -> Authority | None:
        """By what somebody in a role comes to a dossier today."""
        if user in self.disabled:
            return None
        if user == file.owner:
            return Authority.OWN if role is Role.RE_INTEGRANT else None
        held = self._held(user, role, self.today)
        if role in BY_UNIT:
            reached = (one.unit == file.unit or (one.below and one.unit in ABOVE[file.unit]) for one in held)
            return Authority.POSTING if any(reached) else None
        if not held or role not in {Role.DCR_GUIDE, Role.LEGAL_ADVISER}:
            return None
        for one in self.assignments:
            mine = one.user == user and one.role is role and one.dossier == file.opened.dossier
            if mine and one.counts(self.today):
                return Authority.CASE if one.by_case else Authority.ASSIGNMENT
        return None

    def _visible(self, role: Role, authority: Authority, fields: tuple[Field, ...]) -> set[str]:
        items = COLUMNS | {field.item for field in fields}
        return {item.value for item in items if allowed(role, item, Use.READ, DUTY, authority)}

    # --- the lines -------------------------------------------------------------------------------

    def _read(
        self,
        before: int,
        user: UUID,
        role: Role,
        authority: Authority,
        operation: Operation,
        manner: str,
        files: Any,
        items: set[str],
    ) -> None:
        parent, *children = _lines_after(before)
        assert (parent.subject, parent.parent_span_id, parent.items) == (None, None, [])
        assert {line.subject for line in children} == {file.opened.person for file in files}
        assert {line.dossier for line in children} == {file.opened.dossier for file in files}
        assert len(children) == len(files)
        for line in (parent, *children):
            assert (line.actor, line.role, line.authority) == (str(user), role, authority)
            assert (line.purpose, line.operation, line.outcome) == (DUTY, operation, "gelukt")
        for line in children:
            assert (line.manner, set(line.items)) == (manner, items)

    def _refused(self, before: int, user: UUID, file: Case, answer: Refusal, role: Role | None) -> None:
        parent, child = _lines_after(before)
        assert (parent.subject, child.subject, child.dossier) == (
            None,
            file.opened.person,
            file.opened.dossier,
        )
        for line in (parent, child):
            assert (line.actor, line.role, line.purpose) == (str(user), role, DUTY)
            assert (line.outcome, line.reason, line.items) == ("geweigerd", answer.why.value, [])

    def _command(self) -> Permit:
        return door.for_command(Operation.ADMINISTER_USERS, on=self.today, trace=TRACE)

    def _of(self, file: Case, user: UUID) -> Permit:
        return permit_for(file.opened, actor=str(user), on=self.today)


def _last_line() -> int:
    return Line.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _lines_after(last: int) -> list[Line]:
    return list(Line.objects.filter(id__gt=last).order_by("id"))


@pytest.mark.usefixtures("house")
def test_nobody_ever_reads_outside_the_model_and_every_look_has_exactly_its_lines() -> None:
    with rolled_back():
        for code in USERS:
            User.objects.create(code=code, name="Iemand", email=f"{code}@example.org")
        Office.seen = Counter()
        Office.cases = tuple(Case(open_for(sick), sick.code, sick.unit.id) for sick in (SANNE, JAN))

        run_state_machine_as_test(
            Office,
            settings=settings(
                max_examples=20,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                database=None,
                # A shorter example would take minutes of PostgreSQL to find; this one is short enough.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

    # Each way in and each refusal was met, or the run proves less than it says.
    assert set(Office.seen) >= {
        *("plaatsing", "waarneming", "toewijzing", "per-geval", "eigen-gegevens"),
        *("geen-relatie", "niet-in-deze-rol", "dossier-gesloten"),
        "a list",
        "a list in another's stead",
    }, Office.seen
