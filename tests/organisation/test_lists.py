"""Who sees which users and postings, and that every row that was shown stands in the log."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from hervat.organisation.queries.lists import find_user, holders, postings_of, users
from hervat.organisation.rules.postings import PostingState
from hervat.register.cells import Hidden, Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Item, Role
from tests.permits import allowing

from .asking import registered
from .conftest import TODAY, Lines, Post, Units, administering

ONE_DAY = timedelta(days=1)


def test_an_administrator_sees_everybody_and_each_is_a_line(
    anna: UUID, bert: UUID, units: Units, post: Post, lines: Lines
) -> None:
    at_anna = post(anna, Role.COMMANDER, units.battalion)
    at_bert = post(bert, Role.EGB_PHYSICIAN)
    lines()

    found = holders(permit=registered(Role.ADMINISTRATOR), on=TODAY)

    assert [(one.user, one.name) for one in found] in (
        [(anna, Shown("Anna de Vries")), (bert, Shown("Bert Jansen"))],
        [(bert, Shown("Bert Jansen")), (anna, Shown("Anna de Vries"))],
    )
    states = {one.user: one.state for one in found}
    assert states == {anna: Shown(PostingState.IN_FORCE), bert: Shown(PostingState.PENDING)}
    parent, *children = lines()
    assert (parent["operation"], parent["effect"], parent["subject"]) == ("gebruikers-beheren", "R", None)
    assert {(line["subject"], line["object_id"], line["manner"]) for line in children} == {
        (anna, at_anna, "in-lijst"),
        (bert, at_bert, "in-lijst"),
    }
    assert children[0]["items"] == ["gebruiker-naam", "gebruiker-plaatsing"]


def test_a_list_is_narrowed_and_what_was_not_shown_is_not_logged(
    anna: UUID, bert: UUID, units: Units, post: Post, lines: Lines
) -> None:
    post(anna, Role.COMMANDER, units.battalion, ends_on=TODAY)
    post(bert, Role.COMMANDER, units.other)
    post(bert, Role.AUDITOR)
    permit = administering()
    lines()

    assert {one.user for one in holders(permit=permit, on=TODAY, unit=units.battalion)} == {anna}
    assert {line["subject"] for line in lines()} == {None, anna}
    assert len(holders(permit=permit, on=TODAY, role=Role.COMMANDER)) == 2
    assert len(holders(permit=permit, on=TODAY, user=bert, role=Role.COMMANDER)) == 1
    tomorrow = {"permit": permit, "on": TODAY + ONE_DAY, "states": [PostingState.IN_FORCE]}
    assert {one.user for one in holders(**tomorrow)} == {bert}  # type: ignore[arg-type]
    lines()
    assert holders(permit=permit, on=TODAY, unit=units.air) == ()
    assert len(lines()) == 1


def test_supervision_reads_and_an_auditor_sees_no_address(anna: UUID, post: Post, lines: Lines) -> None:
    post(anna)
    lines()

    for role in (Role.PRIVACY_OFFICER, Role.AUDITOR):
        (found,) = users(permit=registered(role))
        assert found.name == Shown("Anna de Vries")
        assert isinstance(found.email, Hidden if role is Role.AUDITOR else Shown)
        parent, child = lines()
        assert parent["operation"] == "toezicht-houden"
        assert ("gebruiker-contact" in child["items"]) == (role is Role.PRIVACY_OFFICER)
        assert len(holders(permit=registered(role), on=TODAY)) == 1
        lines()


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.EGB_PHYSICIAN, Role.RE_INTEGRANT, Role.MANAGEMENT])
def test_everybody_else_sees_at_most_themselves(
    anna: UUID, bert: UUID, post: Post, lines: Lines, role: Role
) -> None:
    post(anna)
    post(bert)
    permit = registered(role, actor=str(anna))
    lines()

    assert {one.user for one in holders(permit=permit, on=TODAY)} <= {anna}
    assert {one.user for one in users(permit=permit)} <= {anna}
    assert postings_of(permit=permit, user=bert, on=TODAY) == ()
    assert {line["subject"] for line in lines() if line["object_id"]} <= {anna}
    assert {one.user for one in holders(permit=administering(), on=TODAY)} == {anna, bert}


def test_a_commander_sees_the_own_postings(anna: UUID, bert: UUID, post: Post) -> None:
    posting = post(anna)
    post(bert)

    (found,) = postings_of(permit=registered(Role.COMMANDER, actor=str(anna)), user=anna, on=TODAY)
    assert isinstance(found.posting, Shown)
    assert found.posting.value is not None
    assert found.posting.value.id == posting
    job = registered(Role.COMMANDER, actor=str(anna), actor_kind=ActorKind.JOB)
    assert postings_of(permit=job, user=anna, on=TODAY) == ()


def test_past_postings_of_a_user_stay_to_be_explained(anna: UUID, post: Post, lines: Lines) -> None:
    then = TODAY - 9 * ONE_DAY
    post(anna, permit=administering(on=then), starts_on=then, ends_on=then)
    lines()

    (found,) = postings_of(permit=administering(), user=anna, on=TODAY)
    assert found.state == Shown(PostingState.ENDED)
    _, child = lines()
    assert (child["subject"], child["manner"]) == (anna, "geopend")


def test_that_there_is_nothing_of_somebody_is_logged_too(anna: UUID, lines: Lines) -> None:
    lines()

    assert postings_of(permit=administering(), user=anna, on=TODAY) == ()
    assert [line["subject"] for line in lines()] == [None, anna]


def test_a_user_is_found_by_address_or_code_and_not_by_who_may_not(anna: UUID, lines: Lines) -> None:
    permit = administering()
    lines()

    assert find_user(permit=permit, who=" Anna@defensie.example") == anna
    assert find_user(permit=permit, who=str(anna)) == anna
    assert [line["subject"] for line in lines()] == [None, anna, None, anna]
    for nobody in ("niemand@defensie.example", str(uuid4()), "", "a\0b"):
        assert find_user(permit=permit, who=nobody) is None
    with pytest.raises(NotPermitted):
        find_user(permit=registered(Role.AUDITOR), who=str(anna))


def test_without_the_item_there_is_no_list(anna: UUID, post: Post) -> None:
    post(anna)
    only_names = administering(reads=allowing({Item.USER_NAME}))

    assert [one.name for one in users(permit=only_names)] == [Shown("Anna de Vries")]
    assert isinstance(users(permit=only_names)[0].email, Hidden)
    with pytest.raises(NotPermitted):
        holders(permit=only_names, on=TODAY)


def test_a_list_asks_as_many_questions_for_two_as_for_many(
    anna: UUID, bert: UUID, post: Post, django_assert_num_queries: object
) -> None:
    post(anna)
    post(bert)
    permit = administering()
    count = django_assert_num_queries

    with count(4):  # type: ignore[operator]  # savepoint, rows, COPY of the lines, end of savepoint
        holders(permit=permit, on=TODAY)
    for role in (Role.AUDITOR, Role.MANAGEMENT, Role.FUTURE):
        post(anna, role)
    with count(4):  # type: ignore[operator]
        assert len(holders(permit=permit, on=TODAY)) == 5
