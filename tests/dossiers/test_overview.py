"""One dossier: what the permit allows is shown, an outcome is a code, and the rest says why not."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from hervat.dossiers.actions.correcting import record_benefit_facts, record_work_facts
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.rows import READABLE_ITEMS
from hervat.dossiers.queries.search import search
from hervat.dossiers.rules.values import Wia
from hervat.dossiers.rules.vocabulary import Conflict, Field, WiaDecision
from hervat.register.cells import Hidden, Outcome, Shown
from hervat.register.decisions import Refused
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Authority, Item, Role
from hervat.vault.actions import destroy_keys

from ..cast import COMMANDER, JAN, SANNE
from ..permits import allowing
from .files import list_permit, open_for, own_permit, permit_for
from .journal import last_act, lines

DECIDED = Wia(applied_on=date(2026, 9, 1), decision=WiaDecision.WGA_PARTIAL, decided_on=date(2026, 11, 2))


@pytest.mark.usefixtures("room")
def test_an_outcome_is_its_code_and_what_is_refused_gives_the_registers_reason() -> None:
    opened = open_for()
    adviser = permit_for(opened)
    record_work_facts(permit=adviser, expected_version=1, changes={Field.WORK_CONFLICT: Conflict.MEDIATION})
    record_benefit_facts(permit=adviser, expected_version=2, changes={Field.WIA: DECIDED})
    commander = permit_for(
        opened,
        COMMANDER,
        reads=allowing({Item.NAME_AND_ADDRESS, Item.UNIT}, outcome={Item.WORK_CONFLICT, Item.WIA}),
    )

    seen = overview(commander)
    all_of_it = overview(adviser)

    assert seen.facts[Field.NAME] == Shown(SANNE.name)
    assert seen.facts[Field.WORK_CONFLICT] == Outcome("ja")
    assert seen.facts[Field.WIA] == Outcome("wga-35-80")
    refused = commander.decision(Item.BSN)
    assert isinstance(refused, Refused)
    assert seen.facts[Field.BSN] == seen.case_number == seen.first_sick_on == Hidden(refused.reason)
    assert all_of_it.facts[Field.WORK_CONFLICT] == Shown(Conflict.MEDIATION)
    assert all_of_it.facts[Field.WIA] == Shown(DECIDED)


@pytest.mark.usefixtures("room")
def test_what_is_allowed_about_oneself_or_by_case_needs_a_permit_of_that_kind() -> None:
    opened = open_for()
    for scope, authority in (("own", Authority.OWN), ("case", Authority.CASE)):
        reads = allowing((), **{scope: {Item.NAME_AND_ADDRESS}})
        right = overview(permit_for(opened, authority=authority, reads=reads))
        wrong = overview(permit_for(opened, authority=Authority.POSTING, reads=reads))

        assert right.facts[Field.NAME] == Shown(SANNE.name)
        assert isinstance(wrong.facts[Field.NAME], Hidden)
        assert last_act()[1][0]["items"] == []


@pytest.mark.usefixtures("room")
def test_a_column_that_may_not_be_seen_is_not_even_fetched() -> None:
    opened = open_for()
    permit = permit_for(opened, reads=allowing({Item.EMAIL}))
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        overview(permit)
        statements = " ".join(query["sql"] for query in connection.queries_log)
    finally:
        connection.force_debug_cursor = False

    assert "identity.email" in statements
    assert "identity.bsn" not in statements
    assert "workfacts" not in statements


@pytest.mark.usefixtures("room")
def test_each_read_has_its_lines_with_the_items_that_it_showed() -> None:
    opened = open_for()
    before = len(lines())

    overview(permit_for(opened, COMMANDER, reads=allowing({Item.EMAIL, Item.UNIT}, outcome={Item.WIA})))

    parent, children = last_act()
    assert len(lines()) == before + 2
    assert (parent["operation"], parent["effect"], parent["items"]) == ("dossier-inzien", "R", [])
    assert (parent["actor"], parent["role"]) == (str(COMMANDER.code), Role.COMMANDER)
    (child,) = children
    assert (child["subject"], child["dossier"]) == (opened.person, opened.dossier)
    assert child["manner"] == "geopend"
    assert set(child["items"]) == {"e-mailadres", "eenheid", "wia-gegevens"}


@pytest.mark.usefixtures("room")
def test_a_permit_without_a_dossier_or_for_one_that_is_not_there_reads_nothing() -> None:
    opened = open_for()
    before = len(lines())

    for permit in (list_permit(SANNE.unit.id), permit_for(opened, dossier=UUID(int=1))):
        with pytest.raises(NotPermitted):
            overview(permit)

    assert len(lines()) == before
    assert overview(permit_for(opened)).dossier == opened.dossier


@pytest.mark.usefixtures("room")
def test_the_re_integrant_reads_the_own_dossier_and_no_other() -> None:
    sanne = open_for(SANNE)
    open_for(JAN)

    page = caseload(own_permit(SANNE))

    assert [row.dossier for row in page.rows] == [sanne.dossier]
    assert page.rows[0].facts[Field.NAME] == Shown(SANNE.name)


@pytest.mark.usefixtures("room")
def test_when_the_keys_of_a_person_are_destroyed_nothing_of_the_dossier_opens() -> None:
    sanne, jan = open_for(SANNE), open_for(JAN)
    permit = permit_for(sanne)

    assert destroy_keys(permit, sanne.person) == 2

    seen = overview(permit)
    assert all(isinstance(cell, Hidden) for cell in seen.facts.values())
    assert "vernietigd" in repr(seen.facts[Field.NAME])
    assert isinstance(seen.case_number, Shown)
    assert overview(permit_for(jan)).facts[Field.NAME] == Shown(JAN.name)
    (found,) = search(list_permit(SANNE.unit.id), "yil")
    assert isinstance(found.facts[Field.NAME], Hidden)


def test_every_field_and_every_readable_date_has_an_item_that_a_line_can_name() -> None:
    assert {field.item for field in Field}.isdisjoint(READABLE_ITEMS)
