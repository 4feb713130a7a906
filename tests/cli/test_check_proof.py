"""The auditor's script says the same as `hervat journal check`, and is short enough to be read."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hervat.cli import check_proof
from hervat.journal.rules.canonical import canonical
from hervat.journal.rules.notes import Checkpoint, Signer, new_key, sign
from hervat.journal.rules.proofs import Consistency, Inclusion
from hervat.journal.rules.tree import consistency_proof, hash_leaf, inclusion_proof, leaf_hash, root_of

SCRIPT = Path(check_proof.__file__)
LOG = "logboek.defensie.example"
SIGNER, STRANGER = Signer.parse(new_key(LOG)), Signer.parse(new_key(LOG))
KEY = str(SIGNER.verifier)
SALT = bytes(range(16))
LINE: dict[str, Any] = {"id": 6, "operation": "dossier-inzien", "items": ["a", "b"], "reason": "te-vroeg ’s"}
LEAVES = [hash_leaf(bytes([number])) for number in range(13)]
LEAVES[5] = LEAVES[0] = leaf_hash(SALT, canonical(LINE))
Answer = tuple[int, str, str]


def subtree(height: int, index: int) -> bytes:
    return root_of(LEAVES[index << height : (index + 1) << height])


def head(size: int, signer: Signer = SIGNER, origin: str = LOG) -> str:
    root = root_of(LEAVES[:size])
    return sign(Checkpoint(origin, size, root, ("sealed 2026-11-23T12:00:00Z",)), signer)


def an_inclusion(index: int = 5, size: int = 13) -> Inclusion:
    return Inclusion(LINE, SALT, index, head(size), tuple(inclusion_proof(index, size, subtree)))


def a_consistency(old: int = 6, new: int = 13) -> Consistency:
    return Consistency(head(old), head(new), tuple(consistency_proof(old, new, subtree)))


def changed(made: Inclusion | Consistency, **changes: Any) -> str:
    return json.dumps(json.loads(made.to_json()) | changes, ensure_ascii=False)


INCLUSION, CONSISTENCY = an_inclusion(), a_consistency()
WITNESS = "— getuige.example AAAAAAAAAAAAAAAA\n"
GOOD = {
    "a line": INCLUSION.to_json(),
    "the only line": an_inclusion(0, 1).to_json(),
    "the last of an odd tree": replace(an_inclusion(5, 6)).to_json(),
    "growth": CONSISTENCY.to_json(),
    "no growth": a_consistency(6, 6).to_json(),
    "from a power of two": a_consistency(8, 13).to_json(),
    "from one leaf": a_consistency(1, 2).to_json(),
    "a witness signed too": changed(INCLUSION, checkpoint=head(13) + WITNESS),
    "a later key signed too": changed(
        INCLUSION, checkpoint=head(13) + head(13, STRANGER).rpartition("\n\n")[2]
    ),
    "escaped, without white space": json.dumps(json.loads(INCLUSION.to_json())),
}
BROKEN = {
    "another id": changed(INCLUSION, line=LINE | {"id": 7}),
    "a field less": changed(INCLUSION, line={"id": 6}),
    "a number that is no whole one": changed(INCLUSION, line=LINE | {"id": 6.0}),
    "another salt": changed(INCLUSION, salt="00" * 16),
    "no salt": changed(INCLUSION, salt=""),
    "another leaf": changed(INCLUSION, index=4),
    "a leaf that is not there": changed(INCLUSION, index=13),
    "a leaf below": changed(INCLUSION, index=-1),
    "an index that is no whole number": changed(INCLUSION, index=5.0),
    "an index in words": changed(INCLUSION, index="5"),
    "no path": changed(INCLUSION, proof=[]),
    "a longer path": changed(INCLUSION, proof=[*json.loads(INCLUSION.to_json())["proof"], "A" * 43 + "="]),
    "a hash that is too short": changed(INCLUSION, proof=["AAAA"]),
    "no base64": changed(INCLUSION, proof=["é"]),
    "another head": changed(INCLUSION, checkpoint=head(12)),
    "a forged size": INCLUSION.to_json().replace("\\n13\\n", "\\n14\\n"),
    "a forged root": changed(INCLUSION, checkpoint=head(13).replace(head(13).split("\n")[2], "A" * 43 + "=")),
    "a forged moment": INCLUSION.to_json().replace("2026-11-23T12", "2026-11-23T13"),
    "another key": changed(INCLUSION, checkpoint=head(13, STRANGER)),
    "no signature": changed(INCLUSION, checkpoint=head(13).rpartition("— ")[0]),
    "a signature half gone": changed(INCLUSION, checkpoint=head(13)[:-9] + "\n"),
    "a signature with another sign": changed(INCLUSION, checkpoint=head(13).replace("— ", "- ")),
    "signatures of others only": changed(
        INCLUSION, checkpoint=head(13).rpartition("\n\n")[0] + "\n\n" + WITNESS
    ),
    "a field twice": INCLUSION.to_json().replace('"id": 6', '"id": 7, "id": 6'),
    "a field too many": changed(INCLUSION, note="vertrouw mij"),
    "a later format": changed(INCLUSION, format="hervat-inclusion-v2"),
    "the other format": changed(INCLUSION, format="hervat-consistency-v1"),
    "rewritten": changed(CONSISTENCY, old=sign(Checkpoint(LOG, 6, bytes(32)), SIGNER)),
    "shrunk": changed(CONSISTENCY, old=head(13), new=head(6)),
    "from nothing": Consistency(head(0), head(13), ()).to_json(),
    "growth without a path": changed(CONSISTENCY, proof=[]),
    "two heads of strangers": changed(CONSISTENCY, old=head(13, STRANGER), new=head(13, STRANGER), proof=[]),
    "not JSON": "dit is geen bewijs",
    "no object": "[]",
    "nothing": "",
    "no text": "\udcff",
}


def by_script(file: Path, *keys: str) -> tuple[int, str]:
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-I", str(SCRIPT), str(file), *keys], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in answer.stderr
    return answer.returncode, (answer.stdout + answer.stderr).partition("ewezen")[0]


def by_hervat(answer: Answer) -> tuple[int, str]:
    code, out, err = answer
    assert len((out + err).splitlines()) == 1
    return code, (out or "Niet b").partition("ewezen")[0]


def written(folder: Path, text: str) -> Path:
    file = folder / "bewijs.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    return file


@pytest.mark.thorough
@pytest.mark.parametrize("name", GOOD)
def test_both_say_of_a_good_file_that_it_proves(
    tmp_path: Path, hervat: Callable[..., Answer], name: str
) -> None:
    file = written(tmp_path, GOOD[name])

    assert by_hervat(hervat("journal", "check", str(file), "--key", KEY)) == (0, "B")
    assert by_script(file, KEY) == (0, "B")


@pytest.mark.thorough
@pytest.mark.parametrize("name", BROKEN)
def test_both_say_of_a_broken_file_that_it_does_not(
    tmp_path: Path, hervat: Callable[..., Answer], name: str
) -> None:
    file = written(tmp_path, BROKEN[name])

    assert by_hervat(hervat("journal", "check", str(file), "--key", KEY)) == (1, "Niet b")
    assert by_script(file, KEY) == (1, "Niet b")


@pytest.mark.thorough
def test_after_a_change_of_key_both_want_the_old_and_the_new(
    tmp_path: Path, hervat: Callable[..., Answer]
) -> None:
    file = written(tmp_path, changed(CONSISTENCY, new=head(13, STRANGER)))
    both, new = [KEY, str(STRANGER.verifier)], str(STRANGER.verifier)

    assert by_hervat(hervat("journal", "check", str(file), "--key", KEY, "--key", new)) == (0, "B")
    assert by_script(file, *both) == (0, "B")
    assert by_hervat(hervat("journal", "check", str(file), "--key", new)) == (1, "Niet b")
    assert by_script(file, new) == (1, "Niet b")


def test_a_file_that_is_not_there_and_no_key_at_all_prove_nothing(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD["a line"])

    assert by_script(file, KEY) == (0, "B")
    assert by_script(file) == (1, "Niet b")
    assert by_script(tmp_path / "weg.json", KEY) == (1, "Niet b")


def test_the_script_is_short_and_needs_only_cryptography() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in imported
        for alias in node.names
    }

    assert len(text.splitlines()) <= 60
    assert {name.partition(".")[0] for name in names} - sys.stdlib_module_names == {"cryptography"}
