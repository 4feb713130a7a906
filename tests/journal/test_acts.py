"""An action gives one line for itself and one for each data subject it met."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from hervat.journal.rules.acts import Act, Met, lines_of, under
from hervat.journal.rules.line import Foreign, Line, LineError, Manner, Outcome, SubjectKind
from hervat.journal.rules.trace import Trace
from hervat.register.identifiers import activity_id
from hervat.register.in_force import history
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Item

from .examples import DOSSIER, DUTY, NOON, SUBJECT, an_act, somebody

SOMEBODY_ELSE = UUID("0b1f6b3e-4b0f-4a51-8a0f-5d1d5d0c7f02")


def lines(
    act: Act, met: Iterable[Met], outcome: Outcome = Outcome.DONE, reason: str | None = None
) -> tuple[Line, ...]:
    spans = (number.to_bytes(8) for number in count(1))
    return lines_of(
        act, met, spans=spans, ended_at=NOON + timedelta(seconds=1), outcome=outcome, reason=reason
    )


def test_an_action_that_met_nobody_is_one_line_without_subject_and_items() -> None:
    (parent,) = lines(an_act(), [])

    assert parent.parent_span_id is None
    assert (parent.subject, parent.dossier, parent.manner) == (None, None, None)
    assert parent.items == frozenset()


def test_a_page_of_fifty_people_is_a_parent_and_fifty_children_in_their_order() -> None:
    people = [UUID(int=number) for number in range(50)]
    met = [somebody(subject=person, dossier=None, manner=Manner.LISTED) for person in people]
    parent, *children = lines(an_act(), met)

    assert [child.subject for child in children] == people
    assert {child.parent_span_id for child in children} == {parent.span_id}
    assert {child.trace_id for child in children} == {parent.trace_id}
    assert len({child.span_id for child in children} | {parent.span_id}) == 51
    assert {child.manner for child in children} == {Manner.LISTED}


def test_a_child_says_the_same_of_the_action_as_its_parent() -> None:
    foreign = Foreign(trace_id=UUID(int=5), span_id=bytes(7) + b"\1")
    act = an_act(
        trace=Trace(trace_id=UUID(int=4), span_id=bytes(7) + b"\2", foreign=foreign),
        external_api="https://uwv.example/log/v1",
    )
    parent, child = lines(act, [somebody()], Outcome.REFUSED, "register")

    for name in ("operation", "effect", "actor", "purpose", "activity", "register_version", "ground"):
        assert getattr(parent, name) == getattr(child, name) == getattr(act, name)
    for line in (parent, child):
        assert (line.authority, line.source, line.foreign) == (act.authority, act.source, foreign)
        assert (line.external_api, line.reason) == ("https://uwv.example/log/v1", "register")
        assert line.outcome is Outcome.REFUSED
        assert line.ended_at - line.started_at == timedelta(seconds=1)


def test_who_is_met_twice_in_the_same_way_is_one_child_with_the_items_of_both() -> None:
    met = [somebody(), somebody(subject=SOMEBODY_ELSE), somebody(items={Item.BSN})]
    _, *children = lines(an_act(), met)

    assert [child.subject for child in children] == [SUBJECT, SOMEBODY_ELSE]
    assert children[0].items == {Item.UNIT, Item.BSN}
    assert children[1].items == {Item.UNIT}


@pytest.mark.parametrize(
    "otherwise",
    [
        {"manner": Manner.LISTED},
        {"dossier": None},
        {"object_kind": "document", "object_id": UUID(int=7)},
        {"subject_kind": SubjectKind.USER},
    ],
)
def test_who_is_met_in_two_ways_is_two_children(otherwise: dict[str, object]) -> None:
    _, *children = lines(an_act(), [somebody(), somebody(**otherwise)])

    assert len(children) == 2


def test_an_object_that_is_about_nobody_has_a_child_too() -> None:
    met = Met(object_kind="maand", object_id=UUID(int=9), items=frozenset({Item.USER_ACTIVITY}))
    _, child = lines(an_act(), [met])

    assert (child.subject, child.object_id, child.items) == (None, UUID(int=9), {Item.USER_ACTIVITY})


def test_a_dossier_of_nobody_is_refused() -> None:
    assert lines(an_act(), [somebody(dossier=DOSSIER)])
    with pytest.raises(LineError):
        lines(an_act(), [Met(dossier=DOSSIER)])


def test_a_purpose_leads_to_the_activity_of_its_entry_in_this_version() -> None:
    register = history().latest
    users = register.entries[1]
    of_users = users.purposes[0].id

    assert under(register, DUTY) == (activity_id("D2599", DUTY), register.version.number)
    assert under(register, of_users) == (activity_id(users.reference, of_users), register.version.number)


def test_a_purpose_that_the_register_does_not_have_is_refused() -> None:
    with pytest.raises(LineError, match="kent het doel niet"):
        under(history().latest, PurposeId("nieuwsgierigheid"))
