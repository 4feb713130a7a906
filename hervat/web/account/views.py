"""One's own account: who one is here, postings, deputies, log-in, and how to hear of one's work.

Must never: act on anybody else's account; the permit is for one's own alone. Read next: `forms.py`,
`../presenters/account.py`, docs/organisation.md.
"""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hervat.organisation.actions.deputies import end_deputy, name_deputy
from hervat.organisation.actions.preferences import choose_preferences
from hervat.organisation.queries import deputies as who_for_whom
from hervat.organisation.queries.lists import account_of, postings_of
from hervat.organisation.queries.preferences import own_preferences
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.deputies import DeputyReason
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item
from hervat.web.account.forms import DeputyForm, MessagesForm
from hervat.web.desk import on_own_account
from hervat.web.preferences import Language, remember_language
from hervat.web.presenters.account import (
    AccountDone,
    deputy_choices,
    done_text,
    present_deputies,
    present_own_account,
)

READ_OR_SEND: Final = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@on_own_account
def own_account(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show who somebody is here; sent, keep how they want to hear of their work."""
    form = MessagesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language = Language(form.cleaned_data["taal"])
        wants = form.cleaned_data["bericht"]
        choose_preferences(permit=permit, wants_digest=wants, language=language.value)
        answer = HttpResponseRedirect(f"{reverse('account')}?gedaan={AccountDone.KEPT.value}", status=303)
        return remember_language(request, answer, language)
    me = UUID(permit.actor)
    view = present_own_account(
        account_of(permit=permit, user=me),
        postings_of(permit=permit, user=me, on=permit.on),
        own_preferences(permit=permit) if permit.scope(Item.USER_CONTACT) else None,
        who_for_whom.deputies(permit=permit, on=permit.on),
        unit_tree(),
    )
    sent = request.method == "POST"
    if not sent and view.chosen:
        form = MessagesForm(initial={"bericht": view.chosen.wants_digest, "taal": view.chosen.language})
    context = {
        "view": view,
        "form": form if view.chosen else None,
        "said": done_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/account.html", context, status=422 if sent else 200)


@require_http_methods(READ_OR_SEND)
@on_own_account
def deputies(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show who acts for somebody and for whom they act; sent, name a deputy or end one."""
    if request.POST.get("doe") == "beeindig":
        return _end(request, permit)
    postings = postings_of(permit=permit, user=UUID(permit.actor), on=permit.on)
    choices = deputy_choices(postings, unit_tree())
    if request.method != "POST":
        form = DeputyForm(postings=choices, initial={"van": permit.on})
        return _page(request, permit, form)
    form = DeputyForm(request.POST, postings=choices)
    if form.is_valid() and _named(permit, form):
        return _back(AccountDone.NAMED)
    return _page(request, permit, form, status=422)


def _named(permit: Permit, form: DeputyForm) -> bool:
    given = form.cleaned_data
    made = name_deputy(
        permit=permit,
        posting=UUID(given["plaatsing"]),
        who=given["collega"],
        starts_on=given["van"],
        ends_on=given["tot"],
        reason=DeputyReason(given["reden"]),
    )
    if isinstance(made, Refusal):
        form.say(made)
    return not isinstance(made, Refusal)


def _end(request: HttpRequest, permit: Permit) -> HttpResponse:
    try:
        refusal = end_deputy(permit=permit, deputation=UUID(request.POST.get("waarneming", "")))
    except ValueError:
        refusal = None
    return _back(AccountDone.ENDED if refusal is None else AccountDone.OVER)


def _page(request: HttpRequest, permit: Permit, form: DeputyForm, status: int = 200) -> HttpResponse:
    rows = who_for_whom.deputies(permit=permit, on=permit.on)
    context = {
        "view": present_deputies(rows, unit_tree()),
        "form": form if form.fields["plaatsing"].choices else None,  # type: ignore[attr-defined]
        "weeks": settings.DEPUTY_WEEKS,
        "said": done_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/account_deputies.html", context, status=status)


def _back(done: AccountDone) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('deputies')}?gedaan={done.value}", status=303)
