"""Users and their postings: search, create, grant, approve, revoke, close, and a code for a first visit.

After every change the visitor is sent on, so that sending twice does no harm; what the rules refuse stands
beside its field and nothing typed is lost. Must never: show a code on paper twice, or anything of a dossier.
Read next: `forms.py`, `../presenters/users.py`, `hervat/organisation/actions/`.
"""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hervat.access.accounts import close_account
from hervat.organisation.actions.activations import make_activation
from hervat.organisation.actions.postings import approve, grant, revoke
from hervat.organisation.actions.users import create_user
from hervat.organisation.queries.lists import (
    Account,
    Accounts,
    Holder,
    account_of,
    names_of,
    postings_of,
    search_users,
    waiting,
)
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.register.permit import Permit
from hervat.web.administration.forms import CloseForm, GrantForm, ReasonForm, SearchForm, UserForm, say
from hervat.web.desk import administering, keep, recall
from hervat.web.login.sessions import confirm_first
from hervat.web.presenters.users import (
    Beside,
    Said,
    codes_in,
    present_account,
    present_paper,
    present_postings,
    said_text,
    unit_choices,
)

READ_OR_SEND = ["GET", "HEAD", "POST"]
# What is refused because the page was old: the form that was sent is not there any more to say it in.
_WITHOUT_FORM = frozenset(
    {WhyNot.OWN_GRANT, WhyNot.USER_DISABLED, WhyNot.POSTING_OVER, WhyNot.POSTING_UNKNOWN}
)


@require_http_methods(READ_OR_SEND)
@administering
def every(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show users; sent, go to the address of what is searched for."""
    if request.method == "POST":
        return _to_search(request, SearchForm(request.POST))
    token = request.GET.get("zoek", "")
    asked = recall(request, token) if token else {}
    form = SearchForm({**(asked or {}), "gesloten": request.GET.get("gesloten", "")})
    form.is_valid()
    found = Accounts((), more=False)
    if asked is not None:
        closed = bool(form.cleaned_data.get("gesloten"))
        text = form.cleaned_data.get("tekst", "")
        found = search_users(permit=permit, text=text, closed=closed, after=_after(request))
    context = {
        "form": form,
        "forgotten": asked is None,
        "rows": [present_account(account) for account in found.accounts],
        "next": _next(request, found),
        "waiting": len(waiting(permit=permit, on=permit.on)),
        "said": said_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/users.html", context, status=410 if asked is None else 200)


@require_http_methods(READ_OR_SEND)
@administering
def new(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show the form of a new account; sent, create it."""
    form = UserForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "hervat/user_new.html", {"form": form}, status=status)
    given = form.cleaned_data
    made = create_user(permit=permit, name=given["naam"], email=given["email"])
    if isinstance(made, Refusal):
        say(form, made)
        return render(request, "hervat/user_new.html", {"form": form}, status=422)
    return _on(made, Said.CREATED)


@require_http_methods(READ_OR_SEND)
@administering
def one(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    """Show a user with every posting; sent, do one thing with them."""
    if request.method == "POST":
        return _change(request, permit, user)
    return _page(request, permit, user)


@require_POST
@administering
def paper(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    """Make a code for a first visit, and show it once."""
    return confirm_first(_paper)(request, permit, user)


@require_http_methods(READ_OR_SEND)
@administering
def approvals(request: HttpRequest, permit: Permit) -> HttpResponse:
    """Show the doctors' postings that wait for a second administrator; sent, approve one."""
    refusal = None
    if request.method == "POST":
        refusal = approve(permit=permit, posting=_posting(request))
        if refusal is None:
            address = f"{reverse('approvals')}?{urlencode({'gedaan': Said.APPROVED})}"
            return HttpResponseRedirect(address, status=303)
    held = waiting(permit=permit, on=permit.on)
    context = {
        "rows": present_postings(held, _beside(permit, held)),
        "wrong": refusal.text if refusal else "",
        "said": said_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/postings_waiting.html", context, status=409 if refusal else 200)


def _change(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    doing: dict[str, Callable[[HttpRequest, Permit, UUID], HttpResponse]] = {
        "plaatsen": _grant,
        "intrekken": _revoke,
        "goedkeuren": _approve,
        "sluiten": _disable,
    }
    do = doing.get(request.POST.get("doe", ""))
    if do is None:
        return _page(request, permit, user, wrong=_("Deze knop kennen wij niet."), status=422)
    return do(request, permit, user)


def _grant(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    form = GrantForm(request.POST, tree=unit_tree())
    if not form.is_valid():
        return _page(request, permit, user, granting=form, status=422)
    given = form.cleaned_data
    made = grant(
        permit=permit,
        user=user,
        role=given["rol"],
        unit=given["unit"],
        below=given["lager"],
        below_reason=given["waarom_lager"],
        starts_on=given["van"],
        ends_on=given["tot"],
    )
    if isinstance(made, Refusal) and made.why in _WITHOUT_FORM:
        return _page(request, permit, user, wrong=made.text, status=409)
    if isinstance(made, Refusal):
        say(form, made)
        return _page(request, permit, user, granting=form, status=422)
    return _on(user, Said.GRANTED)


def _revoke(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"id_{request.POST.get('plaatsing', '')}_%s")
    if not form.is_valid():
        return _page(request, permit, user, revoking=form, status=422)
    given = form.cleaned_data
    refusal = revoke(permit=permit, posting=given["plaatsing"], reason=given["waarom"], from_on=given["van"])
    if refusal is not None and refusal.why in _WITHOUT_FORM:
        return _page(request, permit, user, wrong=refusal.text, status=409)
    if refusal is not None:
        say(form, refusal)
        return _page(request, permit, user, revoking=form, status=422)
    return _on(user, Said.REVOKED)


def _approve(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    refusal = approve(permit=permit, posting=_posting(request))
    if refusal is not None:
        return _page(request, permit, user, wrong=refusal.text, status=409)
    return _on(user, Said.APPROVED)


def _disable(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, permit, user, closing=form, status=422)
    refusal = close_account(permit=permit, user=user)
    if refusal is not None:
        return _page(request, permit, user, wrong=refusal.text, status=409)
    return _on(user, Said.CLOSED)


def _paper(request: HttpRequest, permit: Permit, user: UUID) -> HttpResponse:
    made = make_activation(permit=permit, user=user, renew_factors=request.POST.get("opnieuw") == "on")
    if isinstance(made, Refusal):
        return _page(request, permit, user, wrong=made.text, status=409)
    account = _known(permit, user)
    return render(request, "hervat/user_paper.html", {"view": present_paper(made, account)})


def _page(
    request: HttpRequest,
    permit: Permit,
    user: UUID,
    *,
    granting: GrantForm | None = None,
    revoking: ReasonForm | None = None,
    closing: forms.Form | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    account = _known(permit, user)
    held = postings_of(permit=permit, user=user, on=permit.on)
    beside = _beside(permit, held)
    context = {
        "account": present_account(account),
        "own": permit.actor == str(user),
        "postings": present_postings(held, beside, revoking),
        "granting": granting or GrantForm(initial={"van": permit.on}, tree=beside.tree),
        "closing": closing or CloseForm(),
        "units": unit_choices(beside.tree, permit.on),
        "wrong": wrong,
        "said": said_text(request.GET.get("gedaan", "")),
    }
    return render(request, "hervat/user.html", context, status=status)


def _known(permit: Permit, user: UUID) -> Account:
    account = account_of(permit=permit, user=user)
    if account is None:
        raise Http404(Refusal(WhyNot.USER_UNKNOWN).text)
    return account


def _beside(permit: Permit, held: tuple[Holder, ...]) -> Beside:
    return Beside(unit_tree(), names_of(permit=permit, users=codes_in(held)), permit.on, permit.actor)


def _on(user: UUID, said: Said) -> HttpResponse:
    address = f"{reverse('user', args=[user])}?{urlencode({'gedaan': said.value})}"
    return HttpResponseRedirect(address, status=303)


def _posting(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("plaatsing", ""))
    except ValueError:
        return UUID(int=0)


def _to_search(request: HttpRequest, form: SearchForm) -> HttpResponse:
    address: dict[str, str] = {}
    if form.is_valid() and form.cleaned_data["tekst"]:
        address["zoek"] = keep(request, {"tekst": form.cleaned_data["tekst"]})
    if request.POST.get("gesloten"):
        address["gesloten"] = "on"
    return HttpResponseRedirect(f"{reverse('users')}?{urlencode(address)}", status=303)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("na", ""))
    except ValueError:
        return None


def _next(request: HttpRequest, found: Accounts) -> str:
    if not found.more:
        return ""
    kept = {name: request.GET[name] for name in ("zoek", "gesloten") if request.GET.get(name)}
    return urlencode(kept | {"na": str(found.accounts[-1].user)})
