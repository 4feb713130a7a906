"""The form of a fact: its day, what it says beside that, and why, when it turns out to be late.

Made of the kinds that the permit may write. Must never: offer a free text but the reason, which an audit
will read, or a choice that says something medical. Read next: `recording.py`, `../presenters/kinds.py`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hervat.course.actions.tasks import LONGEST_TITLE
from hervat.course.rules.difference import Motive
from hervat.course.rules.reasons import LONGEST
from hervat.course.rules.values import LONGEST_SANCTION, LONGEST_WEEK, Detail, NewFact, SanctionTerms
from hervat.course.rules.vocabulary import Form, Kind, LastDay, LateReason, Method
from hervat.dossiers.rules.vocabulary import CorrectionReason
from hervat.law.vocabulary import LeaveKind, SameCause, SanctionKind
from hervat.web.dossiers.forms import Day
from hervat.web.presenters.facts import word
from hervat.web.presenters.kinds import HOURS, words_of
from hervat.web.presenters.said import CAUSES, LEAVES, METHODS, REASONS

_NOTHING: Final = ("", "–")
_QUARTERS: Final = 4
_SANCTIONS: Final = {
    SanctionKind.ADMINISTRATIVE: _("administratief: het verslag is niet volledig"),
    SanctionKind.SUBSTANTIVE: _("inhoudelijk: er is te weinig gedaan"),
}


class Why(forms.Form):
    """Why a step is late, skipped or done otherwise: a choice and an explanation."""

    waarom = forms.ChoiceField(label=_("Waarom is dit later of anders?"), required=False)
    toelichting = forms.CharField(
        label=_("Toelichting"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wat speelde er? Dit leest UWV bij de toets. Niets over de ziekte."),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["waarom"].choices = [  # type: ignore[attr-defined]
            _NOTHING,
            *((reason.value, text) for reason, text in REASONS.items()),
        ]

    @property
    def motive(self) -> Motive | None:
        """The reason, when one was chosen; only after `is_valid`."""
        given = self.cleaned_data.get("waarom")
        return Motive(LateReason(given), self.cleaned_data["toelichting"]) if given else None


class Record(Why):
    """Recording facts of one form on one day. `asks_why` once it has turned out that a step is late."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    dag = Day()

    field_order = ("version", "dag", "laatste")

    def __init__(self, *args: Any, code: str, kinds: Sequence[Kind], asks_why: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.code, self.kinds = code, tuple(kinds)
        words = words_of(code)
        self.fields["dag"].label = words.day
        last_day = self.kinds[0].rule.last_day
        if last_day is not LastDay.NONE:
            self.fields["laatste"] = Day(label=words.last_day, required=last_day is LastDay.OBLIGATORY)
        for kind in self.kinds:
            for name, control in _controls(kind).items():
                self.fields[name] = control
        if not asks_why:
            for name in Why.base_fields:
                del self.fields[name]
        self.order_fields(("version", "dag", "laatste", *_names(self.fields)))

    @property
    def facts(self) -> tuple[NewFact, ...]:
        """What was filled in, as facts; only after `is_valid`."""
        day = _monday(self.cleaned_data["dag"]) if self.code == HOURS else self.cleaned_data["dag"]
        last = self.cleaned_data.get("laatste")
        given = ((kind, self._detail(kind)) for kind in self.kinds)
        return tuple(
            NewFact(kind, day, last, detail)
            for kind, detail in given
            if detail is not None or kind.rule.form is Form.NOTHING
        )

    def _detail(self, kind: Kind) -> Detail | None:
        return _detail(kind, {name: self.cleaned_data.get(name) for name in _controls(kind)})


def _names(fields: Iterable[str]) -> list[str]:
    """The reason comes last."""
    return [name for name in fields if name not in Why.base_fields] + list(Why.base_fields)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _controls(kind: Kind) -> dict[str, forms.Field]:
    name = kind.value
    match kind.rule.form:
        case Form.NOTHING:
            return {}
        case Form.PERCENTAGE:
            hint = _("100 is helemaal afwezig, 0 is overal weer aan het werk.")
            label = _("Afwezig, in procenten van de uren")
            return {name: forms.IntegerField(label=label, min_value=0, max_value=100, help_text=hint)}
        case Form.QUARTERS:
            return {name: _hours(kind)}
        case Form.LEAVE:
            return {name: _choice(_("Soort verlof"), LEAVES)}
        case Form.CAUSE:
            return {name: _choice(_("Heeft de ongeschiktheid dezelfde oorzaak?"), CAUSES)}
        case Form.METHOD:
            return {name: _choice(_("Hoe had u contact?"), METHODS)}
        case Form.SANCTION:
            weeks = forms.IntegerField(
                label=_("Duur in weken"), min_value=1, max_value=LONGEST_SANCTION, required=False
            )
            return {f"{name}-weken": weeks, f"{name}-soort": _choice(_("Soort"), _SANCTIONS, required=False)}


def _hours(kind: Kind) -> forms.Field:
    own = kind is Kind.OWN_HOURS
    return forms.DecimalField(
        label=_("Uren eigen werk") if own else _("Uren aangepast werk"),
        required=False,
        min_value=0,
        max_value=LONGEST_WEEK // _QUARTERS,
        step_size=0.25,
        localize=False,
        help_text=_("In die week, op een kwartier precies. Leeg is: niet bekend."),
    )


def _choice(label: Any, choices: dict[Any, Any], *, required: bool = True) -> forms.Field:
    shown = [_NOTHING, *((member.value, text) for member, text in choices.items())]
    return forms.ChoiceField(label=label, choices=shown, required=required)


def _detail(kind: Kind, given: dict[str, Any]) -> Detail | None:
    value = given.get(kind.value)
    match kind.rule.form:
        case Form.QUARTERS:
            return None if value is None else int(value * _QUARTERS)
        case Form.PERCENTAGE:
            return None if value is None else int(value)
        case Form.LEAVE:
            return LeaveKind(str(value))
        case Form.CAUSE:
            return SameCause(str(value))
        case Form.METHOD:
            return Method(str(value))
        case Form.SANCTION:
            kind_of = given.get(f"{kind.value}-soort")
            weeks = given.get(f"{kind.value}-weken")
            return SanctionTerms(weeks, SanctionKind(kind_of) if kind_of else None)
        case _:
            return None


class Reason(Why):
    """Why a step was late, obligatory here."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self.fields.values():
            field.required = True


class Skip(Reason):
    """Skipping a step, with the version of the dossier that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OwnTask(forms.Form):
    """A task of one's own: what, for whom, by when."""

    omschrijving = forms.CharField(
        label=_("Wat moet er gebeuren?"),
        max_length=LONGEST_TITLE,
        help_text=_("Kort, en niets over de ziekte. Wie aan dit dossier werkt kan dit lezen."),
    )
    wie = forms.ChoiceField(label=_("Voor wie"))
    dag = Day(label=_("Uiterlijk op"))

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["wie"].choices = list(roles)  # type: ignore[attr-defined]


class Done(forms.Form):
    """Saying that something is done asks nothing more."""


class Mend(Record):
    """Correcting a fact, or withdrawing it; why is obligatory."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        reasons = [_NOTHING, *((reason.value, word(reason.value)) for reason in CorrectionReason)]
        self.fields["reden"] = forms.ChoiceField(label=_("Waarom verbetert u dit?"), choices=reasons)
        self.fields["intrekken"] = forms.BooleanField(
            label=_("Trek dit in: het is niet gebeurd"), required=False
        )

    @property
    def withdraws(self) -> bool:
        """Whether nothing comes in its place."""
        return bool(self.cleaned_data.get("intrekken"))

    @property
    def correction(self) -> CorrectionReason:
        """Why it is corrected."""
        return CorrectionReason(self.cleaned_data["reden"])

    def ask_why(self) -> None:
        """Ask why a step that this completes is late."""
        for name, field in Why(self.data).fields.items():
            self.fields[name] = field
