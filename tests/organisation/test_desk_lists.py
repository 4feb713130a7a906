"""What the desks ask of the organisation: names beside codes, users by a part of their name, who waits."""

from uuid import UUID, uuid4

import pytest

from hervat.organisation.actions.users import disable_user
from hervat.organisation.queries.lists import account_of, names_of, search_users, waiting
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item, Role
from tests.permits import allowing

from .conftest import TODAY, Lines, Post, administering


def test_names_are_shown_as_far_as_the_permit_goes_and_each_is_a_line(
    anna: UUID, bert: UUID, post: Post, lines: Lines
) -> None:
    post(anna)
    lines()
    assert names_of(permit=administering(), users=[anna, bert, uuid4()]) == {anna: Shown("Anna de Vries")}
    assert [line["subject"] for line in lines()] == [None, anna]

    own = administering(anna, reads=allowing((), own={Item.USER_NAME}))
    assert names_of(permit=own, users=[anna, bert]) == {anna: Shown("Anna de Vries")}
    lines()
    assert names_of(permit=administering(reads=allowing(())), users=[anna]) == {}
    assert lines() == []


def test_users_are_found_by_a_part_open_and_closed_apart(anna: UUID, bert: UUID, lines: Lines) -> None:
    disable_user(permit=administering(), user=bert)
    lines()

    assert [one.user for one in search_users(permit=administering(), text=" VRIES ").accounts] == [anna]
    assert [line["subject"] for line in lines()] == [None, anna]
    assert [one.user for one in search_users(permit=administering(), closed=True).accounts] == [bert]
    assert search_users(permit=administering(), text="_").accounts == ()
    assert search_users(permit=administering(), after=uuid4()).accounts == ()
    with pytest.raises(NotPermitted):
        search_users(permit=administering(reads=allowing(())))


def test_one_user_is_looked_at_or_is_not_there_and_both_are_logged(anna: UUID, lines: Lines) -> None:
    lines()
    found = account_of(permit=administering(), user=anna)

    assert found is not None
    assert found.email == Shown("anna@defensie.example")
    assert account_of(permit=administering(), user=uuid4()) is None
    assert [line["subject"] for line in lines()] == [None, anna, None]


def test_only_a_doctor_without_approval_waits(anna: UUID, bert: UUID, post: Post) -> None:
    post(bert, Role.LABOUR_EXPERT)
    doctor = post(anna, Role.EGB_PHYSICIAN)

    (held,) = waiting(permit=administering(), on=TODAY)
    assert isinstance(held.posting, Shown)
    assert held.posting.value.id == doctor
