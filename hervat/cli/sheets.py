"""Reads and writes sheets for a first load: CSV as offices write it, XLSX, template and file of faults.

Must never: take a formula over (a cell that could be one is written as text), or keep a copy.
Read next: `import_dossiers.py`, `../exchange/rules/sheet.py`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

Cells = Sequence[object]
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_EXAMPLE: Final = {
    "werknemersnummer": "W900100",
    "naam": "Thirza Oosterhof (voorbeeld: haal deze regel weg)",
    "eenheid": "13 Brig",
    "eerste ziektedag": "2026-10-05",
    "verzuimpercentage": "100",
    "geslacht": "vrouw",
    "defensieonderdeel": "clas",
}


class SheetUnreadable(ValueError):  # noqa: N818 - it names what is wrong
    """A file that is no sheet."""

    def __init__(self) -> None:
        super().__init__(
            "Dit bestand is niet te lezen. Geef een CSV-bestand of een XLSX-werkmap, met de koppen van het "
            "sjabloon in de eerste regel."
        )


def read_sheet(path: Path) -> Iterator[Cells]:
    """Yield the rows of a sheet, the header first. Raises `SheetUnreadable` and `OSError`."""
    rows = _read_workbook(path) if path.suffix.lower() in {".xlsx", ".xlsm", ".ods"} else _read_csv(path)
    yield from (row for row in rows if any(cell not in (None, "") for cell in row))


def write_template(path: Path, form: str, headings: Sequence[str]) -> None:
    """Write an empty sheet with the headings and one row as an example."""
    rows = [list(headings), [_EXAMPLE.get(heading, "") for heading in headings]]
    if form == "csv":
        write_csv(path, rows)
    else:
        _write_workbook(path, rows)


def write_csv(path: Path, rows: Iterable[Cells]) -> None:
    """Write rows as offices read them: semicolons, and a mark that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[_safe(cell) for cell in row] for row in rows])


def _safe(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: str) -> str:
    """Take off what `_safe` put on."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _read_csv(path: Path) -> Iterator[Cells]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what an older Excel writes
    if "\0" in text:
        raise SheetUnreadable
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            yield [_plain(cell) for cell in row]
    except csv.Error:
        raise SheetUnreadable from None


def _read_workbook(path: Path) -> Iterator[Cells]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError):
        raise SheetUnreadable from None
    yield from rows


def _write_workbook(path: Path, rows: Sequence[Cells]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Dossiers"
    for row in rows:
        sheet.append([str(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(14, len(str(cell.value)) + 4)
    sheet.freeze_panes = "A2"
    book.save(path)
