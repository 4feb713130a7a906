"""What a redaction is: a month whose lines are destroyed, exactly which leaves they were, and its digest.

The digest goes into a line of the log, so that the list of leaves cannot be made longer afterwards; it
holds the digest before it, so that the last one vouches for all. Must never: change, for lines refer to it.
Read next: `../actions/redact.py`, docs/journal.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

Ranges = tuple[tuple[int, int], ...]

OBJECT_KIND = "maand"
"""The kind of object in the line that tells of a redaction."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A month, its number of lines, and their leaves: from one up to another, in order."""

    month: date
    lines: int
    leaves: Ranges
    digest: bytes

    @property
    def ends_on(self) -> date:
        """The first day of the next month."""
        return next_month(self.month)

    @property
    def object_id(self) -> UUID:
        """What the line that tells of it names."""
        return object_id(self.digest)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of its leaves is from `start` up to `end`."""
        return any(first < end and start < last for first, last in self.leaves)


def text_of(month: date, lines: int, leaves: Ranges, previous: bytes | None) -> str:
    """Return what is digested.

    >>> print(text_of(date(2020, 3, 1), 3, ((0, 2), (5, 6)), None), end="")
    hervat-redaction-v1
    month 2020-03
    lines 3
    leaves 0-1 5
    previous -
    """
    named = " ".join(str(start) if end == start + 1 else f"{start}-{end - 1}" for start, end in leaves)
    before = previous.hex() if previous else "-"
    named = named or "-"
    return f"hervat-redaction-v1\nmonth {month:%Y-%m}\nlines {lines}\nleaves {named}\nprevious {before}\n"


def digest_of(month: date, lines: int, leaves: Ranges, previous: bytes | None) -> bytes:
    return sha256(text_of(month, lines, leaves, previous).encode()).digest()


def object_id(digest: bytes) -> UUID:
    """The first 16 bytes of the digest, as they are: 128 bits are enough to find no other list."""
    return UUID(bytes=digest[:16])


def count_of(leaves: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in leaves)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
