"""The pages of log-in: the library's steps, with our pages, words and bounds.

Must never: say whether an address is known, show a secret twice, or put anything personal in an address.
Read next: `activation.py` (the first visit), `guard.py` (who may come here), `forms.py`.
"""

import json
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hervat.organisation.actions.log_in import Event
from hervat.web.login.drawing import draw_code
from hervat.web.login.lines import tell_of
from hervat.web.login.sessions import has_second_factor, proved_second_factor


class LogIn(account.LoginView):
    template_name = "account/login.html"


class LogOut(account.LogoutView):
    template_name = "account/logout.html"


class Confirm(account.ReauthenticateView):
    template_name = "account/reauthenticate.html"


class ChangePassword(account.PasswordChangeView):
    template_name = "account/password_change.html"
    success_url = reverse_lazy("account")


class _Passkey:
    """Gives the page what its script asks the browser with, as text in an attribute."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if "js_data" in given:
            given["passkey"] = json.dumps(given["js_data"])
        return given


class SecondStep(_Passkey, factors.AuthenticateView):
    template_name = "mfa/authenticate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)
        # Only what somebody really has is offered.
        kept = Authenticator.objects.filter(user=self.stage.login.user)
        given["has_passkey"] = kept.filter(type=Authenticator.Type.WEBAUTHN).exists()
        given["has_app"] = kept.filter(type=Authenticator.Type.TOTP).exists()
        return given


class ConfirmCode(factors.ReauthenticateView):
    template_name = "mfa/reauthenticate.html"


class ConfirmPasskey(_Passkey, passkeys.ReauthenticateWebAuthnView):
    template_name = "mfa/webauthn/reauthenticate.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


class Factors(factors.IndexView):
    """The second factors of somebody; while there is none, the choice of the first."""

    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)
        kept = Authenticator.objects.filter(user=authenticated_user(self.request)).order_by("created_at")
        given["keys"] = [_as_key(one) for one in kept.filter(type=Authenticator.Type.WEBAUTHN)]
        given["app"] = next(map(_as_app, kept.filter(type=Authenticator.Type.TOTP)), None)
        given["codes"] = kept.filter(type=Authenticator.Type.RECOVERY_CODES).exists()
        given["first"] = not proved_second_factor(self.request) and not has_second_factor(self.request)
        return given


def added(request: HttpRequest, kind: Authenticator.Type) -> None:
    """Log a new second factor. Whoever adds it shows it: this session, and no other, is whole from now on."""
    user = authenticated_user(request)
    tell_of(request, Event.FACTOR_ADDED, user=user.pk)
    newest = Authenticator.objects.filter(user=user.pk, type=kind).latest("created_at")
    record_authentication(request, user, "mfa", id=newest.pk, type=kind.value, reauthenticated=True)


class AddApp(totp.ActivateTOTPView):
    template_name = "mfa/totp/activate_form.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        added(self.request, Authenticator.Type.TOTP)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)
        secret = given["form"].secret
        given["drawing"] = draw_code(given["totp_url"])
        given["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return given


class RemoveApp(totp.DeactivateTOTPView):
    template_name = "mfa/totp/deactivate_form.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)


class AddPasskey(_Passkey, passkeys.AddWebAuthnView):
    template_name = "mfa/webauthn/add_form.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        added(self.request, Authenticator.Type.WEBAUTHN)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library's own view drops the form that was sent, and with it what was wrong.
        return super().get_context_data(**kwargs) | ({"form": kwargs["form"]} if "form" in kwargs else {})


class RemovePasskey(passkeys.RemoveWebAuthnView):
    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)
        given["name"] = self.object.wrap().name
        given["last"] = not get_adapter().can_delete_authenticator(self.object)
        return given

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            return HttpResponseRedirect(self.request.path)
        return super().form_valid(form)


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    template_name = "mfa/recovery_codes/index.html"


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    template_name = "mfa/recovery_codes/generate.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        tell_of(self.request, Event.CODES_RENEWED, user=self.request.user.pk)
        return answer


class Sessions(sessions.ListUserSessionsView):
    """Where somebody is logged in: shown to nobody else."""

    template_name = "usersessions/usersession_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)
        given["rows"] = [_as_session(one) for one in given["sessions"]]
        return given

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        tell_of(self.request, Event.ENDED, user=self.request.user.pk)
        return answer


def _as_session(session: UserSession) -> dict[str, object]:
    return {
        "since": date_format(localtime(session.created_at), "j b Y, H:i"),
        "address": session.ip,
        "browser": session.user_agent or _("onbekende browser"),
        "here": session.is_current(),
    }


def _as_key(authenticator: Authenticator) -> dict[str, object]:
    return {
        "name": authenticator.wrap().name,
        "since": date_format(localtime(authenticator.created_at), "j b Y"),
        "remove": reverse("mfa_remove_webauthn", args=[authenticator.pk]),
    }


def _as_app(authenticator: Authenticator) -> dict[str, object]:
    return {"since": date_format(localtime(authenticator.created_at), "j b Y")}
