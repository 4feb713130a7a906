"""Verifies the whole log: every line, every leaf, every head, and what was kept of it elsewhere.

Reads as the application, in one moment, so that a running sealer does not disturb it; memory does not grow
with the log. It trusts the public keys that it is given and nothing that the database says of itself.
Must never: stop at the first finding, or repeat what a line holds.
Read next: `verify_lines.py`, `verify_tree.py`, `findings.py`, docs/journal.md.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from hervat.journal.queries.findings import Findings, Kind, Redacted, Report
from hervat.journal.queries.heads import (
    HEAD_COLUMNS,
    HERE,
    HeadView,
    as_head,
    newest_head,
    notes_of,
    plain_cursor,
    streamed,
    tile_reader,
)
from hervat.journal.queries.redactions import check_redactions, redactions
from hervat.journal.queries.verify_lines import Gone, Seen, check_lines
from hervat.journal.queries.verify_tree import Claims, GrowingTree, Kept, walk
from hervat.journal.rules.notes import Checkpoint, NoteError, Verifier, open_checkpoint
from hervat.journal.rules.redaction import Redaction

_BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_BY_SIZE = f"SELECT {HEAD_COLUMNS} FROM public.journal_head ORDER BY size, id"  # noqa: S608
_TILES = "SELECT coalesce(max(index) + 1, 0) FROM public.journal_tile WHERE level = 0"
_UPPER_TILES = "SELECT count(*) FROM public.journal_tile WHERE level > 0"
_CLUSTER = "SELECT system_identifier FROM pg_control_system()"
_UNSEALED = "(l.xid, l.id) > (%(xid)s::text::xid8, %(id)s::bigint) AND l.id > %(floor)s"
_COUNT = f"""
SELECT count(*), coalesce(sum(hashint8extended(l.id, %(seed)s::bigint)), 0)::text,
    count(*) FILTER (WHERE {_UNSEALED}),
    coalesce(sum(hashint8extended(l.id, %(seed)s::bigint)) FILTER (WHERE {_UNSEALED}), 0)::text
FROM public.journal_line AS l
"""  # noqa: S608
_NAMED = "SELECT unnest(lines) AS id FROM public.journal_tile WHERE level = 0"
_NOT_NAMED = f"""
SELECT l.id, {_UNSEALED} FROM public.journal_line AS l
WHERE NOT EXISTS (SELECT FROM ({_NAMED}) AS named WHERE named.id = l.id)
"""  # noqa: S608
_NAMED_LATER = f"""
SELECT l.id FROM public.journal_line AS l
WHERE {_UNSEALED} AND EXISTS (SELECT FROM ({_NAMED}) AS named WHERE named.id = l.id)
"""  # noqa: S608
_NAMED_TWICE = f"SELECT id FROM ({_NAMED}) AS named GROUP BY id HAVING count(*) > 1"  # noqa: S608
_TWICE = "SELECT id FROM public.journal_line GROUP BY id HAVING count(*) > 1"
_SLACK = timedelta(days=92)


def verify(
    *,
    verifiers: Sequence[Verifier],
    checkpoints: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Verify everything, and against the texts of checkpoints that were kept elsewhere.

    A text holds one or more notes with an empty line between; `progress` hears of how many leaves of all.
    """
    findings = Findings()
    kept = sorted(_opened(checkpoints, verifiers, findings), key=lambda one: one.size)
    with transaction.atomic(using="default", durable=True), plain_cursor("default") as cursor:
        cursor.execute(_BEGIN)
        cursor.execute(HERE)
        return _verify(cursor, verifiers, kept, findings, progress or (lambda done, total: None))


def _verify(
    cursor: Any,
    verifiers: Sequence[Verifier],
    kept: Sequence[Kept],
    findings: Findings,
    progress: Callable[[int, int], None],
) -> Report:
    newest = newest_head(cursor)
    destroyed = redactions(cursor)
    seen = Seen(secrets.randbits(62))
    tree = GrowingTree(tile_reader(plain_cursor("default")), findings)
    heads = map(as_head, streamed("default", _BY_SIZE))
    claims = Claims(heads, kept, verifiers, findings, _timely(destroyed, findings))
    total = newest.size if newest else 0
    lines = check_lines(
        tiles=_one(cursor, _TILES),
        gone=_gone(destroyed),
        seen=seen,
        findings=findings,
        progress=lambda done: progress(done, total),
    )
    walk(lines, tree, claims, findings)
    _check_ends(cursor, tree, newest, findings)
    check_redactions(cursor, destroyed, total, findings)
    return Report(
        size=total,
        heads=claims.heads,
        lines=seen.lines,
        redacted=tuple(Redacted(one.month, one.lines) for one in destroyed),
        unsealed=_check_others(cursor, newest, seen, findings),
        checkpoints=len(kept),
        restores=tuple(claims.restores),
        lost_by_restore=claims.lost,
        findings=tuple(findings.told),
        more=findings.more,
    )


def _opened(texts: Sequence[str], verifiers: Sequence[Verifier], findings: Findings) -> Iterator[Kept]:
    """Yield the checkpoints that a known key signed, each once; half a note that a crash left is no news."""
    notes = dict.fromkeys(note for text in texts for note in notes_of(text))
    for note in notes:
        try:
            yield Kept(note, open_checkpoint(note, verifiers))
        except NoteError as error:
            if not any(whole.startswith(note.rstrip("\n")) for whole in notes if whole != note):
                findings.add(Kind.UNREADABLE, what=str(error).rstrip("."))


def _timely(
    destroyed: Sequence[Redaction], findings: Findings
) -> Callable[[HeadView, Checkpoint, int], None]:
    """Hold redacted leaves to the head that they came with: it was signed soon after their month."""
    doubted: set[Redaction] = set()

    def look(head: HeadView, signed: Checkpoint, before: int) -> None:
        for one in destroyed:
            late = signed.sealed_at is None or signed.sealed_at.date() > one.ends_on + _SLACK
            if late and one not in doubted and one.touches(before, head.size):
                doubted.add(one)
                findings.add(
                    Kind.REDACTION,
                    size=head.size,
                    what=f"maand {one.month:%Y-%m} noemt bladen die pas later zijn verzegeld",
                )

    return look


def _gone(destroyed: Sequence[Redaction]) -> Gone:
    return Gone(tuple(sorted(leaves for one in destroyed for leaves in one.leaves)))


def _check_ends(cursor: Any, tree: GrowingTree, newest: HeadView | None, findings: Findings) -> None:
    """Look for what stands in the tree beyond what was signed."""
    above = tree.finish()
    if tree.size > (newest.size if newest else 0):
        findings.add(
            Kind.TILE, leaf=newest.size if newest else 0, what="er staan bladen na het laatste hoofd"
        )
    if not tree.broken and above != _one(cursor, _UPPER_TILES):
        findings.add(Kind.TILE, what="er staan tegels die niet bij de boom horen")


def _check_others(cursor: Any, newest: HeadView | None, seen: Seen, findings: Findings) -> int:
    """Compare the lines under a leaf with all that there are; return how many wait for the sealer."""
    moved = newest is not None and newest.cluster != _one(cursor, _CLUSTER)
    xid, number, floor = (newest.upto_xid, newest.upto_id, newest.floor) if newest else (0, 0, 0)
    values = {"xid": xid, "id": number, "floor": floor, "seed": seen.seed}
    lines, ids, unsealed, unsealed_ids = cursor.execute(_COUNT, values).fetchone()
    if (lines - unsealed, int(ids) - int(unsealed_ids)) == (seen.lines, seen.ids) and not moved:
        return int(unsealed)
    return _name_others(cursor, values, moved, findings)


def _name_others(cursor: Any, values: dict[str, int], moved: bool, findings: Findings) -> int:
    """Say which lines are in no tile, in two, or in one and marked as later. After a move any may wait."""
    unsealed = 0
    for line, later in streamed("default", _NOT_NAMED, values):
        if later or moved:
            unsealed += 1
        else:
            findings.add(Kind.EXTRA, line=line)
    for (line,) in streamed("default", _TWICE):
        findings.add(Kind.DOUBLE, line=line)
    for (line,) in streamed("default", _NAMED_TWICE):
        findings.add(Kind.DOUBLE, line=line, what="de boom noemt de regel twee keer")
    if not moved:
        for (line,) in streamed("default", _NAMED_LATER, values):
            findings.add(Kind.MARK, line=line)
    return unsealed


def _one(cursor: Any, query: str) -> int:
    found: int = cursor.execute(query).fetchone()[0]
    return found
