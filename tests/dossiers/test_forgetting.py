"""Whoever was destroyed is found by nothing any more: tried with every way there is, before and after."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from hervat.access import door
from hervat.access.jobs import Job
from hervat.dossiers.actions.closing import close_dossier
from hervat.dossiers.actions.correcting import KeyGone, record_work_facts
from hervat.dossiers.actions.forgetting import forget_person
from hervat.dossiers.actions.names import rebuild_name_tokens
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import NameToken, Person
from hervat.dossiers.queries.caseload import caseload
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.queries.relation import person_of, relation
from hervat.dossiers.queries.search import find, search
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import ClosingReason, Field
from hervat.journal.actions.append import begin
from hervat.register.cells import Shown
from hervat.register.model import PurposeId
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Item, Operation
from hervat.vault.models import Key
from hervat.vault.queries import search_keys
from hervat.vault.rules.sealing import Domain

from ..cast import COMPANY, JAN, OTHER_BRIGADE, SANNE, TODAY, Sick
from .files import feed, list_permit, open_for, own_permit, permit_for
from .journal import lines

pytestmark = pytest.mark.usefixtures("room")
DESTROYS = Job("vernietigen", frozenset({Operation.DESTROY}), frozenset(), frozenset())


@pytest.fixture
def twice() -> tuple[Opened, Opened]:
    """Two dossiers of one person: a closed one in the company, and one that runs in another brigade."""
    first = open_for(SANNE)
    close_dossier(permit=permit_for(first), expected_version=1, on=TODAY, reason=ClosingReason.COURSE_ENDED)
    return first, open_for(SANNE, unit=OTHER_BRIGADE.id)


def words(sick: Sick) -> list[str]:
    """Every beginning of every word of a name; van and de are kept as whole words only."""
    whole = [word for word in sick.name.split() if word[0].isupper()]
    return [word[:length] for word in whole for length in range(2, len(word) + 1)]


def ways(sick: Sick, dossiers: tuple[Opened, ...]) -> list[Callable[[], bool]]:
    """Every way in which somebody can be found, each telling whether it does."""
    mine = {one.dossier for one in dossiers}
    units = list_permit(COMPANY.id, OTHER_BRIGADE.id, sick.unit.id)
    index = search_keys()
    bsn, number = str(sick.facts[Field.BSN]), str(sick.facts[Field.EMPLOYEE_ID])

    def has(rows: Any) -> bool:
        return bool({row.dossier for row in rows} & mine)

    def kept(**wanted: Any) -> bool:
        with reaching(Scope(dossiers=frozenset(mine), persons=frozenset({dossiers[0].person}))):
            return Person.objects.filter(**wanted).exists()

    def tokens() -> bool:
        with reaching(Scope(dossiers=frozenset(mine))):
            return NameToken.objects.filter(dossier__in=mine, token__in=index.tokens_of(sick.name)).exists()

    return [
        *(lambda word=word: has(search(units, word)) for word in words(sick)),
        lambda: has(find(units, item=Item.BSN, number=bsn)),
        lambda: has(find(units, item=Item.EMPLOYEE_ID, number=number)),
        lambda: has(find(permit_for(dossiers[-1]), item=Item.EMPLOYEE_ID, number=number)),
        lambda: has(caseload(own_permit(sick)).rows),
        lambda: person_of(sick.code) == dossiers[0].person,
        lambda: any(_is_own(sick, one) for one in dossiers),
        lambda: any(_is_read(one) for one in dossiers),
        lambda: kept(bsn_index=index.of_bsn(bsn)),
        lambda: kept(employee_index=index.of_employee_number(number)),
        lambda: kept(user_code=sick.code),
        tokens,
    ]


def _is_own(sick: Sick, opened: Opened) -> bool:
    found = relation(sick.code, opened.case_number, TODAY)
    return found is not None and found.is_own


def _is_read(opened: Opened) -> bool:
    return any(isinstance(cell, Shown) and cell.value for cell in overview(permit_for(opened)).facts.values())


def destroys(opened: Opened) -> Any:
    """A permit of the job that destroys, as the door gives it."""
    purpose = PurposeId("wettelijke-plicht")
    return door.for_job(DESTROYS, purpose, on=TODAY, trace=begin(), dossier=opened.dossier, demo=True)


def test_who_was_destroyed_is_found_by_nothing_and_somebody_else_still_is(
    twice: tuple[Opened, Opened],
) -> None:
    jan = open_for(JAN)
    of_jan = ways(JAN, (jan,))
    assert [number for number, way in enumerate(ways(SANNE, twice)) if not way()] == []
    assert [number for number, way in enumerate(of_jan) if not way()] == []

    assert forget_person(permit=destroys(twice[1])) == len(Domain)

    assert [number for number, way in enumerate(ways(SANNE, twice)) if way()] == []
    assert not Key.objects.filter(owner=twice[0].person).exists()
    assert [number for number, way in enumerate(of_jan) if not way()] == []


def test_nothing_brings_the_person_back(twice: tuple[Opened, Opened]) -> None:
    forget_person(permit=destroys(twice[0]))

    assert rebuild_name_tokens(permit=feed(COMPANY.id, OTHER_BRIGADE.id)) == 2
    assert not any(way() for way in ways(SANNE, twice))
    with pytest.raises(KeyGone), transaction.atomic():
        record_work_facts(
            permit=permit_for(twice[1]), expected_version=1, changes={Field.WORK_RELATION: None}
        )
    again = open_for(SANNE)
    assert again.person != twice[0].person
    assert not any(way() for way in ways(SANNE, twice))


def test_it_is_in_the_log_of_each_dossier_and_without_what_was_found(twice: tuple[Opened, Opened]) -> None:
    before = len(lines())
    forget_person(permit=destroys(twice[1]))
    told = lines()[before:]

    assert {line["operation"] for line in told} == {"vernietigen"}
    named = [line for line in told if line["items"]]
    assert {line["dossier"] for line in named} == {one.dossier for one in twice}
    assert all(line["subject"] == twice[0].person for line in named)
    # A parent with a line for each dossier, and one with a line for each key.
    assert len(told) == 1 + len(twice) + 1 + len(Domain)


def test_only_a_job_about_this_person_destroys_them(twice: tuple[Opened, Opened]) -> None:
    jan = open_for(JAN)
    before = len(lines())
    wrong = (
        permit_for(twice[0]),
        feed(COMPANY.id),
        permit_for(twice[0], actor_kind=ActorKind.JOB, subject=jan.person),
        permit_for(twice[0], actor_kind=ActorKind.JOB, operations=frozenset({Operation.KEEP_DOSSIER})),
    )
    for permit in wrong:
        with pytest.raises(NotPermitted):
            forget_person(permit=permit)

    assert len(lines()) == before
    assert Key.objects.count() == 2 * len(Domain)
    assert forget_person(permit=destroys(twice[0])) == len(Domain)
