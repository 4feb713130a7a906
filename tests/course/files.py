"""Dossiers with a course, opened as the personnel feed does, and what stands of one in its tables."""

from datetime import date, timedelta
from typing import Any

from hervat.course.actions.opening import open_course
from hervat.course.models import Due, Standing
from hervat.course.rules.difference import Motive
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import LateReason
from hervat.dossiers.actions.opening import NewDossier, Opened
from hervat.dossiers.queries.permitted import permitted
from hervat.register.permit import Permit

from ..cast import APPOINTMENT, SANNE, TODAY, Sick
from ..dossiers.files import feed

WHY = Motive(LateReason.KNOWN_LATE, "Het advies van de arts kwam pas na zeven weken binnen.")


def weeks_ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


def begun(first_sick_on: date, *facts: NewFact, sick: Sick = SANNE, **changes: Any) -> Opened:
    """Open a dossier with its report and what else is known."""
    fields: dict[str, Any] = {
        "unit": sick.unit.id,
        "first_sick_on": first_sick_on,
        "opened_on": first_sick_on,
        "identity": sick.facts,
        "appointment": APPOINTMENT,
        "user_code": sick.code,
    }
    new = NewDossier(**(fields | changes))
    return open_course(permit=feed(new.unit), new=new, facts=facts)[0]


def due_of(permit: Permit, code: str, occurrence: int = 1) -> Due:
    with permitted(permit):
        return Due.objects.get(dossier=permit.dossier, code=code, occurrence=occurrence)


def dues_of(permit: Permit, **chosen: Any) -> list[Due]:
    with permitted(permit):
        return list(Due.objects.filter(dossier=permit.dossier, **chosen).order_by("due_on", "code"))


def standing_of(permit: Permit) -> Standing | None:
    with permitted(permit):
        return Standing.objects.filter(dossier=permit.dossier).first()
