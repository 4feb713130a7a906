"""A dossier by hand, when no message came: for somebody whom the personnel system named before.

What the register lets nobody type (who somebody is) is not asked for to be recorded, only to find them.
What is searched by is sent and stands in no address. Must never: say more of who is out of reach than of who
is not there. Read next: `forms.py`, `../presenters/opening.py`, `../../course/actions/reporting.py`.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.access import door
from hervat.access.refusals import nothing_allowed
from hervat.course.actions.reporting import NotOpened, open_by_hand
from hervat.course.queries.reported import Reported, reported
from hervat.course.rules.faults import CourseFault
from hervat.course.rules.reporting import Leads
from hervat.dossiers.actions.opening import AlreadyOpen
from hervat.dossiers.rules.case_number import show_case_number
from hervat.register.decisions import Allowed
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Role, Use
from hervat.vault.rules.finding import EmployeeNumberError
from hervat.vault.rules.names import TooShortError
from hervat.web.dossiers.asking import Shut, ask, behind_the_door, let_in, roles_of
from hervat.web.incoming.forms import ByHand
from hervat.web.presenters.difference import keep_difference, present_difference
from hervat.web.presenters.opening import asks_safety_net, present_opening
from hervat.web.work.looking import colleague_of

_STATUS = {Leads.UNKNOWN: 422, Leads.EARLIER: 422}


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def dossier_new(request: HttpRequest) -> HttpResponse:
    """Show the form, or open a dossier on what was filled in."""
    permit = _reporting(request)
    asks = asks_safety_net(permit)
    if request.method != "POST":
        return _show(request, permit, ByHand(asks_safety_net=asks))
    form = ByHand(request.POST, asks_safety_net=asks)
    if not form.is_valid():
        return _show(request, permit, form, status=422)
    try:
        return _open(request, permit, form)
    except EmployeeNumberError as fault:
        form.add_error("nummer", str(fault))
    except TooShortError as fault:
        form.add_error("naam", str(fault))
    except CourseFault as fault:
        form.add_error("dag", fault.fault.value)
    return _show(request, permit, form, status=422)


def _open(request: HttpRequest, permit: Permit, form: ByHand) -> HttpResponse:
    found = reported(permit, form.report)
    if found.leads is Leads.OPENS:
        try:
            opened, difference = open_by_hand(permit=permit, report=form.report)
        except NotOpened as refused:
            found = refused.found
        except AlreadyOpen:
            # Somebody was first, or it runs where one may not know of it: what may be known is asked anew.
            found = reported(permit, form.report)
            found = Reported(Leads.UNKNOWN) if found.leads is Leads.OPENS else found
        else:
            view = present_difference(_("Dossier geopend"), difference)
            keep_difference(request, opened.case_number, view)
            path = reverse("dossier", args=[show_case_number(opened.case_number)])
            return HttpResponseRedirect(path, status=303)
    return _show(request, permit, form, found=found, status=_STATUS.get(found.leads, 409))


def _show(
    request: HttpRequest, permit: Permit, form: ByHand, *, found: Reported | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "view": present_opening(permit, found)}
    return render(request, "hervat/dossier_new.html", context, status=status)


def _reporting(request: HttpRequest) -> Permit:
    """Let in who records sick reports for units; everybody else is told what the register says."""
    held = roles_of(request, Operation.REPORT_SICKNESS)
    role = Role.PO_ADVISER if Role.PO_ADVISER in held or not held else held[0]
    asked = replace(ask(request, Operation.REPORT_SICKNESS, role=role), instead_of=colleague_of(request))
    permit = let_in(door.caseload(asked))
    decision = permit.decision(Item.SICKNESS_ABSENCE, Use.WRITE)
    if not isinstance(decision, Allowed):
        raise Shut(nothing_allowed(decision))
    if not permit.units:
        raise NotPermitted("nieuw-dossier")
    return permit
