"""What the calculator asks: the name of each field, how many there can be, and what a button does.

The names stand in a form and nowhere else. Must never: ask for a name, a cause or a diagnosis.
Read next: `reading.py` (from fields to a situation), `../presenters/terms_form.py` (labels).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from hervat.law.reading import FACT_DAYS

MOST_SPELLS = 12
MOST_LEAVES = 4
LONGEST_VALUE = 40
FIRST_DAY = date(2015, 1, 1)
LAST_DAY = date(2099, 12, 31)

ON = "peildatum"
REGIME = "regels"
NOTICE_DAY = "uwv_notice_received_on"
NOTICE_NEVER = "uwv_notice_not_sent"
SANCTION_DAY = "sanction_decided_on"
SANCTION_WEEKS = "sanction_weeks"
DAYS_OF_FACTS = (*FACT_DAYS, NOTICE_DAY, SANCTION_DAY)
FACTS = (*DAYS_OF_FACTS, NOTICE_NEVER, SANCTION_WEEKS)
WHAT_IF = "w-"
"""Stands before the names of the second set of facts."""

_ROW = re.compile(r"(?:ziek|beter|verlof-(?:van|tot|soort|oorzaak))-([1-9]\d?)", re.ASCII)


class Do(StrEnum):
    """What a button asks for."""

    COMPUTE = "bereken"
    ADD_SPELL = "periode"
    ADD_LEAVE = "verlof"
    WHAT_IF = "wat-als"
    WHAT_IF_SPELL = "wat-als-periode"
    WHAT_IF_LEAVE = "wat-als-verlof"
    CALENDAR = "agenda"


ABOUT_WHAT_IF = frozenset({Do.WHAT_IF, Do.WHAT_IF_SPELL, Do.WHAT_IF_LEAVE})


def sick(row: int) -> str:
    return f"ziek-{row}"


def fit(row: int) -> str:
    return f"beter-{row}"


def leave(part: str, row: int) -> str:
    return f"verlof-{part}-{row}"


def rows_given(values: Mapping[str, str], prefix: str, kind: str, most: int) -> int:
    """Return how many rows of a kind a form was sent with, at least one and at most `most`.

    >>> rows_given({"ziek-1": "", "beter-3": ""}, "", "ziek", 12), rows_given({}, "", "verlof", 4)
    (3, 1)
    """
    names = (name.removeprefix(prefix) for name in values if name.startswith(prefix))
    kinds = ("ziek", "beter") if kind == "ziek" else (kind,)
    found = [int(row[1]) for name in names if name.startswith(kinds) and (row := _ROW.fullmatch(name))]
    return min(most, max(found, default=1))


def names(spells: int, leaves: int) -> Iterator[str]:
    """Return every field of a form with so many rows."""
    for row in range(1, spells + 1):
        yield from (sick(row), fit(row))
    for row in range(1, leaves + 1):
        yield from (leave(part, row) for part in ("van", "tot", "soort", "oorzaak"))
    yield from FACTS
    yield from (ON, REGIME)
