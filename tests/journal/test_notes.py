"""Heads are signed notes of C2SP: the published ones open, and what was touched is told apart.

The key and the note of PeterNeumann are those of golang.org/x/mod/sumdb/note (note_test.go); the two
signature lines come from c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature.
"""

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone

import pytest

from hervat.journal.rules.notes import (
    Checkpoint,
    ForgedError,
    MalformedError,
    NoteError,
    Signer,
    UnknownKeyError,
    Verifier,
    new_key,
    open_checkpoint,
    open_note,
    restored,
    sealed,
    sign,
    split_notes,
)

PETER = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
PETERS_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryy"
    "BwJnAM=\n"
)
PUBLISHED = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
WITNESS = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZ"
    "qhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
LOG = "logboek.defensie.example/journaal"
SIGNER = Signer.parse(new_key(LOG))
OTHER = Signer.parse(new_key(LOG))
HEAD = Checkpoint(LOG, 7, bytes(range(32)), ("sealed 2026-11-23T12:00:00Z",))
NOTE = sign(HEAD, SIGNER)


def test_the_published_note_opens_and_is_signed_to_the_letter() -> None:
    assert open_note(f"{TEXT}\n{SIGNED}", [PETER]) == TEXT
    assert Signer.parse(PETERS_KEY).verifier == PETER
    assert str(PETER) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    blob = PETER.key_id + Signer.parse(PETERS_KEY).sign(TEXT.encode())
    assert f"— PeterNeumann {b64encode(blob).decode()}\n" == SIGNED

    with pytest.raises(ForgedError):
        open_note(f"{TEXT.replace('answer', 'Answer')}\n{SIGNED}", [PETER])


def test_the_published_checkpoint_has_the_right_form_and_an_unknown_key() -> None:
    with pytest.raises(UnknownKeyError):
        open_checkpoint(PUBLISHED, [PETER, SIGNER.verifier])
    with pytest.raises(MalformedError):
        open_checkpoint(PUBLISHED.replace("20852163", "020852163"), [PETER])


def test_a_head_opens_as_it_was_signed() -> None:
    assert open_checkpoint(NOTE, [OTHER.verifier, SIGNER.verifier]) == HEAD
    empty = Checkpoint(LOG, 0, bytes(32))
    assert open_checkpoint(sign(empty, SIGNER), [SIGNER.verifier]) == empty


def test_signatures_of_others_are_ignored() -> None:
    """A witness's, and one of a newer key of the log that the reader does not know yet."""
    newer = sign(HEAD, OTHER).rpartition("\n\n")[2]
    for note in (NOTE + WITNESS, NOTE.replace("\n\n", f"\n\n{WITNESS}"), NOTE + newer):
        assert open_checkpoint(note, [SIGNER.verifier]) == HEAD
    with pytest.raises(UnknownKeyError):
        open_checkpoint(NOTE.rpartition("\n\n")[0] + f"\n\n{WITNESS}", [SIGNER.verifier])


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    false = sign(Checkpoint(LOG, 8, HEAD.root), OTHER).rpartition("\n\n")[2]

    assert open_checkpoint(NOTE + false, [SIGNER.verifier]) == HEAD
    with pytest.raises(ForgedError):
        open_checkpoint(NOTE + false, [SIGNER.verifier, OTHER.verifier])


def test_another_key_a_forged_head_and_a_broken_file_are_told_apart() -> None:
    known = [SIGNER.verifier]
    assert open_checkpoint(NOTE, known) == HEAD
    with pytest.raises(UnknownKeyError, match="publieke sleutel"):
        open_checkpoint(NOTE, [OTHER.verifier])
    with pytest.raises(ForgedError, match="Vertrouw het niet"):
        open_checkpoint(NOTE.replace("\n7\n", "\n8\n"), known)
    with pytest.raises(MalformedError, match="Haal het opnieuw op"):
        open_checkpoint(NOTE.replace("\n7\n", "\nzeven\n"), known)


def test_a_key_signs_only_for_the_log_of_its_name() -> None:
    elsewhere = Checkpoint("ander.example", 7, HEAD.root)
    with pytest.raises(MalformedError):
        sign(elsewhere, SIGNER)
    blob = SIGNER.verifier.key_id + SIGNER.sign(elsewhere.text.encode())
    note = f"{elsewhere.text}\n— {LOG} {b64encode(blob).decode()}\n"
    with pytest.raises(UnknownKeyError):
        open_checkpoint(note, [SIGNER.verifier])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n7\n", "\n07\n"),
        ("\n7\n", "\n+7\n"),
        ("\n7\n", "\n-7\n"),
        ("\n7\n", "\n7 \n"),
        ("\n7\n", "\n٧\n"),
        ("\n7\n", f"\n{'9' * 19}\n"),
        ("AAECAwQFBgc", "AAECAwQFBg"),
        ("Hh8=", "Hh9="),
        ("\n7\n", "\r\n7\n"),
        ("\n7\n", "\n\t7\n"),
        ("\n\n—", "\n—"),
        ("— ", "- "),
        ("— ", "—"),
        ("— log", "— l+og"),
        (f"{LOG}\n7", "\n7"),
        ("sealed", "seale\ud800"),
    ],
)
def test_a_note_of_another_form_is_malformed(old: str, new: str) -> None:
    assert NOTE.count(old) == 1
    with pytest.raises(MalformedError):
        open_checkpoint(NOTE.replace(old, new), [SIGNER.verifier])


def test_every_part_of_a_note_and_every_letter_changed_is_refused_without_another_error() -> None:
    for at in range(len(NOTE)):
        for touched in (
            NOTE[:at],
            NOTE[at + 1 :],
            NOTE[:at] + NOTE[at + 1 :],
            f"{NOTE[:at]}A{NOTE[at + 1 :]}",
        ):
            if touched != NOTE:
                with pytest.raises(NoteError):
                    open_checkpoint(touched, [SIGNER.verifier])


def test_a_head_that_would_read_back_otherwise_is_not_made() -> None:
    good: dict[str, object] = {"origin": LOG, "size": 1, "root": bytes(32), "extensions": ("x",)}
    Checkpoint(**good)  # type: ignore[arg-type]
    for change in (
        {"origin": ""},
        {"origin": f"{LOG}\n999"},
        {"size": -1},
        {"size": 10**18},
        {"root": bytes(31)},
        {"extensions": ("",)},
        {"extensions": ("a\nb",)},
        {"extensions": ("a\tb",)},
    ):
        with pytest.raises(MalformedError):
            Checkpoint(**(good | change))  # type: ignore[arg-type]


def test_a_head_says_when_it_was_sealed() -> None:
    noon = datetime(2026, 11, 23, 13, 0, tzinfo=timezone(timedelta(hours=1)))

    assert sealed(noon) == "sealed 2026-11-23T12:00:00Z"
    assert HEAD.sealed_at == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert Checkpoint(LOG, 7, HEAD.root, ("sealed gisteren",)).sealed_at is None
    assert Checkpoint(LOG, 7, HEAD.root, ("sealed 2026-13-41T99:00:00Z",)).sealed_at is None
    assert restored(7, 9, bytes(32)) == f"restored 7 9 {b64encode(bytes(32)).decode()}"


def test_notes_that_stand_one_after_another_come_apart() -> None:
    notes = [sign(Checkpoint(LOG, size, bytes(32)), SIGNER) for size in range(4)]
    notes[2] += WITNESS

    assert split_notes("\n".join(notes)) == notes
    assert split_notes("\n\n\n" + "\n\n".join(notes) + "\n\n") == notes
    assert split_notes("") == split_notes("\n \n") == []
    assert split_notes(notes[0]) == [notes[0]]


def test_a_rest_that_is_no_note_is_not_passed_over() -> None:
    found = split_notes(f"{NOTE}\nhier is iets weggevallen\n")

    assert found[0] == NOTE
    assert len(found) == 2
    with pytest.raises(MalformedError):
        open_checkpoint(found[1], [SIGNER.verifier])


def test_a_key_reads_back_and_hides_its_secret() -> None:
    text = new_key(LOG)
    secret = text.rpartition("+")[2] if text.count("+") == 4 else text.split("+", 4)[4]

    assert Signer.parse(text).verifier == Verifier.parse(str(Signer.parse(text).verifier))
    assert secret not in repr(Signer.parse(text)) + str(Signer.parse(text))
    assert new_key(LOG) != new_key(LOG)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "x" * 201])
def test_a_name_that_cannot_stand_in_a_note_gets_no_key(name: str) -> None:
    with pytest.raises(MalformedError, match="naam van een logboek"):
        new_key(name)


def test_a_key_with_one_letter_changed_is_refused_and_never_repeated() -> None:
    for key, parse in ((PETERS_KEY, Signer.parse), (str(PETER), Verifier.parse)):
        for at in range(len(key)):
            for touched in (key[:at], key[at + 1 :], key[:at] + chr(ord(key[at]) + 1) + key[at + 1 :]):
                with pytest.raises(MalformedError) as refused:
                    parse(touched)
                assert key[-20:] not in str(refused.value)
