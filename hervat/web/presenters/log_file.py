"""The log as a file for a spreadsheet: codes as they are kept, one line a row.

A cell that a spreadsheet would take for a formula gets an apostrophe in front. Must never: hold more than the
page would show. Read next: `log.py`.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from hervat.journal.queries.lines import LineView
from hervat.web.presenters.log import Beside, name_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    *("regel", "moment", "trace", "handeling", "effect", "uitkomst", "reden", "soort", "wie", "naam", "rol"),
    *("eenheid", "adres", "bron", "doel", "grond", "bevoegdheid", "register", "wijze", "betrokkene"),
    *("soort_betrokkene", "dossier", "soort_object", "object", "gegevens"),
)


def as_file(lines: Iterable[LineView], beside: Beside) -> bytes:
    """Return lines as CSV as a Dutch spreadsheet opens it: semicolons, and a mark that it is UTF-8."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([neutral(str(cell if cell is not None else "")) for cell in _cells(line, beside)])
    return written.getvalue().encode("utf-8-sig")


def neutral(cell: str) -> str:
    """Return a text that no spreadsheet computes.

    >>> neutral("=HYPERLINK(1)"), neutral("commandant")
    ("'=HYPERLINK(1)", 'commandant')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(line: LineView, beside: Beside) -> tuple[object, ...]:
    actor = line.actor
    unit = beside.tree.get(actor.unit)
    return (
        *(line.id, line.logged_at.isoformat(), line.trace_id, line.operation, line.effect, line.outcome),
        *(line.reason, actor.kind, actor.code, name_of(actor, beside.names), actor.role),
        *(unit.abbreviation if unit else None, actor.address, line.source, line.purpose, line.ground),
        *(line.authority, line.register_version, line.manner, line.subject, line.subject_kind, line.dossier),
        *(line.object_kind, line.object_id, " ".join(sorted(line.items))),
    )
