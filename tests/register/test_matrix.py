"""The matrix of D2599 is the one the domain study proposes, cell by cell, and each cell says why."""

from pathlib import Path

import pytest

from hervat.register import loading, matrix
from hervat.register.vocabulary import Cell, DocumentClass, Item, ItemClass, LegalBasis, Role

from .copies import d2599, ferry_history
from .table import COLUMNS, FACTS, LEGITIMATE_INTEREST, MEDICAL, SPECIAL, rows

USERS = {item for item in Item if item.startswith("gebruiker-")}
SURVEY = {item for item in Item if item.startswith("enquete-")}


def test_the_columns_are_the_eleven_recipients_of_the_entry() -> None:
    assert matrix.recipients(d2599()) == COLUMNS


def test_the_table_has_a_row_for_every_item_the_entry_names_and_no_other() -> None:
    assert len(rows()) == 36 + 9
    assert set(rows()) == set(Item) - set(FACTS) - USERS


@pytest.mark.parametrize("item", rows(), ids=str)
def test_a_row_of_the_reading_is_that_of_the_study(item: Item) -> None:
    read = d2599().reading.items[item].cells

    assert {role: read[role] for role in COLUMNS} == rows()[item]


def test_whom_the_entry_does_not_name_gets_nothing_of_a_dossier() -> None:
    others = set(Role) - set(COLUMNS)
    given = {
        (item, role)
        for item, reading in d2599().reading.items.items()
        for role, cell in reading.cells.items()
        if item not in USERS | SURVEY and role in others and cell is not Cell.NOTHING
    }

    assert given == set()


def test_only_the_respondent_writes_an_answer_and_only_the_researcher_reads_them() -> None:
    for item in SURVEY:
        cells = d2599().reading.items[item].cells
        granted = {role: cell for role, cell in cells.items() if cell is not Cell.NOTHING}
        assert granted == {Role.RESPONDENT: Cell.OWN, Role.RESEARCHER: Cell.READ}, item


def test_a_fact_the_entry_does_not_name_waits_for_its_open_point_and_others_wait_for_none() -> None:
    items = d2599().reading.items

    assert {item: one.open_point for item, one in items.items() if one.open_point} == FACTS
    assert {item for item, one in items.items() if not one.phrase} == set(FACTS)


def test_the_classes_are_those_of_the_law() -> None:
    classes = {item: one.item_class for item, one in d2599().reading.items.items()}

    assert {item for item, kind in classes.items() if kind is ItemClass.MEDICAL} == MEDICAL
    assert {item for item, kind in classes.items() if kind is ItemClass.SPECIAL} == SPECIAL
    assert {item for item, kind in classes.items() if kind is ItemClass.BSN} == {Item.BSN}


def test_the_documents_of_the_gatekeeper_act_have_an_employer_and_a_medical_part() -> None:
    items = d2599().reading.items
    employer, medical = items[Item.GATEKEEPER_EMPLOYER], items[Item.GATEKEEPER_MEDICAL]

    assert employer.phrase == medical.phrase == "Poortwachterdocumentatie"
    assert employer.document is DocumentClass.GATEKEEPER_EMPLOYER
    assert medical.document is DocumentClass.GATEKEEPER_MEDICAL


def test_the_entry_carries_25_ordinary_10_special_and_9_survey_phrases() -> None:
    assert [len(group.items) for group in d2599().entry.groups] == [25, 10, 9]
    assert [len(entry.recipients) for entry in d2599().entries] == [11, 14]
    assert len(d2599().entry.purposes) == 6


def test_the_purposes_on_a_legitimate_interest_can_be_objected_to_and_no_other() -> None:
    reading = d2599().reading.purposes
    on_interest = {*LEGITIMATE_INTEREST, "enquete"}
    bases = {purpose.id: purpose.basis for purpose in d2599().entry.purposes}

    assert {one for one, basis in bases.items() if basis is LegalBasis.LEGITIMATE_INTEREST} == on_interest
    assert {one for one, purpose in reading.items() if purpose.objection} == on_interest


def test_every_cell_has_a_reason_with_a_source() -> None:
    for item in d2599().reading.items.values():
        assert set(item.cells) <= set(item.reasons), item.item
        for role, reason in item.reasons.items():
            assert reason.text.endswith("."), (item.item, role)
            assert reason.source, (item.item, role)


def test_the_document_is_up_to_date() -> None:
    written = Path(loading.HOME).parents[1] / "docs" / "matrix.md"

    assert written.read_text(encoding="utf-8") == matrix.as_markdown(d2599())


def test_the_document_has_each_row_with_its_letters() -> None:
    lines = matrix.as_markdown(d2599()).splitlines()

    assert (
        "| Militair geneeskundig onderzoek (MGO) | medisch | u | u | – | W | u | u | P | C | – | W | – |"
        in lines
    )
    assert sum(line.startswith("| ") for line in lines) == 52 + 3


def test_the_document_of_another_employer_speaks_of_that_employer() -> None:
    text = matrix.as_markdown(ferry_history().latest)

    assert "| Uren aangepast werk | gewoon | W | – | u | P |" in text
    assert "Defensie" not in text
    assert "MGO" not in text
    assert "geen-matrix" not in text
    assert "hervat/register/reading.yaml" not in text
