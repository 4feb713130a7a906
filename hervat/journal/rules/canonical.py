"""The canonical form of a line: the bytes that are hashed into the tree, in Python and in SQL.

One JSON object in the form of RFC 8785 (keys sorted, no white space, UTF-8); a field that is empty is
absent, so a field that a later version adds changes no older line. Every value is a text, a whole number
below 2^53 or a list of texts. The two forms come from one list and are equal for every line (tested).
Must never: rename, retype or drop a field: lines are sealed for good. Read next: docs/journal.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from hervat.journal.rules.line import Line

Value = str | int | list[str]


class Kind(StrEnum):
    """How the column of a field becomes JSON; `{0}` is the column."""

    TEXT = "to_json({0})::text"
    # What needs no escape is only quoted: to_json() would take half of the time of a leaf.
    CODE = """'"' || {0} || '"'"""
    UUID = """'"' || {0}::text || '"'"""
    NUMBER = "({0})::text"
    BYTES = """'"' || encode({0}, 'hex') || '"'"""
    MILLISECONDS = """'"' || to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'"""
    MICROSECONDS = """'"' || to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"'"""
    ADDRESS = "to_json(host({0}))::text"
    TEXTS = "array_to_json(nullif({0}, '{{}}'))::text"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a line: its key in the canonical form, which is also the name of its column."""

    name: str
    kind: Kind
    required: bool = False


FIELDS: tuple[Field, ...] = tuple(
    sorted(
        (
            Field("id", Kind.NUMBER, required=True),
            Field("logged_at", Kind.MICROSECONDS, required=True),
            Field("trace_id", Kind.UUID, required=True),
            Field("span_id", Kind.BYTES, required=True),
            Field("parent_span_id", Kind.BYTES),
            Field("operation", Kind.CODE, required=True),
            Field("effect", Kind.CODE, required=True),
            Field("outcome", Kind.CODE, required=True),
            Field("reason", Kind.CODE),
            Field("started_at", Kind.MILLISECONDS, required=True),
            Field("ended_at", Kind.MILLISECONDS, required=True),
            Field("activity", Kind.UUID, required=True),
            Field("register_version", Kind.NUMBER, required=True),
            Field("purpose", Kind.CODE, required=True),
            Field("ground", Kind.CODE),
            Field("authority", Kind.CODE),
            Field("actor_kind", Kind.CODE, required=True),
            Field("actor", Kind.CODE, required=True),
            Field("role", Kind.CODE),
            Field("unit", Kind.UUID),
            Field("address", Kind.ADDRESS),
            Field("source", Kind.CODE, required=True),
            Field("manner", Kind.CODE),
            Field("subject", Kind.UUID),
            Field("subject_kind", Kind.CODE),
            Field("dossier", Kind.UUID),
            Field("object_kind", Kind.CODE),
            Field("object_id", Kind.UUID),
            Field("items", Kind.TEXTS),
            Field("foreign_trace_id", Kind.UUID),
            Field("foreign_span_id", Kind.BYTES),
            Field("foreign_entity", Kind.TEXT),
            Field("external_api", Kind.TEXT),
        ),
        key=lambda field: field.name,
    )
)


def canonical(stored: Mapping[str, Value]) -> bytes:
    """Return the bytes of a line; `stored` has the fields that are not empty, as JSON values.

    >>> canonical({"role": "fg", "id": 7})
    b'{"id":7,"role":"fg"}'
    """
    return json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def columns_of(line: Line) -> dict[str, Any]:
    """Return what the columns of a line hold, by their names: moments cut to milliseconds, items sorted."""
    actor, foreign = line.actor, line.foreign
    return {
        "trace_id": line.trace_id,
        "span_id": line.span_id,
        "parent_span_id": line.parent_span_id,
        "operation": line.operation,
        "effect": line.effect,
        "outcome": line.outcome,
        "reason": line.reason,
        "started_at": _cut(line.started_at),
        "ended_at": _cut(line.ended_at),
        "activity": line.activity,
        "register_version": line.register_version,
        "purpose": line.purpose,
        "ground": line.ground,
        "authority": line.authority,
        "actor_kind": actor.kind,
        "actor": actor.code,
        "role": actor.role,
        "unit": actor.unit,
        "address": None if actor.address is None else _host(actor.address),
        "source": line.source,
        "manner": line.manner,
        "subject": line.subject,
        "subject_kind": line.subject_kind,
        "dossier": line.dossier,
        "object_kind": line.object_kind,
        "object_id": line.object_id,
        "items": sorted(line.items),
        "foreign_trace_id": foreign and foreign.trace_id,
        "foreign_span_id": foreign and foreign.span_id,
        "foreign_entity": foreign and foreign.entity,
        "external_api": line.external_api,
    }


def stored_values(line: Line, *, id: int, logged_at: datetime) -> dict[str, Value]:
    """Return the fields of a line as `canonical` takes them, once PostgreSQL gave it an id and a moment."""
    columns = columns_of(line) | {"id": id, "logged_at": logged_at}
    return {
        field.name: _value(field.kind, columns[field.name])
        for field in FIELDS
        if columns[field.name] not in (None, [])
    }


def canonical_sql(table: str) -> str:
    """Return the same text as an expression of SQL over the columns of `table`; built-in functions only.

    The verifier sends this text and calls no function of the database's own, which its owner could change.
    """
    first, *others = FIELDS
    parts = [_pair(first, table, "{"), *(_pair(field, table, ",") for field in others)]
    return " || ".join([*parts, "'}'"])


def leaf_sql(table: str) -> str:
    """Return the leaf of a line as SQL: SHA-256(0x00 ‖ SHA-256(salt ‖ canonical line)).

    A line with a quotation mark in a code has no leaf: changed so, it could pass for the text of another.
    """
    codes = ", ".join(f"{table}.{field.name}" for field in FIELDS if field.kind is Kind.CODE)
    line = f"convert_to({canonical_sql(table)}, 'UTF8')"
    leaf = f"sha256('\\x00'::bytea || sha256(uuid_send({table}.salt) || {line}))"
    return f"CASE WHEN strpos(concat({codes}), '\"') = 0 THEN {leaf} END"


def _pair(field: Field, table: str, before: str) -> str:
    pair = f"""'{before}"{field.name}":' || {field.kind.value.format(f"{table}.{field.name}")}"""
    return pair if field.required else f"coalesce({pair}, '')"


def _value(kind: Kind, column: Any) -> Value:
    match kind, column:
        case Kind.BYTES, bytes():
            return column.hex()
        case Kind.MILLISECONDS | Kind.MICROSECONDS, datetime():
            moment = column.astimezone(UTC).replace(tzinfo=None)
            return f"{moment.isoformat(timespec=kind.name.lower())}Z"
        case Kind.NUMBER, int():
            return column
        case Kind.TEXTS, list():
            return [str(text) for text in column]
    return str(column)


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _host(address: IPv4Address | IPv6Address) -> str:
    """As PostgreSQL writes it; an IPv4 address that came in as IPv6 is an IPv4 address.

    A zone (`%eth0`) says something of our own machine only, and falls away.
    """
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    number = int(address)
    return f"::{IPv4Address(number)}" if 2**16 <= number < 2**32 else str(IPv6Address(number))
