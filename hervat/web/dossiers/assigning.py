"""Who works on a dossier: proposing a colleague in two steps, ending an assignment, answering a proposal.

First the role, then one of those who hold it today; a name that is looked for is sent, and stands in no
address. Must never: offer a colleague whom the permit does not show, or keep a case number but in a path.
Read next: `forms.py`, `../../dossiers/actions/assigning.py`, `../presenters/assignments.py`.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hervat.access import door
from hervat.dossiers.actions.assigning import (
    accept_assignment,
    end_assignment,
    propose_assignment,
    reject_assignment,
)
from hervat.dossiers.queries.assignments import assignments, proposals
from hervat.dossiers.rules.assignments import AssignmentRefused, Proposal
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.organisation.queries.colleagues import Colleagues, colleagues
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Role
from hervat.web.dossiers.asking import ask, behind_the_door, enter, let_in, stored, today
from hervat.web.dossiers.forms import ChooseRole, Propose
from hervat.web.dossiers.views import shown
from hervat.web.presenters.assignments import (
    may_assign,
    present_assignments,
    present_colleagues,
    present_proposals,
)
from hervat.web.presenters.facts import role_name

LONGEST_SEARCH = 100


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def assigned(request: HttpRequest, case: str) -> HttpResponse:
    """Show who works on a dossier, and propose a colleague or end an assignment."""
    permit = _about_users(request, enter(request, stored(case), Operation.REFER))
    if request.method == "POST" and request.POST.get("doe") == "eindig":
        return _ended(request, permit, case)
    if request.method == "POST" and request.POST.get("doe") == "voorstellen":
        return _propose(request, permit, case)
    context = _choice(request, permit) if may_assign(permit) else {}
    return _page(request, permit, case, context)


@require_safe
@behind_the_door
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what somebody was proposed for and has not answered."""
    permits = door.proposals(ask(request, Operation.REFER))
    rows = [row for permit in permits for row in proposals(permit)]
    return render(request, "hervat/proposals.html", {"view": present_proposals(rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def proposal(request: HttpRequest, case: str) -> HttpResponse:
    """Show what somebody was proposed for in one dossier, and take their answer."""
    permit = _about_users(request, let_in(door.answer(ask(request, Operation.REFER), stored(case))))
    if request.method == "POST":
        return _answered(request, permit, case)
    mine = [one for one in assignments(permit) if one.mine and isinstance(one.course, Shown)]
    waits = [one for one in mine if one.course.value and one.course.value.state is AssignmentState.PROPOSED]  # type: ignore[union-attr]
    context = {"number": shown(case), "view": present_assignments(permit, waits)}
    return render(request, "hervat/dossier_proposal.html", context)


def _about_users(request: HttpRequest, permit: Permit) -> Permit:
    return let_in(door.about_users(ask(request, Operation.REFER), permit))


def _page(
    request: HttpRequest, permit: Permit, case: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    rows = assignments(permit, by_name=settings.READERS_BY_NAME)
    always = {"number": shown(case), "view": present_assignments(permit, rows)}
    return render(request, "hervat/dossier_assignments.html", context | always, status=status)


def _choice(request: HttpRequest, permit: Permit) -> dict[str, object]:
    """The step that somebody is at: which role, or which colleague in it."""
    given = request.POST if request.method == "POST" else request.GET
    roles = ChooseRole(given if given.get("voor") else None)
    if not roles.is_valid():
        return {"roles": roles}
    text = request.POST.get("zoek", "")[:LONGEST_SEARCH].strip()
    role = Role(roles.cleaned_data["voor"])
    people = colleagues(permit=permit, role=role, text=text)
    initial = {"van": today(), "voor": role.value, "zoek": text}
    return _second_step(role, text, people, Propose(initial=initial, people=present_colleagues(people)))


def _second_step(role: Role, text: str, people: Colleagues, form: Propose) -> dict[str, object]:
    return {
        "form": form,
        "role": role_name(role),
        "role_code": role.value,
        "sought": text,
        "more": people.more,
        "nobody": not people.found,
    }


def _propose(request: HttpRequest, permit: Permit, case: str) -> HttpResponse:
    roles = ChooseRole(request.POST)
    if not may_assign(permit) or not roles.is_valid():
        raise NotPermitted("voorstellen")
    role, text = Role(roles.cleaned_data["voor"]), request.POST.get("zoek", "")[:LONGEST_SEARCH].strip()
    people = colleagues(permit=permit, role=role, text=text)
    form = Propose(request.POST, people=present_colleagues(people))
    if form.is_valid() and not (fault := _proposed(permit, role, form)):
        return _back(case)
    if form.is_valid():
        form.add_error(None, fault)
    return _page(request, permit, case, _second_step(role, text, people, form), status=422)


def _proposed(permit: Permit, role: Role, form: Propose) -> str:
    given = form.cleaned_data
    made = Proposal(
        user=UUID(given["wie"]),
        role=role,
        first_day=given["van"],
        last_day=given["tot"],
        ground=CaseGround(given["grond"]) if given["grond"] else None,
        why=given["toelichting"] or None,
    )
    try:
        propose_assignment(permit=permit, proposal=made)
    except AssignmentRefused as refused:
        return str(refused)
    return ""


def _answered(request: HttpRequest, permit: Permit, case: str) -> HttpResponse:
    accepts = request.POST.get("antwoord") == "ja"
    answer = accept_assignment if accepts else reject_assignment
    try:
        answer(permit=permit, assignment=_chosen(request))
    except AssignmentRefused:
        # It was answered meanwhile, in another window: what stands there now says so.
        return HttpResponseRedirect(reverse("proposals"), status=303)
    to = reverse("dossier", args=[shown(case)]) if accepts else reverse("proposals")
    return HttpResponseRedirect(to, status=303)


def _ended(request: HttpRequest, permit: Permit, case: str) -> HttpResponse:
    try:
        end_assignment(permit=permit, assignment=_chosen(request))
    except AssignmentRefused:
        return _back(case)
    if permit.role in UNIT_ROLES:
        return _back(case)
    # It may have been one's own, and then the dossier is not there any more.
    return HttpResponseRedirect(reverse("caseload"), status=303)


def _chosen(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("toewijzing", ""))
    except ValueError:
        raise NotPermitted("Deze toewijzing bestaat niet.") from None


def _back(case: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("dossier-assignments", args=[shown(case)]), status=303)
