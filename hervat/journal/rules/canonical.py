"""The canonical form of a line: the bytes that are hashed into the tree, in Python and in SQL.

One JSON object in the form of RFC 8785 (keys sorted, no white space, UTF-8); a field that is empty is
absent, so a field that a later version adds changes no older line. Every value is a text, a whole number
below 2^53 or a list of texts. The two forms come from one list and are equal for every line (tested).
Must never: rename, retype or drop a field: lines are sealed for good. Read next: docs/journal.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | list[str]


class Kind(StrEnum):
    """How the column of a field becomes JSON; `{0}` is the column."""

    TEXT = "to_json({0})::text"
    UUID = "to_json({0}::text)::text"
    NUMBER = "({0})::text"
    BYTES = "to_json(encode({0}, 'hex'))::text"
    MILLISECONDS = """to_json(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text"""
    MICROSECONDS = """to_json(to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text"""
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
            Field("operation", Kind.TEXT, required=True),
            Field("effect", Kind.TEXT, required=True),
            Field("outcome", Kind.TEXT, required=True),
            Field("reason", Kind.TEXT),
            Field("started_at", Kind.MILLISECONDS, required=True),
            Field("ended_at", Kind.MILLISECONDS, required=True),
            Field("activity", Kind.UUID, required=True),
            Field("register_version", Kind.NUMBER, required=True),
            Field("purpose", Kind.TEXT, required=True),
            Field("ground", Kind.TEXT),
            Field("authority", Kind.TEXT),
            Field("actor_kind", Kind.TEXT, required=True),
            Field("actor", Kind.TEXT, required=True),
            Field("role", Kind.TEXT),
            Field("unit", Kind.UUID),
            Field("address", Kind.ADDRESS),
            Field("source", Kind.TEXT, required=True),
            Field("manner", Kind.TEXT),
            Field("subject", Kind.UUID),
            Field("subject_kind", Kind.TEXT),
            Field("dossier", Kind.UUID),
            Field("object_kind", Kind.TEXT),
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


def canonical_sql(table: str) -> str:
    """Return the same text as an expression of SQL over the columns of `table`; built-in functions only.

    The verifier sends this text and calls no function of the database's own, which its owner could change.
    """
    first, *others = FIELDS

    parts = [_pair(first, table, "{"), *(_pair(field, table, ",") for field in others)]
    return " || ".join([*parts, "'}'"])


def leaf_sql(table: str) -> str:
    """Return the leaf of a line as SQL: SHA-256(0x00 ‖ SHA-256(salt ‖ canonical line))."""
    line = f"convert_to({canonical_sql(table)}, 'UTF8')"
    return f"sha256('\\x00'::bytea || sha256(uuid_send({table}.salt) || {line}))"


def _pair(field: Field, table: str, before: str) -> str:
    pair = f"""'{before}"{field.name}":' || {field.kind.value.format(f"{table}.{field.name}")}"""
    return pair if field.required else f"coalesce({pair}, '')"
