"""What the door asks: the postings that count are those of a naive model, and the tree is never stale."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hervat.config.postgres import APPLICATION, Cluster
from hervat.organisation import models
from hervat.organisation.actions.units import place_unit
from hervat.organisation.queries.standing import roles_on, unit_tree
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Role

from .asking import refused_by
from .conftest import ADMINISTRATOR, SECOND, TODAY, Lines, Post, Units, administering, done

FIRST_DAY = date(2026, 1, 1)
ROLES = [Role.LABOUR_EXPERT, Role.EGB_PHYSICIAN, Role.PRIVACY_OFFICER, Role.INSURANCE_PHYSICIAN]
NUMBERS = st.integers(0, 12)


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


@st.composite
def some_postings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Postings in different roles, as numbers of days; what does not apply is None."""
    made = []
    for role in draw(st.lists(st.sampled_from(ROLES), unique=True, max_size=4)):
        begin = draw(NUMBERS)
        doctor = role in (Role.EGB_PHYSICIAN, Role.INSURANCE_PHYSICIAN)
        made.append(
            {
                "role": role,
                "begin": begin,
                "end": draw(st.none() | st.integers(begin, 12)),
                "revoked": draw(st.none() | NUMBERS),
                "approved": draw(st.none() | NUMBERS) if doctor else None,
            }
        )
    return made


def naive(posting: dict[str, Any], disabled: int | None) -> set[int]:
    """The days on which it counts, by crossing off days in a calendar."""
    days = set(range(posting["begin"], (posting["end"] if posting["end"] is not None else 20) + 1))
    if posting["revoked"] is not None:
        days -= set(range(posting["revoked"], 21))
    if posting["role"] in (Role.EGB_PHYSICIAN, Role.INSURANCE_PHYSICIAN):
        days -= set(range(posting["approved"] if posting["approved"] is not None else 21))
    return days - set(range(disabled, 21)) if disabled is not None else days


def store(user: UUID, posting: dict[str, Any]) -> None:
    values: dict[str, Any] = {"ends_on": None if posting["end"] is None else day(posting["end"])}
    if posting["revoked"] is not None:
        values |= {
            "revoked_on": day(posting["revoked"]),
            "revoked_by": str(SECOND),
            "revoked_by_kind": "gebruiker",
            "revoke_reason": "Andere functie.",
        }
    if posting["approved"] is not None:
        values |= {
            "approved_on": day(posting["approved"]),
            "approved_by": str(SECOND),
            "approved_by_kind": "gebruiker",
        }
    models.Posting.objects.create(
        user_id=user,
        role=posting["role"].value,
        starts_on=day(posting["begin"]),
        granted_by=str(ADMINISTRATOR),
        granted_by_kind="gebruiker",
        **values,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(postings=some_postings(), disabled=st.none() | NUMBERS)
def test_the_postings_that_count_are_those_of_the_naive_model(
    anna: UUID, bert: UUID, postings: list[dict[str, Any]], disabled: int | None
) -> None:
    with transaction.atomic():
        for posting in postings:
            store(anna, posting)
        store(bert, {"role": Role.AUDITOR, "begin": 0, "end": None, "revoked": None, "approved": None})
        if disabled is not None:
            models.User.objects.filter(pk=anna).update(disabled_on=day(disabled))
        for number in range(-1, 14):
            expected = {one["role"] for one in postings if number in naive(one, disabled)}
            assert {one.role for one in roles_on(anna, day(number))} == expected
        transaction.set_rollback(True)


def test_nobody_has_no_postings_and_the_answer_is_one_question_and_no_line(
    anna: UUID, post: Post, lines: Lines
) -> None:
    post(anna)
    lines()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        (found,) = roles_on(anna, TODAY)
    assert (found.user, found.role) == (anna, Role.LABOUR_EXPERT)
    assert len(asked) == 1
    assert roles_on(uuid4(), TODAY) == ()
    assert lines() == []


# --- the tree ------------------------------------------------------------------------------------


def battalion(abbreviation: str, parent: UUID) -> UUID:
    return done(
        place_unit(
            permit=administering(),
            kind=UnitKind.UNIT,
            abbreviation=abbreviation,
            name="Een bataljon",
            parent=parent,
        )
    )


def test_the_tree_is_read_once_and_compared_by_one_row(units: Units, lines: Lines) -> None:
    unit_tree()
    with CaptureQueriesContext(connection) as asked:
        tree = unit_tree()

    assert tree is unit_tree()
    assert len(asked) == 1
    assert tree.below(units.army) == {units.battalion, units.company, units.platoon, units.other}
    assert tree.get(units.air) is not None
    found = tree.abbreviated("42bat")
    assert found is not None
    assert found.id == units.battalion
    assert lines() == []


def test_a_change_is_seen_at_once_and_one_that_was_rolled_back_is_never_believed(units: Units) -> None:
    with transaction.atomic():
        dropped = battalion("13BAT", units.army)
        assert dropped in unit_tree().units
        transaction.set_rollback(True)
    assert dropped not in unit_tree().units

    kept = battalion("14BAT", units.army)
    assert kept in unit_tree().units
    assert dropped not in unit_tree().units


_ADD = (
    "INSERT INTO organisation_unit (id, kind, parent_id, abbreviation, name) VALUES (%s, %s, %s, %s, 'Naam')"
)


@pytest.mark.usefixtures("transactional_db")
def test_what_another_process_changed_is_seen_after_its_commit_and_not_before(postgres: Cluster) -> None:
    added = uuid4()
    with psycopg.connect(postgres.url(APPLICATION, "hervat")) as other:
        before = unit_tree()
        other.execute(_ADD, [added, "defensieonderdeel", None, "CZSK"])
        assert unit_tree() is before
        other.commit()
        assert added in unit_tree().units


@pytest.mark.usefixtures("transactional_db")
def test_two_moves_at_once_cannot_make_a_cycle_together(postgres: Cluster) -> None:
    part, unit, one, two = (uuid4() for _ in range(4))
    move = "UPDATE organisation_unit SET parent_id = %s WHERE id = %s"
    url = postgres.url(APPLICATION, "hervat")
    with psycopg.connect(url) as first, psycopg.connect(url) as second:
        first.execute(_ADD, [part, "defensieonderdeel", None, "CLAS"])
        first.execute(_ADD, [unit, "eenheid", part, "42BAT"])
        first.execute(_ADD, [one, "sub-eenheid", unit, "A"])
        first.execute(_ADD, [two, "sub-eenheid", unit, "B"])
        first.commit()
        second.execute("SET lock_timeout = '200ms'")
        first.execute(move, [one, two])

        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(move, [two, one])
        second.rollback()
        first.commit()
        with pytest.raises(psycopg.errors.CheckViolation, match="onder zichzelf"):
            second.execute(move, [two, one])


@pytest.mark.parametrize(
    ("kind", "parent", "allowed"),
    [
        ("defensieonderdeel", None, True),
        ("defensieonderdeel", "army", False),
        ("eenheid", "army", True),
        ("eenheid", None, False),
        ("eenheid", "battalion", False),
        ("sub-eenheid", "battalion", True),
        ("sub-eenheid", "company", True),
        ("sub-eenheid", "army", False),
        ("sub-eenheid", None, False),
        ("divisie", "army", False),
    ],
)
def test_a_unit_stands_only_under_the_right_kind(
    units: Units, kind: str, parent: str | None, allowed: bool
) -> None:
    above = None if parent is None else getattr(units, parent)
    values = {"kind": kind, "parent_id": above, "abbreviation": "NIEUW", "name": "Naam"}

    assert (refused_by(lambda: models.Unit.objects.create(**values)) == "") == allowed


def test_a_unit_stays_what_it_is_and_never_comes_under_itself(units: Units) -> None:
    company, platoon = (models.Unit.objects.filter(pk=unit) for unit in (units.company, units.platoon))

    assert refused_by(lambda: company.update(kind="eenheid", parent=units.army)) == "unit_stays_what_it_is"
    assert refused_by(lambda: company.update(parent=units.platoon)) == "unit_not_under_itself"
    assert refused_by(lambda: company.update(parent=units.company)) == "unit_not_under_itself"
    assert refused_by(lambda: platoon.update(parent=units.other)) == ""
    assert refused_by(lambda: company.update(abbreviation="clas")) == "unit_abbreviation_is_unique"
