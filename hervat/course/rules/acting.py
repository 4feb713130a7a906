"""Who acts on a step here: which role of the register does what the law asks of employer, employee or doctor.

The law names an employer and an employee; the register names eleven roles. Which of them acts is our reading,
with a reason and a source. What only UWV does is nobody's task. Must never: give somebody access; a role that
acts sees what the register gives it and no more. Read next: `planning.py`, docs/course.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hervat.course.rules.vocabulary import Kind, SignalId
from hervat.law.vocabulary import StepId
from hervat.register.vocabulary import Item, Operation, Role

_BY_PRACTICE: Final = "domeinkennis, par. 1 en 5 (praktijk bij Defensie)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, who acts along, why they do, where that stands; and which facts say that it was done."""

    role: Role
    also: Role | None = None
    reason: str
    source: str
    done_by: tuple[Kind, ...]

    @property
    def item(self) -> Item:
        """The item that says whether the step was done."""
        return self.done_by[0].item

    @property
    def operation(self) -> Operation:
        """What somebody does who says that it is done, or skipped."""
        return self.done_by[0].rule.operation


ACTING: Final[Mapping[StepId, Acting]] = {
    StepId.PROBLEM_ANALYSIS: Acting(
        role=Role.EGB_PHYSICIAN,
        reason="De arts van het EGB geeft het oordeel van de bedrijfsarts.",
        source="art. 2 lid 2 RPG",
        done_by=(Kind.OPINION,),
    ),
    StepId.ACTION_PLAN: Acting(
        role=Role.COMMANDER,
        also=Role.RE_INTEGRANT,
        reason="Werkgever en werknemer maken het plan samen; de commandant is de werkgever.",
        source="art. 4 lid 1 RPG",
        done_by=(Kind.PLAN,),
    ),
    StepId.EVALUATION: Acting(
        role=Role.COMMANDER,
        also=Role.RE_INTEGRANT,
        reason="Werkgever en werknemer evalueren het plan samen.",
        source="art. 4 lid 2 onder b RPG",
        done_by=(Kind.EVALUATION,),
    ),
    StepId.WEEK_42_NOTIFICATION: Acting(
        role=Role.PO_ADVISER,
        reason="De P&O-adviseur voert het verkeer met UWV.",
        source="art. 38 lid 1 ZW",
        done_by=(Kind.WEEK_42, Kind.EARLY_IVA, Kind.EXTENSION),
    ),
    StepId.FIRST_YEAR_EVALUATION: Acting(
        role=Role.COMMANDER,
        also=Role.RE_INTEGRANT,
        reason="Werkgever en werknemer zien samen op het eerste jaar terug.",
        source="art. 4 lid 2 onder b RPG",
        done_by=(Kind.FIRST_YEAR,),
    ),
    StepId.SECOND_TRACK: Acting(
        role=Role.PO_ADVISER,
        also=Role.DCR_GUIDE,
        reason="De P&O-adviseur draagt over; de medewerker DCR begeleidt naar ander werk.",
        source=_BY_PRACTICE,
        done_by=(Kind.SECOND_TRACK,),
    ),
    StepId.UWV_NOTICE: Acting(
        role=Role.PO_ADVISER,
        reason="UWV stuurt de brief; de P&O-adviseur gaat na of zij kwam, want daaraan hangt de aanvraag.",
        source="art. 64 lid 2 en 6 WIA",
        done_by=(Kind.UWV_NOTICE,),
    ),
    StepId.CURRENT_OPINION: Acting(
        role=Role.EGB_PHYSICIAN,
        reason="De arts van het EGB geeft het actueel oordeel bij het re-integratieverslag.",
        source="art. 6 lid 1 onder i tot en met k RPG",
        done_by=(Kind.CURRENT_OPINION,),
    ),
    StepId.REINTEGRATION_REPORT: Acting(
        role=Role.PO_ADVISER,
        reason="De P&O-adviseur stelt het verslag samen uit wat is vastgelegd.",
        source="art. 25 lid 3 WIA",
        done_by=(Kind.REPORT,),
    ),
    StepId.WIA_APPLICATION: Acting(
        role=Role.RE_INTEGRANT,
        reason="De werknemer vraagt de uitkering zelf aan.",
        source="art. 64 lid 3 WIA",
        done_by=(Kind.APPLICATION,),
    ),
}
"""The step of UWV alone, its review of the report, is not here: there is nothing to be done for it."""

WHO_MINDS: Final[Mapping[SignalId, Role]] = {
    SignalId.NO_CONTACT: Role.COMMANDER,
    SignalId.HOURS_NOT_GROWING: Role.COMMANDER,
    SignalId.NO_DCR: Role.PO_ADVISER,
    SignalId.APPOINTMENT_ENDS_FIRST: Role.PO_ADVISER,
    SignalId.PLAN_WITHOUT_EVALUATION: Role.COMMANDER,
}
"""Who is told of a signal."""

RESTS_ON: Final[Mapping[SignalId, frozenset[Item]]] = {
    SignalId.NO_CONTACT: frozenset({Item.SICKNESS_ABSENCE, Item.CONTACT_MOMENT}),
    SignalId.HOURS_NOT_GROWING: frozenset(
        {Item.SICKNESS_ABSENCE, Item.OWN_WORK_HOURS, Item.ADAPTED_WORK_HOURS}
    ),
    SignalId.NO_DCR: frozenset({Item.SICKNESS_ABSENCE, Item.CASE_NUMBER}),
    SignalId.APPOINTMENT_ENDS_FIRST: frozenset({Item.SICKNESS_ABSENCE, Item.APPOINTMENT_END}),
    SignalId.PLAN_WITHOUT_EVALUATION: frozenset({Item.SICKNESS_ABSENCE, Item.GATEKEEPER_EMPLOYER}),
}
"""The items a signal rests on: who may not see one of them does not see the signal."""


def items_of(code: str) -> frozenset[Item]:
    """Return the items that tell how something due stands: of a step, a signal, or an own task.

    >>> sorted(items_of("wia_application"))
    [<Item.WIA: 'wia-gegevens'>]
    """
    if code in _STEPS:
        return frozenset({ACTING[StepId(code)].item})
    if code in _SIGNALS:
        return RESTS_ON[SignalId(code)]
    return frozenset({Item.GATEKEEPER_EMPLOYER})


_STEPS: Final = frozenset(step.value for step in ACTING)
_SIGNALS: Final = frozenset(signal.value for signal in SignalId)
