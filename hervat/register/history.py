"""The versions of the register: which one holds on a day, and the digest that pins each.

A changed entry or reading is a new version. The old ones are kept as data under `versions/`, because
log lines refer to them for years; nothing here ever changes or removes one.
Read next: `loading.py`.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from hervat.register.model import Register


class BeforeFirstVersion(ValueError):  # noqa: N818 - it names the situation, as the caller meets it
    """A question about a day on which no version of the register held yet."""

    def __init__(self, on: date, first: date) -> None:
        super().__init__(
            f"Op {on:%d-%m-%Y} gold nog geen versie van het register. "
            f"De eerste geldt vanaf {first:%d-%m-%Y}: vraag naar een dag vanaf dan."
        )


class History:
    """The versions of a register, oldest first."""

    def __init__(self, versions: Sequence[Register]) -> None:
        self.versions = tuple(versions)
        self._by_number = {register.version.number: register for register in versions}

    @property
    def latest(self) -> Register:
        return self.versions[-1]

    def on(self, day: date) -> Register:
        """Return the version that holds on a day. Raises `BeforeFirstVersion`."""
        for register in reversed(self.versions):
            if register.version.valid_from <= day:
                return register
        raise BeforeFirstVersion(day, self.versions[0].version.valid_from)

    def version(self, number: int) -> Register:
        """Return a version by number. Raises `KeyError` when there is none."""
        return self._by_number[number]


def canonical(data: object) -> str:
    """Write data as canonical JSON: sorted keys, no white space, no escapes but the necessary.

    >>> canonical({"b": ["é"], "a": True})
    '{"a":true,"b":["é"]}'
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_data(data: object) -> str:
    """Return the SHA-256 of the canonical JSON of the data, in hexadecimal."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
