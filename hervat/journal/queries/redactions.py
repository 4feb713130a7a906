"""The redactions as they are kept, and whether they say the truth.

Must never: believe a row of its own accord; a line of the log names its digest.
Read next: `../rules/redaction.py`, `../actions/redact.py`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hervat.journal.queries.findings import Findings, Kind
from hervat.journal.rules.redaction import OBJECT_KIND, Ranges, Redaction, count_of, digest_of
from hervat.register.vocabulary import Operation

# Raw SQL: ranges of leaves, which the ORM does not know.
_ALL = """
SELECT month, lines, digest,
    ARRAY(SELECT lower(one) FROM unnest(leaves) AS one), ARRAY(SELECT upper(one) FROM unnest(leaves) AS one)
FROM public.journal_redaction ORDER BY redacted_at, month
"""
_TOLD = """
SELECT EXISTS (
    SELECT FROM public.journal_line
    WHERE object_kind = %s AND object_id = %s AND operation = %s AND effect = 'D' AND outcome = 'gelukt')
"""


def redactions(cursor: Any) -> tuple[Redaction, ...]:
    """Return every redaction, oldest first."""
    rows = cursor.execute(_ALL).fetchall()
    return tuple(
        Redaction(month, lines, tuple(zip(starts, ends, strict=True)), bytes(digest))
        for month, lines, digest, starts, ends in rows
    )


def check_redactions(cursor: Any, destroyed: Sequence[Redaction], size: int, findings: Findings) -> None:
    """Hold each to its digest, and the digests to the lines that tell of them."""
    previous = None
    for one in destroyed:
        month = f"maand {one.month:%Y-%m}"
        if one.digest != digest_of(one.month, one.lines, one.leaves, previous):
            findings.add(Kind.REDACTION, what=f"{month} past niet bij haar controlegetal")
        if one.lines != count_of(one.leaves) or any(end > size for _, end in one.leaves):
            findings.add(Kind.REDACTION, what=f"{month} noemt andere bladen dan regels")
        if not _is_told(cursor, one, destroyed):
            findings.add(Kind.REDACTION, what=f"geen regel van het logboek vertelt van {month}")
        previous = one.digest
    if _overlap([leaves for one in destroyed for leaves in one.leaves]):
        findings.add(Kind.REDACTION, what="twee maanden noemen hetzelfde blad")


def _is_told(cursor: Any, one: Redaction, destroyed: Sequence[Redaction]) -> bool:
    """Whether a line names the digest of this redaction, or of a later one, that holds it.

    The line itself is destroyed in its turn; then the last redaction speaks for all before it.
    """
    names = [one.object_id]
    later = destroyed[destroyed.index(one) + 1 :]
    if later:
        names.append(later[-1].object_id)
    return any(
        cursor.execute(_TOLD, [OBJECT_KIND, name, Operation.DESTROY.value]).fetchone()[0] for name in names
    )


def _overlap(leaves: Sequence[tuple[int, int]]) -> bool:
    ordered: Ranges = tuple(sorted(leaves))
    return any(first[1] > second[0] for first, second in pairwise(ordered))
