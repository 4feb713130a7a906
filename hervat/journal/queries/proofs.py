"""Proofs from the database: that a line is in the log, and that the log only grew.

A proof reads a handful of tiles, however large the tree is. Whoever asks for the proof of a line sees the
line: that is the caller's to allow and to log. Must never: give a proof that does not hold.
Read next: `../rules/proofs.py` (the files), `../rules/tree.py`.
"""

import json
from typing import Any

from django.db import connections, transaction

from hervat.journal.queries.heads import (
    HEAD_COLUMNS,
    HERE,
    HeadView,
    as_head,
    newest_head,
    tile_reader,
)
from hervat.journal.queries.prepared import Asking
from hervat.journal.rules.canonical import canonical, canonical_sql
from hervat.journal.rules.proofs import Consistency, Inclusion
from hervat.journal.rules.tiles import subtrees
from hervat.journal.rules.tree import check_inclusion, consistency_proof, inclusion_proof, leaf_hash

# Raw SQL: the canonical text is that of PostgreSQL, and a line is found by the span of its tile.
# The line is fetched first, between the moments of its tile: else PostgreSQL plans for every month there is.
_LINE = f"""
WITH l AS MATERIALIZED (
    SELECT * FROM public.journal_line WHERE id = %s AND logged_at >= %s AND logged_at <= %s
)
SELECT {canonical_sql("l")}, l.salt FROM l
"""  # noqa: S608
_IS_THERE = "SELECT EXISTS (SELECT FROM public.journal_line WHERE id = %s)"
_PLACE = """
SELECT index * 256 + array_position(lines, %(id)s::bigint) - 1, logged_from, logged_to
FROM public.journal_tile WHERE level = 0 AND span @> %(id)s::bigint AND %(id)s = ANY (lines)
"""
_REDACTED = "SELECT month FROM public.journal_redaction WHERE leaves @> %s::bigint"
_OF_SIZE = f"SELECT {HEAD_COLUMNS} FROM public.journal_head WHERE size = %s ORDER BY id DESC LIMIT 1"  # noqa: S608


class NoProofError(LookupError):
    """There is no proof; the text says in Dutch why, and what to do."""


class UnknownLineError(NoProofError):
    """No line of the log has, or had, this number."""


class NotSealedError(NoProofError):
    """The line is there, and under no head yet."""


class RedactedError(NoProofError):
    """The line was destroyed when its term had passed; its leaf is still there."""


class BrokenLineError(NoProofError):
    """The line is not what was sealed: somebody changed or removed it."""


class UnknownHeadError(NoProofError):
    """No head has this size."""


def prove(line_id: int) -> Inclusion:
    """Return the proof that a line is in the log, under the newest head. Raises `NoProofError`."""
    with transaction.atomic(using="default"):
        cursor = _here()
        head = newest_head(cursor)
        place = cursor.execute(_PLACE, {"id": line_id}).fetchone()
        if head is None or place is None or place[0] >= head.size:
            raise _not_sealed(cursor, line_id)
        index, *moments = place
        line = cursor.execute(_LINE, [line_id, *moments]).fetchone()
        if line is None:
            raise _absent(cursor, line_id, index)
        return _inclusion(cursor, head, index, line, line_id)


def consistency(old: int, new: int) -> Consistency:
    """Return the proof that the log of `old` leaves begins that of `new`. Raises `NoProofError`."""
    if old > new:
        raise UnknownHeadError("Het oude hoofd is groter dan het nieuwe. Geef eerst het kleinste aantal.")
    with transaction.atomic(using="default"):
        cursor = _here()
        first, last = _of_size(cursor, old), _of_size(cursor, new)
        proof = consistency_proof(old, new, subtrees(tile_reader(cursor)))
    return Consistency(first.note, last.note, tuple(proof))


def _here() -> Any:
    """Return what asks, where only PostgreSQL's own functions are seen and plans are kept."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"{HERE}; SET LOCAL plan_cache_mode = force_generic_plan")
    return Asking()


def _inclusion(cursor: Any, head: HeadView, index: int, line: tuple[Any, ...], line_id: int) -> Inclusion:
    text, salt = line
    path = inclusion_proof(index, head.size, subtrees(tile_reader(cursor)))
    stored = _read(text)
    leaf = leaf_hash(salt.bytes, canonical(stored))
    if not check_inclusion(leaf, index, head.size, path, head.root):
        raise BrokenLineError(
            f"Regel {line_id} is niet wat is verzegeld: de regel of de boom is gewijzigd. "
            "Ga het hele logboek na met hervat journal verify."
        )
    return Inclusion(stored, salt.bytes, index, head.note, tuple(path))


def _read(text: str) -> dict[str, Any]:
    """The line as it stands; one that was changed so that it is no JSON any more fits no leaf."""
    try:
        stored: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    return stored


def _not_sealed(cursor: Any, line_id: int) -> NoProofError:
    if not cursor.execute(_IS_THERE, [line_id]).fetchone()[0]:
        return UnknownLineError(f"Er is geen regel {line_id}. Controleer het nummer.")
    return NotSealedError(
        f"Regel {line_id} is nog niet verzegeld. Wacht even, of verzegel met hervat journal seal."
    )


def _absent(cursor: Any, line_id: int, index: int) -> NoProofError:
    month = cursor.execute(_REDACTED, [index]).fetchone()
    if month is None:
        return BrokenLineError(
            f"Regel {line_id} is verzegeld en staat er niet meer, zonder dat zijn maand is opgeschoond. "
            "Ga het hele logboek na met hervat journal verify."
        )
    return RedactedError(
        f"Regel {line_id} is vernietigd toen de bewaartermijn van {month[0]:%Y-%m} was verlopen. "
        f"Alleen blad {index} is er nog; over de inhoud valt niets meer te bewijzen."
    )


def _of_size(cursor: Any, size: int) -> HeadView:
    row = cursor.execute(_OF_SIZE, [size]).fetchone()
    if row is None:
        raise UnknownHeadError(
            f"Er is geen hoofd met {size} regels. Kies een aantal uit hervat journal heads."
        )
    return as_head(row)
