"""Opening a dossier by hand for somebody who is known, when no message came: one transaction.

Whom and where it is about is what the source last said; the report is what a person says. What it leads to is
asked again here, so that nothing opens on what was true a minute ago. Must never: open one for somebody whom
the source never named. Read next: `../queries/reported.py`, `../../dossiers/actions/opening.py`.
"""

from collections.abc import Iterator

from hervat.course.actions.recording import record
from hervat.course.queries.reported import Reported, where_to
from hervat.course.rules.difference import Difference
from hervat.course.rules.faults import CourseFault, Fault
from hervat.course.rules.reporting import Leads, Report
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind
from hervat.dossiers.actions.opening import Opened, open_again
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.reported import latest_of
from hervat.dossiers.rules.values import SicknessAct, Value
from hervat.dossiers.rules.vocabulary import Field
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import ActorKind


class NotOpened(Exception):  # noqa: N818 - it names what happened
    """A report by hand that leads to no new dossier; `found` says to what."""

    def __init__(self, found: Reported) -> None:
        super().__init__(found.leads.value)
        self.found = found


def open_by_hand(*, permit: Permit, report: Report) -> tuple[Opened, Difference]:
    """Open a dossier on a report by hand; return it with what was planned.

    Raises `NotOpened`, `AlreadyOpen` for one that runs out of reach, `CourseFault` and `NotPermitted`.
    """
    if permit.actor_kind is not ActorKind.USER:
        raise NotPermitted("Met de hand meldt een mens.")
    if report.first_sick_on > permit.on:
        raise CourseFault(Fault.AHEAD)
    with permitted(permit):
        known = latest_of(permit, report.employee_number, report.name)
        if known is None:
            raise NotOpened(Reported(Leads.UNKNOWN))
        leads, _ = where_to(permit, known, report)
        if leads is not Leads.OPENS:
            raise NotOpened(Reported(leads, known.case_number))
        opened = open_again(
            permit=permit, known=known, first_sick_on=report.first_sick_on, benefits=_benefits(report)
        )
        facts = tuple(_facts(report))
        difference = record(permit=permit, expected_version=1, facts=facts, dossier=opened.dossier)
    return opened, difference


def _facts(report: Report) -> Iterator[NewFact]:
    yield NewFact(Kind.SICK, report.first_sick_on)
    if report.percentage is not None:
        yield NewFact(Kind.PERCENTAGE, report.first_sick_on, detail=report.percentage)


def _benefits(report: Report) -> dict[Field, Value]:
    return {} if report.safety_net is None else {Field.SICKNESS_ACT: SicknessAct(report.safety_net)}
