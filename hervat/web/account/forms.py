"""The forms of one's own account, and beside which field a refusal belongs.

Must never: offer a list of colleagues to choose from. Read next: `views.py`.
"""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hervat.organisation.rules.deputies import DeputyReason
from hervat.organisation.rules.refusals import Refusal, WhyNot
from hervat.web.oversight.forms import Day
from hervat.web.preferences import Language

_REASONS: Final = (
    ("", _("kies een reden")),
    (DeputyReason.ABSENCE.value, _("ik ben er niet")),
    (DeputyReason.DEPLOYMENT.value, _("inzet of oefening")),
    (DeputyReason.COURSE.value, _("opleiding")),
    (DeputyReason.HANDOVER.value, _("overdracht van het werk")),
    (DeputyReason.OTHER_WORK.value, _("ander werk")),
)
_BESIDE: Final = {
    WhyNot.DEPUTY_WITHOUT_ROLE: "collega",
    WhyNot.DEPUTY_ONESELF: "collega",
    WhyNot.DEPUTED_ALREADY: "collega",
    WhyNot.IN_THE_PAST: "van",
    WhyNot.ENDS_BEFORE_START: "tot",
    WhyNot.DEPUTY_TOO_LONG: "tot",
    WhyNot.DEPUTY_OUTSIDE_POSTING: "tot",
    WhyNot.POSTING_UNKNOWN: "plaatsing",
    WhyNot.NOT_DEPUTISED: "plaatsing",
}


class MessagesForm(forms.Form):
    """How somebody wants to hear of their work."""

    bericht = forms.BooleanField(
        label=_("Stuur mij op werkdagen een e-mail als er iets te doen is"), required=False
    )
    taal = forms.ChoiceField(
        label=_("Taal van de pagina's en de e-mail"),
        choices=[(Language.DUTCH.value, "Nederlands"), (Language.ENGLISH.value, "English")],
    )


class DeputyForm(forms.Form):
    """Who acts for somebody, in which posting, until when."""

    plaatsing = forms.ChoiceField(label=_("In welke plaatsing"))
    collega = forms.CharField(
        label=_("E-mailadres van de collega"),
        max_length=254,
        help_text=_("Iemand met dezelfde rol."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    van = Day(label=_("Eerste dag"))
    tot = Day(label=_("Laatste dag"))
    reden = forms.ChoiceField(
        label=_("Reden"), choices=_REASONS, help_text=_("Verlof of ziekte hoeft u niet te noemen.")
    )

    def __init__(self, *args: Any, postings: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["plaatsing"].choices = list(postings)  # type: ignore[attr-defined]

    def say(self, refusal: Refusal) -> None:
        """Put a refusal beside the field that it is about."""
        self.add_error(_BESIDE.get(refusal.why), refusal.text)
