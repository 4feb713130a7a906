"""A commander falls ill himself: he reaches his own dossier as who it is about, and in no other way."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from hervat.course.actions.opening import open_course
from hervat.dossiers.actions.opening import NewDossier
from hervat.dossiers.rules.case_number import show_case_number
from tests.cast import APPOINTMENT, OTHER_BRIGADE, OTHER_COMMANDER, SICK_COMMANDER
from tests.dossiers.files import feed

from .conftest import Become
from .people import LISA, SUPERIOR, ago, arrive, case_of, falls_ill


@pytest.fixture
def own(world: str) -> str:
    """The address of his dossier; it knows that his account is his."""
    new = NewDossier(
        unit=OTHER_BRIGADE.id,
        first_sick_on=ago(52),
        opened_on=ago(52),
        identity=SICK_COMMANDER.facts,
        appointment=APPOINTMENT,
        user_code=SICK_COMMANDER.code,
    )
    return f"/dossier/{show_case_number(open_course(permit=feed(new.unit), new=new)[0].case_number)}/"


def test_he_is_a_re_integrant_there_and_his_superior_is_his_employer(become: Become, own: str) -> None:
    report = falls_ill(LISA, ago(20))
    report["facts"]["appointment"] = APPOINTMENT_ELSEWHERE
    arrive(report)
    page = become(OTHER_COMMANDER, "/caseload/")
    expect(page.get_by_role("link", name=LISA.name)).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(SICK_COMMANDER.name)
    page.goto("/nu/")
    expect(page.locator("main")).not_to_contain_text(SICK_COMMANDER.name)

    page.goto("/mijn/?verder=1")
    expect(page.locator(".mine-now")).to_contain_text("U zit in week 8 van 104.")
    expect(page.locator("main")).not_to_contain_text("Leg vast")
    for closed in (f"{own}vastleggen/contact/", f"{own}?rol=commandant"):
        answer = page.goto(closed)
        assert (answer and answer.status) == 403

    superior = become(SUPERIOR)
    task = superior.locator(".task", has_text=SICK_COMMANDER.name).filter(has_text="Plan van aanpak")
    expect(task).to_be_visible()
    assert case_of(superior, SICK_COMMANDER.name) == own
    superior.goto(f"{own}vastleggen/contact/")
    expect(superior.get_by_label("Hoe had u contact?")).to_be_visible()
    page.goto("/mijn/lezers/")
    expect(page.locator(".readers")).to_contain_text("Commandant, CLAS")
    assert settings.READERS_BY_NAME is False
    expect(page.locator("main")).not_to_contain_text(SUPERIOR.name)


APPOINTMENT_ELSEWHERE = {"unit": "43 Brig", "service_branch": "clas", "job_description": "Genist"}
