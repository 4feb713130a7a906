"""Somebody of the DCR is asked and accepts: each still sees their own part of the dossier."""

import re

from playwright.sync_api import Page, expect

from tests.cast import COMMANDER, DCR_GUIDE, INSURANCE_PHYSICIAN, PO_ADVISER, Player

from .conftest import Become
from .people import RUBEN, ago, arrive, case_of, falls_ill


def propose(page: Page, case: str, who: Player, role: str) -> None:
    """Choose the role, then one of those who hold it."""
    page.goto(f"{case}toewijzingen/")
    page.get_by_label("Welke rol is nodig?").select_option(label=role)
    page.get_by_role("button", name="Kies een collega").click()
    name = page.get_by_label("Collega", exact=True).locator("option", has_text=who.name)
    page.get_by_label("Collega", exact=True).select_option(value=str(name.get_attribute("value")))
    page.get_by_role("button", name="Stel voor").click()


def test_a_guide_is_proposed_and_accepts_a_doctor_declines_and_the_commander_goes_on(become: Become) -> None:
    arrive(falls_ill(RUBEN, ago(283)))
    adviser = become(PO_ADVISER, java_script_enabled=False)
    case = case_of(adviser, RUBEN.name)
    adviser.goto(case)
    expect(adviser.locator("main")).to_contain_text("Let op")
    asked = {DCR_GUIDE: "Medewerker DCR", INSURANCE_PHYSICIAN: "Verzekeringsarts BMB"}
    for who, role in asked.items():
        propose(adviser, case, who, role)
        expect(adviser.locator(".assigned li", has_text=who.name)).to_contain_text("door u voorgesteld")
    assert "@" not in adviser.locator("main").inner_text()

    guide = become(DCR_GUIDE, java_script_enabled=False)
    guide.get_by_role("link", name=re.compile("^Voorstellen 1")).click()
    expect(guide.locator("tbody tr")).to_contain_text("door: P&O-adviseur")
    guide.get_by_role("button", name=re.compile("^Aanvaard")).click()
    assert guide.url.endswith(case)
    expect(guide.locator("h1")).to_have_text(RUBEN.name)
    expect(guide.locator(".workers")).to_contain_text("Commandant")
    expect(guide.get_by_role("link", name=re.compile("^Voorstellen"))).to_have_text("Voorstellen")

    doctor = become(INSURANCE_PHYSICIAN, "/voorstellen/", java_script_enabled=False)
    doctor.get_by_role("button", name=re.compile("^Wijs af")).click()
    expect(doctor.locator("main")).to_contain_text("Er wacht nu geen voorstel")

    adviser.reload()
    for who, answer in {DCR_GUIDE: "aanvaard", INSURANCE_PHYSICIAN: "afgewezen"}.items():
        expect(adviser.locator(".assigned li", has_text=who.name)).to_contain_text(answer)
    commander = become(COMMANDER, case)
    expect(commander.locator("h1")).to_have_text(RUBEN.name)
    expect(commander.locator(".workers")).to_contain_text(DCR_GUIDE.name)
    expect(commander.locator(".tasks").first).to_contain_text("Evaluatie van het plan van aanpak")
    commander.locator(".menu summary").click()
    expect(commander.get_by_role("link", name="Uren vastleggen")).to_be_visible()
    guide.goto(f"{case}gegevens/")
    expect(guide.locator(".shut")).to_contain_text("Medische gegevens")
