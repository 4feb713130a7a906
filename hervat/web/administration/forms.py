"""The forms of administration, and beside which field a refusal of the rules belongs.

A refusal that no field explains stands above the form. Must never: decide; that is the rules' of the room.
Read next: `users.py`, `hervat/organisation/rules/refusals.py`.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hervat.organisation.actions.units import LONGEST_ABBREVIATION
from hervat.organisation.rules.granting import LONGEST
from hervat.organisation.rules.postings import POSTED, UNIT_ROLES
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.organisation.rules.units import Tree, UnitKind
from hervat.register.vocabulary import Role
from hervat.web.login.visitor import role_name
from hervat.web.oversight.forms import Day

BESIDE: Final[Mapping[WhyNot, str]] = {
    WhyNot.NEVER_POSTED: "rol",
    WhyNot.UNIT_MISSING: "eenheid",
    WhyNot.UNIT_NOT_FITTING: "eenheid",
    WhyNot.UNIT_UNKNOWN: "eenheid",
    WhyNot.UNIT_CLOSED: "eenheid",
    WhyNot.BELOW_WITHOUT_REASON: "waarom_lager",
    WhyNot.BELOW_WITHOUT_UNIT: "lager",
    WhyNot.IN_THE_PAST: "van",
    WhyNot.ENDS_BEFORE_START: "tot",
    WhyNot.EMAIL_TAKEN: "email",
    WhyNot.EMAIL_WRONG: "email",
    WhyNot.REASON_MISSING: "waarom",
    WhyNot.PARENT_NOT_FITTING: "onder",
    WhyNot.ABBREVIATION_TAKEN: "afkorting",
}
"""Beside which field a refusal stands, where a form has that field."""


def say(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal beside the field that it is about."""
    field = BESIDE.get(refusal.why)
    form.add_error(field if field in form.fields else None, refusal.text)


class SearchForm(forms.Form):
    """Which users to show."""

    tekst = forms.CharField(label=_("Naam of e-mailadres"), required=False, max_length=100)
    gesloten = forms.BooleanField(label=_("Toon gesloten accounts"), required=False)


class UserForm(forms.Form):
    """A new account."""

    naam = forms.CharField(label=_("Naam"), max_length=LONGEST)
    email = forms.CharField(
        label=_("Zakelijk e-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class GrantForm(forms.Form):
    """A posting: which role, for which unit, from when until when."""

    rol = forms.ChoiceField(label=_("Rol"))
    eenheid = forms.CharField(
        label=_("Eenheid"),
        required=False,
        max_length=LONGEST_ABBREVIATION,
        help_text=_("De afkorting. Alleen commandant, P&O-adviseur en OOBB horen bij een eenheid."),
    )
    lager = forms.BooleanField(label=_("Ook voor alle eenheden daaronder"), required=False)
    waarom_lager = forms.CharField(
        label=_("Waarom ook daaronder"),
        required=False,
        max_length=LONGEST,
        help_text=_("Alleen als u dat aanvinkt."),
    )
    van = Day(label=_("Eerste dag"))
    tot = Day(label=_("Laatste dag"), required=False, help_text=_("Leeg: zonder einde."))

    def __init__(self, *args: Any, tree: Tree, **given: Any) -> None:
        super().__init__(*args, **given)
        self.tree = tree
        roles = sorted(POSTED, key=lambda role: (role not in UNIT_ROLES, role_name(role)))
        self.fields["rol"].choices = [  # type: ignore[attr-defined]
            ("", _("kies een rol")),
            *((role.value, role_name(role)) for role in roles),
        ]

    def clean_rol(self) -> Role:
        return Role(self.cleaned_data["rol"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = (given.get("eenheid") or "").strip()
        unit = self.tree.abbreviated(typed) if typed else None
        if typed and unit is None:
            say(self, Refusal(WhyNot.UNIT_UNKNOWN))
        given["unit"] = unit.id if unit else None
        if given.get("waarom_lager") and not given.get("lager"):
            self.add_error("lager", _("U gaf wel een reden. Zet hier een vinkje, of haal de reden weg."))
        return given


class ReasonForm(forms.Form):
    """Why a posting is revoked, and from which day."""

    plaatsing = forms.UUIDField(widget=forms.HiddenInput)
    waarom = forms.CharField(label=_("Waarom"), required=False, max_length=LONGEST)
    van = Day(
        label=_("Eerste dag zonder"), required=False, help_text=_("Leeg: vandaag, het werkt dan meteen.")
    )


class CloseForm(forms.Form):
    """That an account is to be closed."""

    zeker = forms.BooleanField(
        label=_("Ja, dit account en alle plaatsingen eindigen vandaag"),
        error_messages={"required": _("Zet een vinkje, zodat zeker is dat u dit bedoelt.")},
    )


class UnitForm(forms.Form):
    """A new unit, and under which one it stands."""

    soort = forms.ChoiceField(label=_("Soort"), choices=[(kind.value, kind.value) for kind in UnitKind])
    afkorting = forms.CharField(label=_("Afkorting"), max_length=LONGEST_ABBREVIATION)
    naam = forms.CharField(label=_("Naam"), max_length=LONGEST)
    onder = forms.CharField(
        label=_("Staat onder"),
        required=False,
        max_length=LONGEST_ABBREVIATION,
        help_text=_("De afkorting. Leeg voor een defensieonderdeel."),
    )

    def __init__(self, *args: Any, tree: Tree, **given: Any) -> None:
        super().__init__(*args, **given)
        self.tree = tree

    def clean_soort(self) -> UnitKind:
        return UnitKind(self.cleaned_data["soort"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = (given.get("onder") or "").strip()
        above = self.tree.abbreviated(typed) if typed else None
        if typed and above is None:
            self.add_error("onder", Refusal(WhyNot.UNIT_UNKNOWN).text)
        given["above"] = above.id if above else None
        return given
