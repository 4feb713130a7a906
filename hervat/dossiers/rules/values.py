"""What a sealed field holds: typed values, their form in bytes, and the one code of them that may be told.

A text is bounded, and of one line where the entry names no description. `outcome_of` is what a role gets
that may know only the outcome of an item: a code, never the content. Must never: repeat a value in an error.
Read next: `vocabulary.py` (which field is which item), `../queries/cells.py`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from hervat.dossiers.rules.vocabulary import (
    Conflict,
    DismissalReason,
    Field,
    Outcome,
    SafetyNet,
    ServiceBranch,
    Sex,
    WgaPhase,
    WiaDecision,
)
from hervat.law.vocabulary import SanctionKind


class ValueFault(ValueError):  # noqa: N818 - a fault of what was filled in
    """What was filled in cannot be kept; `field` is where, and the message never repeats it."""

    def __init__(self, field: Field, problem: str) -> None:
        super().__init__(f"'{field}' klopt niet: {problem} Verbeter dit veld en bewaar opnieuw.")
        self.field = field


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives; `street` with the number."""

    street: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class SicknessAct:
    """Whether the safety net of the Sickness Act holds, and when UWV was told (ZW art. 38a)."""

    safety_net: SafetyNet
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wia:
    """The application for the WIA: UWV's notice, the application, the decision and from when it holds."""

    notice_received_on: date | None = None
    applied_on: date | None = None
    decision: WiaDecision | None = None
    decided_on: date | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class WageSanction:
    """A wage sanction of UWV, as decided (WIA art. 25 lid 9), and until when pay lasts by that decision."""

    decided_on: date
    kind: SanctionKind
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Wga:
    """The WGA benefit: its phase, from and until when, and whether the employer bears it itself."""

    phase: WgaPhase
    starts_on: date
    last_day: date | None = None
    self_insured: bool | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """How re-integration ended, and since when."""

    outcome: Outcome
    since: date


Value = str | bool | date | StrEnum | Address | SicknessAct | Wia | WageSanction | Wga | Placement

KINDS: Mapping[Field, type] = {
    Field.NAME: str,
    Field.ADDRESS: Address,
    Field.BIRTH_DATE: date,
    Field.SEX: Sex,
    Field.EMAIL: str,
    Field.PHONE: str,
    Field.EMPLOYEE_ID: str,
    Field.BSN: str,
    Field.PAYROLL_TAX_NUMBER: str,
    Field.SERVICE_BRANCH: ServiceBranch,
    Field.DUTIES: str,
    Field.JOB_DESCRIPTION: str,
    Field.ENDS_ON: date,
    Field.DISMISSED_ON: date,
    Field.DISMISSAL_REASON: DismissalReason,
    Field.WORK_RELATION: str,
    Field.WORK_CONFLICT: Conflict,
    Field.REACHABLE_9_10: bool,
    Field.REACHABLE_10_5: bool,
    Field.REACHABILITY_NOTE: str,
    Field.PAY_ENDS_ON: date,
    Field.OUTCOME: Placement,
    Field.SICKNESS_ACT: SicknessAct,
    Field.WIA: Wia,
    Field.SANCTION: WageSanction,
    Field.WGA: Wga,
}
LONGEST: Mapping[Field, int] = {
    Field.NAME: 200,
    Field.EMAIL: 254,
    Field.PHONE: 30,
    Field.EMPLOYEE_ID: 20,
    Field.BSN: 9,
    Field.PAYROLL_TAX_NUMBER: 20,
    Field.DUTIES: 4000,
    Field.JOB_DESCRIPTION: 4000,
    Field.WORK_RELATION: 4000,
    Field.REACHABILITY_NOTE: 1000,
}
DESCRIPTIONS = {Field.DUTIES, Field.JOB_DESCRIPTION, Field.WORK_RELATION, Field.REACHABILITY_NOTE}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_BUT_NEW_LINE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def pack(field: Field, value: Value) -> bytes:
    """Return the bytes that are sealed. Raises `ValueFault` for what the field cannot hold."""
    _check(field, value)
    if isinstance(value, str):  # a code too: an enum of text
        return value.encode()
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def unpack(field: Field, packed: bytes) -> Value:
    """Return the value that was sealed."""
    kind = KINDS[field]
    if issubclass(kind, str):
        return kind(packed.decode())
    made: Value = _read(kind, json.loads(packed))
    return made


def outcome_of(field: Field, value: Value | None) -> str | None:
    """Return the one code of a value that tells its outcome; None when there is nothing to tell.

    >>> outcome_of(Field.WORK_CONFLICT, Conflict.MEDIATION)
    'ja'
    >>> outcome_of(Field.WIA, Wia(applied_on=date(2026, 5, 1)))
    'aangevraagd'
    """
    match value:
        case None:
            return None
        case Conflict():
            return "ja" if value in {Conflict.REPORTED, Conflict.MEDIATION} else "nee"
        case SicknessAct():
            return value.safety_net.value
        case Wia(decision=WiaDecision() as decision):
            return decision.value
        case Wia():
            return "aangevraagd" if value.applied_on else "niet-aangevraagd"
        case _:
            return "vastgelegd"


def _check(field: Field, value: Value) -> None:
    kind = KINDS[field]
    if type(value) is not kind:
        raise ValueFault(field, "Het is niet van de goede soort.")
    if kind is str:
        _check_text(field, str(value))
    if isinstance(value, Address):
        for text in (value.street, value.postcode, value.town):
            _check_line(field, text, 200)


def _check_text(field: Field, text: str) -> None:
    if field is Field.BSN:
        _check_bsn(text)
    if field not in DESCRIPTIONS:
        _check_line(field, text, LONGEST[field])
    elif not text.strip() or len(text) > LONGEST[field] or _CONTROL_BUT_NEW_LINE.search(text):
        raise ValueFault(field, f"Het is leeg, langer dan {LONGEST[field]} tekens of bevat een stuurteken.")


def _check_line(field: Field, text: str, longest: int) -> None:
    if not text.strip() or len(text) > longest or _CONTROL.search(text):
        raise ValueFault(field, f"Het is leeg, langer dan {longest} tekens of niet op een regel.")


def _check_bsn(text: str) -> None:
    try:
        good = bsn.validate(text) == text
    except ValidationError:
        good = False
    if not good:
        raise ValueFault(Field.BSN, "Het zijn geen negen cijfers die aan de elfproef voldoen.")


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return value
    # What is left are dataclasses without others in them: `asdict` would copy each part in depth.
    parts = ((name, getattr(value, name)) for name in _READERS[type(value)])
    return {
        name: part.isoformat() if isinstance(part, date) else part for name, part in parts if part is not None
    }


def _read(kind: type, plain: Any) -> Any:
    if kind is date:
        return date.fromisoformat(plain)
    if kind is bool:
        return plain
    readers = _READERS[kind]
    return kind(**{name: readers[name](part) for name, part in plain.items()})


def _reader(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) in {UnionType, Union}:
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if hint is date:
        return date.fromisoformat
    made: Callable[[Any], Any] = hint  # an enum, str or bool
    return made


# Made once: resolving type hints for every value of a list would cost more than opening it.
_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    kind: {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    for kind in (Address, SicknessAct, Wia, WageSanction, Wga, Placement)
}
