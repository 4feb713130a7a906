"""A case number says nothing, is not guessed, and a slip in reading it out is found."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hervat.dossiers.rules.case_number import (
    ALPHABET,
    LENGTH,
    make_case_number,
    read_case_number,
    show_case_number,
)


def test_a_number_is_read_back_however_it_is_typed_and_half_of_one_is_not() -> None:
    number = make_case_number()

    typed = f" {show_case_number(number).lower().replace('-', ' - ')} "

    assert read_case_number(typed) == number
    assert read_case_number(number[:-1]) is None
    assert read_case_number(number + number[0]) is None


def test_a_thousand_numbers_are_a_thousand_and_use_the_whole_alphabet() -> None:
    numbers = {make_case_number() for _ in range(1000)}

    assert len(numbers) == 1000
    assert set("".join(numbers)) == set(ALPHABET)
    assert {len(number) for number in numbers} == {LENGTH}


def test_no_character_looks_like_another_and_no_word_can_be_read_in_it() -> None:
    look_alikes = ("0OQ", "1IL", "2Z", "5S", "8B", "UV", "6G")

    assert [group for group in look_alikes if len(set(group) & set(ALPHABET)) > 1] == []
    assert set("AEIOUY") & set(ALPHABET) == set()


@given(st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_wrong_character_is_found(place: int, other: str) -> None:
    number = make_case_number()
    wrong = number[:place] + other + number[place + 1 :]

    assert (read_case_number(wrong) is None) == (wrong != number)


def test_every_two_neighbours_that_changed_places_are_found() -> None:
    for _ in range(50):
        number = make_case_number()
        for left, right in pairwise(range(LENGTH)):
            swapped = list(number)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            wrong = "".join(swapped)

            assert (read_case_number(wrong) is None) == (wrong != number)
