"""Signed notes and checkpoints of C2SP: how the head of the tree is signed, kept and exchanged.

A checkpoint is a text (origin, size, root, extensions) with lines that sign it with Ed25519; whoever knows
the public key can check it in any language. Signatures of others (witnesses) are ignored, as the format asks.
Must never: put a private key in an error, a repr or a log. Read next: https://c2sp.org/signed-note,
https://c2sp.org/tlog-checkpoint, `proofs.py`.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hervat.journal.rules.tree import HASH_SIZE

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_DASH = "— "
_MOST_SIGNATURES = 100
_KEY_ID = 4
_NAME = re.compile(r"[^\s+\x00-\x1f]{1,200}")
_KEY = re.compile(r"(?P<name>[^\s+\x00-\x1f]{1,200})\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]{44})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # control characters, and half ones
_BETWEEN = re.compile(r"\n{2,}")
_SEALED = re.compile(r"sealed (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z", re.ASCII)


class NoteError(ValueError):
    """A note or a key that cannot be trusted; the text says in Dutch what is wrong and what to do."""


class MalformedError(NoteError):
    """Not a note, not a checkpoint or not a key."""


class UnknownKeyError(NoteError):
    """A note that none of the known keys signed."""


class ForgedError(NoteError):
    """A note that carries the name of a known key and is not signed by it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the tree: so many leaves, this root. Raises `MalformedError`."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unless(0 <= self.size < 10**18, "het aantal bladen kan niet")
        _refuse_unless(len(self.root) == HASH_SIZE, "de wortel is geen hash van 32 bytes")
        for line in (self.origin, *self.extensions):
            one_line = line and "\n" not in line and not _FORBIDDEN.search(line)
            _refuse_unless(one_line, "een regel is leeg of is er meer dan een")

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "\n".join((self.origin, str(self.size), _base64(self.root), *self.extensions, ""))

    @property
    def sealed_at(self) -> datetime | None:
        """When the sealer says that it signed this."""
        for extension in self.extensions:
            if found := _SEALED.fullmatch(extension):
                return _moment(found[1])
        return None


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name of the log that it signs for."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Read `<name>+<id>+<base64 of type and key>`; the value is never repeated in an error."""
        name, public, key_id = _parse_key(text, "publieke")
        verifier = cls(name, public)
        if verifier.key_id.hex() != key_id:
            raise MalformedError(
                "Een publieke sleutel van het logboek klopt niet: er is een teken gewijzigd."
            )
        return verifier

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_KEY_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public)}"

    def accepts(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name of the log that it signs for."""

    name: str
    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read `PRIVATE+KEY+<name>+<id>+<base64 of type and seed>`."""
        if not text.startswith(_PRIVATE):
            raise MalformedError(f"De privésleutel van het logboek begint niet met {_PRIVATE}.")

        name, seed, key_id = _parse_key(text.removeprefix(_PRIVATE), "privé")
        signer = cls(name, Ed25519PrivateKey.from_private_bytes(seed))
        if signer.verifier.key_id.hex() != key_id:
            raise MalformedError("De privésleutel van het logboek klopt niet: er is een teken gewijzigd.")
        return signer

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)


def new_key(name: str) -> str:
    """Return a new private key for the log of this name, to keep secret."""
    if not _NAME.fullmatch(name):
        raise MalformedError(
            "De naam van een logboek heeft geen spaties en geen '+'; kies bijvoorbeeld logboek.example.nl."
        )

    key = Ed25519PrivateKey.generate()
    verifier = Signer(name, key).verifier
    return f"{_PRIVATE}{name}+{verifier.key_id.hex()}+{_base64(_ED25519 + key.private_bytes_raw())}"


def sign(checkpoint: Checkpoint, signer: Signer) -> str:
    """Return the checkpoint as a signed note. The log signs under its own name."""
    if checkpoint.origin != signer.name:
        raise MalformedError("Een sleutel ondertekent alleen het logboek waarvan hij de naam draagt.")

    signature = signer.verifier.key_id + signer.sign(checkpoint.text.encode())
    return f"{checkpoint.text}\n{_DASH}{signer.name} {_base64(signature)}\n"


def open_checkpoint(note: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """Return what a note says once a known key of that very log is seen to have signed it.

    Raises `MalformedError`, `UnknownKeyError` or `ForgedError`.
    """
    text, _ = _take_apart(note)
    checkpoint = _parse(text)
    open_note(note, [verifier for verifier in verifiers if verifier.name == checkpoint.origin])
    return checkpoint


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of a note that at least one of these keys signed, and none of them falsely."""
    text, signatures = _take_apart(note)
    known = [
        verifier.accepts(text.encode(), signature[_KEY_ID:])
        for name, signature in signatures
        for verifier in verifiers
        if (verifier.name, verifier.key_id) == (name, signature[:_KEY_ID])
    ]
    if not known:
        raise UnknownKeyError(
            "Het controlepunt is niet ondertekend met een bekende sleutel van dit logboek. Geef de publieke "
            "sleutel op die het logboek bekendmaakt."
        )
    if not all(known):
        raise ForgedError(
            "De handtekening onder het controlepunt is vals: de tekst is gewijzigd of door een ander "
            "ondertekend. Vertrouw het niet en zoek uit waar het vandaan komt."
        )
    return text


def split_notes(text: str) -> list[str]:
    """Return the notes of a file that has them one after another with an empty line between.

    A rest that is no note is returned as well, so that opening it says so.
    """
    notes: list[str] = []
    blocks: list[str] = []
    for block in _BETWEEN.split(text.strip("\n")):
        blocks.append(block)
        if all(line.startswith(_DASH) for line in block.split("\n")):
            notes.append("\n\n".join(blocks) + "\n")
            blocks = []
    rest = "\n\n".join(blocks)
    return [*notes, rest] if rest.strip() else notes


def sealed(at: datetime) -> str:
    """Return the extension that says when the head was signed."""
    return f"sealed {at.astimezone(UTC).isoformat(timespec='seconds').removesuffix('+00:00')}Z"


def restored(kept: int, lost: int, lost_root: bytes) -> str:
    """Return the extension that owns up to a restore: of a head of `lost` leaves only `kept` came back."""
    return f"restored {kept} {lost} {_base64(lost_root)}"


def _take_apart(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    _refuse_unless(
        not _FORBIDDEN.search(note), "er staat een teken in dat er niet in mag (zoals een tab of \\r)"
    )
    text, gap, signatures = note.rpartition("\n\n")
    _refuse_unless(gap and signatures.endswith("\n"), "de lege regel met de handtekeningen eronder ontbreekt")
    lines = signatures[:-1].split("\n")
    _refuse_unless(len(lines) <= _MOST_SIGNATURES, "er staan te veel handtekeningen onder")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    signature = _decoded(encoded)
    shaped = line.startswith(_DASH) and _NAME.fullmatch(name) and len(signature) > _KEY_ID
    _refuse_unless(shaped, "een regel met een handtekening heeft niet de juiste vorm")
    return name, signature


def _parse(text: str) -> Checkpoint:
    lines = text.removesuffix("\n").split("\n")
    _refuse_unless(len(lines) >= 3, "oorsprong, aantal en wortel staan er niet alle drie")
    origin, size, encoded, *extensions = lines
    root = _bytes(encoded)
    _refuse_unless(_SIZE.fullmatch(size), "het aantal bladen is geen getal")
    _refuse_unless(root is not None, "de wortel is geen base64")
    return Checkpoint(origin, int(size), root or b"", tuple(extensions))


def _parse_key(text: str, which: str) -> tuple[str, bytes, str]:
    found = _KEY.fullmatch(text)
    content = _bytes(found["key"]) if found else None
    if found is None or content is None or content[:1] != _ED25519 or len(content) != 33:
        raise MalformedError(
            f"Een {which}sleutel van het logboek heeft niet de juiste vorm (naam+code+sleutel). "
            "Kopieer hem opnieuw, of maak een nieuwe met: hervat journal new-key NAAM."
        )
    return found["name"], content[1:], found["id"]


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _bytes(encoded: str) -> bytes | None:
    """Return what was encoded, or None: only the one right way of writing it is read."""
    content = _decoded(encoded)
    return content if _base64(content) == encoded else None


def _decoded(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except ValueError:
        return b""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def _refuse_unless(good: object, what: str) -> None:
    if not good:
        raise _malformed(what)


def _malformed(what: str) -> MalformedError:
    return MalformedError(
        f"Dit is geen controlepunt van een logboek: {what}. Haal het opnieuw op waar het bewaard wordt."
    )
