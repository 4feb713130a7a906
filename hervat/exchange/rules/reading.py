"""A line becomes a message, or a fault with what may be kept of it until somebody puts it right.

What the schema does not know is taken out before anything is kept: of an unknown member stays the name, and
of a line that is no JSON, nothing but the line itself, sealed. A medical member is told by its name.
Must never: repeat a value in a fault, or keep the content of a member that the register does not name.
Read next: `messages.py`, `faults.py`, `../actions/receive.py`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NoReturn
from uuid import UUID

from pydantic import BaseModel, ValidationError

from hervat.exchange.rules.faults import Fault, FaultCode, told
from hervat.exchange.rules.members import ITEM, LeaveFacts
from hervat.exchange.rules.messages import AnyMessage, CorrectionMessage, Message
from hervat.exchange.rules.schema import ADAPTER, schema
from hervat.exchange.rules.vocabulary import MessageKind
from hervat.register.vocabulary import Item

LONGEST: Final = 65_536
"""Bytes of one message; a tree of units may take more: it is sent in parts."""

_LETTERS: Final = re.compile(r"[^a-z]+")
_MEDICAL: Final = (
    *("diagnos", "klacht", "complaint", "oorzaak", "cause", "symptom", "behandel", "treatment", "therap"),
    *("medic", "medisch", "ziektebeeld", "aandoening", "illness", "disease", "disorder", "prognos"),
    *("aardvandeziekte", "aardziekte", "natureofillness", "icd", "cascode", "beperking", "limitation"),
    *("handicap", "zwanger", "pregnan", "verslav", "addict", "psych", "allergi", "bloed", "operatie"),
)
_NO_OBJECT: Final = frozenset({"model_type", "model_attributes_type", "dict_type", "list_type"})
_ENVELOPE: Final = frozenset({"id", "sent_at", "version", "facts"})
_KEPT_OF_NOTHING: Final = ("id", "kind", "sent_at", "version")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: a message, or why not; `kept` is what may be kept of it, and never more."""

    message: AnyMessage | None = field(repr=False)
    fault: Fault | None
    id: UUID | None
    kind: MessageKind | None
    kept: str = field(repr=False)


def read_line(text: str) -> Line:
    """Return what one line says."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        return Line(None, Fault(FaultCode.TOO_LONG), None, None, "")
    try:
        said = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        said = None
    return _no_json(text) if not isinstance(said, dict) else read(said)


def read(said: dict[str, Any]) -> Line:
    """Return what an object says that was read from JSON; it is not changed."""
    try:
        message = ADAPTER.validate_python(said)
    except ValidationError as error:
        return _faulty(said, error.errors(include_url=False, include_context=False, include_input=False))
    fault = _contradiction(message)
    return Line(message if fault is None else None, fault, message.id, message.kind, _text(said))


def canonical(text: str) -> bytes:
    """Return a line in one form, so that order of members and spaces make no other message of it."""
    try:
        said = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        return _text(said).encode()
    except (ValueError, RecursionError):
        return text.strip().encode("utf-8", "surrogatepass")


def named_items(part: BaseModel, path: str = "") -> Iterator[tuple[Item, str]]:
    """Yield the items of the register that a message names, each with the member that does."""
    items = _items_of(type(part))
    for name in part.model_fields_set:
        value = getattr(part, name)
        if name in items:
            yield items[name], f"{path}{name}"
        if isinstance(value, BaseModel):
            yield from named_items(value, f"{path}{name}.")


def about(kept: str) -> tuple[str | None, str | None]:
    """Return the employee number and the unit that stand in what was kept, as far as they can be read."""
    try:
        facts = json.loads(kept)["facts"]
    except (ValueError, TypeError, KeyError):
        return None, None
    inner = facts.get("facts") if isinstance(facts, dict) else None
    for one in (inner, facts):
        if isinstance(one, dict) and isinstance(one.get("employee_number"), str):
            appointment = one.get("appointment")
            unit = appointment.get("unit") if isinstance(appointment, dict) else None
            return one["employee_number"], unit if isinstance(unit, str) else None
    return None, None


@cache
def _items_of(part: type[BaseModel]) -> Mapping[str, Item]:
    found = {}
    for name, info in part.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and ITEM in extra:
            found[name] = Item(str(extra[ITEM]))
    return found


def _no_json(text: str) -> Line:
    return Line(None, Fault(FaultCode.NOT_JSON), None, None, text)


def _faulty(said: dict[str, Any], errors: Sequence[Any]) -> Line:
    places = [(_place(error["loc"]), error["type"]) for error in errors]
    kept = json.loads(_text(said))
    for place, kind in places:
        if kind == "extra_forbidden" or kind in _NO_OBJECT:
            _take_out(kept, place)
    number, kind = _id_of(said), _kind_of(said)
    if kind is None:
        unknown = [name for name in said if name not in {*_KEPT_OF_NOTHING, "facts"}]
        code = FaultCode.UNKNOWN_KIND if "kind" in said else FaultCode.NO_MESSAGE
        return Line(None, Fault(code, told(unknown)), number, None, _text(_known(said)))
    return Line(None, _fault(places), number, kind, _text(kept))


def _fault(places: Sequence[tuple[tuple[str | int, ...], str]]) -> Fault:
    extra = [_named(place) for place, kind in places if kind == "extra_forbidden"]
    medical = [name for name in extra if _is_medical(name)]
    if medical:
        return Fault(FaultCode.MEDICAL, told(medical))
    if extra:
        return Fault(FaultCode.UNKNOWN_ITEM, told(extra))
    if any(len(place) == 1 and place[0] in _ENVELOPE for place, _ in places):
        return Fault(FaultCode.NO_MESSAGE, told([_named(place) for place, _ in places]))
    missing = [_named(place) for place, kind in places if kind == "missing"]
    if missing:
        return Fault(FaultCode.MISSING, told(missing))
    return Fault(FaultCode.WRONG_VALUE, told([_named(place) for place, _ in places]))


def _contradiction(message: AnyMessage) -> Fault | None:
    facts = message.facts.facts if isinstance(message, CorrectionMessage) else message.facts
    if isinstance(facts, LeaveFacts) and facts.last_day < facts.first_day:
        return Fault(FaultCode.WRONG_VALUE, ("last_day",))
    return None


def _place(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return where it stands in the message: without the kinds by which the types are chosen."""
    inside = location[1:]
    if location[:1] == (MessageKind.CORRECTION.value,) and inside[:1] == ("facts",) and len(inside) > 1:
        inside = (inside[0], *inside[2:])
    return inside


def _named(place: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in place if not isinstance(step, int) and step != "facts") or "facts"


def _is_medical(name: str) -> bool:
    plain = _LETTERS.sub("", name.rpartition(".")[2].casefold())
    return any(stem in plain for stem in _MEDICAL)


def _take_out(kept: Any, place: tuple[str | int, ...]) -> None:
    for step in place[:-1]:
        try:
            kept = kept[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(kept, dict) and place:
        kept.pop(place[-1], None)


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """Keep what some message knows, by name, where it is not known which message this is."""
    names = _all_names()

    def prune(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: prune(part) for name, part in node.items() if name in names}
        return node if not isinstance(node, list) else None

    pruned: dict[str, Any] = prune(said)
    return pruned


@cache
def _all_names() -> frozenset[str]:
    parts = schema()["$defs"].values()
    return frozenset(name for part in parts for name in part.get("properties", ()))


def _id_of(said: dict[str, Any]) -> UUID | None:
    try:
        return Message.model_validate({"id": said.get("id"), "sent_at": "2000-01-01T00:00:00Z"}).id
    except ValidationError:
        return None


def _kind_of(said: dict[str, Any]) -> MessageKind | None:
    kind = said.get("kind")
    return MessageKind(kind) if isinstance(kind, str) and kind in set(MessageKind) else None


def _text(said: Any) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _no_number(_: str) -> NoReturn:
    raise ValueError
