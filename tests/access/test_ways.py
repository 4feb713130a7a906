"""Who comes to which dossier, as what: by posting, by assignment, or because it is one's own."""

from datetime import date, timedelta
from uuid import UUID

from hervat.access.ways import Stake, Way, roles_held, units_of, ways_to
from hervat.organisation.rules.postings import By, Posting
from hervat.organisation.rules.units import Unit, UnitKind, tree_of
from hervat.register.vocabulary import ActorKind, Authority, Role

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
ARMY, BATTALION, COMPANY, OTHER = (UUID(int=number) for number in range(1, 5))
USER = UUID(int=99)
TREE = tree_of(
    [
        Unit(id=ARMY, kind=UnitKind.SERVICE_BRANCH, parent=None, abbreviation="CLAS", name="Landmacht"),
        Unit(id=BATTALION, kind=UnitKind.UNIT, parent=ARMY, abbreviation="11BAT", name="11 Bataljon"),
        Unit(id=COMPANY, kind=UnitKind.SUB_UNIT, parent=BATTALION, abbreviation="A-CIE", name="A-compagnie"),
        Unit(id=OTHER, kind=UnitKind.UNIT, parent=ARMY, abbreviation="12BAT", name="12 Bataljon"),
    ]
)


def posting(
    role: Role, unit: UUID | None = None, *, below: bool = False, last: date | None = None
) -> Posting:
    return Posting(
        id=UUID(int=hash((role, unit, below)) & (2**64 - 1)),
        user=USER,
        role=role,
        unit=unit,
        below=below,
        below_reason="De compagnieën vallen onder het bataljon." if below else "",
        starts_on=TODAY - 10 * DAY,
        ends_on=last,
        granted_by=By(ActorKind.COMMAND, "cli:beheer"),
        approved_on=TODAY - 9 * DAY,
        approved_by=By(ActorKind.COMMAND, "cli:tweede"),
    )


def ways(
    unit: UUID, *postings: Posting, own: bool = False, stakes: tuple[Stake, ...] = (), on: date = TODAY
) -> tuple[Way, ...]:
    return ways_to(unit, own=own, stakes=stakes, postings=postings, tree=TREE, on=on)


def test_a_commander_comes_to_the_own_unit_and_not_to_another() -> None:
    commander = posting(Role.COMMANDER, BATTALION)

    assert ways(BATTALION, commander) == (
        Way(role=Role.COMMANDER, authority=Authority.POSTING, unit=BATTALION),
    )
    assert ways(OTHER, commander) == ()


def test_a_sub_unit_is_reached_only_with_below() -> None:
    assert ways(COMPANY, posting(Role.COMMANDER, BATTALION)) == ()
    assert ways(COMPANY, posting(Role.COMMANDER, BATTALION, below=True)) != ()


def test_a_posting_on_a_part_of_defence_reaches_no_people() -> None:
    assert ways(BATTALION, posting(Role.PO_ADVISER, ARMY)) == ()
    assert units_of(Role.PO_ADVISER, [posting(Role.PO_ADVISER, ARMY)], TREE, TODAY) == frozenset()


def test_a_posting_ends_after_its_last_day() -> None:
    ending = posting(Role.COMMANDER, BATTALION, last=TODAY)

    assert ways(BATTALION, ending) != ()
    assert ways(BATTALION, ending, on=TODAY + DAY) == ()
    assert roles_held([ending], TODAY + DAY) == frozenset()


def test_an_assignment_counts_only_while_the_role_is_held() -> None:
    stake = Stake(role=Role.DCR_GUIDE, by_case=False)

    assert ways(OTHER, posting(Role.DCR_GUIDE), stakes=(stake,)) == (
        Way(role=Role.DCR_GUIDE, authority=Authority.ASSIGNMENT),
    )
    assert ways(OTHER, stakes=(stake,)) == ()
    assert ways(OTHER, posting(Role.EGB_PHYSICIAN), stakes=(stake,)) == ()


def test_an_assignment_for_one_case_is_another_authority() -> None:
    by_case = ways(OTHER, posting(Role.LEGAL_ADVISER), stakes=(Stake(role=Role.LEGAL_ADVISER, by_case=True),))

    assert by_case == (Way(role=Role.LEGAL_ADVISER, authority=Authority.CASE),)


def test_a_sick_commander_comes_to_the_own_dossier_as_re_integrant_only() -> None:
    commander = posting(Role.COMMANDER, BATTALION, below=True)

    assert ways(BATTALION, commander, own=True) == (Way(role=Role.RE_INTEGRANT, authority=Authority.OWN),)
    assert [way.role for way in ways(BATTALION, commander)] == [Role.COMMANDER]


def test_a_commander_cannot_be_assigned_into_another_unit() -> None:
    commander = posting(Role.COMMANDER, BATTALION)

    assert ways(OTHER, commander, stakes=(Stake(role=Role.COMMANDER, by_case=False),)) == ()


def test_the_units_of_a_list_are_those_of_that_role_alone() -> None:
    postings = [posting(Role.COMMANDER, BATTALION, below=True), posting(Role.PO_ADVISER, OTHER)]

    assert units_of(Role.COMMANDER, postings, TREE, TODAY) == {BATTALION, COMPANY}
    assert units_of(Role.PO_ADVISER, postings, TREE, TODAY) == {OTHER}
