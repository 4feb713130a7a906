"""The matrix page says what `decide` decides, for every role and item, and why."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils.html import escape

from hervat.register import in_force
from hervat.register.decisions import Allowed, Gap
from hervat.register.vocabulary import Cell, Item, Role, Use

MATRIX = "/register/matrix/"
TODAY = date.today()  # noqa: DTZ011 - the page asks for the day in the time zone of the machine too
ROW = re.compile(r'<tr id="([\w-]+)">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r'<td><a class="chip ([\w -]+)" href="\?rol=([\w-]+)&amp;gegeven=([\w-]+)[^"]*">([^<]+)')


def cells_on(page: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what each cell of the page says: (role, item) → (class, word)."""
    return {(role, item): (css, word) for css, role, item, word in CELL.findall(page)}


def expected(*, demo: bool) -> dict[tuple[str, str], tuple[bool, str]]:
    """Decide every cell for ourselves: whether it is allowed now, and with which word."""
    register = in_force.history().on(TODAY)
    decisions = in_force.decisions(demo=demo)
    found: dict[tuple[str, str], tuple[bool, str]] = {}
    for item, reading in register.reading.items.items():
        if register.entry_of(item) is not register.entry:
            continue
        for recipient in register.entry.recipients:
            role = recipient.role
            made = [
                decisions.decide(role, item, Use.READ, purpose, TODAY)
                for purpose in register.group(item).purposes
            ]
            waits = any(isinstance(one, Gap) for one in made)
            allowed = any(isinstance(one, Allowed) for one in made)
            word = reading.cells.get(role, Cell.NOTHING) if allowed or waits else Cell.NOTHING
            found[(role.value, item.value)] = (allowed, word.value)
    return found


@pytest.mark.parametrize("demo", [False, True])
def test_every_cell_says_what_the_register_decides(
    visitor: Client, demo_visitor: Client, *, demo: bool
) -> None:
    page = (demo_visitor if demo else visitor).get(MATRIX).content.decode()
    shown = {
        key: ("waits" not in css and word != Cell.NOTHING, word)
        for key, (css, word) in cells_on(page).items()
    }

    assert shown == expected(demo=demo)
    assert len(shown) > 400


def test_without_acceptances_nothing_of_a_dossier_is_allowed_and_the_page_says_so(visitor: Client) -> None:
    page = visitor.get(MATRIX).content.decode()

    assert "<b>0</b> keer iets toegestaan" in page
    assert "wachten op een besluit en worden nu geweigerd" in page
    assert 'href="/register/open-points/#geen-matrix"' in page


def test_a_commander_reads_hours_and_never_medical_data(demo_visitor: Client) -> None:
    cells = cells_on(demo_visitor.get(MATRIX).content.decode())

    assert cells[("commandant", "uren-aangepast-werk")] == ("write", "schrijven")
    assert cells[("commandant", "medische-gegevens")] == ("nothing", "niets")


def test_a_cell_opens_its_reason_on_the_same_page_without_a_script(demo_visitor: Client) -> None:
    page = demo_visitor.get(MATRIX).content.decode()
    address = re.findall(r'href="(\?rol=commandant&amp;gegeven=mgo)#waarom"', page)[0].replace("&amp;", "&")
    opened = demo_visitor.get(MATRIX + address).content.decode()
    register = in_force.history().on(TODAY)
    reason = register.reading.items[Item.MILITARY_MEDICAL_EXAM].reasons[Role.COMMANDER]

    assert 'id="waarom"' not in page
    assert 'id="waarom"' in opened
    assert escape(reason.text) in opened
    assert escape(reason.source) in opened
    assert "Welzijn van zieke militairen · Wettelijke re-integratieplicht" in opened
    assert opened.count("ja, alleen de uitkomst") == 1
    assert opened.count('aria-expanded="true"') == 1


def test_purposes_that_are_decided_alike_are_told_once(demo_visitor: Client) -> None:
    values = {"rol": "commandant", "gegeven": "medische-gegevens"}
    panel = demo_visitor.get(MATRIX, values).content.decode().partition('id="waarom"')[2]
    decisions = panel.partition('class="decisions"')[2].partition("</ul>")[0]

    assert decisions.count("<li>") == 1
    assert "Alle doelen van dit gegeven" in decisions


@pytest.mark.thorough
def test_every_reason_of_the_reading_can_be_read_by_role(demo_visitor: Client) -> None:
    register = in_force.history().on(TODAY)
    for role in register.reading.roles:
        page = demo_visitor.get(MATRIX, {"rol": role.value}).content.decode()
        missing = [
            item.value
            for item, reading in register.reading.items.items()
            if escape(reading.reasons[role].text) not in page
        ]
        assert missing == [], role


def test_a_role_with_a_purpose_shows_the_decision_and_the_ground(demo_visitor: Client) -> None:
    values = {"rol": "commandant", "doel": "wettelijke-plicht"}
    page = demo_visitor.get(MATRIX, values).content.decode()
    row = re.search(r">Uren per week aangepast werk</a>.*?</tr>", page, re.DOTALL)

    assert row is not None
    assert row[0].count("ja, volledig") == 2
    assert "wettelijke verplichting, AVG art. 6 lid 1 onder c" in page


def test_a_role_that_does_not_work_for_a_purpose_is_refused_with_the_reason(demo_visitor: Client) -> None:
    page = demo_visitor.get(MATRIX, {"rol": "commandant", "doel": "loonsancties"}).content.decode()

    assert "werkt niet voor het doel" in page
    assert "ja, volledig" not in page


def test_only_what_a_role_may_leaves_the_rest_out_and_counts_stay(demo_visitor: Client) -> None:
    every = demo_visitor.get(MATRIX, {"rol": "oobb"}).content.decode()
    allowed = demo_visitor.get(MATRIX, {"rol": "oobb", "toon": "toegang"}).content.decode()

    assert "Medische gegevens</a>" in every
    assert "Medische gegevens</a>" not in allowed
    assert "Telefoonnummer</a>" in allowed


def test_the_class_of_items_can_be_chosen(demo_visitor: Client) -> None:
    page = demo_visitor.get(MATRIX, {"klasse": "bsn"}).content.decode()

    assert [code for code, _row in ROW.findall(page)] == ["bsn"]


def test_writing_can_be_asked_about(demo_visitor: Client) -> None:
    cells = cells_on(demo_visitor.get(MATRIX, {"gebruik": "schrijven"}).content.decode())

    assert cells[("commandant", "naw-gegevens")][1] == "niets"
    assert cells[("commandant", "uren-eigen-werk")][1] == "schrijven"


def test_roles_outside_the_entry_are_shown_on_demand(visitor: Client) -> None:
    recipients = visitor.get(MATRIX).content.decode()
    others = visitor.get(MATRIX, {"rollen": "overige"}).content.decode()

    assert "?rol=uwv&amp;" not in recipients
    assert "?rol=uwv&amp;" in others
    assert "?rol=commandant&amp;" not in others


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("rol", "koning", "commandant"),
        ("gegeven", "schoenmaat", "naw-gegevens"),
        ("klasse", "geheim", "medisch"),
        ("doel", "reclame", "wettelijke-plicht"),
        ("gebruik", "verkopen", "schrijven"),
        ("toon", "niets", "toegang"),
        ("rollen", "geen", "ontvangers"),
        ("datum", "gisteren", "jjjj-mm-dd"),
        ("datum", "2026-02-30", "jjjj-mm-dd"),
    ],
)
def test_an_unknown_filter_value_is_named_with_the_values_that_exist(
    visitor: Client, name: str, value: str, known: str
) -> None:
    answer = visitor.get(MATRIX, {name: value})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert f"De waarde “{value}” bestaat niet voor het filter “{name}”." in page
    assert f"<code>{known}</code>" in page


def test_an_unknown_value_is_shown_as_text_and_cut(visitor: Client) -> None:
    page = visitor.get(MATRIX, {"rol": "<script>alert(1)</script>" + "x" * 500}).content.decode()

    told = page[page.index("<main") : page.index("</main>")]
    assert "&lt;script&gt;alert(1)" in told
    assert "<script>alert" not in page
    assert "x" * 60 not in told


def test_a_day_before_the_first_version_is_refused_with_the_first_day(visitor: Client) -> None:
    first = in_force.history().versions[0].version.valid_from
    answer = visitor.get(MATRIX, {"datum": "2020-01-01"})

    assert answer.status_code == 400
    assert f"{first:%d-%m-%Y}" in answer.content.decode()
    assert visitor.get(MATRIX, {"datum": first.isoformat()}).status_code == 200


def test_an_empty_filter_is_no_filter(visitor: Client) -> None:
    empty = {name: "" for name in ("rol", "gegeven", "klasse", "doel", "gebruik", "datum", "toon", "rollen")}

    assert cells_on(visitor.get(MATRIX, empty).content.decode()) == cells_on(
        visitor.get(MATRIX).content.decode()
    )
