"""The forms of what comes in: a message to put right or to put away, and a sick report by hand.

Only what the permit shows in full can be typed over; the rest goes along as it is. Must never: hold a member
that is not shown, or judge a value: the message is read anew. Read next: `messages.py`,
`../../exchange/rules/shapes.py`.
"""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hervat.course.rules.reporting import Report
from hervat.dossiers.rules.vocabulary import SafetyNet
from hervat.exchange.queries.quarantine import Member, Opened
from hervat.exchange.rules.putting_right import OF_THE_MESSAGE
from hervat.exchange.rules.shapes import Form, day_typed, shape_of, typed
from hervat.exchange.rules.vocabulary import DiscardReason
from hervat.register.cells import Shown
from hervat.web.dossiers.forms import Day
from hervat.web.presenters.facts import word
from hervat.web.presenters.feed import code_name, is_wrong, member_name, place_of
from hervat.web.presenters.feed_words import REASONS

_NOTHING: Final = ("", "–")
LONGEST: Final = 4_000


class ByHand(forms.Form):
    """A sick report by hand: of whom, since when, and what an employer may ask that is recorded here."""

    nummer = forms.CharField(label=_("Werknemersnummer"), max_length=20)
    naam = forms.CharField(
        label=_("Achternaam"),
        max_length=200,
        help_text=_("Ter controle: zo opent u geen dossier voor een ander door een tikfout."),
    )
    dag = Day(
        label=_("Eerste ziektedag"),
        help_text=_(
            "De eerste werkdag waarop niet is gewerkt, of waarop het werk is gestaakt wegens ziekte."
        ),
    )
    deel = forms.IntegerField(
        label=_("Afwezig, in procenten van de uren"),
        help_text=_("100 is helemaal afwezig. Leeg is: helemaal."),
        min_value=0,
        max_value=100,
        required=False,
    )
    vangnet = forms.ChoiceField(
        label=_("Geldt het vangnet van de Ziektewet?"),
        help_text=_("U vraagt óf het geldt, niet welk en niet waarom."),
        required=False,
    )

    def __init__(self, *args: Any, asks_safety_net: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["nummer"].widget.attrs["autocomplete"] = "off"
        self.fields["naam"].widget.attrs["autocomplete"] = "off"
        choices = [("", _("niet gevraagd")), *((one.value, word(one.value)) for one in SafetyNet)]
        self.fields["vangnet"].choices = choices  # type: ignore[attr-defined]
        if not asks_safety_net:
            del self.fields["vangnet"]

    @property
    def report(self) -> Report:
        """What was filled in; only after `is_valid`."""
        given = self.cleaned_data
        return Report(
            employee_number=given["nummer"],
            name=given["naam"],
            first_sick_on=given["dag"],
            percentage=given["deel"],
            safety_net=SafetyNet(given["vangnet"]) if given.get("vangnet") else None,
        )


class Versioned(forms.Form):
    """Says which version of a message somebody saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PutRight(Versioned):
    """The members of a message that may be typed over, and those that it lacks; what is wrong comes first."""

    def __init__(self, *args: Any, opened: Opened, lacking: Iterable[str], **given: Any) -> None:
        super().__init__(*args, **given)
        shown = {one.path: _text(one) for one in opened.members if isinstance(one.cell, Shown)}
        self.said = shown | dict.fromkeys(lacking, "")
        self.wrong = {path for path in self.said if is_wrong(path, opened.fault)}
        for path in sorted(self.said, key=place_of):
            if path in self.wrong or path not in OF_THE_MESSAGE:
                self.fields[control_of(path)] = _control(path, self.said[path], wrong=path in self.wrong)

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        """What is to be put right."""
        return [self[control_of(path)] for path in sorted(self.wrong, key=place_of)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The rest of the message."""
        wrong = {control_of(path) for path in self.wrong}
        return [field for field in self.visible_fields() if field.name not in wrong]

    @property
    def changes(self) -> dict[str, Any]:
        """What somebody typed otherwise, by its path; None takes a member out. Only after `is_valid`."""
        given = {path: self.cleaned_data.get(control_of(path)) for path in self.said}
        changed = {
            path: text.strip()
            for path, text in given.items()
            if text is not None and text.strip() != self.said[path].strip()
        }
        return {path: typed(path, text) if text else None for path, text in changed.items()}


class PutAway(Versioned):
    """Putting a message away without taking it in."""

    reden = forms.ChoiceField(label=_("Waarom neemt u dit niet op?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        # It stands on one page with the other form, and both say which version.
        super().__init__(*args, **given | {"auto_id": "weg_%s"})
        shown = [_NOTHING, *((reason.value, text) for reason, text in REASONS.items())]
        self.fields["reden"].choices = shown  # type: ignore[attr-defined]

    @property
    def reason(self) -> DiscardReason:
        """Why; only after `is_valid`."""
        return DiscardReason(self.cleaned_data["reden"])


def control_of(path: str) -> str:
    """Return the name of the control of a member."""
    return f"lid-{path}"


def _text(member: Member) -> str:
    """What a member says, as somebody reads it; null is nothing."""
    text = member.cell.value if isinstance(member.cell, Shown) else None
    if text is None or text == "null":
        return ""
    return day_typed(text) if shape_of(member.path).form is Form.DAY else text


def _control(path: str, text: str, *, wrong: bool) -> forms.Field:
    control = _unmarked(path, text)
    if wrong:
        control.widget.attrs["aria-invalid"] = "true"
    return control


def _unmarked(path: str, text: str) -> forms.Field:
    shape, name = shape_of(path), member_name(path)
    given: dict[str, Any] = {"label": name, "required": False, "initial": text}
    if shape.form is Form.CHOICE or shape.form is Form.YES_NO:
        codes = shape.codes or ("true", "false")
        # What stands there now may be what is wrong with it, and is no choice of the list then.
        odd = [(text, text)] if text and text not in codes else []
        return forms.ChoiceField(
            choices=[_NOTHING, *odd, *((code, code_name(code)) for code in codes)], **given
        )
    area = forms.Textarea(attrs={"rows": 3}) if shape.form is Form.TEXT else forms.TextInput()
    hint = _("Bijvoorbeeld 23-11-2026.") if shape.form is Form.DAY else ""
    return forms.CharField(max_length=LONGEST, widget=area, help_text=hint, strip=False, **given)
