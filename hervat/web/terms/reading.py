"""From what somebody filled in to a situation; what does not fit is told at its field, in plain words.

Everything typed is kept, so that nobody fills in a form twice. Must never: guess a day, or repeat a
value in an error. Read next: `fields.py`, `checks.py`, `hervat/law/facts.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from hervat.law.errors import LawError
from hervat.law.facts import Facts, Leave, Sanction, Situation, Spell
from hervat.law.reading import FACT_DAYS
from hervat.law.vocabulary import LeaveKind, Notice, Regime, SameCause
from hervat.web.terms import checks, fields
from hervat.web.terms.checks import Fault, Row

_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """A set of facts as it was typed; `situation` only when nothing is wrong with it."""

    values: Mapping[str, str]
    spells: int
    leaves: int
    on: date
    faults: tuple[Fault, ...] = ()
    situation: Situation | None = None


def nothing_given(today: date) -> Given:
    """Return the empty form."""
    return Given({fields.ON: today.isoformat()}, spells=1, leaves=1, on=today)


def keep(posted: Mapping[str, str], prefix: str, today: date) -> Given:
    """Return what was typed, unread: for a form that only gets a row more."""
    spells = fields.rows_given(posted, prefix, "ziek", fields.MOST_SPELLS)
    leaves = fields.rows_given(posted, prefix, "verlof", fields.MOST_LEAVES)
    typed = {name: posted.get(prefix + name, "").strip() for name in fields.names(spells, leaves)}
    values = {name: text[: fields.LONGEST_VALUE] for name, text in typed.items() if text}
    return Given(values, spells, leaves, today)


def read(posted: Mapping[str, str], prefix: str, today: date) -> Given:
    """Read a set of facts: a situation, or what is wrong with it."""
    kept = keep(posted, prefix, today)
    form = _Form(kept.values)
    spells, leaves = _spells(form, kept.spells), _leaves(form, kept.leaves)
    form.faults += [*checks.of_spells(spells), *checks.of_leaves(leaves)]
    facts, on = _facts(form), form.day(fields.ON) or today
    kept = replace(kept, on=on)
    if form.faults:
        return replace(kept, faults=tuple(form.faults))
    return _situation(kept, spells, leaves, facts)


def read_day(text: str) -> date | None:
    """Return a day written as 2023-01-02 or 2-1-2023; None when there is no such day.

    >>> read_day("2-1-2023"), read_day("2023-01-02"), read_day("31-02-2023")
    (datetime.date(2023, 1, 2), datetime.date(2023, 1, 2), None)
    """
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DUTCH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class _Form:
    """The values being read, and what was found wrong on the way."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: list[Fault] = []

    def day(self, name: str) -> date | None:
        text = self.values.get(name, "")
        if not text:
            return None
        day = read_day(text)
        if day is None:
            self.blame(name, _("Dit is geen bestaande datum. Schrijf dag-maand-jaar, zoals 2-1-2023."))
        elif not fields.FIRST_DAY <= day <= fields.LAST_DAY:
            self.blame(name, _("Kies een dag van 1-1-2015 tot en met 31-12-2099."))
            day = None
        return day

    def choice(self, name: str, known: Mapping[str, object]) -> bool:
        """Whether a choice is one of those there are; an empty one is not a choice."""
        text = self.values.get(name, "")
        if text and text not in known:
            self.blame(name, _("Deze keuze bestaat niet. Kies er een uit de lijst."))
        return text in known

    def blame(self, name: str, text: str) -> None:
        self.faults.append(Fault(name, text))


def _spells(form: _Form, rows: int) -> tuple[Row, ...]:
    found = []
    for number in range(1, rows + 1):
        first, last = fields.sick(number), fields.fit(number)
        if number > 1 and not form.values.get(first) and not form.values.get(last):
            continue
        if not form.values.get(first):
            form.blame(first, _("Vul de eerste ziektedag in."))
        found.append(Row(first, last, form.day(first), form.day(last)))
    return tuple(found)


def _leaves(form: _Form, rows: int) -> tuple[Row, ...]:
    found = []
    for number in range(1, rows + 1):
        names = (fields.leave("van", number), fields.leave("tot", number))
        form.choice(fields.leave("soort", number), {kind.value: kind for kind in LeaveKind})
        form.choice(fields.leave("oorzaak", number), {cause.value: cause for cause in SameCause})
        if not any(form.values.get(name) for name in names):
            continue
        for name in names:
            if not form.values.get(name):
                form.blame(name, _("Vul de eerste en de laatste dag van het verlof in, of geen van beide."))
        found.append(Row(*names, form.day(names[0]), form.day(names[1])))
    return tuple(found)


def _facts(form: _Form) -> Facts | None:
    days = {name: form.day(name) for name in fields.DAYS_OF_FACTS}
    weeks = _weeks(form)
    never = fields.NOTICE_NEVER in form.values
    form.choice(fields.REGIME, {regime.value: regime for regime in Regime})
    form.faults += checks.of_facts(days, weeks, never=never)
    if form.faults:
        return None
    received = days[fields.NOTICE_DAY]
    decided = days[fields.SANCTION_DAY]
    return Facts(
        **{name: days[name] for name in FACT_DAYS},
        uwv_notice=Notice.NOT_SENT if never else Notice.RECEIVED if received else Notice.UNKNOWN,
        uwv_notice_received_on=received,
        sanction=Sanction(decided, weeks) if decided else None,
    )


def _weeks(form: _Form) -> int | None:
    text = form.values.get(fields.SANCTION_WEEKS, "")
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d?", text, re.ASCII) or int(text) > checks.longest_sanction():
        most = checks.longest_sanction()
        form.blame(
            fields.SANCTION_WEEKS, _("Vul een heel getal in van 1 tot en met %(most)s.") % {"most": most}
        )
        return None
    return int(text)


def _situation(kept: Given, spells: tuple[Row, ...], leaves: tuple[Row, ...], facts: Facts | None) -> Given:
    values = kept.values
    try:
        situation = Situation(
            spells=tuple(Spell(row.first, row.last) for row in spells if row.first),
            leaves=tuple(_leave(row, values) for row in leaves),
            facts=facts or Facts(),
            regime=Regime(values.get(fields.REGIME, Regime.SICKNESS_ACT)),
        )
    except LawError as error:
        return replace(kept, faults=(Fault(fields.sick(1), error.problem, dutch=True),))
    return replace(kept, situation=situation)


def _leave(row: Row, values: Mapping[str, str]) -> Leave:
    number = int(row.first_name.rpartition("-")[2])
    kind = values.get(fields.leave("soort", number), LeaveKind.MATERNITY)
    cause = values.get(fields.leave("oorzaak", number), SameCause.UNKNOWN)
    assert row.first is not None  # noqa: S101 - a row with a fault never comes this far
    assert row.last is not None  # noqa: S101
    return Leave(row.first, row.last, SameCause(cause), LeaveKind(kind))
