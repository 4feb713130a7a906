"""Open points of one timeline: what a reader must know and the rules do not settle, in Dutch.

Where the law is uncertain, or a fact is missing, the answer says so here. Must never: be empty because
a doubt was quietly resolved. Read next: `decisions.py` (doubts with two outcomes).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from hervat.law.application import reported_on
from hervat.law.cases import Case, Ground
from hervat.law.ending import early_claim
from hervat.law.facts import Facts, Situation
from hervat.law.gatekeeper import Course, reintegration_report, week_42_notification
from hervat.law.steps import Today
from hervat.law.vocabulary import LeaveKind, PointId
from hervat.law.words import FACT_NAMES, days, long_date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something to know or to settle; `PointId` says which."""

    id: PointId
    text: str


def points_of(
    case: Case, course: Course, situation: Situation, today: Today, ignored: tuple[str, ...]
) -> tuple[OpenPoint, ...]:
    """Return the open points of a case."""
    found = [*_of_leave(case, course)] if case.leaves else []
    if case.before is not None:
        found += _of_new_case(case, course)
    if case.gaps:
        found += _of_interruption_near_end(course)
    if any(one.absence_percentage == 0 for one in situation.resumptions):
        found.append(OpenPoint(PointId.ZERO_ABSENCE, _ZERO))
    if ignored:
        names = ", ".join(FACT_NAMES[name] for name in ignored)
        text = f"Deze feiten liggen vóór de eerste ziektedag en tellen niet mee: {names}."
        found.append(OpenPoint(PointId.FACT_BEFORE_FIRST_DAY, text))
    found += _of_week_42(course, today)
    if course.facts != _NOTHING:
        found += _of_facts(course)
    if _application_overdue(course, today):
        found.append(OpenPoint(PointId.APPLICATION_OVERDUE, _OVERDUE))
    return tuple(found)


_NOTHING = Facts()
_ZERO = (
    "Een afwezigheid van 0 % is geen herstelmelding: alleen wie het eigen werk in volle omvang kan doen, "
    "is hersteld. Klopt het, geef dan de eerste dag beter op."
)
_OVERDUE = (
    "De WIA-aanvraag is niet bekend en de uiterste dag is voorbij: met elke dag vertraging loopt het loon "
    "een dag langer door (art. 76a lid 6 ZW, art. 7:629 lid 11 BW)."
)


def _of_leave(case: Case, course: Course) -> Iterator[OpenPoint]:
    first, end = case.first_sick_day, course.ending.wait_last_day
    within = [leave for leave in case.leaves if leave.last_day >= first and leave.first_day <= end]
    if any(leave.kind is not LeaveKind.MATERNITY for leave in within):
        text = "Dat ander verlof dan zwangerschaps- en bevallingsverlof net zo telt, is niet nagelezen."
        yield OpenPoint(PointId.LEAVE_KIND, text)
    if any(leave.first_day <= first <= leave.last_day for leave in within):
        text = (
            "De eerste ziektedag valt in het verlof; dagen van verlof tellen niet, dus de klok begint erna."
        )
        yield OpenPoint(PointId.LEAVE_ON_FIRST_DAY, text)
    if any(leave.last_day + _DAY == first for leave in case.leaves) and case.before is None:
        text = (
            "De ziekte begint direct na verlof. Was iemand ook direct ervoor ziek, geef die periode dan op."
        )
        yield OpenPoint(PointId.LEAVE_BEFORE_SICKNESS, text)
    fit = case.recovered_on
    if fit is not None and any(leave.first_day <= fit <= leave.last_day for leave in case.leaves):
        text = (
            "Het verlof sluit aan op de ziekte. Wie direct erna weer ziek is, telt door als de oorzaak "
            "dezelfde is, hoe lang het verlof ook was (art. 23 lid 3 WIA)."
        )
        yield OpenPoint(PointId.LEAVE_ON_ONE_SIDE, text)


def _of_new_case(case: Case, course: Course) -> Iterator[OpenPoint]:
    gap = case.before
    if gap is None or gap.ground is not Ground.LEAVE_OTHER_CAUSE:
        return
    if gap.days < course.law.days("merge_gap"):
        text = (
            "Het verlof was korter dan vier weken en de oorzaak een andere: hier begint een nieuw geval, "
            "maar naar de letter telt een onderbreking van minder dan vier weken samen. Laat het toetsen."
        )
        yield OpenPoint(PointId.OTHER_CAUSE_SHORT_GAP, text)


def _of_interruption_near_end(course: Course) -> Iterator[OpenPoint]:
    ending, report = course.ending, reintegration_report(course)
    pauses = course.clock.pauses_before(ending.wait_last_day)
    if ending.is_extended or not any(pause.start > report.on.toordinal() for pause in pauses):
        return
    back = ending.wait_last_day - timedelta(course.law.days("report_before_end"))
    text = (
        "Een onderbreking valt na de uiterste dag van het re-integratieverslag. Wij tellen in ziektedagen; "
        f"in kalenderdagen terug vanaf het verschoven einde is het {long_date(back)}."
    )
    yield OpenPoint(PointId.INTERRUPTION_NEAR_END, text)


def _of_facts(course: Course) -> Iterator[OpenPoint]:
    yield from _of_extension(course)
    yield from _of_lateness(course)
    yield from _of_sanction(course)
    yield from _of_age(course)
    requested = course.facts.early_iva_requested_on
    if requested is not None and early_claim(course.clock, course.law, requested).is_too_late:
        weeks = course.law.value("early_iva_most") - course.law.value("early_iva_after_request")
        text = f"De vervroegde IVA is na week {weeks} aangevraagd: te laat voor een verkorte wachttijd."
        yield OpenPoint(PointId.EARLY_IVA_TOO_LATE, text)


def _of_week_42(course: Course, today: Today) -> Iterator[OpenPoint]:
    due, reported, fit = week_42_notification(course).on, reported_on(course.facts), today.recovered_on
    if fit == due and reported is None:
        text = (
            "Hersteld op de eerste dag na 42 weken: of de 42e-weeksmelding dan nog moet, zegt de wet niet "
            "duidelijk (art. 38 lid 1 ZW)."
        )
        yield OpenPoint(PointId.RECOVERED_AT_WEEK_42, text)
    if reported is not None and reported > due:
        fine = course.law.value("fine_week_42")
        text = (
            f"De 42e-weeksmelding was te laat. Zij verlengt het loon niet; de boete is ten hoogste € {fine} "
            "(art. 38 lid 3 ZW; of dat bedrag nu geldt, moet een mens nagaan)."
        )
        yield OpenPoint(PointId.WEEK_42_LATE, text)


def _of_extension(course: Course) -> Iterator[OpenPoint]:
    facts, ending = course.facts, course.ending
    if ending.is_extended:
        text = "Bij een verlenging doet UWV de kennisgeving bij zijn besluit; die dag kennen wij niet."
        yield OpenPoint(PointId.NOTICE_AT_EXTENSION, text)
    elif facts.voluntary_extension_last_day is not None:
        text = "De opgegeven verlenging eindigt niet na de wachttijd en is niet gebruikt; controleer de dag."
        yield OpenPoint(PointId.EXTENSION_NOT_LATER, text)
    elif facts.voluntary_extension_requested_on is not None:
        text = "Er is om verlenging verzocht; tot UWV de einddag heeft vastgesteld, geldt het oude einde."
        yield OpenPoint(PointId.EXTENSION_WITHOUT_END, text)


def _of_lateness(course: Course) -> Iterator[OpenPoint]:
    if course.ending.lateness.days == 0:
        return
    text = (
        "Het loon loopt na de wachttijd door; de WIA-datum hier is de dag na de wachttijd. Of de uitkering "
        "pas na het loon ingaat, en of er een goede reden was, beslist een mens."
    )
    yield OpenPoint(PointId.LATE_APPLICATION_START, text)


def _of_sanction(course: Course) -> Iterator[OpenPoint]:
    sanction, outcome = course.facts.sanction, course.ending.sanction
    if sanction is None or outcome is None:
        return
    if outcome.last_day is None:
        text = "De loonsanctie is na het einde van de wachttijd verzonden: nietig (art. 25 lid 11 WIA)."
        yield OpenPoint(PointId.SANCTION_VOID, text)
        return
    if sanction.weeks is None:
        text = "De duur van de loonsanctie is niet opgegeven; gerekend is met het hoogste."
        yield OpenPoint(PointId.SANCTION_LENGTH, text)
    if outcome.is_expected:
        text = "UWV heeft herstel nog niet vastgesteld; het einde van de sanctie is een verwachting."
        yield OpenPoint(PointId.FINDING_EXPECTED, text)
    if course.ending.lateness.days:
        text = "Een te late aanvraag en een loonsanctie rekenen wij beide vanaf het einde van de wachttijd."
        yield OpenPoint(PointId.SANCTION_AFTER_LATE_APPLICATION, text)


def _of_age(course: Course) -> Iterator[OpenPoint]:
    reached = course.facts.aow_age_reached_on
    if reached is None or reached > course.ending.pay_last_day:
        return
    weeks = course.law.days("aow_pay")
    text = (
        f"De AOW-leeftijd wordt bereikt op {long_date(reached)}, voor het loon eindigt. Dan gelden andere "
        f"termijnen (loon {days(weeks)}, art. 104 ZW, onzeker) en geen WIA. Dat is hier niet uitgerekend."
    )
    yield OpenPoint(PointId.AOW_AGE, text)


def _application_overdue(course: Course, today: Today) -> bool:
    if course.facts.application_made_on is not None or today.recovered_on is not None:
        return False
    return today.on > course.ending.application_due_on
