"""A sealed value opens with its own key at its own place, and nowhere else; nothing says what it holds."""

import copy
import pickle
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from hervat.vault.rules.sealing import (
    BLOCK,
    NONCE,
    TAG,
    DataKey,
    Domain,
    SealError,
    TextError,
    seal,
    unseal,
    unseal_text,
)
from hervat.vault.rules.wrapping import WRAPPED, Keyring, MissingKeyError, WrapError, Wrapped

OWNER = UUID("5a0e6c2e-93a4-4f5c-9d4b-3f1f0b1a7c01")
PLACE = "dossiers.Person.name"
RAW = bytes(range(32))
KEY = DataKey(OWNER, Domain.ORDINARY, AESGCM(RAW))


def ring(**epochs: int) -> Keyring:
    """A ring whose keys are made of these numbers: `ring(ordinary=2)` has epochs 1 and 2."""
    return Keyring.of(
        {
            Domain[name.upper()]: {n: AESGCM.generate_key(256) for n in range(1, last + 1)}
            for name, last in epochs.items()
        }
    )


@given(value=st.text(), place=st.text(max_size=80))
def test_a_text_comes_back_as_it_was(value: str, place: str) -> None:
    assert unseal_text(KEY, seal(KEY, value, place), place) == value


@given(value=st.binary(max_size=5000))
def test_bytes_come_back_as_they_were(value: bytes) -> None:
    sealed = seal(KEY, value, PLACE)

    assert unseal(KEY, sealed, PLACE) == value
    assert unseal(KEY, memoryview(sealed), PLACE) == value


def test_a_value_does_not_open_for_another_owner_domain_or_place_not_even_with_the_same_key() -> None:
    sealed = seal(KEY, "Anna de Vries", PLACE)
    elsewhere = [
        (replace(KEY, owner=uuid4()), PLACE),
        (replace(KEY, domain=Domain.MEDICAL), PLACE),
        (KEY, "dossiers.Person.email"),
        (KEY, f"{PLACE}/{OWNER}"),
        (KEY, PLACE[:-1]),
        (KEY, ""),
        (DataKey(OWNER, Domain.ORDINARY, AESGCM(RAW[::-1])), PLACE),
    ]

    assert unseal_text(KEY, sealed, PLACE) == "Anna de Vries"
    for key, place in elsewhere:
        with pytest.raises(SealError):
            unseal(key, sealed, place)


def test_a_domain_and_a_place_cannot_be_read_as_another_domain_and_place() -> None:
    sealed = seal(KEY, "x", "medisch\0place")
    with pytest.raises(SealError):
        unseal(replace(KEY, domain=Domain.MEDICAL), sealed, "place")
    assert unseal(KEY, sealed, "medisch\0place") == b"x"


def test_one_bit_changed_anywhere_or_one_byte_less_does_not_open() -> None:
    sealed = seal(KEY, "Anna", PLACE)
    damaged = [
        sealed[:n] + bytes([sealed[n] ^ 1 << bit]) + sealed[n + 1 :]
        for n in range(len(sealed))
        for bit in range(8)
    ]
    damaged += [sealed[:n] for n in range(len(sealed))] + [sealed + b"\0", b""]

    assert unseal(KEY, sealed, PLACE) == b"Anna"
    for wrong in damaged:
        with pytest.raises(SealError):
            unseal(KEY, wrong, PLACE)


def test_the_length_does_not_tell_short_values_apart() -> None:
    lengths = {
        len(seal(KEY, value, PLACE)) for value in ("", "ja", "nee", "volledig arbeidsgeschikt", "x" * 31)
    }

    assert lengths == {1 + NONCE + BLOCK + TAG}
    assert len(seal(KEY, "x" * 32, PLACE)) == 1 + NONCE + 2 * BLOCK + TAG


def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert len({seal(KEY, "Anna", PLACE) for _ in range(100)}) == 100


def test_the_form_is_the_one_that_is_written_down() -> None:
    sealed = seal(KEY, "Anna", PLACE)
    bound = b"hervat\0\x01" + OWNER.bytes + b"gewoon\0" + PLACE.encode()

    assert sealed[0] == 1
    assert AESGCM(RAW).decrypt(sealed[1:13], sealed[13:], bound) == b"Anna" + bytes([28]) * 28


def test_no_error_and_no_representation_says_a_value_or_a_key() -> None:
    sealed = seal(KEY, "Anna de Vries", PLACE)
    with pytest.raises(SealError) as refusal:
        unseal(replace(KEY, owner=uuid4()), sealed, PLACE)
    wrapped, key = ring(ordinary=1).make(OWNER, Domain.ORDINARY)

    assert refusal.value.__suppress_context__
    said = f"{refusal.value} {key!r} {ring(ordinary=1)!r}"
    assert "Anna" not in said
    assert "AESGCM" not in said
    assert len(wrapped.wrapped) == WRAPPED


def test_what_is_no_text_is_refused_without_carrying_it_along() -> None:
    sealed = seal(KEY, b"Anna \xff", PLACE)
    assert unseal(KEY, sealed, PLACE) == b"Anna \xff"
    with pytest.raises(SealError) as undecodable:
        unseal_text(KEY, sealed, PLACE)
    with pytest.raises(TextError) as unencodable:
        seal(KEY, "Anna \ud800", PLACE)

    for refusal in (undecodable, unencodable):
        assert "Anna" not in str(refusal.value)
        assert refusal.value.__context__ is None


@pytest.mark.parametrize("take", [pickle.dumps, copy.deepcopy], ids=["pickle", "deepcopy"])
def test_a_key_cannot_be_put_in_a_session_or_a_cache(take: object) -> None:
    with pytest.raises(TypeError):
        take(KEY)  # type: ignore[operator]


# --- wrapping ------------------------------------------------------------------------------------


def test_a_key_that_was_wrapped_opens_what_it_sealed() -> None:
    keys = ring(ordinary=1, medical=1)
    for domain in Domain:
        wrapped, key = keys.make(OWNER, domain)
        sealed = seal(key, "Anna", PLACE)

        assert (wrapped.owner, wrapped.domain, wrapped.epoch) == (OWNER, domain, 1)
        assert unseal_text(keys.unwrap(wrapped), sealed, PLACE) == "Anna"


def test_the_highest_epoch_wraps_and_the_others_still_open() -> None:
    first = Keyring.of({Domain.ORDINARY: {2: RAW}})
    both = Keyring.of({Domain.ORDINARY: {10: RAW[::-1], 2: RAW}})
    old, key = first.make(OWNER, Domain.ORDINARY)
    new = both.rewrap(old)

    assert (old.epoch, both.make(OWNER, Domain.ORDINARY)[0].epoch, new.epoch) == (2, 10, 10)
    sealed = seal(key, "Anna", PLACE)
    for kept in (old, new):
        assert unseal_text(both.unwrap(kept), sealed, PLACE) == "Anna"
    with pytest.raises(MissingKeyError, match="10"):
        first.unwrap(new)


@pytest.mark.parametrize(
    "change",
    [
        {"owner": uuid4()},
        {"domain": Domain.MEDICAL},
        {"epoch": 1},
        {"wrapped": b"\x01" * WRAPPED},
        {"wrapped": b""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_wrapped_key_in_another_row_does_not_open(change: dict[str, object]) -> None:
    same = {1: RAW, 2: RAW}
    keys = Keyring.of({Domain.ORDINARY: same, Domain.MEDICAL: same})
    kept = keys.make(OWNER, Domain.ORDINARY)[0]
    moved = replace(kept, **change)  # type: ignore[arg-type]

    assert keys.unwrap(kept)
    with pytest.raises(WrapError) as refusal:
        keys.unwrap(moved)
    assert str(OWNER) not in str(refusal.value)


def test_without_a_key_in_the_environment_a_domain_is_refused_and_the_other_works() -> None:
    keys = ring(ordinary=1)

    assert keys.make(OWNER, Domain.ORDINARY)
    for refused in (
        lambda: keys.make(OWNER, Domain.MEDICAL),
        lambda: keys.highest(Domain.MEDICAL),
        lambda: keys.unwrap(Wrapped(OWNER, Domain.MEDICAL, 1, b"")),
    ):
        with pytest.raises(MissingKeyError, match="HERVAT_KEYS_MEDICAL"):
            refused()
