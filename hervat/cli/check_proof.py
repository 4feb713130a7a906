"""Checks a proof from the log of Hervat without Hervat: python check_proof.py FILE KEY [KEY ...]

KEY is the log's public key, from elsewhere. Exit 0: proved, 1: not. Read docs/journal.md, c2sp.org, RFC 9162.
"""

import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as PublicKey


def open_head(note: str, keys: list[str]) -> tuple[str, int, bytes]:
    """Return origin, size and root of the tree; raises unless a known key signed it, none falsely."""
    text, _, signatures = note.rpartition("\n\n")
    origin, size, root = text.split("\n")[:3]
    known = 0  # whoever else signed (a witness, a later key) is passed over
    for line in (line for line in signatures[:-1].split("\n") if line.startswith(f"— {origin} ")):
        signature = b64decode(line.split(" ")[2], validate=True)
        for key in (key for key in keys if key.startswith(f"{origin}+{signature[:4].hex()}+")):
            PublicKey.from_public_bytes(b64decode(key[-44:])[1:]).verify(signature[4:], f"{text}\n".encode())
            known += 1
    if not known:
        raise ValueError("het controlepunt is niet ondertekend met een van deze sleutels")
    return origin, int(size), b64decode(root)


def climb(old: int, new: int, stop: int, start: bytes, path: list[bytes]) -> list[bytes]:
    """Return the roots of the first `old` and of all `new` leaves, by the definitions of RFC 9162, 2.1."""
    if old == new <= stop:
        return [start, start]
    half, beside = 1 << (new - 1).bit_length() - 1, path.pop()  # raises when there is no such leaf
    if old <= half:
        one, two = climb(old, half, stop, start, path)
        return [one, sha256(b"\1" + two + beside).digest()]
    return [sha256(b"\1" + beside + at).digest() for at in climb(old - half, new - half, stop, start, path)]


if __name__ == "__main__":
    try:
        text, keys = Path(sys.argv[1]).read_text("utf-8"), sys.argv[2:]
        # Of a field that is there twice you would see one, and we the other.
        read = json.loads(text, object_pairs_hook=lambda p: dict(p) if len(dict(p)) == len(p) else None)
        proved = len(read) == {"hervat-inclusion-v1": 6, "hervat-consistency-v1": 4}[read["format"]]
        path = [b64decode(packed, validate=True) for packed in read["proof"]]
        if "line" in read:
            (_, size, root), index = open_head(read["checkpoint"], keys), read["index"]
            line = json.dumps(read["line"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            leaf = sha256(b"\0" + sha256(bytes.fromhex(read["salt"]) + line.encode()).digest()).digest()
            proved &= climb(index + 1, size, 1, leaf, path)[1] == root and not path and type(index) is int
        else:
            (origin, old, seed), (log, size, root) = (open_head(read[name], keys) for name in ("old", "new"))
            start = seed if old == size or old & (old - 1) == 0 else path.pop(0)
            proved &= climb(old, size, size, start, path) == [seed, root] and not path and origin == log
    except Exception as wrong:
        sys.exit(f"Niet bewezen: {wrong!r}")
    print("Bewezen." if proved else "Niet bewezen: er is iets gewijzigd of verwisseld.")
    sys.exit(not proved)
