"""A file proves what it says, offline; whatever is touched in it, it proves nothing any more."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from hervat.journal.rules.canonical import canonical
from hervat.journal.rules.notes import Checkpoint, Signer, new_key, sign
from hervat.journal.rules.proofs import Consistency, Inclusion, ProofError, read_proof
from hervat.journal.rules.tree import (
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    leaf_hash,
    root_of,
)

LOG = "logboek.defensie.example"
SIGNER = Signer.parse(new_key(LOG))
STRANGER = Signer.parse(new_key(LOG))
SEALED = ("sealed 2026-11-23T12:00:00Z",)
SALT = bytes(range(16))
LINE: dict[str, Any] = {
    "id": 6,
    "operation": "dossier-inzien",
    "items": ["eenheid", "uren-eigen-werk"],
    "reason": "te-vroeg",
}
LEAVES = [hash_leaf(bytes([number])) for number in range(13)]
LEAVES[5] = leaf_hash(SALT, canonical(LINE))


def subtree(height: int, index: int) -> bytes:
    return root_of(LEAVES[index << height : (index + 1) << height])


def head(size: int, signer: Signer = SIGNER) -> str:
    return sign(Checkpoint(LOG, size, root_of(LEAVES[:size]), SEALED), signer)


def an_inclusion(signer: Signer = SIGNER) -> Inclusion:
    return Inclusion(LINE, SALT, 5, head(13, signer), tuple(inclusion_proof(5, 13, subtree)))


def a_consistency(signer: Signer = SIGNER) -> Consistency:
    proof = tuple(consistency_proof(6, 13, subtree))
    return Consistency(head(6, signer), head(13, signer), proof)


def touched(made: Inclusion | Consistency, **changes: Any) -> str:
    return json.dumps(json.loads(made.to_json()) | changes)


KNOWN = [SIGNER.verifier]


def test_a_line_is_proved_and_said_in_dutch() -> None:
    verdict = read_proof(an_inclusion().to_json()).check(KNOWN)

    assert verdict.good
    assert verdict.text.startswith("Bewezen: deze logregel is blad 5 van de 13 in het logboek")
    assert "23-11-2026 om 12.00 uur UTC" in verdict.text
    assert "dossier-inzien" not in verdict.text


def test_growth_is_proved_and_said_in_dutch() -> None:
    verdict = read_proof(a_consistency().to_json()).check(KNOWN)

    assert verdict.good
    assert verdict.text.startswith("Bewezen: de eerste 6 bladen")


def test_a_file_reads_back() -> None:
    assert Inclusion.parse(an_inclusion().to_json()) == an_inclusion()
    assert Consistency.parse(a_consistency().to_json()) == a_consistency()


def test_at_ten_million_leaves_a_file_stays_under_four_kilobytes() -> None:
    """The longest line that the tables take, and the longest path: 24 hashes."""
    uuid = "5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01"
    uuids = ("trace_id", "activity", "unit", "subject", "dossier", "object_id")
    texts = ("operation", "purpose", "ground", "authority", "actor", "role", "outcome", "logged_at")
    line: dict[str, Any] = dict.fromkeys(uuids, uuid) | dict.fromkeys(texts, "x" * 28)
    line |= {"started_at": "2026-11-23T12:00:00.123Z", "ended_at": "2026-11-23T12:00:00.123Z", "id": 10**7}
    line["items"] = [f"een-gegeven-met-een-naam-{number}" for number in range(12)]
    proof = Inclusion(line, SALT, 9_999_999, head(13), tuple([LEAVES[0]] * 24))

    assert len(proof.to_json().encode()) < 4096


@pytest.mark.parametrize("name", ["id", "operation", "items", "reason"])
def test_a_changed_line_is_not_proved(name: str) -> None:
    change = {"id": 7, "operation": "dossier-wijzigen", "items": ["eenheid"], "reason": "te-laat"}[name]
    gone = {key: value for key, value in LINE.items() if key != name}

    for line in (LINE | {name: change}, gone, LINE | {"role": "fg"}):
        verdict = read_proof(touched(an_inclusion(), line=line)).check(KNOWN)
        assert not verdict.good
        assert "Niet bewezen: deze logregel leidt niet naar de wortel" in verdict.text


def test_another_salt_place_or_path_is_not_proved() -> None:
    proof = json.loads(an_inclusion().to_json())["proof"]
    changes: list[dict[str, Any]] = [
        {"salt": "00" * 16},
        {"index": 4},
        {"index": 13},
        {"index": 2**53 - 1},
        {"proof": []},
        {"proof": proof[:-1]},
        {"proof": [*proof, proof[0]]},
        {"proof": proof[::-1]},
        {"checkpoint": head(12)},
    ]
    for change in changes:
        verdict = read_proof(touched(an_inclusion(), **change)).check(KNOWN)
        assert (verdict.good, verdict.text.partition(":")[0]) == (False, "Niet bewezen")


def test_growth_that_did_not_happen_is_not_proved() -> None:
    proof = json.loads(a_consistency().to_json())["proof"]
    rewritten = sign(Checkpoint(LOG, 6, bytes(32)), SIGNER)
    changes = [
        {"old": rewritten},
        {"old": head(7)},
        {"old": head(13), "new": head(6)},
        {"new": head(12)},
        {"proof": proof[1:]},
        {"proof": []},
    ]
    for change in changes:
        verdict = read_proof(touched(a_consistency(), **change)).check(KNOWN)
        assert not verdict.good
        assert "herschreven" in verdict.text


def test_a_head_without_leaves_is_nothing_to_compare_with() -> None:
    verdict = Consistency(head(0), head(13), ()).check(KNOWN)

    assert (verdict.good, "nog niets om te vergelijken" in verdict.text) == (False, True)
    assert Consistency(head(6), head(6), ()).check(KNOWN).good


def test_two_logs_are_not_one_that_grew() -> None:
    other = Signer.parse(new_key("ander.example"))
    elsewhere = sign(Checkpoint("ander.example", 13, root_of(LEAVES)), other)
    proof = Consistency(head(6), elsewhere, a_consistency().proof)

    assert "verschillende logboeken" in proof.check([SIGNER.verifier, other.verifier]).text


@pytest.mark.parametrize("make", [an_inclusion, a_consistency])
def test_another_key_and_a_forged_head_are_told_apart(
    make: Callable[..., Inclusion | Consistency],
) -> None:
    assert make().check(KNOWN).good
    unknown = make(STRANGER).check(KNOWN)
    forged = read_proof(make().to_json().replace("\\n13\\n", "\\n14\\n")).check(KNOWN)
    broken = read_proof(make().to_json().replace("\\n13\\n", "\\n013\\n")).check(KNOWN)

    assert not unknown.good
    assert "niet ondertekend met een bekende sleutel" in unknown.text
    assert not forged.good
    assert "is vals" in forged.text
    assert not broken.good
    assert "geen controlepunt" in broken.text


NOT_PROOFS: list[dict[str, Any]] = [
    {"format": "hervat-inclusion-v2"},
    {"format": None},
    {"extra": 1},
    {"line": []},
    {"line": {"id": True}},
    {"line": {"id": 1.0}},
    {"line": {"id": None}},
    {"line": {"id": -1}},
    {"line": {"id": 2**53}},
    {"line": {"items": [1]}},
    {"line": {"items": {"a": "b"}}},
    {"line": {"a": "\ud800"}},
    {"salt": "00" * 15},
    {"salt": "zz" * 16},
    {"salt": 0},
    {"index": -1},
    {"index": "5"},
    {"index": True},
    {"index": 5.0},
    {"proof": "hash"},
    {"proof": [""]},
    {"proof": ["AAECAwQFBgc="]},
    {"proof": [1]},
    {"proof": ["A" * 43 + "-"]},
    {"proof": ["A" * 43 + "="] * 65},
    {"checkpoint": 1},
]


@pytest.mark.parametrize("change", NOT_PROOFS, ids=lambda change: str(change)[:40])
def test_what_is_not_the_format_is_refused_in_one_dutch_line(change: dict[str, Any]) -> None:
    with pytest.raises(
        ProofError, match=r"^Dit is geen bewijs uit het logboek van Hervat: .* opnieuw op"
    ) as it:
        read_proof(touched(an_inclusion(), **change))
    assert "\n" not in str(it.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        "NaN",
        "{}",
        "[" * 60_000,
        "9" * 5000,
        " " * 70_000,
        '{"a":1,"a":1}',
        "\ud800",
    ],
)
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        read_proof(text)


def test_a_field_that_stands_there_twice_is_refused() -> None:
    good = an_inclusion().to_json()
    twice = good.replace('"id": 6', '"id": 7,"id": 6')

    assert read_proof(good).check(KNOWN).good
    assert json.loads(twice)["line"] == LINE
    with pytest.raises(ProofError, match="twee keer"):
        read_proof(twice)
