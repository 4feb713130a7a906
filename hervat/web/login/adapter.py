"""What the log-in library asks of us: who may sign up (nobody), how secrets are kept, what is said.

Must never: say whether an address is known, or let the last second factor go. Read next: `lines.py`,
`sealing.py`, docs/login.md.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hervat.organisation.actions.log_in import Event
from hervat.organisation.queries.accounts import code_of
from hervat.web.login import sealing
from hervat.web.login.lines import tell_of
from hervat.web.login.passwords import check_password

_WRONG = _("Het e-mailadres of het wachtwoord klopt niet. Kijk beide na en probeer het opnieuw.")
_TOO_OFTEN = _("U hebt het te vaak geprobeerd. Wacht een kwartier en probeer het dan opnieuw.")
_WRONG_CODE = _("Deze code klopt niet of is al gebruikt. Wacht op de volgende code en vul die in.")
_LAST = _("Dit is uw laatste tweede stap en zonder kunt u niet inloggen. Voeg eerst een andere toe.")


def name_of(user: Any) -> str:
    """Return how somebody is called on the screen."""
    return str(user.name)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, and nobody changes their own address."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _WRONG,
        "too_many_login_attempts": _TOO_OFTEN,
        "rate_limited": _TOO_OFTEN,
        "incorrect_password": _("Dit wachtwoord klopt niet. Probeer het opnieuw."),
        "enter_current_password": _("Dit is niet uw wachtwoord van nu. Probeer het opnieuw."),
        "incorrect_code": _WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        return check_password(password, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _tell_about_name(request, Event.LOCKED_OUT, credentials)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the user; for a closed account nobody, as for a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _tell_about_name(request, Event.PASSWORD_WRONG, credentials)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A second factor confirms, and the password only while there is none."""
        methods = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] != "reauthenticate"] or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed where they are secrets, and never all gone."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": _LAST,
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_sealed(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return str(_("Mijn sleutel"))


def _tell_about_name(request: HttpRequest, event: Event, credentials: Mapping[str, Any]) -> None:
    name = str(credentials.get("email", ""))
    tell_of(request, event, user=code_of(name), name=name)
