"""Somebody falls ill: the commander finds it under what to do now, acts, and the term is met."""

import re

from playwright.sync_api import expect

from tests.cast import COMMANDER

from .conftest import Become
from .people import THIJS, ago, arrive, falls_ill, save, today


def test_a_commander_sees_it_records_contact_and_the_plan_and_the_term_is_met(become: Become) -> None:
    arrive(falls_ill(THIJS, ago(51)))
    page = become(COMMANDER)
    task = page.locator(".task", has_text=THIJS.name).filter(has_text="Plan van aanpak")
    expect(task).to_contain_text("deze week")

    task.get_by_role("link", name=THIJS.name).click()
    expect(page.locator("main")).to_contain_text("Er is nog geen contact vastgelegd.")
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Contact vastleggen").click()
    page.get_by_label("Hoe had u contact?").select_option(label="bezoek")
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")
    expect(page.locator("[aria-labelledby=contact]")).to_contain_text("bezoek")

    page.goto("/nu/")
    task.get_by_role("link", name=re.compile("^Leg vast")).click()
    page.get_by_label("Dag waarop u het eens werd").fill(today().isoformat())
    save(page)

    expect(page.get_by_role("status")).to_contain_text("Hiermee is gedaan: Plan van aanpak")
    page.get_by_text("Alle stappen met hun reden").click()
    expect(page.locator("#action_plan .state")).to_contain_text("op tijd gedaan")
    page.goto("/nu/")
    expect(task).to_have_count(0)
