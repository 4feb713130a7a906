"""From JSON-like data to a situation and back; what does not fit is refused in Dutch, with what to do.

The names of the keys are part of the product: once released they never change meaning.
Must never: repeat a value in an error (a date is somebody's), or fill in what was left out.
Read next: `facts.py`, `../../docs/timeline.md`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from hervat.law.errors import InputError
from hervat.law.facts import Correction, Facts, Leave, Resumption, Sanction, Situation, Spell
from hervat.law.parameters import parameters
from hervat.law.vocabulary import LeaveKind, Notice, Regime, SameCause, SanctionKind

KEYS = ("spells", "leaves", "resumptions", "facts", "correction", "regime", "on")
FACT_DAYS = (
    "opinion_given_on",
    "plan_agreed_on",
    "last_evaluated_on",
    "week_42_report_made_on",
    "first_year_evaluated_on",
    "second_track_started_on",
    "current_opinion_given_on",
    "reintegration_report_made_on",
    "application_made_on",
    "repair_reported_on",
    "finding_on",
    "voluntary_extension_requested_on",
    "voluntary_extension_last_day",
    "early_iva_requested_on",
    "aow_age_reached_on",
)
OTHER_FACTS = ("uwv_notice_received_on", "sanction_decided_on", "sanction_weeks", "sanction_kind")
MOST_SPELLS = 400
LONGEST_REASON = 500
LAST_YEAR = 2199

Member = TypeVar("Member", bound=StrEnum)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.IGNORECASE | re.ASCII)
_CAUSES: dict[object, SameCause] = {
    True: SameCause.YES,
    False: SameCause.NO,
    None: SameCause.UNKNOWN,
    "unknown": SameCause.UNKNOWN,
}


def read_situation(data: object) -> tuple[Situation, date | None]:
    """Return a situation and the day it is asked for, if it names one. Raises `InputError`.

    >>> situation, on = read_situation({"spells": [["2023-01-02", None]], "on": "2023-03-01"})
    >>> situation.spells[0].first_sick_day, on
    (datetime.date(2023, 1, 2), datetime.date(2023, 3, 1))
    """
    given = _mapping(data, "de invoer", KEYS)
    if "spells" not in given:
        raise InputError("'spells' ontbreekt.", "Geef een lijst van perioden, elk [eerste ziektedag, beter].")
    situation = Situation(
        spells=_each(given["spells"], "spells", _spell),
        leaves=_each(given.get("leaves", []), "leaves", _leave),
        resumptions=_each(given.get("resumptions", []), "resumptions", _resumption),
        facts=_facts(given.get("facts", {})),
        correction=_correction(given["correction"]) if "correction" in given else None,
        regime=_member(Regime, given.get("regime", Regime.SICKNESS_ACT), "regime"),
    )
    return situation, _day(given["on"], "on") if "on" in given else None


def write_situation(situation: Situation, on: date | None = None) -> dict[str, object]:
    """Return a situation as JSON data that reads back as the same.

    >>> write_situation(Situation((Spell(date(2023, 1, 2)),)))
    {'spells': [['2023-01-02', None]]}
    """
    data: dict[str, object] = {
        "spells": [[_iso(spell.first_sick_day), _iso(spell.first_fit_day)] for spell in situation.spells]
    }
    if situation.leaves:
        data["leaves"] = [_leave_data(leave) for leave in situation.leaves]
    if situation.resumptions:
        data["resumptions"] = [
            {"from": _iso(one.since), "absence_percentage": one.absence_percentage}
            for one in situation.resumptions
        ]
    if facts := _facts_data(situation.facts):
        data["facts"] = facts
    if situation.correction is not None:
        data["correction"] = _correction_data(situation.correction)
    if situation.regime is not Regime.SICKNESS_ACT:
        data["regime"] = situation.regime.value
    if on is not None:
        data["on"] = on.isoformat()
    return data


def read_day(given: object, name: str) -> date:
    """Return a day that exists, written as 2026-11-23. Raises `InputError`."""
    return _day(given, name)


def _spell(given: object) -> Spell:
    if not isinstance(given, list) or len(given) != 2:
        raise InputError(
            "Een periode bij 'spells' bestaat niet uit twee dagen.",
            'Schrijf ["2023-01-02", "2023-05-01"], of null als iemand nog niet beter is.',
        )
    first, fit = given
    return Spell(_day(first, "spells"), None if fit is None else _day(fit, "spells"))


def _leave(given: object) -> Leave:
    data = _mapping(given, "een verlof", ("from", "to", "same_cause", "kind"))
    same = data.get("same_cause")
    if not isinstance(same, bool | str | None) or same not in _CAUSES:
        raise InputError("'same_cause' is geen true, false of null.", "Weet u het niet? Laat het weg.")
    return Leave(
        first_day=_day(_needed(data, "from", "een verlof"), "from"),
        last_day=_day(_needed(data, "to", "een verlof"), "to"),
        same_cause=_CAUSES[same],
        kind=_member(LeaveKind, data.get("kind", LeaveKind.MATERNITY), "kind"),
    )


def _resumption(given: object) -> Resumption:
    data = _mapping(given, "een hervatting", ("from", "absence_percentage"))
    return Resumption(
        since=_day(_needed(data, "from", "een hervatting"), "from"),
        absence_percentage=_whole(
            _needed(data, "absence_percentage", "een hervatting"), "absence_percentage", 0, 100
        ),
    )


def _facts(given: object) -> Facts:
    data = _mapping(given, "'facts'", (*FACT_DAYS, *OTHER_FACTS))
    days: dict[str, Any] = {name: _day(data[name], name) for name in FACT_DAYS if data.get(name) is not None}
    return Facts(**days, **_notice(data), sanction=_sanction(data))


def _notice(data: Mapping[str, object]) -> dict[str, Any]:
    """Read UWV's notice: a day; null for "none was sent"; left out for "not known"."""
    if "uwv_notice_received_on" not in data:
        return {}
    if data["uwv_notice_received_on"] is None:
        return {"uwv_notice": Notice.NOT_SENT}
    day = _day(data["uwv_notice_received_on"], "uwv_notice_received_on")
    return {"uwv_notice": Notice.RECEIVED, "uwv_notice_received_on": day}


def _sanction(data: Mapping[str, object]) -> Sanction | None:
    decided, weeks, kind = (data.get(f"sanction_{part}") for part in ("decided_on", "weeks", "kind"))
    if decided is None:
        if weeks is None and kind is None:
            return None
        raise InputError(
            "Er staat een duur of soort van een loonsanctie zonder besluit.",
            "Geef ook 'sanction_decided_on', de dag waarop UWV het besluit verzond.",
        )
    return Sanction(
        decided_on=_day(decided, "sanction_decided_on"),
        weeks=None if weeks is None else _whole(weeks, "sanction_weeks", 1, _longest_sanction()),
        kind=None if kind is None else _member(SanctionKind, kind, "sanction_kind"),
    )


def _longest_sanction() -> int:
    return max(value.value for value in parameters()["sanction_at_most"].history)


def _correction(given: object) -> Correction:
    data = _mapping(given, "een verbetering", ("reported", "corrected", "reason"))
    reason = _needed(data, "reason", "een verbetering")
    if (
        not isinstance(reason, str)
        or not reason.isprintable()
        or not 0 < len(reason.strip()) <= LONGEST_REASON
    ):
        raise InputError(
            "'reason' is geen gewone tekst van één regel, of is leeg of te lang.",
            f"Zeg in ten hoogste {LONGEST_REASON} tekens waarom de eerste ziektedag anders is.",
        )
    return Correction(
        reported=_day(_needed(data, "reported", "een verbetering"), "reported"),
        corrected=_day(_needed(data, "corrected", "een verbetering"), "corrected"),
        reason=reason,
    )


Made = TypeVar("Made")


def _each(given: object, name: str, make: Callable[[object], Made]) -> tuple[Made, ...]:
    if not isinstance(given, list):
        raise InputError(f"'{name}' is geen lijst.", "Zet wat erbij hoort tussen [ en ].")
    if len(given) > MOST_SPELLS:
        raise InputError(f"'{name}' heeft meer dan {MOST_SPELLS} delen.", "Deel de invoer op.")
    return tuple(make(one) for one in given)


def _mapping(given: object, what: str, known: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise InputError(
            f"{what.capitalize()} is geen verzameling van sleutels met waarden.",
            "Schrijf het tussen { en }.",
        )
    for key in given:
        if key not in known:
            shown = f" '{key}'" if _NAME.fullmatch(key) else ""
            raise InputError(
                f"{what.capitalize()} heeft een onbekende sleutel{shown}.",
                f"Gebruik alleen: {', '.join(known)}.",
            )
    return given


def _needed(data: Mapping[str, object], key: str, what: str) -> object:
    if key not in data:
        raise InputError(f"Bij {what} ontbreekt '{key}'.", "Vul het aan.")
    return data[key]


def _day(given: object, name: str) -> date:
    # fromisoformat also knows 20230102 and 2023-W01-1; we know one way of writing
    if not isinstance(given, str) or len(given) != 10 or given[4] != "-" or given[7] != "-":
        raise InputError(f"'{name}' is geen datum.", "Schrijf jaar-maand-dag, zoals 2026-11-23.")
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise InputError(
            f"'{name}' is een datum die niet bestaat.", "Schrijf een bestaande dag als jaar-maand-dag."
        ) from None
    if day.year > LAST_YEAR:
        raise InputError(f"'{name}' ligt te ver weg.", f"Geef een dag tot en met het jaar {LAST_YEAR}.")
    return day


def _whole(given: object, name: str, least: int, most: int) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= most:
        raise InputError(
            f"'{name}' is geen geheel getal van {least} tot en met {most}.", "Schrijf zo'n getal."
        )
    return given


def _member(kind: type[Member], given: object, name: str) -> Member:
    for member in kind:
        if given == member.value:
            return member
    raise InputError(f"'{name}' is onbekend.", f"Kies uit: {', '.join(kind)}.")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _leave_data(leave: Leave) -> dict[str, object]:
    cause = {SameCause.YES: True, SameCause.NO: False, SameCause.UNKNOWN: None}[leave.same_cause]
    return {
        "from": _iso(leave.first_day),
        "to": _iso(leave.last_day),
        "same_cause": cause,
        "kind": leave.kind.value,
    }


def _facts_data(facts: Facts) -> dict[str, object]:
    data: dict[str, object] = {
        name: _iso(day) for name in FACT_DAYS if (day := getattr(facts, name)) is not None
    }
    if facts.uwv_notice is not Notice.UNKNOWN:
        data["uwv_notice_received_on"] = _iso(facts.uwv_notice_received_on)
    if (sanction := facts.sanction) is not None:
        data["sanction_decided_on"] = _iso(sanction.decided_on)
        if sanction.weeks is not None:
            data["sanction_weeks"] = sanction.weeks
        if sanction.kind is not None:
            data["sanction_kind"] = sanction.kind.value
    return data


def _correction_data(correction: Correction) -> dict[str, object]:
    return {
        "reported": _iso(correction.reported),
        "corrected": _iso(correction.corrected),
        "reason": correction.reason,
    }
