"""Every kind of tampering, by whoever has the whole database in hand: good before, and named after."""

from pathlib import Path

import psycopg
import pytest
from django.db import connections

from hervat.journal.actions.seal import seal
from hervat.journal.queries.findings import Finding, Kind
from hervat.journal.queries.heads import heads
from hervat.journal.rules.canonical import FIELDS, leaf_sql
from hervat.journal.rules.notes import Checkpoint, Signer, new_key, sealed, sign

from .sealing import NOW, SIGNER, copy_line, kinds, seal_now, unguarded, verified, write

OTHER = Signer.parse(new_key(SIGNER.name))
ANOTHER_VALUE = {
    "logged_at": "logged_at + interval '1 microsecond'",
    "salt": "gen_random_uuid()",
    "started_at": "started_at - interval '1 millisecond'",
    "ended_at": "ended_at + interval '1 millisecond'",
    "effect": "'U'",
    "outcome": "'geweigerd'",
    "register_version": "2",
    "address": "'192.0.2.7'",
    "items": "'{eenheid}'",
    "span_id": "'\\x0000000000000001'",
    "parent_span_id": "NULL",
    "foreign_span_id": "'\\x0000000000000001'",
    "foreign_trace_id": "gen_random_uuid()",
    "foreign_entity": "'https://example.org/wie'",
    "external_api": "'https://example.org/api'",
}
# Columns that a constraint lets change together only.
TOGETHER = {
    "subject": ", subject_kind = 'gebruiker'",
    "object_id": ", object_kind = 'maand'",
    "object_kind": ", object_id = gen_random_uuid()",
    "foreign_trace_id": ", foreign_span_id = '\\x0000000000000001'",
    "foreign_span_id": ", foreign_trace_id = gen_random_uuid()",
    "foreign_entity": ", foreign_trace_id = gen_random_uuid(), foreign_span_id = '\\x0000000000000001'",
}
BY_KIND = {"uuid": "gen_random_uuid()", "text": "'anders'"}
LINES = 300


@pytest.fixture
def log(superuser: psycopg.Connection) -> psycopg.Connection:
    """A sealed log of three heads that verifies, in the hands of somebody who can do anything."""
    for count in (100, 156, LINES - 256):
        write(count)
        seal_now()
    assert verified().good
    return superuser


def _change(log: psycopg.Connection, *statements: str) -> None:
    with unguarded(log):
        for statement in statements:
            log.execute(statement)


def _first() -> Finding:
    return verified().findings[0]


@pytest.mark.parametrize("half", [0, 1])
def test_an_edit_of_any_column_is_found_at_its_leaf(log: psycopg.Connection, half: int) -> None:
    types = dict(
        log.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'journal_line'"
        ).fetchall()
    )
    names = ["salt", *(field.name for field in FIELDS if field.name != "id")][half::2]
    for line, name in enumerate(names, start=250):
        value = ANOTHER_VALUE.get(name) or BY_KIND[types[name]]
        together = TOGETHER.get(name, "")
        _change(log, f"UPDATE journal_line SET {name} = {value}{together} WHERE id = {line}")  # noqa: S608
    found = {one.line: (one.kind, one.leaf) for one in verified().findings}
    assert found == {line: (Kind.EDITED, line - 1) for line in range(250, 250 + len(names))}


def test_a_deleted_line_is_missed(log: psycopg.Connection) -> None:
    _change(log, "DELETE FROM journal_line WHERE id = 17")
    assert (_first().kind, _first().leaf, _first().line) == (Kind.MISSING, 16, 17)


def test_a_line_that_was_inserted_is_found(log: psycopg.Connection) -> None:
    with unguarded(log):
        copy_line(log, xid="'3'", id="1000")
    (found,) = verified().findings
    assert (found.kind, found.line) == (Kind.EXTRA, 1000)
    assert seal_now().lines == 0


def test_a_second_line_with_the_same_number_is_found(log: psycopg.Connection) -> None:
    with unguarded(log):
        copy_line(log, xid="'3'", id="17", logged_at="logged_at + interval '1 second'")
    assert [(one.kind, one.line) for one in verified().findings] == [(Kind.DOUBLE, 17)]


def test_a_waiting_line_that_was_put_back_in_time_is_found(log: psycopg.Connection) -> None:
    """It would keep it from the sealer for ever."""
    write()
    assert verified().good
    _change(log, f"UPDATE journal_line SET xid = '3' WHERE id = {LINES + 1}")  # noqa: S608
    assert [(one.kind, one.line) for one in verified().findings] == [(Kind.EXTRA, LINES + 1)]


def test_a_sealed_line_that_was_put_forward_in_time_is_found(log: psycopg.Connection) -> None:
    """It would be sealed once more."""
    _change(log, "UPDATE journal_line SET xid = '9000000' WHERE id = 9")
    assert [(one.kind, one.line) for one in verified().findings] == [(Kind.MARK, 9)]


def test_two_lines_that_swapped_contents_are_found(log: psycopg.Connection) -> None:
    write(2, dossier=None)
    seal_now()
    _change(
        log,
        "UPDATE journal_line AS l SET salt = o.salt, trace_id = o.trace_id, dossier = o.dossier "
        "FROM journal_line AS o WHERE (l.id, o.id) IN ((7, 301), (301, 7))",
    )
    assert [(one.kind, one.line) for one in verified().findings] == [(Kind.EDITED, 7), (Kind.EDITED, 301)]


def test_two_numbers_that_were_swapped_in_a_tile_are_found(log: psycopg.Connection) -> None:
    _change(log, "UPDATE journal_tile SET lines[5:6] = ARRAY[6, 5] WHERE level = 0 AND index = 0")
    assert [(one.kind, one.line) for one in verified().findings] == [(Kind.SWAPPED, 6), (Kind.SWAPPED, 5)]


def test_a_number_that_stands_in_a_tile_twice_is_found(log: psycopg.Connection) -> None:
    _change(log, "UPDATE journal_tile SET lines[5] = 6 WHERE level = 0 AND index = 0")
    assert {Kind.SWAPPED, Kind.DOUBLE, Kind.EXTRA} <= kinds(verified())


def test_a_line_moved_out_of_the_tree_with_its_hash_is_found(log: psycopg.Connection) -> None:
    """The line, its number and its hash are gone together: then the heads do not fit."""
    _change(
        log,
        "DELETE FROM journal_line WHERE id = 300",
        "UPDATE journal_tile SET hashes = substring(hashes FOR octet_length(hashes) - 32), "
        "lines = lines[:cardinality(lines) - 1], span = int8range(lower(span), upper(span) - 1) "
        "WHERE level = 0 AND index = 1",
    )
    assert Kind.TRUNCATED in kinds(verified())


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("hashes = overlay(hashes PLACING sha256('x') FROM 33) WHERE level = 0 AND index = 0", Kind.ROOT),
        ("hashes = sha256(hashes) WHERE level = 1", Kind.TILE),
        ("span = int8range(0, 1) WHERE level = 0 AND index = 0", Kind.TILE),
        ("logged_from = logged_to + interval '1 s', logged_to = logged_to + interval '2 s' "
         "WHERE level = 0 AND index = 0", Kind.TILE),
    ],
)  # fmt: skip
def test_a_changed_tile_is_found(log: psycopg.Connection, change: str, kind: Kind) -> None:
    _change(log, f"UPDATE journal_tile SET {change}")  # noqa: S608
    assert kind in kinds(verified())


@pytest.mark.parametrize("where", ["level = 0 AND index = 0", "level = 0 AND index = 1", "level = 1"])
def test_a_tile_that_is_gone_is_found(log: psycopg.Connection, where: str) -> None:
    _change(log, f"DELETE FROM journal_tile WHERE {where}")  # noqa: S608
    assert kinds(verified()) & {Kind.TILE, Kind.TRUNCATED}


def test_an_extra_tile_is_found(log: psycopg.Connection) -> None:
    _change(log, "INSERT INTO journal_tile (level, index, hashes) VALUES (2, 0, sha256('x'))")
    assert kinds(verified()) == {Kind.TILE}


def test_a_changed_line_with_a_changed_leaf_is_found_by_the_heads(log: psycopg.Connection) -> None:
    _edit_with_leaf(log)
    found = verified().findings
    assert {one.kind for one in found} == {Kind.ROOT, Kind.TILE}
    assert [one.size for one in found if one.kind is Kind.ROOT] == [100, 256, 300]


def _edit_with_leaf(log: psycopg.Connection) -> None:
    """Change line 7, and put the right hash of it in the tile."""
    leaf = f"(SELECT {leaf_sql('l')} FROM journal_line AS l WHERE id = 7)"  # noqa: S608
    _change(
        log,
        "UPDATE journal_line SET actor = 'iemand-anders' WHERE id = 7",
        f"UPDATE journal_tile SET hashes = overlay(hashes PLACING {leaf} FROM 6 * 32 + 1) "  # noqa: S608
        "WHERE level = 0 AND index = 0",
    )


def _cut(log: psycopg.Connection, size: int = 256) -> None:
    """Take the end off everything that the database has."""
    _change(
        log,
        f"DELETE FROM journal_line WHERE id > {size}",  # noqa: S608
        f"DELETE FROM journal_head WHERE size > {size}",  # noqa: S608
        f"DELETE FROM journal_tile WHERE level = 0 AND index * 256 >= {size}",  # noqa: S608
    )


def test_a_truncated_log_is_found_by_a_checkpoint_kept_elsewhere(
    log: psycopg.Connection, tmp_path: Path
) -> None:
    seal_now(tmp_path)
    _cut(log)
    assert verified().good
    assert kinds(verified(tmp_path)) == {Kind.TRUNCATED}


def test_a_tail_that_was_rewritten_and_signed_with_the_real_key_is_found_by_a_checkpoint(
    log: psycopg.Connection, tmp_path: Path
) -> None:
    seal_now(tmp_path)
    _cut(log)
    write(LINES - 256)
    seal_now()
    assert verified().good
    report = verified(tmp_path)
    assert kinds(report) == {Kind.REWRITTEN}
    assert report.findings[0].size == LINES


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("root = sha256(root)", Kind.HEAD),
        ("size = 255", Kind.HEAD),
        ("note = replace(note, E'\\nsealed 2', E'\\nsealed 3')", Kind.SIGNATURE),
        ("note = (SELECT note FROM journal_head WHERE size = 100)", Kind.HEAD),
    ],
)
def test_a_forged_head_is_found(log: psycopg.Connection, change: str, kind: Kind) -> None:
    _change(log, f"UPDATE journal_head SET {change} WHERE size = 256")  # noqa: S608
    assert kind in kinds(verified())


def test_a_head_signed_with_another_key_is_found(log: psycopg.Connection) -> None:
    for head in heads():
        signed = Checkpoint(SIGNER.name, head.size, head.root, (sealed(NOW),))
        log.execute("UPDATE journal_head SET note = %s WHERE id = %s", [sign(signed, OTHER), head.number])
    report = verified()
    assert kinds(report) == {Kind.SIGNATURE}
    assert len(report.findings) == len(heads())
    assert verified(signers=[OTHER]).good


def test_a_log_rewritten_under_another_key_is_found(log: psycopg.Connection, tmp_path: Path) -> None:
    seal_now(tmp_path)
    _edit_with_leaf(log)
    log.execute("DELETE FROM journal_head")
    log.execute("DELETE FROM journal_tile")
    seal(signer=OTHER, folders=[], at=NOW)
    assert verified(signers=[OTHER]).good
    assert {Kind.SIGNATURE, Kind.TRUNCATED} & kinds(verified(tmp_path))


@pytest.mark.parametrize("elsewhere", ["onzin\n", "logboek.test\n9\n", ""])
def test_what_is_no_checkpoint_is_told_and_stops_nothing(
    log: psycopg.Connection, tmp_path: Path, elsewhere: str
) -> None:
    seal_now(tmp_path)
    (tmp_path / "mail.txt").write_text(elsewhere)
    report = verified(tmp_path)
    assert (report.checkpoints, report.lines) == (3, LINES)
    assert kinds(report) == ({Kind.UNREADABLE} if elsewhere else set())


def test_a_month_that_was_dropped_is_missed(log: psycopg.Connection) -> None:
    (name,) = log.execute("SELECT DISTINCT tableoid::regclass::text FROM journal_line").fetchone() or ("",)
    log.execute(f"ALTER TABLE journal_line DETACH PARTITION {name}")
    log.execute(f"ALTER TABLE {name} RENAME TO gone")
    try:
        report = verified()
    finally:
        log.execute("DROP TABLE gone")
        log.execute("SELECT journal_open_months(12)")
    assert kinds(report) == {Kind.MISSING}
    assert (len(report.findings), report.more) == (20, LINES - 20)
    assert report.rest == "En nog 280."


def test_a_lower_mark_would_seal_twice_and_is_found(log: psycopg.Connection) -> None:
    _change(log, "UPDATE journal_head SET upto_xid = '3', upto_id = 0 WHERE size = 300")
    assert Kind.MARK in kinds(verified())
    seal_now()
    assert Kind.DOUBLE in kinds(verified())


def test_a_higher_mark_hides_lines_from_the_sealer_and_is_found(log: psycopg.Connection) -> None:
    write(2)
    _change(log, "UPDATE journal_head SET upto_xid = '9000000' WHERE size = 300")
    assert seal_now().lines == 0
    assert kinds(verified()) == {Kind.EXTRA}


def test_a_function_of_the_owner_changes_nothing(log: psycopg.Connection) -> None:
    _change(
        log,
        "CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT '\\x00'::bytea $$",
        "ALTER ROLE hervat_app IN DATABASE hervat SET search_path = public, pg_catalog",
        "UPDATE journal_line SET actor = 'iemand-anders' WHERE id = 7",
    )
    try:
        connections.close_all()
        assert kinds(verified()) == {Kind.EDITED}
    finally:
        _change(
            log, "DROP FUNCTION public.sha256(bytea)", "ALTER ROLE hervat_app IN DATABASE hervat RESET ALL"
        )
        connections.close_all()


def test_no_finding_says_what_a_line_holds(log: psycopg.Connection) -> None:
    _change(log, "UPDATE journal_line SET actor = 'iemand-anders'")
    report = verified()
    assert report.findings
    assert not any("iemand-anders" in one.text or "gebruiker-0001" in one.text for one in report.findings)
