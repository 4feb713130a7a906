"""The units as a tree: add one, close one. Units are about nobody, so looking at them leaves no line.

Must never: let a unit go where somebody is posted; the room refuses that. Read next: `forms.py`.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hervat.organisation.actions.units import close_unit, place_unit
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import Permit
from hervat.web.administration.forms import UnitForm, say
from hervat.web.desk import administering
from hervat.web.presenters.users import Said, present_units, said_text, unit_choices


@require_http_methods(["GET", "HEAD", "POST"])
@administering
def every(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show the tree; sent, add a unit or close one."""
    if request.method != "POST":
        return _page(request, permit)
    return _close(request, permit) if request.POST.get("doe") == "sluiten" else _add(request, permit)


def _add(request: HttpRequest, permit: Permit) -> HttpResponse:
    form = UnitForm(request.POST, tree=unit_tree())
    if not form.is_valid():
        return _page(request, permit, form=form, status=422)
    given = form.cleaned_data
    made = place_unit(
        permit=permit,
        kind=given["soort"],
        abbreviation=given["afkorting"],
        name=given["naam"],
        parent=given["above"],
    )
    if isinstance(made, Refusal):
        say(form, made)
        return _page(request, permit, form=form, status=422)
    return _on(Said.PLACED)


def _close(request: HttpRequest, permit: Permit) -> HttpResponse:
    try:
        unit = UUID(request.POST.get("eenheid", ""))
    except ValueError:
        unit = UUID(int=0)
    refusal = close_unit(permit=permit, unit=unit)
    if refusal is not None:
        return _page(request, permit, wrong=refusal.text, status=409)
    return _on(Said.UNIT_CLOSED)


def _page(
    request: HttpRequest, permit: Permit, *, form: UnitForm | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    tree = unit_tree()
    context = {
        "roots": present_units(tree, permit.on),
        "form": form or UnitForm(tree=tree),
        "units": unit_choices(tree, permit.on),
        "wrong": wrong,
        "said": said_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/units.html", context, status=status)


def _on(said: Said) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('units')}?{urlencode({'gedaan': said.value})}", status=303)
