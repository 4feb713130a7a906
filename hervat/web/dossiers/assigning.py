"""Who works on a dossier: proposing a colleague, ending an assignment, and answering a proposal.

Must never: show who a colleague is, or say of an address more than that nobody can be proposed by it.
Read next: `forms.py`, `../../dossiers/actions/assigning.py`.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.access import door
from hervat.course.actions.referring import propose
from hervat.dossiers.actions.assigning import (
    accept_assignment,
    end_assignment,
    reject_assignment,
)
from hervat.dossiers.queries.assignments import assignments
from hervat.dossiers.rules.assignments import AssignmentRefused, Proposal
from hervat.dossiers.rules.vocabulary import AssignmentState, CaseGround
from hervat.organisation.queries.accounts import code_of
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Operation, Role
from hervat.web.dossiers.asking import ask, behind_the_door, enter, let_in, stored, today
from hervat.web.dossiers.forms import Propose
from hervat.web.dossiers.views import shown
from hervat.web.presenters.assignments import may_propose, present_assignments


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def assigned(request: HttpRequest, case: str) -> HttpResponse:
    """Show who works on a dossier, and propose a colleague or end an assignment."""
    permit = enter(request, stored(case), Operation.REFER)
    form = Propose(initial={"van": today()})
    if request.method == "POST" and request.POST.get("doe") == "eindig":
        return _ended(request, permit, case)
    if request.method == "POST":
        form = Propose(request.POST)
        if form.is_valid() and not (fault := _proposed(permit, form)):
            return _back(case)
        if form.is_valid():
            form.add_error(None, fault)
    view = present_assignments(permit, assignments(permit))
    context = {"form": form if may_propose(permit) else None, "number": shown(case), "view": view}
    return render(request, "hervat/dossier_assignments.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def proposal(request: HttpRequest, case: str) -> HttpResponse:
    """Show what somebody was proposed for, and take their answer."""
    permit = let_in(door.answer(ask(request, Operation.REFER), stored(case)))
    waiting = [one for one in assignments(permit) if one.mine and one.state is AssignmentState.PROPOSED]
    if request.method == "POST":
        made = _chosen(request)
        answer = accept_assignment if request.POST.get("antwoord") == "ja" else reject_assignment
        answer(permit=permit, assignment=made)
        to = reverse("dossier", args=[shown(case)]) if answer is accept_assignment else reverse("caseload")
        return HttpResponseRedirect(to, status=303)
    context = {"number": shown(case), "view": present_assignments(permit, waiting)}
    return render(request, "hervat/dossier_proposal.html", context)


def _proposed(permit: Permit, form: Propose) -> str:
    given = form.cleaned_data
    user = code_of(given["wie"])
    if user is None:
        return _("Op dit adres is niemand voor te stellen. Kijk het adres na.")
    made = Proposal(
        user=user,
        role=Role(given["voor"]),
        first_day=given["van"],
        last_day=given["tot"],
        ground=CaseGround(given["grond"]) if given["grond"] else None,
        why=given["toelichting"] or None,
    )
    try:
        propose(permit=permit, proposal=made)
    except AssignmentRefused as refused:
        return str(refused)
    return ""


def _ended(request: HttpRequest, permit: Permit, case: str) -> HttpResponse:
    end_assignment(permit=permit, assignment=_chosen(request))
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
