"""The files that prove something offline: that a line is in the log, and that the log only grew.

A file holds everything but the public key of the log, which the reader must have from elsewhere. What is
read is strict, because a person and a program must not see two things in one file.
Must never: say that a file is good when anything in it was passed over. Read next: `tree.py`, `notes.py`,
`canonical.py`; the same check without this program: `hervat/cli/check_proof.py`.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hervat.journal.rules.canonical import Value, canonical
from hervat.journal.rules.notes import Checkpoint, NoteError, Verifier, open_checkpoint
from hervat.journal.rules.tree import HASH_SIZE, check_consistency, check_inclusion, leaf_hash

INCLUSION = "hervat-inclusion-v1"
CONSISTENCY = "hervat-consistency-v1"

_LARGEST = 2**53
_SALT_SIZE = 16
_LONGEST = 64 * 1024
_DEEPEST = 64  # hashes: a tree of 2**64 leaves


class ProofError(ValueError):
    """A file that is not a proof; the text says in Dutch what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a file proves what it should, and a sentence that says so."""

    good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That one line is in the log, under a signed head. Reading raises `ProofError`."""

    line: Mapping[str, Value]
    salt: bytes
    index: int
    checkpoint: str
    proof: tuple[bytes, ...]

    def to_json(self) -> str:
        return _write(
            {
                "format": INCLUSION,
                "line": dict(self.line),
                "salt": self.salt.hex(),
                "index": self.index,
                "proof": _base64(self.proof),
                "checkpoint": self.checkpoint,
            }
        )

    @classmethod
    def parse(cls, text: str) -> "Inclusion":
        read = _read(text, INCLUSION, {"line", "salt", "index", "proof", "checkpoint"})
        return cls(
            line=_line(read["line"]),
            salt=_salt(read["salt"]),
            index=_number(read["index"], "index"),
            checkpoint=_text(read["checkpoint"], "checkpoint"),
            proof=_hashes(read["proof"]),
        )

    def check(self, verifiers: Sequence[Verifier]) -> Verdict:
        """Say whether the line was in the log when this head was signed."""
        try:
            head = open_checkpoint(self.checkpoint, verifiers)
        except NoteError as error:
            return Verdict(False, f"Niet bewezen. {error}")

        leaf = leaf_hash(self.salt, canonical(self.line))
        if not check_inclusion(leaf, self.index, head.size, self.proof, head.root):
            return Verdict(
                False,
                f"Niet bewezen: deze logregel leidt niet naar de wortel van {head.origin} bij {head.size} "
                "bladen. De regel, het zout, het bladnummer of het bewijs is gewijzigd.",
            )
        return Verdict(
            True,
            f"Bewezen: deze logregel is blad {self.index} van de {head.size} in het logboek {head.origin} en "
            f"is niet gewijzigd sinds het controlepunt werd ondertekend.{_when(head)}",
        )


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the log under an older head is the beginning of the log under a newer one."""

    old: str
    new: str
    proof: tuple[bytes, ...]

    def to_json(self) -> str:
        return _write({"format": CONSISTENCY, "old": self.old, "new": self.new, "proof": _base64(self.proof)})

    @classmethod
    def parse(cls, text: str) -> "Consistency":
        read = _read(text, CONSISTENCY, {"old", "new", "proof"})
        return cls(_text(read["old"], "old"), _text(read["new"], "new"), _hashes(read["proof"]))

    def check(self, verifiers: Sequence[Verifier]) -> Verdict:
        """Say whether nothing under the older head was changed, removed or moved."""
        try:
            old, new = open_checkpoint(self.old, verifiers), open_checkpoint(self.new, verifiers)
        except NoteError as error:
            return Verdict(False, f"Niet bewezen. {error}")

        if old.origin != new.origin:
            return Verdict(False, "Niet bewezen: de twee controlepunten zijn van verschillende logboeken.")
        if not old.size:
            return Verdict(
                False, "Niet bewezen: onder het oudere controlepunt is nog niets om te vergelijken."
            )
        if not check_consistency(old.size, new.size, old.root, new.root, self.proof):
            return Verdict(
                False,
                f"Niet bewezen: het logboek {old.origin} met {new.size} bladen begint volgens dit bewijs "
                f"niet met de {old.size} van eerder. Het bewijs is gewijzigd of het logboek is herschreven.",
            )
        return Verdict(
            True,
            f"Bewezen: de eerste {old.size} bladen van het logboek {old.origin} staan ongewijzigd aan het "
            f"begin van de {new.size} bladen van het nieuwere controlepunt.{_when(new)}",
        )


def read_proof(text: str) -> Inclusion | Consistency:
    """Read whichever of the two kinds this is. Raises `ProofError`."""
    kind = _object(text).get("format")
    if kind == INCLUSION:
        return Inclusion.parse(text)
    if kind == CONSISTENCY:
        return Consistency.parse(text)
    raise _error(f"het veld 'format' is niet '{INCLUSION}' of '{CONSISTENCY}'")


def _when(head: Checkpoint) -> str:
    moment = head.sealed_at
    return f" Ondertekend op {moment:%d-%m-%Y} om {moment:%H.%M} uur UTC." if moment else ""


def _write(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def _read(text: str, kind: str, names: set[str]) -> dict[str, object]:
    read = _object(text)
    _refuse_unless(read.get("format") == kind, f"het veld 'format' is niet '{kind}'")
    _refuse_unless(set(read) == names | {"format"}, "er ontbreekt een veld of er staat een veld te veel")
    return read


def _object(text: str) -> dict[str, object]:
    _refuse_unless(len(text) <= _LONGEST, "het bestand is te groot")
    try:
        read = json.loads(text, object_pairs_hook=_once)
        text.encode()
    except (ValueError, RecursionError):
        raise _error("het is geen geldige JSON, of een veld staat er twee keer in") from None
    if not isinstance(read, dict):
        raise _error("het is geen JSON-object")
    return read


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a field that is there twice: a person may read the first where a program reads the last."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError
    return read


def _line(value: object) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise _error("'line' is geen JSON-object")
    for name, held in value.items():
        texts = held if isinstance(held, list) else [held] if isinstance(held, str) else None
        good = _is_number(held) if texts is None else all(map(_is_text, texts))
        _refuse_unless(_is_text(name) and good, "'line' bevat een waarde die niet in een logregel kan staan")
    return value


def _hashes(value: object) -> tuple[bytes, ...]:
    if not isinstance(value, list) or len(value) > _DEEPEST:
        raise _error("'proof' is geen lijst van hashes")
    return tuple(_hash(_text(encoded, "proof")) for encoded in value)


def _hash(encoded: str) -> bytes:
    try:
        content = b64decode(encoded, validate=True)
    except ValueError:
        content = b""
    _refuse_unless(len(content) == HASH_SIZE, "een hash in 'proof' is geen 32 bytes in base64")
    return content


def _salt(value: object) -> bytes:
    try:
        salt = bytes.fromhex(_text(value, "salt"))
    except ValueError:
        salt = b""
    _refuse_unless(len(salt) == _SALT_SIZE, "'salt' is geen 16 bytes in hexadecimale vorm")
    return salt


def _base64(hashes: Sequence[bytes]) -> list[str]:
    return [b64encode(content).decode() for content in hashes]


def _text(value: object, field: str) -> str:
    if not isinstance(value, str) or not _is_text(value):
        raise _error(f"'{field}' is geen tekst")
    return value


def _number(value: object, field: str) -> int:
    if not isinstance(value, int) or not _is_number(value):
        raise _error(f"'{field}' is geen geheel getal")
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _refuse_unless(good: object, what: str) -> None:
    if not good:
        raise _error(what)


def _error(what: str) -> ProofError:
    return ProofError(f"Dit is geen bewijs uit het logboek van Hervat: {what}. Vraag het bestand opnieuw op.")
