"""How long something is kept: retention terms as dates, with what holds them up and what is open.

Whether a term ends on the day or with the calendar year is open for the state, so the caller says which
and records it; never earlier than the exact day. Must never: say that something may be destroyed; that is
a list, a second person and a certificate. Read next: `parameters/retention.yaml`, `calendar_terms.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from hervat.law.calendar_terms import add_months, add_years
from hervat.law.errors import InputError
from hervat.law.parameters import Parameter, parameter_of
from hervat.law.sheet import HOME, Row, read_sheet
from hervat.law.vocabulary import Unit

_DAY = timedelta(days=1)
_MONTHS_IN = {Unit.YEARS: 12, Unit.MONTHS: 1}
_DURATION = re.compile(r"P([1-9]\d{0,2})([YMD])", re.ASCII)


class TermEnd(StrEnum):
    """On which day a term ends; the values are those of the register's day rule."""

    EXACT = "op de dag"
    END_OF_YEAR = "einde kalenderjaar"


class Wga(StrEnum):
    """Whether a right to the WGA benefit arose."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class HoldId(StrEnum):
    """Why something is kept past its term."""

    WGA = "wga"
    SANCTION = "sanction"


@dataclass(frozen=True, slots=True)
class Term:
    """A retention term through time, the event it starts from (a code of the register), and what is open."""

    parameter: Parameter
    clock: str
    open_point: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when something is kept, that day included, and from when it may come on a list."""

    last_day: date
    destroy_from: date


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that outlasts the term."""

    id: HoldId
    last_day: date
    text: str


@dataclass(frozen=True, slots=True)
class FileTerm:
    """The term of a re-integration file with what holds it up and what a person must decide."""

    kept: Kept
    holds: tuple[Hold, ...]
    open_points: tuple[str, ...]
    shorter_norm_from: date | None


@cache
def terms() -> dict[str, Term]:
    """Return every retention term by its name.

    >>> terms()["reintegration_file"].clock
    'eerste-ziektedag'
    """
    rows = read_sheet(HOME / "parameters" / "retention.yaml").named()
    return {name: _term(name, row) for name, row in rows}


def keep(started_on: date, duration: str, ends: TermEnd) -> Kept:
    """Return until when a term of ISO 8601 runs ("V n": destroy after n; Archiefbesluit art. 5).

    >>> keep(date(2022, 1, 3), "P12Y", TermEnd.EXACT).destroy_from
    datetime.date(2034, 1, 3)
    >>> keep(date(2022, 1, 3), "P12Y", TermEnd.END_OF_YEAR).destroy_from
    datetime.date(2035, 1, 1)
    """
    exact = _later(started_on, duration)
    if ends is TermEnd.END_OF_YEAR:
        exact = date(exact.year + 1, 1, 1)
    return Kept(exact - _DAY, exact)


def keep_after_year(year: int, duration: str) -> Kept:
    """Return until when a term after a *year* runs: to the end of the last year (V 100 na geboortejaar).

    >>> keep_after_year(1985, "P100Y")
    Kept(last_day=datetime.date(2085, 12, 31), destroy_from=datetime.date(2086, 1, 1))
    """
    last = _later(date(year, 12, 31), duration)
    return Kept(last, last + _DAY)


def keep_for(term: str, started_on: date, ends: TermEnd) -> Kept:
    """Return until when a named term runs, by the value that holds on the day it starts.

    >>> keep_for("raw_data", date(2024, 8, 31), TermEnd.EXACT).destroy_from
    datetime.date(2025, 2, 28)
    """
    parameter = terms()[term].parameter
    months = _MONTHS_IN[parameter.unit] * parameter.on(started_on)
    if terms()[term].clock == "geboortejaar":
        return keep_after_year(started_on.year, f"P{months // 12}Y")
    return keep(started_on, f"P{months}M" if months % 12 else f"P{months // 12}Y", ends)


def reintegration_file(
    first_sick_day: date,
    ends: TermEnd,
    *,
    wga: Wga = Wga.UNKNOWN,
    wia_start_date: date | None = None,
    sanction_last_day: date | None = None,
    completed_on: date | None = None,
) -> FileTerm:
    """Return the term of a file: twelve years from the first sick day, and what may outlast it.

    A sanction or an extension pushes the ten years of the WGA past the twelve. Where no right arose, the
    supervisor calls two years after completion reasonable (AP, par. 6.1): a person must decide.

    >>> sanctioned = date(2024, 12, 30)
    >>> file = reintegration_file(date(2022, 1, 3), TermEnd.EXACT, wga=Wga.YES, wia_start_date=sanctioned)
    >>> file.kept.destroy_from, file.holds[0].last_day
    (datetime.date(2034, 1, 3), datetime.date(2034, 12, 29))
    """
    kept = keep_for("reintegration_file", first_sick_day, ends)
    shorter = None
    if wga is not Wga.YES and completed_on is not None:
        shorter = keep_for("shorter_norm", completed_on, ends).destroy_from
    return FileTerm(
        kept=kept,
        holds=tuple(_holds(kept, wga, wia_start_date, sanction_last_day)),
        open_points=tuple(_open_points(wga)),
        shorter_norm_from=shorter,
    )


def _term(name: str, row: Row) -> Term:
    is_open = row.text("open") if row.has("open") else None
    return Term(parameter_of(name, row, "clock", "open"), row.text("clock"), is_open)


def _holds(kept: Kept, wga: Wga, started_on: date | None, sanction_last: date | None) -> Iterator[Hold]:
    if wga is not Wga.NO and started_on is not None:
        until = keep_for("wga_at_own_risk", started_on, TermEnd.EXACT).last_day
        if until > kept.last_day:
            text = "Een WGA-uitkering kan langer voor rekening van de werkgever lopen dan de bewaartermijn."
            yield Hold(HoldId.WGA, until, text)
    if sanction_last is not None and sanction_last > kept.last_day:
        yield Hold(HoldId.SANCTION, sanction_last, "De loonsanctie loopt langer dan de bewaartermijn.")


def _open_points(wga: Wga) -> Iterator[str]:
    yield "Of de termijn op de dag of met het kalenderjaar eindigt, is voor het Rijk niet gevonden."
    if wga is Wga.NO:
        yield "Geen WGA-recht: de AP noemt twee jaar na afronding redelijk, het register twaalf jaar."
    else:
        yield "Of de werkgever eigenrisicodrager voor de WGA is, tien jaar lang, is niet bevestigd."
    if wga is Wga.UNKNOWN:
        yield "Niet bekend is of een WGA-recht is ontstaan; daarvan hangt af of twaalf jaar nodig is."


def _later(day: date, duration: str) -> date:
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise InputError("Dit is geen bewaartermijn.", "Schrijf hem als P12Y, P6M of P30D.")
    count, unit = int(found[1]), found[2]
    if unit == "D":
        return day + timedelta(days=count)
    return add_years(day, count) if unit == "Y" else add_months(day, count)
