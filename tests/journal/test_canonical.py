"""What was appended and what is read back have one canonical form, in Python and in PostgreSQL."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hervat.journal.actions.append import append
from hervat.journal.rules.canonical import (
    FIELDS,
    canonical,
    canonical_sql,
    columns_of,
    leaf_sql,
    stored_values,
)
from hervat.journal.rules.copy_rows import COLUMNS
from hervat.journal.rules.line import Actor, Effect, Foreign, Line, Manner, Outcome, SubjectKind
from hervat.register.vocabulary import ActorKind, Authority, Item, LegalBasis, Operation, Role, Source

from .examples import NOON, a_line

CODES = st.from_regex(r"\A[a-z0-9][a-z0-9_.:-]{0,63}\Z")
URIS = st.from_regex(r"\A[A-Za-z][A-Za-z0-9+.-]{0,9}:[!-~]{1,300}\Z")
SPANS = st.binary(min_size=8, max_size=8)
ADDRESSES = st.one_of(
    st.ip_addresses(),
    st.ip_addresses(v=4).map(lambda address: IPv6Address(f"::ffff:{address}")),
    st.integers(0, 2**34).map(IPv6Address),
    st.integers(0, 2**34).map(lambda low: IPv6Address(0xFFFF << 32 ^ low)),
    st.lists(st.sampled_from([0, 0, 1, 0xFFFF]), min_size=8, max_size=8).map(
        lambda groups: IPv6Address(":".join(f"{group:x}" for group in groups))
    ),
)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.timezones())  # noqa: DTZ001


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Any line that `Line` lets be."""
    begin, end = sorted([draw(MOMENTS), draw(MOMENTS)])
    subject, thing = draw(maybe(st.uuids())), draw(maybe(st.uuids()))
    actor = st.builds(
        Actor,
        kind=st.sampled_from(ActorKind),
        code=CODES,
        role=maybe(st.sampled_from(Role)),
        unit=maybe(st.uuids()),
        address=maybe(ADDRESSES),
    )
    return Line(
        trace_id=draw(st.uuids()),
        span_id=draw(SPANS),
        parent_span_id=draw(maybe(SPANS)),
        operation=draw(st.sampled_from(Operation)),
        effect=draw(st.sampled_from(Effect)),
        outcome=draw(st.sampled_from(Outcome)),
        reason=draw(maybe(CODES)),
        started_at=begin,
        ended_at=end,
        activity=draw(st.uuids()),
        register_version=draw(st.integers(1, 2**31 - 1)),
        purpose=draw(CODES),
        ground=draw(maybe(st.sampled_from(LegalBasis))),
        authority=draw(maybe(st.sampled_from(Authority))),
        actor=draw(actor),
        source=draw(st.sampled_from(Source)),
        manner=draw(maybe(st.sampled_from(Manner))),
        subject=subject,
        subject_kind=draw(st.sampled_from(SubjectKind)) if subject else None,
        dossier=draw(maybe(st.uuids())) if subject else None,
        object_kind=draw(CODES) if thing else None,
        object_id=thing,
        items=draw(st.frozensets(st.sampled_from(Item))),
        foreign=draw(maybe(st.builds(Foreign, trace_id=st.uuids(), span_id=SPANS, entity=maybe(URIS)))),
        external_api=draw(maybe(URIS)),
    )


READ_BACK = f"""
SELECT line.id, line.logged_at, line.salt, {canonical_sql("line")},
       convert_to({canonical_sql("line")}, 'UTF8'), {leaf_sql("line")}
FROM journal_line AS line WHERE trace_id = %s ORDER BY id
"""  # noqa: S608 - the expressions are our own


def hold_to_one_form(*appended: Line) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        append(appended)
        cursor.execute(READ_BACK, [appended[0].trace_id])
        found = cursor.fetchall()
        transaction.set_rollback(True)

    assert len(found) == len(appended)
    for line, (number, logged_at, salt, text, data, leaf) in zip(appended, found, strict=True):
        ours = canonical(stored_values(line, id=number, logged_at=logged_at))
        assert text.encode() == ours
        assert data == ours
        assert leaf == sha256(b"\0" + sha256(salt.bytes + ours).digest()).digest()


# Not made smaller: with a database in the loop that takes minutes, and the line says enough.
@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(lines(), min_size=1, max_size=8))
def test_any_line_read_back_has_the_same_form_in_both_languages(db: None, appended: list[Line]) -> None:
    trace_id = appended[0].trace_id
    hold_to_one_form(*(replace(line, trace_id=trace_id) for line in appended))


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (IPv4Address("192.0.2.1"), "192.0.2.1"),
        (IPv6Address("2001:DB8:0:0:1:0:0:1"), "2001:db8::1:0:0:1"),
        (IPv6Address("::ffff:192.0.2.1"), "192.0.2.1"),
        (IPv6Address("fe80::1%eth0"), "fe80::1"),
        (IPv6Address("::"), "::"),
        (IPv6Address("::1"), "::1"),
        (IPv6Address("::ffff"), "::ffff"),
        (IPv6Address("::1:0"), "::0.1.0.0"),
        (IPv6Address("::ffff:0:1:2"), "::ffff:0:1:2"),
    ],
)
def test_an_address_is_written_as_postgresql_writes_it(
    db: None, address: IPv4Address | IPv6Address, written: str
) -> None:
    line = a_line(actor=Actor(kind=ActorKind.USER, code="a", address=address))

    assert stored_values(line, id=1, logged_at=NOON)["address"] == written
    hold_to_one_form(line)


@pytest.mark.parametrize(
    ("microsecond", "written"), [(999_999, "999Z"), (999, "000Z"), (1_000, "001Z"), (500_500, "500Z")]
)
def test_a_moment_is_cut_to_milliseconds_and_not_rounded(db: None, microsecond: int, written: str) -> None:
    line = a_line(started_at=NOON.replace(microsecond=microsecond), ended_at=NOON + timedelta(seconds=1))

    assert str(stored_values(line, id=1, logged_at=NOON)["started_at"]).endswith(written)
    hold_to_one_form(line)


def test_a_field_that_is_empty_is_absent_and_items_are_sorted(db: None) -> None:
    bare = a_line(
        parent_span_id=None,
        actor=Actor(kind=ActorKind.JOB, code="vernietigen"),
        ground=None,
        authority=None,
        manner=None,
        subject=None,
        subject_kind=None,
        dossier=None,
        items=frozenset(),
    )
    stored = stored_values(bare, id=1, logged_at=NOON)

    assert set(stored) == {field.name for field in FIELDS if field.required}
    assert stored_values(a_line(items=set(Item)), id=1, logged_at=NOON)["items"] == sorted(Item)
    hold_to_one_form(bare)
    hold_to_one_form(a_line(items=set(Item)))


def test_lines_of_two_acts_that_are_written_together_do_not_take_each_others_facts(db: None) -> None:
    trace = uuid4()
    acts = [a_line(trace_id=trace, reason=reason) for reason in ("een", "een", "twee", "een", None)]
    hold_to_one_form(
        *(replace(act, span_id=bytes([number] * 8)) for number, act in enumerate(acts)),
        replace(acts[0], subject=uuid4(), items={Item.BSN}, manner=None),
        replace(acts[0], dossier=None, object_kind="document", object_id=uuid4(), items=frozenset()),
    )


def test_a_line_is_written_out_here_so_that_nobody_changes_the_form_unseen() -> None:
    line = a_line(trace_id=UUID("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"))
    stored = stored_values(line, id=7, logged_at=datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=UTC))

    assert canonical(stored).decode() == (
        '{"activity":"fd8be6df-eb16-53a2-ac70-f747fa57f196","actor":"gebruiker-0001",'
        '"actor_kind":"gebruiker","authority":"plaatsing","dossier":"0f8fad5b-d9cb-469f-a165-70867728950e",'
        '"effect":"R","ended_at":"2026-11-23T12:00:00.123Z","ground":"wettelijke-verplichting","id":7,'
        '"items":["eenheid","uren-eigen-werk"],"logged_at":"2026-11-23T12:00:00.000005Z","manner":"geopend",'
        '"operation":"dossier-inzien","outcome":"gelukt","parent_span_id":"b7ad6b7169203331",'
        '"purpose":"wettelijke-plicht","register_version":1,"role":"commandant","source":"web",'
        '"span_id":"00f067aa0ba902b7","started_at":"2026-11-23T12:00:00.123Z",'
        '"subject":"5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01","subject_kind":"re-integrant",'
        '"trace_id":"4bf92f35-77b3-4da6-a3ce-929d0e0e4736","unit":"00000000-0000-4000-8000-000000000001"}'
    )


def test_every_column_but_the_four_that_postgresql_fills_in_has_a_field(
    db: None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'journal_line'::regclass AND attnum > 0"
        )
        columns = cursor.fetchall()

    assert {name for (name,) in columns} == {*COLUMNS, "id", "logged_at", "xid", "salt"}
    assert {field.name for field in FIELDS} == {*COLUMNS, "id", "logged_at"}
    assert set(columns_of(a_line())) == set(COLUMNS)


@given(lines())
def test_the_form_is_json_that_gives_the_fields_back(line: Line) -> None:
    stored = stored_values(line, id=1, logged_at=NOON)

    assert json.loads(canonical(stored)) == stored
    assert list(json.loads(canonical(stored))) == sorted(stored)


MOVED = f"""
WITH changed AS (
    SELECT (jsonb_populate_record(line, %s)).* FROM journal_line AS line WHERE trace_id = %s
)
SELECT {canonical_sql("line")}, {leaf_sql("line")}, {canonical_sql("changed")}, {leaf_sql("changed")}
FROM journal_line AS line JOIN changed ON changed.id = line.id
"""  # noqa: S608 - the expressions are our own


def test_a_code_that_swallows_the_next_field_has_no_leaf(db: None) -> None:
    """Only quoted, it has the text of the line that was sealed; so a quotation mark gives no leaf at all."""
    line = a_line(reason="zaak-onbekend", outcome=Outcome.REFUSED)
    swallowed = {"purpose": f'{line.purpose}","reason":"zaak-onbekend', "reason": None}
    with transaction.atomic(), connection.cursor() as cursor:
        append([line])
        cursor.execute(MOVED, [json.dumps(swallowed), line.trace_id])
        text, leaf, changed_text, changed_leaf = cursor.fetchone()

    assert changed_text == text
    assert leaf is not None
    assert changed_leaf is None
