"""The 42nd week: the adviser is warned in time, and who is a day late says why before it is recorded."""

from playwright.sync_api import expect

from tests.cast import PO_ADVISER

from .conftest import Become
from .people import AYLIN, JEROEN, ago, arrive, case_of, falls_ill, save, today

LIMIT = 42 * 7
STEP = "42e-weeksmelding aan UWV"


def test_the_adviser_is_warned_and_a_day_late_the_reason_is_obligatory(become: Become) -> None:
    arrive(falls_ill(JEROEN, ago(LIMIT - 5)), falls_ill(AYLIN, ago(LIMIT + 1)))
    page = become(PO_ADVISER)
    warned = page.locator(".now-deze-week .task", has_text=JEROEN.name).filter(has_text=STEP)
    expect(warned).to_be_visible()
    late = page.locator(".now-te-laat .task", has_text=AYLIN.name).filter(has_text=STEP)
    expect(late).to_contain_text("1 dag te laat")

    late.get_by_role("link", name="Leg vast").click()
    page.get_by_label("Dag van de melding").fill(today().isoformat())
    save(page)
    expect(page.get_by_text("Dit is later dan de uiterste dag.")).to_be_visible()
    page.get_by_label("Waarom is dit later of anders?").select_option(label="overdracht of vervanging")
    page.get_by_label("Toelichting").fill("Kort")
    save(page)
    expect(page.get_by_label("Toelichting")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Toelichting").fill("De adviseur was net vervangen en zag het een dag later.")
    save(page)

    expect(page.get_by_role("status")).to_contain_text(STEP)
    page.get_by_text("Wat is gedaan").click()
    done = page.locator(".task", has_text=STEP)
    expect(done).to_contain_text("overdracht of vervanging: De adviseur was net vervangen")
    page.goto("/nu/")
    expect(late).to_have_count(0)
    expect(warned).to_be_visible()
    assert case_of(page, AYLIN.name)
