"""What a report by hand leads to: a new dossier, or why not and what to do instead.

Pure. Must never: open anything by itself; a person sends the form. Read next: `continuing.py`,
`../actions/reporting.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from hervat.course.rules.continuing import Continuing
from hervat.dossiers.rules.vocabulary import SafetyNet, Status


class Leads(Enum):
    """What a report by hand leads to."""

    OPENS = "er is een dossier te openen"
    UNKNOWN = "niet bekend"
    RUNS = "er loopt al een dossier"
    RELAPSE = "hetzelfde geval, in een dossier dat openstaat"
    REOPENS = "hetzelfde geval, in een dossier dat gesloten is"
    CLOSE_FIRST = "een nieuw geval, en het vorige dossier staat nog open"
    EARLIER = "ligt voor wat er al is gebeurd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A sick report as somebody fills it in: of whom, since when, and what else is known."""

    employee_number: str = field(repr=False)
    name: str = field(repr=False)
    first_sick_on: date
    percentage: int | None = None
    safety_net: SafetyNet | None = None


_OPEN: Final = {
    Continuing.SAME_DAY: Leads.RUNS,
    Continuing.SICK_ALREADY: Leads.RUNS,
    Continuing.SAME_CASE: Leads.RELAPSE,
    Continuing.NEW_CASE: Leads.CLOSE_FIRST,
    Continuing.EARLIER: Leads.EARLIER,
}
_CLOSED: Final = {
    Continuing.SAME_DAY: Leads.REOPENS,
    # Closed while somebody was sick: a person ended that case, so this is another.
    Continuing.SICK_ALREADY: Leads.OPENS,
    Continuing.SAME_CASE: Leads.REOPENS,
    Continuing.NEW_CASE: Leads.OPENS,
    Continuing.EARLIER: Leads.EARLIER,
}


def leads_to(continuing: Continuing, status: Status) -> Leads:
    """Return what a first sick day leads to, beside the latest dossier of somebody.

    >>> leads_to(Continuing.SAME_CASE, Status.CLOSED)
    <Leads.REOPENS: 'hetzelfde geval, in een dossier dat gesloten is'>
    """
    return (_OPEN if status is Status.OPEN else _CLOSED)[continuing]
