"""Whatever is recorded, replaced, withdrawn, skipped or closed: what stands follows from the facts.

After each step the tables are held to a fresh folding and planning of the facts that stand, and the day of
the dossier to the law's timeline. What cannot be leaves everything as it was.
Read next: `test_planning.py` (the same without a database).
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hervat.course.actions.closing import close, reopen
from hervat.course.actions.dues import read_dues
from hervat.course.actions.keeping import facts_of
from hervat.course.actions.recording import record, replace
from hervat.course.actions.tasks import TaskRefused, skip
from hervat.course.models import Due, Fact
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.folding import fold
from hervat.course.rules.planning import plan
from hervat.course.rules.standing import standing_of as stands
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import DueState, Kind, Method
from hervat.dossiers.actions.changing import changed as dossier_of
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import ClosingReason, CorrectionReason
from hervat.law.vocabulary import LeaveKind, SameCause
from hervat.register.permit import Permit

from ..cast import TODAY
from ..dossiers.files import permit_for
from .files import WHY, begun, standing_of

DAYS = st.integers(0, 800).map(lambda days: TODAY - timedelta(days=days))
SIMPLE = st.sampled_from(
    (Kind.SICK, Kind.RECOVERED, Kind.OPINION, Kind.PLAN, Kind.EVALUATION, Kind.FIRST_YEAR, Kind.WEEK_42)
)
FACTS = st.one_of(
    st.builds(NewFact, SIMPLE, DAYS),
    st.builds(lambda day: NewFact(Kind.CONTACT, day, None, Method.VISIT), DAYS),
    st.builds(
        lambda day, long: NewFact(Kind.LEAVE, day, day + timedelta(long), LeaveKind.MATERNITY),
        DAYS,
        st.integers(0, 120),
    ),
    st.builds(
        lambda day, cause: NewFact(Kind.LEAVE_CAUSE, day, None, cause), DAYS, st.sampled_from(SameCause)
    ),
)
STANDS = (
    "first_sick_on",
    "counted_from",
    "recovered_on",
    "turns_on",
    "wait_ends_on",
    "next_due_on",
    "late_from",
)


class Course(RuleBasedStateMachine):
    """One dossier, in which anything happens."""

    @initialize(first=DAYS)
    def open(self, first: date) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.opened: Opened = begun(first)
        self.version, self.is_open = 2, True

    @property
    def permit(self) -> Permit:
        return permit_for(self.opened)

    @precondition(lambda self: self.is_open)
    @rule(fact=FACTS)
    def records(self, fact: NewFact) -> None:
        self.tries(
            lambda: record(permit=self.permit, expected_version=self.version, facts=[fact], reason=WHY)
        )

    @precondition(lambda self: self.is_open)
    @rule(which=st.integers(0, 100), day=DAYS, withdraws=st.booleans())
    def replaces(self, which: int, day: date, withdraws: bool) -> None:
        with permitted(self.permit):
            rows = list(Fact.objects.filter(replaced_at=None).order_by("recorded_at", "id"))
            if not rows:
                return
            row = rows[which % len(rows)]
            (old,) = (one for one in facts_of(dossier_of(self.permit)).facts if one.id == row.id)
        by = None
        if not withdraws and old.kind in {Kind.SICK, Kind.RECOVERED, Kind.PLAN, Kind.EVALUATION}:
            by = NewFact(old.kind, day)
        why = CorrectionReason.MISTAKE
        self.tries(
            lambda: replace(
                permit=self.permit, expected_version=self.version, fact=row.id, by=by, why=why, reason=WHY
            )
        )

    @precondition(lambda self: self.is_open)
    @rule(which=st.integers(0, 100))
    def skips(self, which: int) -> None:
        with permitted(self.permit):
            rows = list(Due.objects.filter(kind="stap").order_by("code", "nth_case", "occurrence"))
        if rows:
            due = rows[which % len(rows)].id
            self.tries(lambda: skip(permit=self.permit, expected_version=self.version, due=due, reason=WHY))

    @rule()
    def closes_or_opens_again(self) -> None:
        act = close if self.is_open else reopen
        why = ClosingReason.COURSE_ENDED if self.is_open else ClosingReason.CLOSED_BY_MISTAKE
        self.version = act(permit=self.permit, expected_version=self.version, on=TODAY, reason=why)
        self.is_open = not self.is_open
        self.holds()

    def tries(self, act: object) -> None:
        try:
            with transaction.atomic():
                self.version = act().version  # type: ignore[operator]
        except (CourseFault, TaskRefused):
            pass
        self.holds()

    def holds(self) -> None:
        with permitted(self.permit):
            dossier = dossier_of(self.permit)
            facts = facts_of(dossier).facts
            stored = read_dues([dossier.dossier])[dossier.dossier]
        assert dossier.version == self.version
        assert (standing_of(self.permit) is not None) == self.is_open
        if not self.is_open:
            assert DueState.OPEN not in {one.state for one in stored}
            return
        folded = fold(facts, otherwise_sick_since=dossier.first_sick_on)
        assert dossier.first_sick_on == folded.since
        self.follows(folded, facts, stored)

    def follows(self, folded: object, facts: object, stored: list) -> None:  # type: ignore[type-arg]
        again = plan(folded, facts, stored, on=TODAY)  # type: ignore[arg-type]
        assert again.write == ()
        fresh = plan(folded, facts, (), on=TODAY)  # type: ignore[arg-type]
        there = {one.key: one for one in stored}
        for one in fresh.dues:
            kept = there.pop(one.key)
            assert kept.due_on == one.due_on
            skipped = kept.state is DueState.SKIPPED and one.state is DueState.OPEN
            assert skipped or (kept.state, kept.done_on, kept.fact) == (one.state, one.done_on, one.fact)
        assert DueState.OPEN not in {one.state for one in there.values()}
        stand, now = standing_of(self.permit), stands(again, on=TODAY)
        assert [getattr(stand, name) for name in STANDS] == [getattr(now, name) for name in STANDS]

    def teardown(self) -> None:
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


@pytest.mark.usefixtures("room")
def test_what_stands_follows_from_the_facts_whatever_happens() -> None:
    run_state_machine_as_test(
        Course,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
