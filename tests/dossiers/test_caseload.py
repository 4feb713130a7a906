"""Lists: the scope and nothing beside it, page after page, in a fixed number of statements by an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from hervat.dossiers.actions.assigning import accept_assignment, end_assignment, propose_assignment
from hervat.dossiers.actions.closing import close_dossier
from hervat.dossiers.actions.names import rebuild_name_tokens
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import NameToken
from hervat.dossiers.queries.caseload import FEW_UNITS, caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.assignments import Proposal
from hervat.dossiers.rules.vocabulary import ClosingReason, Field, Status
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Authority, Item
from hervat.vault.rules.names import TooShortError

from ..cast import BRIGADE, COMMANDER, COMPANY, JAN, LABOUR_EXPERT, OTHER_BRIGADE, SANNE, TODAY, Sick
from ..permits import a_permit, allowing
from .files import OPENED, assigned_permit, feed, list_permit, open_for, own_permit, permit_for
from .journal import last_act, lines


@contextmanager
def statements() -> Iterator[list[str]]:
    found: list[str] = []
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        yield found
        found += [str(query["sql"]) for query in connection.queries_log]
    finally:
        connection.force_debug_cursor = False


def somebody(number: int, unit: Any = COMPANY) -> Sick:
    facts: Any = {Field.NAME: f"Wim Proef{number:03}", Field.EMPLOYEE_ID: f"W3{number:05}"}
    return Sick(uuid4(), unit, facts)


def some(count: int, unit: Any = COMPANY) -> list[Opened]:
    """Dossiers that were opened on different days, some on the same."""
    return [
        open_for(somebody(number, unit), appointment={}, opened_on=OPENED + timedelta(number // 3))
        for number in range(count)
    ]


@pytest.mark.usefixtures("room")
def test_a_list_shows_its_units_and_no_other_and_one_line_for_each_person() -> None:
    sanne, jan = open_for(SANNE), open_for(JAN)
    before = len(lines())

    mine = caseload(list_permit(COMPANY.id, BRIGADE.id))
    theirs = caseload(list_permit(OTHER_BRIGADE.id))

    assert ([row.dossier for row in mine.rows], mine.after) == ([sanne.dossier], None)
    assert [row.dossier for row in theirs.rows] == [jan.dossier]
    assert mine.rows[0].facts[Field.NAME] == Shown(SANNE.name)
    assert len(lines()) == before + 4
    parent, (child,) = last_act()
    assert (parent["operation"], parent["subject"]) == ("caseload-bekijken", None)
    assert (child["manner"], child["subject"]) == ("in-lijst", jan.person)
    assert "naw-gegevens" in child["items"]
    assert "bsn" not in child["items"]


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("units", [1, FEW_UNITS + 1])
def test_page_after_page_every_dossier_comes_once_newest_first(units: int) -> None:
    opened = some(8)
    permit = list_permit(COMPANY.id, *(uuid4() for _ in range(units - 1)))

    found: list[UUID] = []
    days = []
    after = None
    for size in (3, 3, 3):
        page = caseload(permit, after=after, page_size=size)
        found += [row.dossier for row in page.rows]
        days += [row.opened_on for row in page.rows]
        after = page.after

    assert (sorted(found), after) == (sorted(one.dossier for one in opened), None)
    shown = [day.value for day in days if isinstance(day, Shown) and day.value]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.usefixtures("room")
def test_a_list_takes_as_many_statements_for_six_as_for_one() -> None:
    some(6)
    counts = []
    for size in (1, 5):
        with statements() as made:
            caseload(list_permit(COMPANY.id), page_size=size)
        counts.append(len([one for one in made if not one.startswith(("SAVEPOINT", "RELEASE"))]))

    # Which transaction, the setting, the page, the keys, the lines; and in a test the setting before it.
    assert counts == [6, 6]


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("units", [1, FEW_UNITS + 1])
def test_a_page_reads_its_rows_from_an_index_and_throws_hardly_any_away(units: int) -> None:
    for unit in (COMPANY, OTHER_BRIGADE):
        some(20, unit) if unit is COMPANY else open_for(JAN)
    permit = list_permit(COMPANY.id, *(uuid4() for _ in range(units - 1)))
    with statements() as made:
        caseload(permit, page_size=5)
    (page,) = [one for one in made if one.strip().startswith("WITH page")]

    with permitted(permit), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {page}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    removed = [int(line.split(":")[1]) for line in plan.splitlines() if "Rows Removed by Filter" in line]
    assert "Seq Scan on dossiers_" not in plan
    assert "Index Cond: (person_id = page.person_id)" in plan
    # The one dossier of the other unit, where so few rows are not worth an index on both columns.
    assert sum(removed) <= 1
    # Once for each place where a policy stands, never for each row.
    lines_of_plan = plan.splitlines()
    scopes = [after for line, after in pairwise(lines_of_plan) if line.strip().startswith("InitPlan")]
    assert 4 < len(scopes) <= 12
    assert all("loops=1)" in line or "never executed" in line for line in scopes)


@pytest.mark.usefixtures("room")
def test_an_assigned_user_lists_what_was_accepted_and_loses_it_on_the_day_it_ends() -> None:
    sanne = open_for(SANNE)
    open_for(JAN)
    proposal = Proposal(user=LABOUR_EXPERT.code, role=LABOUR_EXPERT.role, first_day=TODAY)
    assignment = propose_assignment(permit=permit_for(sanne), proposal=proposal)

    assert caseload(assigned_permit()).rows == ()
    accept_assignment(permit=permit_for(sanne, LABOUR_EXPERT), assignment=assignment)
    assert [row.dossier for row in caseload(assigned_permit()).rows] == [sanne.dossier]
    assert [row.dossier for row in search(assigned_permit(), "sanne")] == [sanne.dossier]
    yesterday = assigned_permit(on=TODAY - timedelta(1))
    assert caseload(yesterday).rows == search(yesterday, "sanne") == ()
    end_assignment(permit=permit_for(sanne, LABOUR_EXPERT), assignment=assignment)
    assert caseload(assigned_permit()).rows == ()


@pytest.mark.usefixtures("room")
def test_after_closing_a_dossier_is_only_in_the_list_of_the_re_integrant_and_by_case() -> None:
    sanne = open_for(SANNE)
    close_dossier(permit=permit_for(sanne), expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)

    assert caseload(list_permit(COMPANY.id)).rows == ()
    assert search(list_permit(COMPANY.id), "sanne") == ()
    for permit in (list_permit(COMPANY.id), assigned_permit()):
        with pytest.raises(NotPermitted, match="sluiting"):
            caseload(permit, status=Status.CLOSED)
    (mine,) = caseload(own_permit(SANNE), status=Status.CLOSED).rows
    assert mine.closed_on == Shown(TODAY)


@pytest.mark.usefixtures("room")
def test_a_permit_without_a_list_lists_nothing() -> None:
    sanne = open_for(SANNE)
    for permit in (permit_for(sanne), a_permit(dossier=None), feed()):
        with pytest.raises(NotPermitted):
            caseload(permit)


@pytest.mark.usefixtures("room")
def test_a_name_is_found_by_its_beginnings_within_the_scope_and_every_word_must_fit() -> None:
    sanne, jan = open_for(SANNE), open_for(JAN)
    company, both = list_permit(COMPANY.id), list_permit(COMPANY.id, OTHER_BRIGADE.id)

    for text in ("yil", "YILDIZ", "sanne y.", "yil san"):
        assert [row.dossier for row in search(both, text)] == [sanne.dossier]
    assert [row.dossier for row in search(both, "van den Berg")] == [jan.dossier]
    assert search(company, "berg") == search(both, "sanne berg") == search(both, "ildiz") == ()
    with pytest.raises(TooShortError):
        search(both, "y")


@pytest.mark.usefixtures("room")
def test_who_may_not_see_a_name_or_a_number_cannot_look_for_it_either() -> None:
    sanne = open_for(SANNE)
    outcome = list_permit(COMPANY.id, reads=allowing((), outcome={Item.NAME_AND_ADDRESS, Item.BSN}))
    nothing = list_permit(COMPANY.id, reads=allowing({Item.EMAIL}))

    for permit in (outcome, nothing):
        with pytest.raises(NotPermitted):
            search(permit, "sanne")
        with pytest.raises(NotPermitted):
            find(permit, item=Item.BSN, number="999990019")
    (found,) = find(list_permit(COMPANY.id), item=Item.BSN, number="9999.90.019")
    assert (found.dossier, found.facts[Field.BSN]) == (sanne.dossier, Shown("999990019"))
    assert find(list_permit(OTHER_BRIGADE.id), item=Item.BSN, number="999990019") == ()


@pytest.mark.usefixtures("room")
def test_a_list_hides_a_name_where_it_is_not_allowed_and_still_shows_the_case() -> None:
    sanne = open_for(SANNE)
    (row,) = caseload(list_permit(COMPANY.id, reads=allowing({Item.CASE_NUMBER}))).rows

    assert row.case_number == Shown(sanne.case_number)
    assert isinstance(row.facts[Field.NAME], Hidden)
    assert isinstance(row.first_sick_on, Hidden)
    assert last_act()[1][0]["items"] == ["casenummer"]


@pytest.mark.usefixtures("room")
def test_name_tokens_are_made_again_from_the_names() -> None:
    sanne, jan = open_for(SANNE), open_for(JAN)
    permit = feed(COMPANY.id)
    with permitted(permit):
        NameToken.objects.all().delete()
    assert search(list_permit(COMPANY.id), "yil") == ()

    assert rebuild_name_tokens(permit=permit) == 1
    assert last_act()[1][0]["manner"] == "verwerkt"

    assert [row.dossier for row in search(list_permit(COMPANY.id), "yil")] == [sanne.dossier]
    assert [row.dossier for row in search(list_permit(OTHER_BRIGADE.id), "berg")] == [jan.dossier]


@pytest.mark.usefixtures("room")
def test_a_sick_commander_reaches_the_own_dossier_only_as_re_integrant() -> None:
    sick = Sick(COMMANDER.code, OTHER_BRIGADE, JAN.facts)
    opened = open_for(sick)

    assert caseload(list_permit(BRIGADE.id, COMPANY.id)).rows == ()
    assert caseload(assigned_permit(COMMANDER)).rows == ()
    (own,) = caseload(own_permit(sick)).rows
    assert own.dossier == opened.dossier
    assert overview(permit_for(opened, authority=Authority.OWN)).dossier == opened.dossier
