"""A list of courses as a file for a spreadsheet: what the page shows of each, one course a row.

A cell that a spreadsheet would take for a formula gets an apostrophe in front. A column that the role may not
see is not there. Must never: hold more than the page would show. Read next: `caseload.py`, `log_file.py`.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from hervat.course.queries.caseload import CaseRow
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Shown
from hervat.web.presenters.caseload import place_text, who_acts
from hervat.web.presenters.difference import due_name
from hervat.web.presenters.log_file import neutral

Rows = list[list[str]]


def as_csv(rows: Iterable[CaseRow], units: Tree) -> bytes:
    """Return a list as CSV as a Dutch spreadsheet opens it: semicolons, and a mark that it is UTF-8."""
    written = StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(_table(rows, units))
    return written.getvalue().encode("utf-8-sig")


def as_workbook(rows: Iterable[CaseRow], units: Tree) -> bytes:
    """Return a list as a workbook, of which every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Caseload"))
    for row in _table(rows, units):
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _table(rows: Iterable[CaseRow], units: Tree) -> Rows:
    """The heading and the rows, without the columns that are hidden in every row alike."""
    found = [dict(_cells(row, units)) for row in rows]
    shown = [name for name in (found[0] if found else {}) if any(row[name] is not None for row in found)]
    return [shown, *([neutral(row[name] or "") for name in shown] for row in found)]


def _cells(one: CaseRow, units: Tree) -> Iterator[tuple[str, str | None]]:
    """What stands in each column; None where it may not be seen."""
    row = one.row
    yield _("Casenummer"), _said(row.case_number, lambda number: show_case_number(str(number)))
    yield _("Naam"), _said(row.facts.get(Field.NAME))
    yield _("Eenheid"), _said(row.unit, lambda unit: place_text(unit, units))
    yield _("Eerste ziektedag"), _said(row.first_sick_on)
    yield _("Week"), _said(one.week)
    yield _("Hersteld op"), _said(one.recovered_on)
    yield _("Volgende stap"), _said(one.next, lambda step: due_name(step.code))
    yield _("Wie is aan zet"), _said(one.next, who_acts)
    yield _("Uiterlijk"), _said(one.next, lambda step: step.due_on.isoformat())
    yield _("Te laat"), _said(one.late, lambda late: _("ja") if late else _("nee"))


def _said(cell: object, word: Callable[[Any], str] = str) -> str | None:
    if not isinstance(cell, Shown):
        return None
    return "" if cell.value is None else word(cell.value)
