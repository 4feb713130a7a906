"""Opening a dossier makes a person with keys or finds the one there is, and nothing readable but dates."""

import pytest
from django.db import connection

from hervat.dossiers.actions.opening import AlreadyOpen
from hervat.dossiers.models import Dossier, Identity, Person
from hervat.dossiers.queries.overview import overview
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.rules.vocabulary import Field, Status
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item

from ..cast import APPOINTMENT, JAN, OTHER_BRIGADE, SANNE
from ..permits import allowing
from .files import FIRST_SICK, OPENED, feed, open_for, permit_for


@pytest.mark.usefixtures("room")
def test_what_is_opened_is_read_back_by_who_may_and_stands_sealed() -> None:
    opened = open_for(SANNE)

    view = overview(permit_for(opened))

    assert view.case_number == Shown(opened.case_number)
    assert (view.first_sick_on, view.opened_on) == (Shown(FIRST_SICK), Shown(OPENED))
    assert (view.status, view.closed_on, view.version) == (Shown(Status.OPEN), Shown(None), 1)
    assert {f: view.facts[f] for f in SANNE.facts} == {f: Shown(v) for f, v in SANNE.facts.items()}
    assert view.facts[Field.SERVICE_BRANCH] == Shown(APPOINTMENT[Field.SERVICE_BRANCH])
    assert view.facts[Field.WORK_CONFLICT] == Shown(None)


@pytest.mark.usefixtures("room")
def test_nothing_of_who_somebody_is_stands_readable_in_any_table() -> None:
    opened = open_for(SANNE)

    with permitted(permit_for(opened)), connection.cursor() as cursor:
        for table in ("person", "dossier", "identity", "appointment", "nametoken"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM dossiers_{table} AS t")  # noqa: S608
            text = cursor.fetchone()[0]
            for word in ("Sanne", "999990019", "W100001", "1991-02-28", "Nergens", "clas"):
                assert word not in text
                assert word.encode().hex() not in text


@pytest.mark.usefixtures("room")
def test_a_dossier_opens_only_on_facts_that_may_be_written_and_only_in_ones_units() -> None:
    rest = frozenset(Item) - {Item.BSN}
    new = {"unit": SANNE.unit.id, "first_sick_on": FIRST_SICK, "opened_on": OPENED}

    with pytest.raises(NotPermitted, match="bsn"):
        _open(feed(SANNE.unit.id, writes=allowing(rest)), new)
    with pytest.raises(Exception, match="row-level security"):
        _open(feed(OTHER_BRIGADE.id), new)


def _open(permit, new):  # type: ignore[no-untyped-def]
    from django.db import transaction

    from hervat.dossiers.actions.opening import NewDossier, open_dossier

    with transaction.atomic():
        return open_dossier(permit=permit, new=NewDossier(identity=SANNE.facts, **new))


@pytest.mark.usefixtures("room")
def test_who_is_known_gets_no_second_person_and_no_second_open_dossier() -> None:
    first = open_for(SANNE)
    other = open_for(JAN)

    with pytest.raises(AlreadyOpen):
        open_for(SANNE, unit=OTHER_BRIGADE.id)

    assert first.person != other.person
    assert first.case_number != other.case_number
    with permitted(permit_for(first)):
        assert [person.id for person in Person.objects.all()] == [first.person]
        assert Dossier.objects.count() == Identity.objects.count() == 1
