"""The forms of a dossier: one for each part, one to close, to assign, to look up.

A form of a part is made of the fields that the permit may write; each carries along what stood there when
the page was opened, so only what somebody changed is sent on. Must never: offer a field the permit may not
write, or repeat a number that was searched for. Read next: `views.py`, `../../dossiers/rules/values.py`.
"""

from collections.abc import Iterable
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _

from hervat.dossiers.actions.closing import TO_CLOSE, TO_REOPEN
from hervat.dossiers.rules.assignments import LONGEST_WHY, NEVER_ASSIGNED
from hervat.dossiers.rules.values import DESCRIPTIONS, KINDS, LONGEST, Value
from hervat.dossiers.rules.vocabulary import CaseGround, ClosingReason, CorrectionReason, Field
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.register.vocabulary import Role
from hervat.web.presenters.facts import field_name, role_name, sub_name, word

_NOTHING = ("", "–")
_YES_NO = (_NOTHING, ("ja", _("ja")), ("nee", _("nee")))


class Day(forms.DateField):
    """A day, by the calendar of the browser or typed."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        formats = ["%Y-%m-%d", "%d-%m-%Y"]
        super().__init__(widget=widget, input_formats=formats, **given)


class Answer(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **given: Any) -> None:
        super().__init__(choices=_YES_NO, coerce=lambda text: text == "ja", empty_value=None, **given)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee"}.get(value, value)


class Correction(forms.Form):
    """What stands in a part of a dossier, to be replaced with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, wanted: Iterable[Field], values: dict[Field, Value], **given: Any) -> None:
        self.wanted = tuple(wanted)
        given["initial"] = given.get("initial", {}) | _initial(values)
        super().__init__(*args, **given)
        for field in self.wanted:
            for name, control in _controls(field).items():
                control.show_hidden_initial = True
                self.fields[name] = control
        reasons = [_NOTHING, *((one.value, word(one.value)) for one in CorrectionReason)]
        self.fields["reden"] = forms.ChoiceField(
            label=_("Waarom wijzigt u dit?"),
            choices=reasons,
            required=False,
            help_text=_("Nodig zodra er al iets stond. Wat er stond blijft bewaard."),
        )

    @property
    def changes(self) -> dict[Field, Value | None]:
        """What somebody changed, as values; only after `is_valid`."""
        touched = {_field_of(name) for name in self.changed_data}
        return {field: self._value(field) for field in self.wanted if field.value in touched}

    @property
    def reason(self) -> CorrectionReason | None:
        """Why."""
        given = self.cleaned_data.get("reden")
        return CorrectionReason(given) if given else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in self.wanted:
            for name in _missing(field, cleaned):
                self.add_error(name, _("Vul dit ook in, of laat alles van dit gegeven leeg."))
        return cleaned

    def _value(self, field: Field) -> Value | None:
        kind = KINDS[field]
        if field.value in self.cleaned_data:
            plain: Value | None = _typed(kind, self.cleaned_data[field.value])
            return plain
        given = {one.name: self.cleaned_data.get(f"{field.value}-{one.name}") for one in _parts_of(kind)}
        hints = get_type_hints(kind)
        typed = {name: _typed(_plain(hints[name]), value) for name, value in given.items()}
        if all(value is None for value in typed.values()):
            return None
        made: Value = kind(**typed)
        return made


class Close(forms.Form):
    """Closing a dossier on a day."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    dag = Day(label=_("Dag van sluiting"))
    reden = forms.ChoiceField(label=_("Waarom sluit u dit dossier?"))

    reasons = TO_CLOSE

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        shown = sorted((one.value, word(one.value)) for one in self.reasons)
        self.fields["reden"].choices = [_NOTHING, *shown]  # type: ignore[attr-defined]

    @property
    def reason(self) -> ClosingReason:
        return ClosingReason(self.cleaned_data["reden"])


class Reopen(Close):
    """Opening a closed dossier again."""

    dag = Day(label=_("Dag van heropening"))
    reasons = TO_REOPEN

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reden"].label = _("Waarom heropent u dit dossier?")


class ChooseRole(forms.Form):
    """In which role a colleague is needed; the first step of a proposal. It is about nobody."""

    voor = forms.ChoiceField(label=_("Welke rol is nodig?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        roles = [role for role in Role if role not in NEVER_ASSIGNED and role not in UNIT_ROLES]
        self.fields["voor"].choices = [_NOTHING, *((one.value, role_name(one)) for one in roles)]  # type: ignore[attr-defined]


class Propose(forms.Form):
    """Proposing one of the colleagues who hold the role; `zoek` is what they were looked for by."""

    voor = forms.CharField(widget=forms.HiddenInput, max_length=40)
    zoek = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    wie = forms.ChoiceField(
        label=_("Collega"),
        help_text=_("Wie deze rol vandaag heeft. Typ de eerste letters van de naam om te springen."),
        error_messages={"invalid_choice": _("Deze collega heeft de rol niet meer. Kies iemand anders.")},
    )
    van = Day(label=_("Vanaf"))
    tot = Day(label=_("Tot en met"), required=False, help_text=_("Verplicht als u een grond noemt."))
    grond = forms.ChoiceField(
        label=_("Grond"), required=False, help_text=_("Alleen voor toegang per geval, zoals voor een jurist.")
    )
    toelichting = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=_("Verplicht bij een grond. Kort, en niets medisch."),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        grounds = [(one.value, word(one.value)) for one in CaseGround]
        self.fields["wie"].choices = [_NOTHING, *people]  # type: ignore[attr-defined]
        self.fields["grond"].choices = [_NOTHING, *grounds]  # type: ignore[attr-defined]


class Search(forms.Form):
    """Looking somebody up in one's own list; sent, so that it stands in no address."""

    op = forms.CharField(max_length=40, required=False)
    tekst = forms.CharField(max_length=100, strip=True)


class AskWhy(forms.Form):
    """Whose access to what the FG asks about."""

    wie = forms.CharField(label=_("Gebruiker"), max_length=254, help_text=_("E-mailadres of code."))
    zaak = forms.CharField(label=_("Casenummer"), max_length=20)
    gegeven = forms.ChoiceField(label=_("Gegeven"), required=False)
    dag = Day(label=_("Op welke dag"), required=False, help_text=_("Leeg is vandaag."))

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["gegeven"].choices = [("", _("alle gegevens")), *items]  # type: ignore[attr-defined]


def _controls(field: Field) -> dict[str, forms.Field]:
    kind = KINDS[field]
    parts = _parts_of(kind)
    if not parts:
        return {field.value: _control(kind, field_name(field), field)}
    hints = get_type_hints(kind)
    return {
        f"{field.value}-{one.name}": _control(
            _plain(hints[one.name]), f"{field_name(field)}: {sub_name(one.name).lower()}", field
        )
        for one in parts
    }


def _control(kind: type, label: str, field: Field) -> forms.Field:
    if kind is bool:
        return Answer(label=label, required=False)
    if kind is date:
        return Day(label=label, required=False)
    if issubclass(kind, StrEnum):
        choices = [_NOTHING, *((one.value, word(one.value)) for one in kind)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    longest = LONGEST.get(field, 200)
    widget = forms.Textarea(attrs={"rows": 4}) if field in DESCRIPTIONS else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=longest, widget=widget)


def _initial(values: dict[Field, Value]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in values.items():
        parts = _parts_of(KINDS[field])
        for one in parts:
            found[f"{field.value}-{one.name}"] = getattr(value, one.name)
        if not parts:
            found[field.value] = value
    return found


def _missing(field: Field, cleaned: dict[str, Any]) -> list[str]:
    """Parts that a value cannot do without, where another part is filled in."""
    parts = _parts_of(KINDS[field])
    names = [f"{field.value}-{one.name}" for one in parts]
    if not any(cleaned.get(name) not in {None, ""} for name in names):
        return []
    needed = (name for name, one in zip(names, parts, strict=True) if one.default is MISSING)
    return [name for name in needed if cleaned.get(name) in {None, ""}]


def _typed(kind: type, given: Any) -> Any:
    if given is None or given == "":
        return None
    if kind is str:
        return str(given).replace("\r\n", "\n")
    return kind(given) if issubclass(kind, StrEnum) else given


def _parts_of(kind: type) -> tuple[Any, ...]:
    return fields(kind) if hasattr(kind, "__dataclass_fields__") else ()


def _plain(hint: Any) -> type:
    if get_origin(hint) in {UnionType, Union}:
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    plain: type = hint
    return plain


def _field_of(name: str) -> str:
    return name.partition("-")[0]
