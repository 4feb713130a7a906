"""The check names every element of the entry once, and tells a contradiction from what is not there yet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from hervat.register.check import Accepted, Finding, House, Outcome, check
from hervat.register.decisions import Allowed, Decisions
from hervat.register.model import Entry, ItemReading, PurposeId, Register, TermId
from hervat.register.vocabulary import Cell, DocumentClass, Item, Role, Use

from .copies import accept, d2599, ferry_history, own_history

EMPTY = House(stored={}, rooms=frozenset())
FULL = House(
    stored={f"room.Model.{item}": str(item) for item in Item},
    rooms=frozenset({"retention", "exchange", "course"}),
)
ALL: Accepted = {one.open_point: one for one in accept(own_history())}


def found(register: Register, house: House = EMPTY, accepted: Accepted | None = None) -> list[Finding]:
    return list(check(register, accepted or {}, house))


def violations(register: Register, house: House = EMPTY) -> list[tuple[str, str]]:
    return [(one.kind, one.element) for one in found(register, house) if one.outcome is Outcome.VIOLATION]


def of(findings: list[Finding], kind: str, element: str) -> Finding:
    mine = [one for one in findings if one.kind == kind and one.element == element]
    assert len(mine) == 1, (kind, element, mine)
    return mine[0]


def with_entry(entry: Entry) -> Register:
    return replace(d2599(), entries=(entry, d2599().entries[1]))


def with_reading(**changes: object) -> Register:
    return replace(d2599(), reading=replace(d2599().reading, **changes))


def with_item(item: Item, **changes: object) -> Register:
    changed: ItemReading = replace(d2599().reading.items[item], **changes)
    return with_reading(items={**d2599().reading.items, item: changed})


# --- nothing left out ----------------------------------------------------------------------------


def test_today_there_is_no_violation_and_every_gap_says_what_it_waits_for() -> None:
    findings = found(d2599())

    assert violations(d2599()) == []
    gaps = [one for one in findings if one.outcome is Outcome.GAP]
    assert gaps
    for gap in gaps:
        assert any(word in gap.text for word in ("open punt", "kamer", "niet aanvaard")), gap


def test_with_everything_accepted_and_built_all_is_covered() -> None:
    outcomes = Counter(one.outcome for one in found(d2599(), FULL, ALL))

    assert outcomes == {Outcome.COVERED: len(found(d2599()))}


def test_every_part_of_the_entries_has_a_finding_and_only_one() -> None:
    expected = [*_expected_of_entries(d2599()), *_expected_of_the_reading(d2599())]

    assert Counter((one.kind, one.element) for one in found(d2599())) == Counter(expected)


def _expected_of_entries(register: Register) -> Iterator[tuple[str, str]]:
    for entry in register.entries:
        yield from (
            (kind, entry.reference)
            for kind in ("tekst", "besluiten", "doorgifte", "verantwoordelijke", "gerelateerd")
        )
        yield from (("doel", purpose.id) for purpose in entry.purposes)
        yield from (("ontvanger", recipient.role) for recipient in entry.recipients)
        for purpose in entry.purposes:
            yield from (("grond", f"{purpose.id}: {ground[:40]}") for ground in purpose.named)
        for group in entry.groups:
            yield "aanleverplicht", group.id
            yield "bron", f"{group.id}: {', '.join(group.sources)}"
            yield from (("gegeven", f"{group.id}: {phrase}") for phrase in group.items)
            for term in (term for block in group.retention for term in block.terms):
                yield from ((kind, term.id) for kind in ("termijn", "vernietigen"))


def _expected_of_the_reading(register: Register) -> Iterator[tuple[str, str]]:
    for item in register.reading.items:
        yield from ((kind, item) for kind in ("matrix", "bewaren", "opslag"))
    yield from (("open punt", point) for point in register.open_points)


def test_every_ground_the_entry_names_is_named() -> None:
    grounds = {one.element for one in found(d2599()) if one.kind == "grond"}

    for ground in ("BW, artikelen 7:658a, 7:660a", "Wet WIA, artikelen 29 en 30", "Veteranenwet"):
        assert f"welzijn: {ground}" in grounds
        assert f"wettelijke-plicht: {ground}" in grounds
    assert {"uitstroom: Zie DPIA", "loonsancties: Zie DPIA", "publiek-privaat: Zie PIA"} <= grounds


def test_the_register_of_another_employer_has_no_violation() -> None:
    assert violations(ferry_history().latest) == []
    assert found(ferry_history().latest) != found(d2599())


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_can_be_reached(outcome: Outcome) -> None:
    findings = found(d2599(), House(stored={"a.B.c": "hobby"}, rooms=frozenset()))

    assert any(one.outcome is outcome for one in findings)


# --- gaps ----------------------------------------------------------------------------------------


def test_an_element_waits_for_its_open_point_and_is_covered_when_that_is_accepted() -> None:
    accepted = {code: one for code, one in ALL.items() if code != "veteranenwet-artikel"}
    findings = found(d2599(), FULL, accepted)

    waiting = of(findings, "grond", "welzijn: Veteranenwet")
    assert waiting.outcome is Outcome.GAP
    assert "veteranenwet-artikel" in waiting.text
    assert of(findings, "grond", "welzijn: Wet WIA, artikelen 29 en 30").outcome is Outcome.COVERED
    gaps = {(one.kind, one.element) for one in findings if one.outcome is Outcome.GAP}
    assert gaps == {
        ("grond", "welzijn: Veteranenwet"),
        ("grond", "wettelijke-plicht: Veteranenwet"),
        ("open punt", "veteranenwet-artikel"),
    }


@pytest.mark.parametrize("point", d2599().open_points)
def test_an_open_point_that_nobody_accepted_is_always_a_gap(point: str) -> None:
    accepted = {code: one for code, one in ALL.items() if code != point}

    assert of(found(d2599(), FULL, accepted), "open punt", point).outcome is Outcome.GAP
    assert of(found(d2599(), FULL, ALL), "open punt", point).outcome is Outcome.COVERED


def test_an_acceptance_of_a_demo_says_so() -> None:
    demo = {code: replace(one, demo=True) for code, one in ALL.items()}

    assert "(demonstratie)" in of(found(d2599(), FULL, demo), "open punt", "geen-matrix").text
    assert "(demonstratie)" not in of(found(d2599(), FULL, ALL), "open punt", "geen-matrix").text


@pytest.mark.parametrize(
    ("room", "kind"), [("retention", "vernietigen"), ("exchange", "bron"), ("course", "besluiten")]
)
def test_a_promise_is_a_gap_until_its_room_acts(room: str, kind: str) -> None:
    without = House(stored=FULL.stored, rooms=FULL.rooms - {room})

    for house, outcome in ((without, Outcome.GAP), (FULL, Outcome.COVERED)):
        assert {one.outcome for one in found(d2599(), house, ALL) if one.kind == kind} == {outcome}


# --- the house against the entry -----------------------------------------------------------------


def test_a_stored_field_the_register_does_not_know_is_a_violation_and_one_it_knows_is_a_home() -> None:
    house = House(
        stored={"dossiers.Person.shoe_size": "schoenmaat", "dossiers.Person.phone": "telefoonnummer"},
        rooms=frozenset(),
    )

    assert violations(d2599(), house) == [("opslag", "dossiers.Person.shoe_size")]
    home = of(found(d2599(), house), "opslag", "telefoonnummer")
    assert home.outcome is Outcome.COVERED
    assert home.text == "dossiers.Person.phone"
    assert of(found(d2599(), house), "opslag", "bsn").outcome is Outcome.GAP


def test_a_field_for_an_item_that_only_another_employer_names_stays_empty_here() -> None:
    house = House(stored={"dossiers.Person.bsn": "bsn"}, rooms=frozenset())
    ferry = ferry_history()

    assert violations(ferry.latest, house) == violations(d2599(), house) == []
    assert not any(
        isinstance(
            Decisions(ferry, ()).decide(role, Item.BSN, Use.WRITE, purpose, date(2026, 11, 23)), Allowed
        )
        for role in Role
        for purpose in ferry.latest.reading.purposes
    )
    assert of(found(d2599(), house), "opslag", "bsn").text == "dossiers.Person.bsn"


# --- the entry against its reading ---------------------------------------------------------------


def test_one_word_changed_is_a_violation() -> None:
    entry = d2599().entry
    purpose = replace(entry.purposes[0], phrase=entry.purposes[0].phrase.replace("51%", "52%"))

    assert violations(with_entry(replace(entry, purposes=(purpose, *entry.purposes[1:])))) == [
        ("tekst", "D2599")
    ]


def test_a_term_without_a_clock_is_a_violation() -> None:
    terms = {code: one for code, one in d2599().reading.terms.items() if code != "7-jaar"}

    assert ("termijn", "7-jaar") in violations(with_reading(terms=terms))


def test_a_thing_to_keep_that_is_not_read_is_a_violation() -> None:
    term = d2599().reading.terms[TermId("7-jaar")]
    objects = {phrase: kinds for phrase, kinds in term.objects.items() if phrase != "ziekteverzuim"}
    terms = {**d2599().reading.terms, term.id: replace(term, objects=objects)}

    assert violations(with_reading(terms=terms)) == [("termijn", "7-jaar")]


@pytest.mark.parametrize("change", [{"operations": ()}, {"roles": ()}], ids=["operations", "roles"])
def test_a_purpose_for_which_nobody_does_anything_is_a_violation(change: dict[str, object]) -> None:
    code = PurposeId("publiek-privaat")
    purposes = {**d2599().reading.purposes, code: replace(d2599().reading.purposes[code], **change)}

    assert violations(with_reading(purposes=purposes)) == [("doel", "publiek-privaat")]


def test_a_purpose_that_is_not_read_is_a_violation() -> None:
    purposes = {code: one for code, one in d2599().reading.purposes.items() if code != "publiek-privaat"}

    assert violations(with_reading(purposes=purposes)) == [("doel", "publiek-privaat")]


def test_a_recipient_that_gets_nothing_is_a_violation() -> None:
    items = {
        code: replace(one, cells={**one.cells, Role.ROBIDUS: Cell.NOTHING})
        for code, one in d2599().reading.items.items()
    }

    # Of both entries: of dossiers, and of who else works on them.
    assert violations(with_reading(items=items)) == [("ontvanger", "robidus")] * 2


def test_a_phrase_that_is_no_item_is_a_violation() -> None:
    items = {code: one for code, one in d2599().reading.items.items() if code is not Item.SEX}

    assert violations(with_reading(items=items)) == [("gegeven", "re-integranten: Geslacht")]


def test_a_cell_for_a_role_that_works_for_no_purpose_of_the_item_is_a_violation() -> None:
    cells = {**d2599().reading.items[Item.PHONE].cells, Role.RESEARCHER: Cell.READ}

    assert violations(with_item(Item.PHONE, cells=cells)) == [("matrix", "telefoonnummer")]


def test_a_record_without_a_term_is_a_violation() -> None:
    assert violations(with_item(Item.PHONE, document=DocumentClass.SURVEY_RAW)) == [
        ("bewaren", "telefoonnummer")
    ]


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"automated": True}, "besluiten"), ({"outside_eu": True}, "doorgifte")],
    ids=["automated decisions", "outside the EU"],
)
def test_an_entry_that_promises_what_hervat_never_does_is_a_violation(
    change: dict[str, object], kind: str
) -> None:
    assert violations(with_entry(replace(d2599().entry, **change))) == [(kind, "D2599")]


def test_an_empty_controller_is_a_gap_with_an_open_point_and_a_violation_without() -> None:
    points = {code: one for code, one in d2599().open_points.items() if code != "verantwoordelijke-leeg"}

    assert of(found(d2599()), "verantwoordelijke", "D2599").outcome is Outcome.GAP
    assert violations(replace(d2599(), open_points=points)) == [("verantwoordelijke", "D2599")]
    named = with_entry(replace(d2599().entry, controllers=("De Minister van Defensie",)))
    assert of(found(named), "verantwoordelijke", "D2599").text == "De Minister van Defensie"
