"""For the FG: why somebody sees what of a case, without any content of it.

What is filled in is sent, not put in the address. Must never: open a dossier, or tell a case that is not
that user's from one that does not exist. Read next: `hervat/access/explain.py`.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hervat.access import door
from hervat.access.asking import Asked
from hervat.access.choosing import purposes_for
from hervat.access.explain import explain_another
from hervat.access.refusals import Refusal
from hervat.journal.actions.append import begin
from hervat.organisation.queries.lists import find_user
from hervat.register import in_force
from hervat.register.history import BeforeFirstVersion
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Role
from hervat.web.dossiers.asking import ask, behind_the_door, let_in, stored, today
from hervat.web.dossiers.forms import AskWhy
from hervat.web.presenters.explained import present_explanation
from hervat.web.presenters.facts import items_of_re_integrants
from hervat.web.presenters.refused import say_refused


@require_http_methods(["GET", "HEAD", "POST"])
@behind_the_door
def why(request: HttpRequest) -> HttpResponse:
    """Show the form, or answer it."""
    purpose = door.desk_purpose(Operation.OVERSEE, today())
    desk = let_in(door.oversee(ask(request, Operation.OVERSEE, purpose=purpose)))
    names = {one.item: one.name for one in items_of_re_integrants(in_force.history().latest)}
    form = AskWhy(request.POST or None, items=[(item.value, name) for item, name in names.items()])
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        context |= _answer(desk, form, request)
    return render(request, "hervat/oversight_why.html", context)


def _answer(desk: Permit, form: AskWhy, request: HttpRequest) -> dict[str, object]:
    given = form.cleaned_data
    user = find_user(permit=desk, who=given["wie"])
    if user is None:
        form.add_error("wie", _("Deze gebruiker is er niet. Kijk het adres of de code na."))
        return {}
    demo = ask(request, Operation.OVERSEE, purpose=desk.purpose).demo
    asked = Asked(
        user=user,
        operation=Operation.READ_DOSSIER,
        purpose=purposes_for(Role.RE_INTEGRANT, Operation.READ_DOSSIER, today())[0].id,
        on=given["dag"] or today(),
        source=desk.source,
        trace=begin(),
        demo=demo,
    )
    items = (
        [Item(given["gegeven"])]
        if given["gegeven"]
        else [one.item for one in items_of_re_integrants(in_force.history().latest)]
    )
    try:
        found = explain_another(desk, asked, stored(given["zaak"]), items)
    except BeforeFirstVersion as early:
        form.add_error("dag", str(early))
        return {}
    if isinstance(found, Refusal):
        return {"refused": say_refused(found.reason, None)}
    return {"answers": [present_explanation(one) for one in found]}
