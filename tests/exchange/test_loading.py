"""A first load: what a sheet may say, what is wrong by row and column, and that both roads end the same."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hervat.access.feed import Feed
from hervat.cli.sheets import read_sheet, write_csv, write_template
from hervat.course.models import Due, Standing
from hervat.dossiers.models import NameToken
from hervat.dossiers.queries.permitted import permitted
from hervat.exchange.actions.loading import load_row, load_rows
from hervat.exchange.rules.sheet import COLUMNS, GoodRow, HeaderFault, read_header, read_row
from hervat.exchange.rules.vocabulary import Outcome
from hervat.journal.models import Line
from tests.cast import TODAY
from tests.matrix.conftest import rolled_back

from .looking import dossiers, facts, identity

ROW: dict[str, Any] = {
    "employee_number": "W500",
    "person.name": "Thirza Oosterhof",
    "appointment.unit": "A-cie",
    "first_sick_on": "05-10-2026",
    "percentage": 80.0,
    "person.bsn": 999990019.0,
    "person.birth_date": datetime(1990, 4, 2, tzinfo=UTC),
    "person.sex": "Vrouw",
    "person.address.street": "Nergensstraat 1",
    "person.address.postcode": "0000 ZZ",
    "person.address.town": "Nergenshuizen",
    "person.phone": "+31 6 00000000",
    "appointment.service_branch": "CLAS",
    "appointment.job_description": "Chauffeur",
    "first_fit_on": date(2026, 11, 2),
    "opened_on": "2026-10-12",
}


def good(**changes: Any) -> GoodRow:
    read = read_row(ROW | changes, TODAY)
    assert isinstance(read, GoodRow), read
    return read


def another(number: int) -> GoodRow:
    bsn = ("999990019", "999990020", "999990032", "999990044")[number]
    changes: dict[str, Any] = {"person.bsn": bsn, "first_fit_on": ""} if number % 2 else {"person.bsn": bsn}
    return good(employee_number=f"W50{number}", **changes)


def test_cells_are_read_as_offices_write_them() -> None:
    read = good()

    assert (read.facts.first_sick_on, read.opened_on) == (date(2026, 10, 5), date(2026, 10, 12))
    assert read.facts.percentage == 80
    assert (read.facts.person.bsn, read.facts.person.birth_date) == ("999990019", date(1990, 4, 2))


def test_faults_are_told_by_column_and_nothing_of_the_cell() -> None:
    wrong = {"person.name": "", "first_sick_on": "vorige week", "percentage": "merkteken", "opened_on": "x"}

    read = read_row(ROW | wrong, TODAY)

    assert isinstance(read, tuple)
    assert {(one.column, one.problem.split()[0]) for one in read} == {
        ("naam", "ontbreekt"),
        ("eerste ziektedag", "heeft"),
        ("verzuimpercentage", "heeft"),
        ("geopend op", "heeft"),
    }
    assert "merkteken" not in repr(read)
    late = read_row(ROW | {"first_fit_on": "2026-10-05"}, TODAY)
    assert isinstance(late, tuple)
    assert [one.column for one in late] == ["hersteld op"]


def test_an_unknown_column_is_refused_by_name_and_the_order_makes_no_difference() -> None:
    headings = list(COLUMNS)

    assert read_header(headings[::-1])[0] == COLUMNS[headings[-1]]
    assert set(read_header([*headings, "Rij", "fouten"]).values()) == set(COLUMNS.values())
    with pytest.raises(HeaderFault, match="diagnose"):
        read_header([*headings, "diagnose"])
    with pytest.raises(HeaderFault, match="ontbreken: naam"):
        read_header([one for one in headings if one != "naam"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_can_be_read_again(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"sjabloon.{form}"
    write_template(path, form, list(COLUMNS))

    header, example = read_sheet(path)

    cells = {member: example[place] for place, member in read_header(header).items()}
    assert isinstance(read_row(cells, TODAY), GoodRow)


def test_a_cell_that_looks_like_a_formula_is_written_as_text_and_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "fouten.csv"
    write_csv(path, [["telefoonnummer"], ["+31 6 00000000"], ["=1+1"]])

    assert path.read_text("utf-8-sig").splitlines() == ["telefoonnummer", "'+31 6 00000000", "'=1+1"]
    assert [row[0] for row in read_sheet(path)] == ["telefoonnummer", "+31 6 00000000", "=1+1"]


def state(feed: Feed, numbers: list[str]) -> list[Any]:
    """All that stands of these people, ids and moments apart."""
    with permitted(feed.everywhere()):
        due = Due.objects.values_list("code", "due_on", "state", "role", "also_role", "opens_on", "kind")
        dues = sorted(due, key=str)
        stood = Standing.objects.values_list("first_sick_on", "wait_ends_on", "recovered_on", "next_code")
        stands = sorted(stood, key=str)
        tokens = sorted(NameToken.objects.values_list("token", flat=True))
    people = [
        (
            [(one.status, one.opened_on, one.first_sick_on, one.version) for one in dossiers(feed, who)],
            facts(feed, who),
            identity(feed, who),
        )
        for who in numbers
    ]
    return [people, dues, stands, tokens]


def test_by_the_bulk_road_everything_stands_as_row_by_row(feed: Feed) -> None:
    rows, numbers = [another(number) for number in range(4)], [f"W50{number}" for number in range(4)]
    with rolled_back():
        assert [load_row(admits=feed, row=row) for row in rows] == [Outcome.OPENED] * 4
        one_by_one = state(feed, numbers)
    before = Line.objects.count()

    assert load_rows(admits=feed, rows=rows) == [Outcome.OPENED] * 4

    bulk = state(feed, numbers)
    assert bulk[1]
    assert one_by_one[1:] == bulk[1:]
    # The version counts what was done one after the other; in bulk it is one.
    assert [(p[0][0][:3], p[1:]) for p in one_by_one[0]] == [(p[0][0][:3], p[1:]) for p in bulk[0]]
    lines = Line.objects.order_by("-id")[: Line.objects.count() - before]
    assert len({line.subject for line in lines if line.subject}) == 4


def test_who_is_known_is_left_out_and_a_faulty_row_stops_no_other(feed: Feed) -> None:
    first, second = another(0), another(1)
    nowhere = good(employee_number="W509", **{"appointment.unit": "Nergens", "person.bsn": "999990032"})
    taken = good(employee_number="W508", **{"person.bsn": "999990019"})
    assert load_row(admits=feed, row=first) is Outcome.OPENED

    loaded = load_rows(admits=feed, rows=[first, second, nowhere, taken])

    assert loaded[:2] == [Outcome.DUPLICATE, Outcome.OPENED]
    assert [one[0].column for one in loaded[2:] if isinstance(one, tuple)] == ["eenheid", "bsn"]
    assert dossiers(feed, "W508") == dossiers(feed, "W509") == []
