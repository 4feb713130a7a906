"""The open points with their acceptance: who decided, when and why; the FG accepts or withdraws.

Must never: accept a reading that is not the one that was shown. Read next: `../../access/acceptances.py`.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hervat.access.acceptances import accept, may_accept, withdraw
from hervat.register.acceptance_file import why_not_changeable
from hervat.register.model import OpenPointId
from hervat.register.permit import Permit
from hervat.web.desk import overseeing
from hervat.web.login.sessions import confirm_first, recently_confirmed
from hervat.web.oversight.forms import AcceptForm, WithdrawForm
from hervat.web.presenters.acceptances import PointOnDesk, present_acceptances, present_point
from hervat.web.source import OnShow, on_show


@require_safe
@overseeing
def every(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show every open point, those first that refuse while nobody accepted them."""
    context = {"view": present_acceptances(on_show(request)), "why_not": why_not_changeable()}
    return render(request, "hervat/acceptances.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@overseeing
def one(request: HttpRequest, permit: Permit, code: str) -> HttpResponse:
    """Show one open point; sent, accept its reading or withdraw that."""
    show = on_show(request)
    if code not in show.register.open_points:
        raise Http404(_("Dit open punt bestaat niet, of niet meer."))
    if request.method == "POST":
        return confirm_first(_change)(request, permit, show, OpenPointId(code))
    return _page(request, permit, show, OpenPointId(code))


def _change(request: HttpRequest, permit: Permit, show: OnShow, point: OpenPointId) -> HttpResponse:
    if request.POST.get("doe") == "intrekken":
        withdrawal = WithdrawForm(request.POST)
        if not withdrawal.is_valid():
            return _page(request, permit, show, point, withdrawal=withdrawal, status=422)
        wrong = withdraw(permit=permit, point=point)
    else:
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return _page(request, permit, show, point, form=form, status=422)
        if form.cleaned_data["versie"] != show.register.version.number:
            wrong = _("Er geldt intussen een andere versie van het register. Lees het punt opnieuw.")
        else:
            wrong = accept(
                permit=permit,
                point=point,
                version=form.cleaned_data["versie"],
                by=form.cleaned_data["wie"],
                why=form.cleaned_data["waarom"],
            )
        if wrong:
            return _page(request, permit, show, point, form=form, wrong=wrong, status=409)
    if wrong:
        return _page(request, permit, show, point, wrong=wrong, status=409)
    return HttpResponseRedirect(f"{reverse('acceptances')}#{point}", status=303)


def _page(
    request: HttpRequest,
    permit: Permit,
    show: OnShow,
    point: OpenPointId,
    *,
    form: AcceptForm | None = None,
    withdrawal: WithdrawForm | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    view: PointOnDesk = present_point(show, point)
    context = {
        "view": view,
        "may": may_accept(permit),
        "why_not": why_not_changeable(),
        "form": form or AcceptForm(initial={"versie": show.register.version.number}),
        "withdrawal": withdrawal or WithdrawForm(),
        "confirmed": recently_confirmed(request),
        "wrong": wrong,
    }
    return render(request, "hervat/acceptance.html", context, status=status)
