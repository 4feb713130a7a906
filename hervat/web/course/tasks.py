"""What somebody says of what is due: why it was late, that it is skipped, and tasks of their own.

Must never: skip or finish without a person who sends the form. Read next: `forms.py`,
`../../course/actions/tasks.py`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.course.actions import tasks
from hervat.course.actions.tasks import MAY_HAVE_TASKS, TaskRefused
from hervat.course.queries.course import CourseView, course
from hervat.course.queries.dues import DueView
from hervat.course.rules.acting import ACTING
from hervat.course.rules.difference import Difference, Motive
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reasons import ReasonFault
from hervat.course.rules.vocabulary import DueKind
from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.actions.recording import StaleDossier
from hervat.law.vocabulary import StepId
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Authority, Operation, Role
from hervat.web.course.forms import Done, OwnTask, Reason, Skip
from hervat.web.dossiers.asking import behind_the_door, enter, stored
from hervat.web.presenters.difference import due_name, keep_difference, present_difference
from hervat.web.presenters.dossier import shown_number
from hervat.web.presenters.facts import role_name


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def reason(request: HttpRequest, case: str, due: UUID) -> HttpResponse:
    """Say why a step was late or otherwise, where nobody did."""
    permit, _view, found = _found(request, case, due)
    form = Reason(request.POST if request.method == "POST" else None)
    texts = (_("Reden geven"), _("Deze stap was later dan de uiterste dag. Schrijf op wat er speelde."))

    def act() -> Difference:
        return tasks.give_reason(permit=permit, due=due, reason=_motive(form))

    return _answer(request, case, form, act, found, (*texts, _("Bewaar de reden")))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def skip(request: HttpRequest, case: str, due: UUID) -> HttpResponse:
    """Skip a step of the law, with the reason."""
    permit, view, found = _found(request, case, due)
    given = request.POST if request.method == "POST" else None
    form = Skip(given, initial={"version": view.version})
    texts = (
        _("Stap overslaan"),
        _("Werkgever en re-integrant mogen afwijken als zij daar een reden voor hebben. UWV leest die."),
    )

    def act() -> Difference:
        version = form.cleaned_data["version"]
        return tasks.skip(permit=permit, expected_version=version, due=due, reason=_motive(form))

    return _answer(request, case, form, act, found, (*texts, _("Sla deze stap over")))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def add(request: HttpRequest, case: str) -> HttpResponse:
    """Add a task of one's own, beside those of the law."""
    permit = enter(request, stored(case), Operation.AGREE_PLAN)
    form = OwnTask(request.POST if request.method == "POST" else None, roles=_roles(permit))
    texts = (
        _("Eigen taak"),
        _("Een taak naast de stappen van de wet, voor uzelf of voor een ander die aan dit dossier werkt."),
    )

    def act() -> None:
        given = form.cleaned_data
        tasks.add_own_task(
            permit=permit, role=Role(given["wie"]), due_on=given["dag"], title=given["omschrijving"]
        )

    return _answer(request, case, form, act, None, (*texts, _("Voeg de taak toe")))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def done(request: HttpRequest, case: str, due: UUID) -> HttpResponse:
    """Say that a task of one's own is done."""
    permit, _view, found = _found(request, case, due)
    mine = permit.authority is Authority.OWN
    if found.kind is not DueKind.OWN:
        raise Http404(_("Deze taak is er niet."))
    form = Done(request.POST if request.method == "POST" else None)

    def act() -> Difference:
        return tasks.finish_own_task(permit=permit, due=due)

    texts = (_("Taak afronden"), _("Is deze taak gedaan? Dan gaat zij uit de lijst."), _("Ja, gedaan"))
    back = reverse("my-case", args=[shown_number(case)]) if mine else ""
    return _answer(request, case, form, act, found, texts, back)


def _found(request: HttpRequest, case: str, due: UUID) -> tuple[Permit, CourseView, DueView]:
    """Return something due in a dossier. 404 where it is not there, or may not be known."""
    view = course(enter(request, stored(case)))
    found = next((one for one in view.dues if one.id == due), None)
    if found is None:
        raise Http404(_("Deze taak is er niet."))
    return enter(request, stored(case), _operation(found)), view, found


def _operation(due: DueView) -> Operation:
    return ACTING[StepId(due.code)].operation if due.kind is DueKind.STEP else Operation.AGREE_PLAN


def _answer(
    request: HttpRequest,
    case: str,
    form: Any,
    act: Callable[[], Difference | None],
    due: DueView | None,
    texts: tuple[str, str, str],
    back: str = "",
) -> HttpResponse:
    """Show the form, or do what it asks and go back to the dossier, or to one's own page."""
    if request.method == "POST" and form.is_valid():
        try:
            difference = act()
        except StaleDossier as stale:
            form.add_error(None, str(stale))
            form.data = {**form.data.dict(), "version": str(stale.version)}
        except ReasonFault as fault:
            form.add_error("toelichting", str(fault))
        except (TaskRefused, CourseFault, KeyGone) as fault:
            form.add_error(None, str(fault))
        else:
            kept = present_difference(texts[0], difference) if difference else None
            if kept:
                keep_difference(request, stored(case), kept)
            return HttpResponseRedirect(back or reverse("dossier", args=[shown_number(case)]), status=303)
    context = {
        "form": form,
        "number": shown_number(case),
        "title": texts[0],
        "text": texts[1],
        "button": texts[2],
        "what": _name(due) if due else "",
    }
    return render(
        request, "hervat/course_task.html", context, status=200 if request.method != "POST" else 422
    )


def _motive(form: Any) -> Motive:
    found: Motive | None = form.motive
    if found is None:
        raise ReasonFault(_("ontbreekt"))
    return found


def _name(due: DueView) -> str:
    if due.kind is DueKind.OWN:
        return due.title.value or "" if isinstance(due.title, Shown) else ""
    return due_name(due.code)


def _roles(permit: Permit) -> list[tuple[str, str]]:
    roles = sorted(MAY_HAVE_TASKS, key=lambda role: role is not permit.role)
    return [(role.value, role_name(role)) for role in roles]
