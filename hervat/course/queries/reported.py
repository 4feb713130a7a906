"""What a report by hand would lead to, asked before anything is recorded.

The lines say who was found, and nothing of what was typed. Must never: tell of a dossier outside the scope.
Read next: `../rules/reporting.py`, `../actions/reporting.py`.
"""

from dataclasses import dataclass

from hervat.course.actions.keeping import facts_of, met_by
from hervat.course.rules.continuing import continuing
from hervat.course.rules.folding import fold
from hervat.course.rules.reporting import Leads, Report, leads_to
from hervat.dossiers.actions.changing import Changing
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.reported import SEEN, Known, latest_of
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect
from hervat.organisation.queries.standing import unit_tree
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report leads to, and the case number of the dossier that it is about, if any."""

    leads: Leads
    case_number: str | None = None


def reported(permit: Permit, report: Report) -> Reported:
    """Return what a report would lead to. Raises `NotPermitted`, `EmployeeNumberError`, `TooShortError`."""
    act = act_of(permit, Operation.REPORT_SICKNESS, Effect.READ)
    with permitted(permit):
        known = latest_of(permit, report.employee_number, report.name)
        if known is None:
            # Nobody was found: the line says that somebody looked, and not for whom.
            record(act, [])
            return Reported(Leads.UNKNOWN)
        leads, opened_medical = where_to(permit, known, report)
        record(act, met_by(as_changing(known), frozenset(SEEN), opened_medical=opened_medical))
    return Reported(leads, known.case_number)


def where_to(permit: Permit, known: Known, report: Report) -> tuple[Leads, bool]:
    """Return what a report leads to for who is known, and whether a cause was opened; inside `permitted`."""
    unit = unit_tree().get(known.unit)
    if unit is None or not unit.is_open(permit.on):
        # Where somebody works now is for the source to say.
        return Leads.UNKNOWN, False
    changing = as_changing(known)
    kept = facts_of(changing)
    folded = fold(kept.facts, otherwise_sick_since=known.first_sick_on)
    found = continuing(folded.situation, report.first_sick_on)
    return leads_to(found, known.status), kept.opened_medical


def as_changing(known: Known) -> Changing:
    """Return a known dossier as the course knows one, unlocked."""
    return Changing(
        dossier=known.dossier,
        person=known.person,
        unit=known.unit,
        version=known.version,
        status=known.status,
        first_sick_on=known.first_sick_on,
        opened_on=known.opened_on,
    )
