"""A person is found by number and by what people type of a name; without the key nothing can be compared."""

import hmac
import random
import secrets
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.nl.bsn import is_valid

from hervat.vault.rules import names
from hervat.vault.rules.finding import BsnError, EmployeeNumberError, SearchKeyError, SearchKeys
from hervat.vault.rules.names import TooShortError

KEYS = SearchKeys.of(bytes(range(32)))
BSN = "111222333"
# Made up: what begins with 9999 is given to nobody.
_BSNS = [str(n) for n in range(999900000, 999902000) if is_valid(str(n))]


@pytest.mark.parametrize("written", [BSN, "1112.22.333", " 111 222 333 ", "111-222-333"])
def test_a_bsn_is_found_however_it_is_written(written: str) -> None:
    assert KEYS.of_bsn(written) == KEYS.of_bsn(BSN)
    assert len(KEYS.of_bsn(written)) == 16


def test_a_bsn_of_eight_digits_has_a_zero_in_front() -> None:
    assert KEYS.of_bsn("10000008") == KEYS.of_bsn("010000008")
    assert KEYS.of_bsn("10000008") != KEYS.of_bsn(BSN)


@pytest.mark.parametrize(
    "wrong",
    [
        "111222334",
        "1112223333",
        "1112223",
        "000000000",
        "00000000",
        "",
        "-",
        "11122233x",
        "¹11222333",
        "١١١٢٢٢٣٣٣",
    ],
)
def test_what_is_no_bsn_is_refused_and_not_repeated(wrong: str) -> None:
    assert KEYS.of_bsn(BSN)
    with pytest.raises(BsnError) as refusal:
        KEYS.of_bsn(wrong)

    assert len(wrong) < 2 or wrong not in str(refusal.value)
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


def test_two_bsns_never_have_one_index() -> None:
    assert len(_BSNS) > 100
    assert len({KEYS.of_bsn(number) for number in _BSNS}) == len(_BSNS)


def test_an_employee_number_is_found_however_it_is_written_and_keeps_its_zeros() -> None:
    for written in ("00-12345k", "00 12345 K", "00.12345K", "００12345k"):
        assert KEYS.of_employee_number(written) == KEYS.of_employee_number("0012345K")
    assert KEYS.of_employee_number("12345k") != KEYS.of_employee_number("0012345k")


@pytest.mark.parametrize("wrong", ["", " - ", "x" * 33, "12é", "12;34"])
def test_what_cannot_be_an_employee_number_is_refused_and_not_repeated(wrong: str) -> None:
    assert KEYS.of_employee_number("12")
    with pytest.raises(EmployeeNumberError) as refusal:
        KEYS.of_employee_number(wrong)
    assert len(wrong) < 2 or wrong not in str(refusal.value)


def test_each_kind_and_each_key_gives_something_else() -> None:
    other = SearchKeys.of(secrets.token_bytes(32))
    name = {token.to_bytes(8, signed=True) for token in KEYS.tokens_of(BSN)}

    assert KEYS.of_bsn(BSN) != KEYS.of_employee_number(BSN)
    assert KEYS.of_bsn(BSN) != other.of_bsn(BSN)
    assert KEYS.of_bsn(BSN)[:8] not in name
    assert not KEYS.tokens_of("Jansen") & other.tokens_of("Jansen")
    assert repr(KEYS) == "SearchKeys()"


def test_without_a_key_nobody_can_be_found_or_kept() -> None:
    with pytest.raises(SearchKeyError, match="HERVAT_INDEX_KEY"):
        SearchKeys.of(b"")


def test_what_is_made_of_a_value_never_changes_because_rows_are_kept_for_years() -> None:
    assert KEYS.of_bsn(BSN).hex() == "424f49c1c11228ad0956ee5ccb449e1f"
    assert KEYS.of_bsn(BSN) == by_hand(b"bsn", BSN)[:16]
    assert KEYS.of_employee_number("00-12345K") == by_hand(b"employee number", "0012345k")[:16]
    assert KEYS.tokens_of("Li") == {int.from_bytes(by_hand(b"name", "li")[:8], signed=True)}


def by_hand(kind: bytes, value: str) -> bytes:
    """HKDF (RFC 5869) and HMAC, from the standard library alone."""
    extracted = hmac.digest(bytes(32), bytes(range(32)), "sha256")
    derived = hmac.digest(extracted, b"hervat vault 1 " + kind + b"\x01", "sha256")
    return hmac.digest(derived, value.encode(), "sha256")


def test_tokens_fit_a_whole_number_of_postgresql_and_use_all_of_it() -> None:
    tokens = KEYS.tokens_of(" ".join(f"naam{n}" for n in range(500)))

    assert len(tokens) > 500
    assert all(-(2**63) <= token < 2**63 for token in tokens)
    assert min(tokens) < -(2**62) < 2**62 < max(tokens)


# --- names ---------------------------------------------------------------------------------------


def finds(typed: str, name: str) -> bool:
    """Whether a name is found as the database does it: it must have every token that was typed."""
    return KEYS.tokens_of(name) >= set(KEYS.query_tokens(typed))


PAIRS = [
    (name, typed.strip())
    for name, asked in {
        "Yıldız": "yil, YILDIZ, Yıldız, yıl, yi, YILD",
        "İnci Şahin": "inci, İNCİ, incı, sahin, şah, sahin inci",
        "d'Artagnan": "artagnan, d'artagnan, D’ARTAGNAN, dartagnan, d artagnan, d'art, dart, d'a",
        "O’Brien": "obrien, o'brien, o’b, o brien, brien, o`brien, O´Brien",
        "Jansen-de Vries": "jansen, vries, jansen-de vries, jansen de vries, vries jansen, jansen–de v",
        "IJsbrand": "ijs, IJSBRAND, ĳsbrand, Ĳs",
        "Ĳsbrand": "ijs, ijsbrand, IJsbrand",
        "Anne-Marie": "annemarie, anne marie, anne-marie, marie, anne-m, marie anne",
        "Groß": "gross, groß, GROSS, GROẞ, gro",
        "Øystein Ærø-Łukasz": "oystein, ØYSTEIN, aero, ærø, lukasz, aero-lukasz",
        "Đorđe Guðrún Þóra": "dorde, gudrun, Guðrún, thora, þó",
        "Zoë Müller": "zoe, muller, MÜLLER, zoe mull",
        "van den Berg": "berg, van den berg, van der berg, v.d. berg, vd berg, berg van den, van, den",
        "in ’t Veld": "veld, in 't veld, in t veld, 't veld, in",
        "Nguyễn Thị Vân": "nguyen, thi van, vân, nguyen van",
        "Le Van Ten": "le, van, ten, le van ten",
        "El-Mansouri": "mansouri, el mansouri, elmansouri, el-man, el",
        "J.P. de Boer": "boer, de boer, j.p. de boer, j boer",
        "Wolfeschlegelsteinhausen": "wolfe, wolfeschlegelst, wolfeschlegelsteinhausen",
    }.items()
    for typed in asked.split(",")
]


@pytest.mark.parametrize(("name", "typed"), PAIRS)
def test_a_name_is_found_by_what_people_type(name: str, typed: str) -> None:
    assert finds(typed, name)
    assert not finds(typed, "Katinka Xerxes")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Yıldız", "ildiz"),
        ("Yıldız", "yildizz"),
        ("Yıldız", "yil jansen"),
        ("Bergman", "van der bergmans"),
        ("Jansen", "jan piet"),
        ("van den Berg", "va"),
        ("Brien", "o'brien"),
    ],
)
def test_another_name_is_not_found(name: str, typed: str) -> None:
    assert finds(name, name)
    assert not finds(typed, name)


@pytest.mark.parametrize("typed", ["", " ", "j", "j.p.", "d'", "'-.", "\0"])
def test_too_little_is_refused_because_no_tokens_would_mean_everybody(typed: str) -> None:
    assert KEYS.query_tokens("li")
    with pytest.raises(TooShortError, match="twee letters"):
        KEYS.query_tokens(typed)


def test_a_very_long_question_is_cut_and_not_worked_through() -> None:
    assert len(KEYS.query_tokens("jan " * 10_000)) == 1
    assert len(KEYS.query_tokens("".join(f"n{n} " for n in range(10_000)))) < 60


_LETTER = st.characters(min_codepoint=0x41, max_codepoint=0x24F, categories=["Lu", "Ll", "Lt"])
_WORD = st.text(_LETTER | st.sampled_from("abcdeijklmnorstuvwyzçéèëïöüıİşğĳß"), min_size=1, max_size=20)
_NAME = st.lists(_WORD, min_size=1, max_size=4)
_BETWEEN = st.sampled_from([" ", "-", "'", "’", ". ", " - ", "  "])
_WRITTEN = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        str.title,
        str.swapcase,
        partial(unicodedata.normalize, "NFD"),
        partial(unicodedata.normalize, "NFC"),
        partial(unicodedata.normalize, "NFKD"),
        names.fold,
    ]
)


@pytest.mark.thorough
@given(words=_NAME, between=_BETWEEN, write=_WRITTEN, data=st.data())
def test_every_beginning_of_every_word_in_any_case_or_accent_finds_it(
    words: list[str], between: str, write: Callable[[str], str], data: st.DataObject
) -> None:
    name = between.join(words)
    word = names.fold(data.draw(st.sampled_from(words)))
    length = data.draw(st.integers(min_value=1, max_value=len(word)))
    typed = write(word[:length])
    assume(len(names.fold(typed)) >= 2)
    # Of a particle the whole word is kept and its beginnings are not.
    assume(word not in names.PARTICLES or length == len(word))

    assert finds(typed, name)


@pytest.mark.thorough
@given(words=_NAME, between=_BETWEEN, write=_WRITTEN)
def test_a_whole_name_finds_itself_however_it_is_written(
    words: list[str], between: str, write: Callable[[str], str]
) -> None:
    name = between.join(words)
    assume(any(len(names.fold(word)) >= 2 for word in words))

    assert finds(write(name), name)


@pytest.mark.thorough
@given(words=_NAME, typed=_WORD)
def test_nobody_else_is_found(words: list[str], typed: str) -> None:
    asked = names.fold(typed)
    assume(len(asked) >= 2)
    begins = any(names.fold(word).startswith(asked[: names.LONGEST]) for word in words)
    # A word between a particle's beginning and its end finds the particle only when it is whole.
    particle = any(names.fold(word) in names.PARTICLES for word in words)

    assert finds(typed, " ".join(words)) <= begins
    assert particle or finds(typed, " ".join(words)) == begins


def test_folding_twice_is_folding_once_for_every_letter_there_is() -> None:
    for number in range(0x250):
        once = names.fold(chr(number))
        assert names.fold(once) == once


def test_no_two_common_beginnings_share_a_token() -> None:
    chance = random.Random(2599)  # noqa: S311 - to test with, not to hide
    words = {"".join(chance.choices("aeijklmnorst", k=chance.randint(2, 9))) for _ in range(3_000)}
    tokens = {token for word in words for token in KEYS.query_tokens(word)}

    assert len(tokens) == len(words - names.PARTICLES) + len(words & names.PARTICLES)
