"""The forms of log-in, with our words; what they check is the library's.

A code of an app counts for a minute and a half here, because clocks differ, and the library remembers a used
one for half a minute: so it is remembered here, for as long as it could count again.
Must never: keep what was typed. Read next: `views.py`, `adapter.py`.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hervat.organisation.actions.log_in import Event
from hervat.vault.rules.sealing import SealError
from hervat.web.login.lines import tell_of
from hervat.web.login.passwords import check_password
from hervat.web.login.sealing import about

_PASSWORD_HINT: Final = _("Minstens 12 tekens. Een zin van vier of meer woorden is goed te onthouden.")
_CODE_COUNTS: Final = 4 * 30
_LOCKED_OUT: Final = {"too_many_login_attempts", "rate_limited"}


def word(form: forms.Form, **labels: Any) -> None:
    """Give fields our labels, and take away what would stand in them as a grey text."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]
        if isinstance(field.widget, forms.PasswordInput):
            field.help_text = ""


class LogIn(LoginForm):
    """The first step: who, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, login=_("E-mailadres"), password=_("Wachtwoord"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmPassword(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, password=_("Wachtwoord"))


class ChangePassword(ChangePasswordForm):
    """Another password, by who knows the one of now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(
            self,
            oldpassword=_("Wachtwoord van nu"),
            password1=_("Nieuw wachtwoord"),
            password2=_("Nieuw wachtwoord, nog een keer"),
        )
        self.fields["password1"].help_text = _PASSWORD_HINT


class _Code:
    """A code is of figures, may be typed with spaces, and counts once."""

    fields: dict[str, forms.Field]
    user: Any

    def _dress(self) -> None:
        field = self.fields["code"]
        field.label = _("Code")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def _spend(self, check: Callable[[], str]) -> str:
        try:
            with about(self.user.pk):
                code = check()
        except SealError as error:
            raise ValidationError(str(error)) from None
        except ValidationError as error:
            if error.code in _LOCKED_OUT:
                tell_of(context.request, Event.LOCKED_OUT, user=self.user.pk)
            raise
        key = f"hervat.second-factor.{self.user.pk}.{normalize_user_code(code)}"
        if not cache.add(key, True, timeout=_CODE_COUNTS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStep(_Code, AuthenticateForm):
    """The second step of logging in, by code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress()

    def clean_code(self) -> str:
        return self._spend(super().clean_code)


class ConfirmCode(_Code, ReauthenticateByCodeForm):
    """A code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress()

    def clean_code(self) -> str:
        return self._spend(super().clean_code)


class AddApp(_Code, ActivateTOTPForm):
    """The first code of a new app, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dress()

    def clean_code(self) -> str:
        return self._spend(super().clean_code)


class AddPasskey(AddWebAuthnForm):
    """A new passkey, with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word(self, name=_("Naam voor deze sleutel"))
        self.fields["name"].widget.attrs["maxlength"] = 60


class PaperCode(forms.Form):
    """The address and the code on paper."""

    email = forms.EmailField(
        label=_("E-mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Code op papier"),
        help_text=_("Zestien tekens in groepjes van vier."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MailCode(forms.Form):
    """The code that came by e-mail."""

    code = forms.CharField(
        label=_("Code uit de e-mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class FirstPassword(forms.Form):
    """A password, twice."""

    password = forms.CharField(
        label=_("Nieuw wachtwoord"),
        help_text=_PASSWORD_HINT,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nieuw wachtwoord, nog een keer"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        return check_password(self.cleaned_data["password"], self.user)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("De twee wachtwoorden zijn niet gelijk. Typ ze nog een keer."))
        return given
