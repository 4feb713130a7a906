"""Fit again, and sick again after twenty days: the same dossier goes on, and every day moves by twenty."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.cast import PO_ADVISER
from tests.exchange.sending import message, recovered

from .conftest import Become
from .people import NAOMI, ago, arrive, case_of, day_of_step, falls_ill

FIT, AGAIN = 60, 40


def test_a_relapse_goes_on_in_the_same_dossier_and_the_page_says_why_days_moved(become: Become) -> None:
    arrive(falls_ill(NAOMI, ago(150)))
    page = become(PO_ADVISER)
    case = case_of(page, NAOMI.name)
    page.goto(case)
    before = day_of_step(page, "week_42_notification")

    arrive(recovered(ago(FIT), NAOMI.number))
    page.reload()
    expect(page.locator(".head")).to_contain_text("hersteld op")
    facts = falls_ill(NAOMI, ago(AGAIN))["facts"]
    arrive(message("terugval", facts, f"weer ziek {NAOMI.number}"))

    assert case_of(page, NAOMI.name) == case
    page.goto(case)
    assert day_of_step(page, "week_42_notification") - before == timedelta(days=FIT - AGAIN)
    page.get_by_text("Alle stappen met hun reden").click()
    row = page.locator("#week_42_notification")
    row.get_by_text("waarom").click()
    expect(row.locator(".reasons")).to_contain_text("20 dagen")
    page.get_by_role("link", name="Verloop").click()
    expect(page.locator(".story")).to_contain_text("ersteld")
