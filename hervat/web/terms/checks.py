"""What can be wrong between two fields: each said at the field where somebody can put it right.

The law refuses the same combinations, but knows no fields. Must never: repeat a value.
Read next: `reading.py`, `hervat/law/facts.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from django.utils.translation import gettext as _

from hervat.law.parameters import parameters
from hervat.web.terms import fields


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a field; `dutch` when the sentence comes from the law."""

    name: str
    text: str
    dutch: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Two days that belong together, and the names of their fields."""

    first_name: str
    last_name: str
    first: date | None
    last: date | None


_IN_ORDER = (
    (fields.SANCTION_DAY, "repair_reported_on"),
    (fields.SANCTION_DAY, "finding_on"),
    ("repair_reported_on", "finding_on"),
    ("voluntary_extension_requested_on", "voluntary_extension_last_day"),
)


def of_spells(rows: Sequence[Row]) -> Iterator[Fault]:
    """Return what is wrong with periods of sickness: an end before its beginning, an overlap."""
    for row in rows:
        if row.first and row.last and row.last <= row.first:
            yield Fault(
                row.last_name,
                _(
                    "Deze dag ligt op of voor de eerste ziektedag. Vul de eerste dag in waarop het "
                    "eigen werk weer helemaal kon."
                ),
            )
    for earlier, later in pairwise(_sorted(rows)):
        if earlier.last is None:
            yield Fault(
                earlier.last_name,
                _("Hierna volgt nog een periode. Vul in wanneer deze periode eindigde."),
            )
        elif later.first is not None and later.first < earlier.last:
            yield Fault(
                later.first_name,
                _("Deze periode begint voor een andere is geëindigd. Controleer beide datums."),
            )


def of_leaves(rows: Sequence[Row]) -> Iterator[Fault]:
    """Return what is wrong with leave."""
    for row in rows:
        if row.first and row.last and row.last < row.first:
            yield Fault(row.last_name, _("Het verlof eindigt voor het begint. Controleer beide datums."))
    for earlier, later in pairwise(_sorted(rows)):
        if earlier.last and later.first and later.first <= earlier.last:
            yield Fault(
                later.first_name, _("Twee verloven overlappen elkaar. Voeg ze samen of verbeter de datums.")
            )


def of_facts(days: Mapping[str, date | None], weeks: int | None, *, never: bool) -> Iterator[Fault]:
    """Return what is wrong between things that have happened."""
    for first, then in _IN_ORDER:
        before, after = days[first], days[then]
        if before and after and after < before:
            yield Fault(then, _("Deze dag ligt voor de dag waarop hij moet volgen. Controleer beide datums."))
    about_sanction = (weeks, days["repair_reported_on"], days["finding_on"])
    if days[fields.SANCTION_DAY] is None and any(about_sanction):
        yield Fault(fields.SANCTION_DAY, _("Vul ook de dag in waarop UWV de loonsanctie verzond."))
    if never and days[fields.NOTICE_DAY]:
        yield Fault(fields.NOTICE_DAY, _("U zegt ook dat er geen bericht kwam. Kies een van beide."))


@cache
def longest_sanction() -> int:
    """Return how many weeks a wage sanction can last, through all of its history."""
    return max(value.value for value in parameters()["sanction_at_most"].history)


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted((row for row in rows if row.first), key=lambda row: row.first or date.max)
