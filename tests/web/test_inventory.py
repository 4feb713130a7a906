"""Every address of the pages stands in the inventory, so no page escapes the tests of all pages."""

import pytest
from django.urls import resolve

from hervat.web.urls import urlpatterns

from .inventory import CLOSED, ELSEWHERE, FILES, FORMS, PAGES, Closed, Visit, answer_of


def names_missing_from(inventory: set[str]) -> set[str]:
    return {str(pattern.name) for pattern in urlpatterns} - inventory


def test_every_address_stands_in_the_inventory() -> None:
    known = {visit.name for visit in (*PAGES, *FILES, *FORMS, *ELSEWHERE, *CLOSED)}

    assert names_missing_from(known) == set()
    assert names_missing_from(known - {"matrix"}) == {"matrix"}


@pytest.mark.parametrize("visit", [*PAGES, *FILES, *FORMS, *ELSEWHERE, *CLOSED], ids=lambda visit: visit.path)
def test_an_address_of_the_inventory_is_the_one_it_names(visit: Visit | Closed) -> None:
    assert resolve(visit.path.partition("?")[0]).url_name == visit.name


@pytest.mark.parametrize("visit", [*PAGES, *FILES], ids=lambda visit: visit.path)
def test_a_page_answers_with_its_status_and_without_a_cookie(visit: Visit) -> None:
    answer = answer_of(visit.path)

    assert answer.status_code == visit.status
    assert not answer.cookies
