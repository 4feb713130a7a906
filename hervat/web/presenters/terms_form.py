"""The form of the calculator: every field with its label, what was typed, and what is wrong with it.

Must never: lose what somebody typed, or ask who it is about. Read next: `hervat/web/terms/fields.py`,
`templates/hervat/_terms_form.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hervat.law.vocabulary import LeaveKind, Regime, SameCause
from hervat.web.presenters.points import Option
from hervat.web.terms import fields
from hervat.web.terms.fields import Do
from hervat.web.terms.reading import Given, read_day


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `kind` is the type of the input, or "select" or "checkbox"."""

    name: str
    code: str
    label: str
    kind: str
    value: str
    hint: str = ""
    fault: str = ""
    fault_dutch: bool = False
    options: tuple[Option, ...] = ()

    @property
    def described(self) -> str:
        """The ids of what explains the field."""
        parts = (f"{self.code}-uitleg" if self.hint else "", f"{self.code}-fout" if self.fault else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RowView:
    """Fields that belong together, under a name."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """One set of facts as a form."""

    prefix: str
    spells: tuple[RowView, ...]
    leaves: tuple[RowView, ...]
    facts: tuple[RowView, ...]
    rest: tuple[Field, ...]
    faults: tuple[Field, ...]
    leave_open: bool
    facts_open: bool
    add_spell: str
    add_leave: str
    hidden: tuple[tuple[str, str], ...]


def present_form(given: Given, prefix: str = "") -> FormView:
    """Format one set of facts."""
    maker = _Maker(given, prefix)
    spells = tuple(_spell(maker, row) for row in range(1, given.spells + 1))
    leaves = tuple(_leave(maker, row) for row in range(1, given.leaves + 1))
    facts, rest = tuple(_facts(maker)), _rest(maker)
    rows = [row.fields for row in (*spells, *leaves, *facts)]
    return FormView(
        prefix=prefix,
        spells=spells,
        leaves=leaves,
        facts=facts,
        rest=rest,
        faults=tuple(field for row in (*rows, rest) for field in row if field.fault),
        leave_open=_used(field for row in leaves for field in row.fields) or given.leaves > 1,
        facts_open=_used(field for group in facts for field in group.fields),
        add_spell=_button(prefix, Do.ADD_SPELL) if given.spells < fields.MOST_SPELLS else "",
        add_leave=_button(prefix, Do.ADD_LEAVE) if given.leaves < fields.MOST_LEAVES else "",
        hidden=tuple(given.values.items()),
    )


def _button(prefix: str, do: Do) -> str:
    changed = {Do.ADD_SPELL: Do.WHAT_IF_SPELL, Do.ADD_LEAVE: Do.WHAT_IF_LEAVE}
    return changed[do].value if prefix else do.value


def _used(some: Iterator[Field]) -> bool:
    return any(field.value or field.fault for field in some if field.kind != "select")


class _Maker:
    """Makes fields that know what was typed and what is wrong with it."""

    def __init__(self, given: Given, prefix: str) -> None:
        self.given = given
        self.prefix = prefix
        # the first complaint about a field is the one to solve first
        self.faults = {fault.name: fault for fault in reversed(given.faults)}

    def day(self, name: str, label: str, hint: str = "") -> Field:
        value = self.given.values.get(name, "")
        found = read_day(value)
        # an <input type="date"> shows nothing but a day that exists; keep what was typed in sight
        kind = "date" if not value or found else "text"
        return self._field(name, label, kind, found.isoformat() if found else value, hint)

    def number(self, name: str, label: str) -> Field:
        return self._field(name, label, "text", self.given.values.get(name, ""))

    def tick(self, name: str, label: str) -> Field:
        return self._field(name, label, "checkbox", self.given.values.get(name, ""))

    def choice(self, name: str, label: str, words: dict[str, str], hint: str = "") -> Field:
        chosen = self.given.values.get(name, next(iter(words)))
        options = tuple(Option(value, text, value == chosen) for value, text in words.items())
        return self._field(name, label, "select", chosen, hint, options)

    def _field(
        self, name: str, label: str, kind: str, value: str, hint: str = "", options: tuple[Option, ...] = ()
    ) -> Field:
        fault = self.faults.get(name)
        return Field(
            name=self.prefix + name,
            code=(self.prefix + name).replace("_", "-"),
            label=label,
            kind=kind,
            value=value,
            hint=hint,
            fault=fault.text if fault else "",
            fault_dutch=fault.dutch if fault else False,
            options=options,
        )


def _spell(make: _Maker, row: int) -> RowView:
    title = _("Ziek") if row == 1 else _("Weer ziek (%(row)s)") % {"row": row}
    again = _("Leeg als iemand nog ziek is.")
    return RowView(
        title,
        (
            make.day(fields.sick(row), _("Eerste ziektedag")),
            make.day(fields.fit(row), _("Hersteld op"), again if row == 1 else ""),
        ),
    )


def _leave(make: _Maker, row: int) -> RowView:
    kinds = {
        LeaveKind.MATERNITY.value: _("zwangerschap en bevalling"),
        LeaveKind.ADOPTION.value: _("adoptie of pleegzorg"),
        LeaveKind.OTHER.value: _("ander verlof"),
    }
    causes = {
        SameCause.UNKNOWN.value: _("onbekend"),
        SameCause.YES.value: _("ja"),
        SameCause.NO.value: _("nee"),
    }
    return RowView(
        _("Verlof") if row == 1 else _("Verlof (%(row)s)") % {"row": row},
        (
            make.day(fields.leave("van", row), _("Eerste verlofdag")),
            make.day(fields.leave("tot", row), _("Laatste verlofdag")),
            make.choice(fields.leave("soort", row), _("Soort verlof"), kinds),
            make.choice(fields.leave("oorzaak", row), _("Zelfde oorzaak ervoor en erna?"), causes),
        ),
    )


def _facts(make: _Maker) -> Iterator[RowView]:
    yield RowView(
        _("Eerste jaar"),
        (
            make.day("opinion_given_on", _("Oordeel van de bedrijfsarts gegeven op")),
            make.day("plan_agreed_on", _("Plan van aanpak afgesproken op")),
            make.day("last_evaluated_on", _("Laatste evaluatie op")),
            make.day("week_42_report_made_on", _("42e-weeksmelding gedaan op")),
            make.day("first_year_evaluated_on", _("Eerstejaarsevaluatie op")),
        ),
    )
    yield RowView(
        _("Tweede jaar"),
        (
            make.day("second_track_started_on", _("Spoor 2 begonnen op")),
            make.day(fields.NOTICE_DAY, _("Kennisgeving van UWV ontvangen op")),
            make.tick(fields.NOTICE_NEVER, _("Er kwam geen kennisgeving van UWV")),
            make.day("current_opinion_given_on", _("Actueel oordeel gegeven op")),
            make.day("reintegration_report_made_on", _("Re-integratieverslag gemaakt op")),
            make.day("application_made_on", _("WIA aangevraagd op")),
        ),
    )
    yield RowView(
        _("Loonsanctie"),
        (
            make.day(fields.SANCTION_DAY, _("Besluit van UWV verzonden op")),
            make.number(fields.SANCTION_WEEKS, _("Duur in weken")),
            make.day("repair_reported_on", _("Herstel van de tekortkoming gemeld op")),
            make.day("finding_on", _("Herstel vastgesteld door UWV op")),
        ),
    )
    yield RowView(
        _("Bijzonder"),
        (
            make.day("voluntary_extension_requested_on", _("Vrijwillige verlenging gevraagd op")),
            make.day("voluntary_extension_last_day", _("Laatste dag van die verlenging")),
            make.day("early_iva_requested_on", _("Vervroegde IVA aangevraagd op")),
            make.day("aow_age_reached_on", _("AOW-leeftijd bereikt op")),
        ),
    )


def _rest(make: _Maker) -> tuple[Field, ...]:
    regimes = {
        Regime.SICKNESS_ACT.value: _("aanstelling (Ziektewet)"),
        Regime.CIVIL_CODE.value: _("arbeidsovereenkomst (BW)"),
    }
    return (
        make.day(fields.ON, _("Peildatum")),
        make.choice(fields.REGIME, _("Aanstelling of arbeidsovereenkomst"), regimes),
    )
