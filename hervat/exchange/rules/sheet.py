"""A row of a sheet becomes a dossier to open, or what is wrong with it, by column.

Columns go by their heading, in any order; what a row says is held to the same types as a message, so nothing
comes in by a sheet that a message may not say. Must never: repeat in a fault what a cell holds.
Read next: `members.py`, `../actions/loading.py`, docs/personnel-feed.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from hervat.exchange.rules.faults import told
from hervat.exchange.rules.members import Day, SickFacts

_DUTCH_DAY: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", re.ASCII)
_DAY: Final[TypeAdapter[date]] = TypeAdapter(Day)
ROW, FAULTS = "rij", "fouten"
"""Columns that a file of faults has beside those of the template; they are passed over when it is read."""

COLUMNS: Final[Mapping[str, str]] = {
    "werknemersnummer": "employee_number",
    "naam": "person.name",
    "eenheid": "appointment.unit",
    "eerste ziektedag": "first_sick_on",
    "hersteld op": "first_fit_on",
    "geopend op": "opened_on",
    "verzuimpercentage": "percentage",
    "bsn": "person.bsn",
    "geboortedatum": "person.birth_date",
    "geslacht": "person.sex",
    "straat en huisnummer": "person.address.street",
    "postcode": "person.address.postcode",
    "woonplaats": "person.address.town",
    "e-mailadres": "person.email",
    "telefoonnummer": "person.phone",
    "loonheffingsnummer": "person.payroll_tax_number",
    "defensieonderdeel": "appointment.service_branch",
    "functie": "appointment.job_description",
    "werkzaamheden": "appointment.duties",
    "einde aanstelling": "appointment.ends_on",
}
OBLIGATORY: Final = ("werknemersnummer", "naam", "eenheid", "eerste ziektedag")
_OF_THE_SHEET: Final = ("first_fit_on", "opened_on")
_HEADINGS: Final = {member: heading for heading, member in COLUMNS.items()}
_MISSING: Final = "ontbreekt"
_WRONG: Final = "heeft een waarde die niet kan"


class HeaderFault(ValueError):  # noqa: N818 - it names what is wrong
    """The first row is not that of the template."""


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A dossier to open: the sickness, since when it is open, and the first fit day if there is one."""

    facts: SickFacts = field(repr=False)
    opened_on: date | None = None
    first_fit_on: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnFault:
    """What is wrong in one column of a row."""

    column: str
    problem: str

    @property
    def text(self) -> str:
        """What is wrong, as it stands in the file of faults."""
        return f"{self.column}: {self.problem}"


def read_header(cells: Sequence[object]) -> dict[int, str]:
    """Return which member stands in which place. Raises `HeaderFault`."""
    headings = [str(cell or "").strip().casefold() for cell in cells]
    unknown = [one for one in headings if one and one not in COLUMNS and one not in {ROW, FAULTS}]
    if unknown:
        raise HeaderFault(
            f"Het register kent deze kolommen niet: {', '.join(told(unknown))}. Haal ze weg; kijk in het "
            "sjabloon welke kolommen er zijn."
        )
    doubled = {one for one in headings if one and headings.count(one) > 1}
    missing = [one for one in OBLIGATORY if one not in headings]
    if doubled or missing:
        what = (
            f"ontbreken: {', '.join(missing)}"
            if missing
            else f"staan er dubbel: {', '.join(sorted(doubled))}"
        )
        raise HeaderFault(f"In de eerste regel {what}. Gebruik de koppen van het sjabloon.")
    return {place: COLUMNS[one] for place, one in enumerate(headings) if one in COLUMNS}


def read_row(cells: Mapping[str, object], on: date) -> GoodRow | tuple[ColumnFault, ...]:
    """Return what a row says, by member, or what is wrong with it."""
    said = {member: text for member, cell in cells.items() if (text := _text(cell))}
    days, faults = _days(said)
    facts: SickFacts | None = None
    try:
        facts = SickFacts.model_validate(_nested(said))
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults += [_fault(one["loc"], one["type"]) for one in found]
    if facts is not None:
        faults += _contradictions(facts, days, on)
    if facts is None or faults:
        return tuple(dict.fromkeys(faults))
    return GoodRow(facts, days.get("opened_on"), days.get("first_fit_on"))


def column_of(member: str) -> str:
    """Return the heading of a member, as a fault names it.

    >>> column_of("person.bsn"), column_of("bsn"), column_of("unit")
    ('bsn', 'bsn', 'eenheid')
    """
    if member in _HEADINGS:
        return _HEADINGS[member]
    last = member.rpartition(".")[2]
    return next((heading for one, heading in _HEADINGS.items() if one.rpartition(".")[2] == last), member)


def _text(cell: object) -> str:
    """Return a cell as a message would say it: a day as year-month-day, a whole number without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).strip()
    dutch = _DUTCH_DAY.fullmatch(text)
    return f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}" if dutch else text


def _days(said: dict[str, str]) -> tuple[dict[str, date], list[ColumnFault]]:
    days, faults = dict[str, date](), list[ColumnFault]()
    for member in _OF_THE_SHEET:
        if (text := said.pop(member, None)) is not None:
            try:
                days[member] = _DAY.validate_python(text)
            except ValidationError:
                faults.append(ColumnFault(_HEADINGS[member], _WRONG))
    return days, faults


def _nested(said: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {"person": {}, "appointment": {}}
    for member, text in said.items():
        *above, last = member.split(".")
        node = facts
        for step in above:
            node = node.setdefault(step, {})
        node[last] = int(text) if member == "percentage" and text.isdecimal() else _code(last, text)
    return facts


def _code(member: str, text: str) -> str:
    if member == "bsn" and len(text) == 8 and text.isdecimal():
        return f"0{text}"  # a sheet takes the zero off the front of a number
    return text.casefold() if member in {"sex", "service_branch"} else text


def _fault(location: tuple[str | int, ...], kind: str) -> ColumnFault:
    member = ".".join(str(step) for step in location)
    return ColumnFault(column_of(member), _MISSING if kind == "missing" else _WRONG)


def _contradictions(facts: SickFacts, days: Mapping[str, date], on: date) -> list[ColumnFault]:
    first, fit, opened = facts.first_sick_on, days.get("first_fit_on"), days.get("opened_on")
    faults = []
    if first > on:
        faults.append(ColumnFault("eerste ziektedag", "ligt in de toekomst"))
    if fit is not None and not first < fit <= on:
        faults.append(ColumnFault("hersteld op", "ligt niet na de eerste ziektedag, of in de toekomst"))
    if opened is not None and not first <= opened <= on:
        faults.append(ColumnFault("geopend op", "ligt voor de eerste ziektedag, of in de toekomst"))
    return faults
