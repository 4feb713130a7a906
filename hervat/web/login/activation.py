"""The first visit: the code on paper, the code by e-mail, a password; then the guard asks a second factor.

The same way back for who forgot a password. What was proved so far is kept in the session and asked again
at the end. Must never: say which of the two codes or addresses was wrong, or log in before both are right.
Read next: `../../organisation/actions/activations.py`, docs/login.md.
"""

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import auth
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from hervat.organisation.actions import activations
from hervat.organisation.actions.log_in import Event
from hervat.organisation.queries.accounts import code_of
from hervat.web.login.forms import FirstPassword, MailCode, PaperCode
from hervat.web.login.lines import address_of, tell_of

SHOWN = "hervat_activation"
PROVED = "hervat_activation_code"


@never_cache
def show_paper_code(request: HttpRequest) -> HttpResponse:
    """Step one: the address and the code on paper."""
    form = PaperCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _may_try(request):
            return _show(request, form)
        form.add_error(
            None, _("U hebt het te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw.")
        )
    return render(request, "hervat/login_activation.html", {"form": form})


def _show(request: HttpRequest, form: PaperCode) -> HttpResponse:
    email, code = form.cleaned_data["email"], form.cleaned_data["code"]
    mail = activations.show_paper_code(email=email, code=code)
    if mail is None:
        tell_of(request, Event.ACTIVATION_WRONG, user=code_of(email), name=email)
        form.add_error(
            None,
            _(
                "Deze code hoort niet bij dit e-mailadres, is al gebruikt of is verlopen. Kijk beide na, of "
                "vraag de functioneel beheerder om een nieuwe code."
            ),
        )
        return render(request, "hervat/login_activation.html", {"form": form})
    if not _send(mail):
        form.add_error(None, _("De e-mail kan nu niet worden verstuurd. Probeer het later opnieuw."))
        return render(request, "hervat/login_activation.html", {"form": form})
    request.session.cycle_key()
    request.session[SHOWN] = str(mail.activation)
    tell_of(request, Event.ACTIVATION_SHOWN, user=code_of(email))
    return HttpResponseRedirect(reverse("activation-mail"))


@never_cache
def show_mail_code(request: HttpRequest) -> HttpResponse:
    """Step two: the code that came by e-mail."""
    activation = _shown(request)
    if activation is None:
        return HttpResponseRedirect(reverse("activation"))
    form = MailCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if activations.check_mail_code(activation=activation, code=code, address=address_of(request)):
            request.session[PROVED] = code
            return HttpResponseRedirect(reverse("activation-password"))
        form.add_error(
            None,
            _(
                "Deze code uit de e-mail klopt niet of is verlopen. Begin opnieuw met de code op papier; u "
                "krijgt dan een nieuwe e-mail."
            ),
        )
    return render(request, "hervat/login_activation_mail.html", {"form": form})


@sensitive_post_parameters("password", "again")
@never_cache
def choose_password(request: HttpRequest) -> HttpResponse:
    """Step three: a password; then logged in, as far as choosing a second factor."""
    activation, code = _shown(request), request.session.get(PROVED)
    user = activations.whose(activation) if activation else None
    if activation is None or code is None or user is None:
        return HttpResponseRedirect(reverse("activation"))
    form = FirstPassword(request.POST or None, user=user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "hervat/login_password.html", {"form": form})
    for mark in (SHOWN, PROVED):
        del request.session[mark]
    return _use(request, activation, code, form.cleaned_data["password"])


def _use(request: HttpRequest, activation: UUID, code: str, password: str) -> HttpResponse:
    user = activations.use_activation(
        activation=activation, code=code, password=password, address=address_of(request)
    )
    if user is None:
        return HttpResponseRedirect(reverse("activation"))
    if activations.renews_factors(activation):
        _drop_factors(request, user.code)
    if request.user.is_authenticated:
        auth.logout(request)
    record_authentication(request, user, method="password", reauthenticated=True)
    answer: HttpResponse = perform_login(request, user)
    return answer


def _drop_factors(request: HttpRequest, user: UUID) -> None:
    Authenticator.objects.filter(user=user).delete()
    tell_of(request, Event.FACTOR_REMOVED, user=user)


def _shown(request: HttpRequest) -> UUID | None:
    kept = request.session.get(SHOWN)
    return UUID(kept) if kept else None


def _may_try(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="activation"))


def _send(mail: activations.Mail) -> bool:
    text = _(
        "Uw code voor Hervat is: %(code)s\n\n"
        "De code geldt een kwartier. Vroeg u hier niet om? Doe dan niets en bel uw functioneel beheerder: "
        "iemand anders heeft uw code op papier.\n"
    )
    try:
        send_mail(
            _("Uw code voor Hervat"), text % {"code": mail.code}, settings.DEFAULT_FROM_EMAIL, [mail.address]
        )
    except OSError:  # no server, or it does not answer
        return False
    return True
