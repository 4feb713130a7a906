"""What stands in the dossiers of somebody, as the feed's own permits reach it."""

from typing import Any
from uuid import UUID

from hervat.access.feed import Feed
from hervat.course.models import Fact
from hervat.dossiers.models import Dossier, Identity, Person
from hervat.dossiers.queries.cells import place_of
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.values import unpack
from hervat.dossiers.rules.vocabulary import FIELDS, Part
from hervat.vault.queries import keys_for, search_keys
from hervat.vault.rules.sealing import Domain, unseal


def dossiers(feed: Feed, number: str) -> list[Dossier]:
    """The dossiers of somebody, the first case first."""
    with permitted(feed.everywhere()):
        index = search_keys().of_employee_number(number)
        people = Person.objects.filter(employee_index=index).values("id")
        return list(Dossier.objects.filter(person__in=people).order_by("first_sick_on", "opened_on"))


def spells(feed: Feed, number: str) -> list[tuple[str, str | None]]:
    """The spells in the latest dossier, as they stand."""
    rows = [row for row in facts(feed, number) if row[0] in {"ziek", "hersteld"}]
    found: list[tuple[str, str | None]] = []
    for kind, day, *_ in sorted(rows, key=lambda row: (row[1], row[0] == "ziek")):
        found = [*found, (day, None)] if kind == "ziek" else [*found[:-1], (found[-1][0], day)]
    return found


def facts(feed: Feed, number: str) -> list[tuple[Any, ...]]:
    """The facts that stand in the latest dossier."""
    admitted = feed.person(number)
    if admitted is None:
        return []
    with permitted(admitted.permit):
        rows = Fact.objects.filter(dossier=admitted.latest.dossier, replaced_at=None)
        return sorted((row.kind, str(row.happened_on), str(row.last_day)) for row in rows)


def identity(feed: Feed, number: str) -> dict[str, Any]:
    """Who somebody is, as it stands now."""
    admitted = feed.person(number)
    assert admitted is not None
    with permitted(admitted.permit):
        row = Identity.objects.get(person=admitted.latest.person, replaced_at=None)
    key = keys_for([admitted.latest.person], Domain.ORDINARY)[admitted.latest.person]
    return {
        field.value: None
        if sealed is None
        else unpack(field, unseal(key, sealed, place_of(field, UUID(int=0))))
        for field in FIELDS[Part.IDENTITY]
        for sealed in [getattr(row, field.value)]
    }
