"""The numbers of the law, each a dated history: from which day, which value, which article.

`values_on(day)` gives every value as it holds for a case that began that day. A day before the first
text raises `BeforeFirstText`: no answer is better than a guess. A number of the law stands in
`parameters/*.yaml` and nowhere else. Must never: change a value in place, or read the clock.
Read next: `../../docs/law-change.md`, `clock.py`.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from hervat.law.errors import BeforeFirstText, SheetError
from hervat.law.sheet import HOME, Row, read_sheet
from hervat.law.vocabulary import Certainty, Unit
from hervat.law.words import long_date

PAGES = ("clock", "gatekeeper", "ending", "planning", "rights")
CASE_PAGES = ("clock", "gatekeeper", "ending", "planning")
"""What a case of sickness asks; the rights of a person have a history that begins later."""

_STATUTES = "https://wetten.overheid.nl/"
_DAYS_IN = {Unit.DAYS: 1, Unit.WEEKS: 7}
_WITHOUT_CHECK = {Certainty.MEMORY, Certainty.UNCERTAIN}


@dataclass(frozen=True, slots=True)
class Article:
    """Where a rule stands: as people cite it, and an address that lasts; without one it is no law."""

    text: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a history, for cases from a day on."""

    valid_from: date
    value: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the law through time. `last_checked` is absent where it was never read again."""

    id: str
    name: str
    unit: Unit
    article: Article
    certainty: Certainty
    last_checked: date | None
    history: tuple[Value, ...]

    def on(self, day: date) -> int:
        """Return the value that holds on a day.

        >>> parameters()["aow_pay"].on(date(2023, 6, 30)), parameters()["aow_pay"].on(date(2023, 7, 1))
        (13, 6)
        """
        at = bisect_right(self.history, day, key=lambda value: value.valid_from)
        if at == 0:
            raise before_first_text(self.history[0].valid_from)
        return self.history[at - 1].value


class Law:
    """Every number of the law as it holds for a case, with where it stands."""

    __slots__ = ("_days", "_values")

    def __init__(self, day: date, known: dict[str, Parameter]) -> None:
        self._values = {name: parameter.on(day) for name, parameter in known.items()}
        self._days = {
            name: value * _DAYS_IN[known[name].unit]
            for name, value in self._values.items()
            if known[name].unit in _DAYS_IN
        }

    def days(self, name: str) -> int:
        """Return a term in days; weeks are seven days.

        >>> law_on(date(2023, 1, 2)).days("merge_gap")
        28
        """
        return self._days[name]

    def value(self, name: str) -> int:
        """Return a value in its own unit."""
        return self._values[name]


def law_on(day: date) -> Law:
    """Return the law for a case whose first sick day this is. Raises `BeforeFirstText`.

    >>> law_on(date(2014, 12, 31))
    Traceback (most recent call last):
    hervat.law.errors.BeforeFirstText: Vóór 1 januari 2015 kennen wij de tekst van de wet niet. ...
    """
    changes = _changes()
    at = bisect_right(changes, day)
    if at == 0:
        raise before_first_text(changes[0])
    return _law_since(changes[at - 1])


def before_first_text(first: date) -> BeforeFirstText:
    return BeforeFirstText(
        f"Vóór {long_date(first)} kennen wij de tekst van de wet niet.",
        "Vraag naar een latere dag, of laat wat eerder begon en is afgesloten weg.",
    )


@cache
def parameters() -> dict[str, Parameter]:
    """Return every parameter by its name. Raises `SheetError`."""
    found: dict[str, Parameter] = {}
    for page in PAGES:
        for parameter in on_page(page):
            if parameter.id in found:
                raise SheetError(f"{page}.yaml: '{parameter.id}' bestaat al.", "Kies een andere naam.")
            found[parameter.id] = parameter
    return found


def on_page(page: str) -> Iterator[Parameter]:
    """Return the parameters of one file, in its order."""
    for name, row in read_sheet(HOME / "parameters" / f"{page}.yaml").named():
        yield parameter_of(name, row)


def article_of(row: Row, suffix: str = "") -> Article:
    """Return where a rule stands; a JCI becomes an address at wetten.overheid.nl."""
    if not row.has(f"link{suffix}"):
        return Article(row.text(f"article{suffix}"), None)
    link = row.text(f"link{suffix}")
    return Article(row.text(f"article{suffix}"), f"{_STATUTES}{link}" if link.startswith("jci") else link)


def last_checked(row: Row) -> date | None:
    """Return the day of the text compared with; only what is from memory may lack it."""
    if row.has("last_checked"):
        return row.day("last_checked")
    if row.member(Certainty, "certainty") in _WITHOUT_CHECK:
        return None
    raise row.fail("'last_checked' ontbreekt", "Noem de dag van de gelezen tekst, of merk als M of U.")


def parameter_of(name: str, row: Row, *more: str) -> Parameter:
    """Read one parameter; `more` names keys that somebody else reads. Raises `SheetError`."""
    row.only("name", "unit", "article", "link", "certainty", "last_checked", "history", *more)
    history = tuple(_value(one) for one in row.rows("history"))
    if not history or any(a.valid_from >= b.valid_from for a, b in pairwise(history)):
        raise row.fail(f"de geschiedenis van '{name}' is leeg of niet op volgorde", "Zet de oudste bovenaan.")
    return Parameter(
        id=name,
        name=row.text("name"),
        unit=row.member(Unit, "unit"),
        article=article_of(row),
        certainty=row.member(Certainty, "certainty"),
        last_checked=last_checked(row),
        history=history,
    )


def _value(row: Row) -> Value:
    row.only("from", "value", "note")
    return Value(row.day("from"), row.whole("value"), row.text("note") if row.has("note") else None)


@cache
def _for_cases() -> dict[str, Parameter]:
    return {parameter.id: parameter for page in CASE_PAGES for parameter in on_page(page)}


@cache
def _changes() -> tuple[date, ...]:
    """The days on which something changes, from the first day on which every value is known."""
    starts = [parameter.history[0].valid_from for parameter in _for_cases().values()]
    days = {value.valid_from for parameter in _for_cases().values() for value in parameter.history}
    return tuple(sorted(day for day in days if day >= max(starts)))


@lru_cache(maxsize=64)
def _law_since(day: date) -> Law:
    return Law(day, _for_cases())
