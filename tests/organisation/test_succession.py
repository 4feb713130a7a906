"""Who comes after a posting: every unit of it has somebody, or it is named which has nobody."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hervat.organisation.rules.postings import By, Posting
from hervat.organisation.rules.succession import ends_soon, succession
from hervat.organisation.rules.units import Unit, UnitKind, tree_of
from hervat.register.vocabulary import ActorKind, Role

ON = date(2026, 11, 23)
END = date(2026, 12, 15)
ARMY, BRIGADE, COMPANY = (UUID(int=number) for number in (1, 2, 3))
TREE = tree_of(
    Unit(id=id, kind=kind, parent=parent, abbreviation=name, name=name)
    for id, kind, parent, name in (
        (ARMY, UnitKind.SERVICE_BRANCH, None, "CLAS"),
        (BRIGADE, UnitKind.UNIT, ARMY, "13 Brig"),
        (COMPANY, UnitKind.SUB_UNIT, BRIGADE, "A-cie"),
    )
)
GOES = Posting(
    id=UUID(int=10),
    user=UUID(int=20),
    role=Role.COMMANDER,
    unit=BRIGADE,
    below=True,
    below_reason="Hele brigade",
    starts_on=date(2025, 1, 1),
    ends_on=END,
    granted_by=By(ActorKind.COMMAND, "x"),
)
NEXT = replace(GOES, id=UUID(int=11), user=UUID(int=21), starts_on=END + timedelta(days=1), ends_on=None)


def test_a_posting_without_an_end_needs_nobody_yet() -> None:
    found = succession(replace(GOES, ends_on=None), [], TREE)

    assert (found.ends_on, found.is_whole) == (None, False)
    assert not ends_soon(replace(GOES, ends_on=None), ON)


def test_nobody_after_it_leaves_every_unit_and_somebody_from_the_day_after_none() -> None:
    assert succession(GOES, [], TREE).left == {BRIGADE, COMPANY}
    assert succession(GOES, [NEXT], TREE).is_whole
    assert not succession(GOES, [replace(NEXT, role=Role.PO_ADVISER)], TREE).is_whole
    assert not succession(GOES, [replace(NEXT, user=GOES.user)], TREE).is_whole, "oneself is no successor"


def test_a_successor_who_reaches_less_or_starts_later_leaves_a_gap_that_is_named() -> None:
    narrow = replace(NEXT, below=False, below_reason="")
    late = replace(NEXT, starts_on=END + timedelta(days=20))

    assert succession(GOES, [narrow], TREE).left == {COMPANY}
    found = succession(GOES, [late], TREE)
    assert (found.left, found.from_day) == ({BRIGADE, COMPANY}, late.starts_on)
    revoked = replace(NEXT, revoked_on=END)
    assert not succession(GOES, [revoked], TREE).is_whole


def test_the_last_thirty_days_of_a_posting_are_soon() -> None:
    for days, soon in ((0, True), (30, True), (31, False), (-1, False)):
        assert ends_soon(replace(GOES, ends_on=ON + timedelta(days=days)), ON) is soon
