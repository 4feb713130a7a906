"""The forms of oversight: what to look for in the log, and that a reading was accepted.

Must never: repeat what was typed anywhere but in its own field. Read next: `log.py`, `points.py`.
"""

import re
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hervat.dossiers.rules.case_number import read_case_number
from hervat.register.acceptance_file import LONGEST
from hervat.register.model import PurposeId, Register
from hervat.register.vocabulary import Operation, Role
from hervat.web.login.visitor import role_name
from hervat.web.presenters.log import operation_text

LONGEST_PERIOD: Final = 92
REFUSED: Final = "geweigerd"
_WEEK: Final = 7
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}", re.ASCII)


class Day(forms.DateField):
    """A day, by the calendar of the browser or typed."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y"], **given)


class LogForm(forms.Form):
    """What to look for in the log. Who and whom are sent, and never stand in an address."""

    van = Day(label=_("Van"), required=False)
    tot = Day(label=_("Tot en met"), required=False)
    rol = forms.ChoiceField(label=_("Rol"), required=False)
    doel = forms.ChoiceField(label=_("Doel"), required=False)
    handeling = forms.ChoiceField(label=_("Handeling"), required=False)
    uitkomst = forms.ChoiceField(
        label=_("Uitkomst"), required=False, choices=[("", _("alles")), (REFUSED, _("alleen geweigerd"))]
    )
    wie = forms.CharField(
        label=_("Wie deed het"),
        required=False,
        max_length=64,
        help_text=_("De code van een gebruiker, taak of koppeling."),
    )
    over = forms.CharField(
        label=_("Over wie"),
        required=False,
        max_length=64,
        help_text=_("Een casenummer, of de code van een persoon of dossier uit een regel van het logboek."),
    )

    def __init__(self, *args: Any, register: Register, **given: Any) -> None:
        super().__init__(*args, **given)
        every = ("", _("alle"))
        purposes = register.reading.purposes.values()
        choices = {
            "rol": [every, *((role.value, role_name(role)) for role in Role)],
            "doel": [every, *((purpose.id, purpose.name) for purpose in purposes)],
            "handeling": [every, *((one.value, operation_text(one)) for one in Operation)],
        }
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]
        for name in ("wie", "over"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_wie(self) -> str:
        code: str = self.cleaned_data["wie"].strip().lower()
        if code and not _CODE.fullmatch(code):
            raise forms.ValidationError(_("Dit is geen code. Neem hem over uit een regel van het logboek."))
        return code

    def clean_over(self) -> str | UUID:
        given: str = self.cleaned_data["over"].strip()
        try:
            return UUID(given) if given else ""
        except ValueError:
            number = read_case_number(given)
        if number is None:
            raise forms.ValidationError(
                _("Dit is geen casenummer en geen code. Kijk na wat u hebt overgenomen.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "van" not in given or "tot" not in given:
            return given
        given["tot"] = given["tot"] or timezone.localdate()
        given["van"] = given["van"] or _a_week_before(given["tot"])
        if given["van"] > given["tot"]:
            self.add_error("tot", _("Deze dag ligt voor de eerste. Kies een latere."))
        elif (given["tot"] - given["van"]).days >= LONGEST_PERIOD:
            self.add_error("van", _("Dit zijn meer dan 92 dagen. Kies een kortere periode."))
        return given


class AcceptForm(forms.Form):
    """That somebody with the authority decided that our reading holds."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    wie = forms.CharField(
        label=_("Wie heeft dit besloten"),
        max_length=LONGEST,
        help_text=_("De functie van wie de bevoegdheid heeft, zoals directeur P&O. Iedereen kan dit lezen."),
    )
    waarom = forms.CharField(
        label=_("Waarom"),
        max_length=LONGEST,
        help_text=_("In een of twee zinnen, zonder gegevens over zieke mensen. Iedereen kan dit lezen."),
    )

    def clean_wie(self) -> str:
        return _one_line(self.cleaned_data["wie"])

    def clean_waarom(self) -> str:
        return _one_line(self.cleaned_data["waarom"])


class WithdrawForm(forms.Form):
    """That an acceptance counts no longer."""

    zeker = forms.BooleanField(
        label=_("Ja, deze aanvaarding geldt niet meer"),
        error_messages={"required": _("Zet een vinkje, zodat zeker is dat u dit bedoelt.")},
    )


def _a_week_before(last: date) -> date:
    return last - timedelta(days=_WEEK - 1)


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise forms.ValidationError(_("Schrijf dit op één regel, zonder bijzondere tekens."))
    return text


def purpose_of(given: str) -> PurposeId | None:
    """Return the purpose of a choice, or nothing for all."""
    return PurposeId(given) if given else None
