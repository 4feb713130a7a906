"""The pages with people in them in a real browser, by keyboard and without a script; and what refuses.

That each of them is accessible and fits stands in tests/journeys/test_0_every_page.py.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hervat.access import cast
from hervat.access.cast import Character
from hervat.cli.demo_people import fill_demo

from .conftest import CHECK
from .test_browser import OPEN_ALL, WIDTHS, look_through
from .test_login_browser import Open, visit
from .test_nu import complaints, java

__all__ = ["java", "visit"]
NUMBER = re.compile(r"(?:[3-9CDFHJKLMNPQRTVWX]{4}-){2}[3-9CDFHJKLMNPQRTVWX]{4}")
HEADER = {"X-Test-Demo": "1"}
# Every control that can be seen is marked, and its mark goes when it has the focus and shows it.
MARK_CONTROLS = """
    [...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), summary')]
    .filter((one) => one.checkVisibility()).map((one) => one.setAttribute('data-unreached', '')).length"""
UNMARK_THIS = """getComputedStyle(document.activeElement).outlineStyle === 'none'
    || document.activeElement.removeAttribute('data-unreached')"""
PICTURES = os.environ.get("HERVAT_TEST_PICTURES", "")


@pytest.fixture
def demo(visit: Open, keys: None, settings: object) -> Open:
    """A filled demo."""
    settings.DEMO_CHECK = CHECK  # type: ignore[attr-defined]
    fill_demo()
    return visit


def become(demo: Open, who: Character, **look: object) -> Page:
    page = demo("/demo/", extra_http_headers=HEADER, **look)
    page.get_by_role("button", name=who.name).click()
    return page


def case_of(page: Page, name: str) -> str:
    """The address of somebody's dossier, as the list gives it."""
    page.goto("/caseload/")
    return str(page.get_by_role("link", name=name).get_attribute("href")).partition("?")[0]


def find_wrong(page: Page, path: str, folder: Path) -> list[str]:
    """What axe finds in a page, the widths that it does not fit, and whether it prints without controls."""
    page.goto(path)
    name = NUMBER.sub("zaak", path).strip("/").replace("/", "-").replace("?", "-")
    found = [f"{path} {one}" for look in ("light", "dark", "phone") for one in look_through(page, look)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path} is wider than {width}")
        if PICTURES and width in (390, 1280):
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.emulate_media(media="print")
    if page.locator(".actions:visible, .about:visible, header nav:visible, .filters:visible").count():
        found.append(f"{path} prints its controls")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    (folder / f"{name}.html").write_text(page.content(), encoding="utf-8")
    return found


def test_the_pages_of_refusals_are_accessible_and_fit_every_screen(
    demo: Open, tmp_path: Path, java: str
) -> None:
    officer = become(demo, cast.PRIVACY_OFFICER)
    wrong = find_wrong(officer, "/caseload/?rol=commandant", tmp_path)
    commander = become(demo, cast.COMMANDER)
    wrong += find_wrong(commander, "/caseload/?rol=po-adviseur", tmp_path)

    assert wrong == []
    assert complaints(java, tmp_path) == []


def test_everything_is_done_by_keyboard_and_without_a_script(demo: Open) -> None:
    page = become(demo, cast.PO_ADVISER, java_script_enabled=False)
    case = case_of(page, cast.RE_INTEGRANT.name)
    page.goto(f"{case}gegevens/")
    page.get_by_role("link", name=re.compile("Wijzigen.*Werk en contact")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Kwaliteit van de arbeidsrelatie").fill("Beter dan eerst.")
    page.get_by_label("Waarom wijzigt u dit?").select_option("situatie-veranderd")
    page.get_by_role("button", name="Bewaren").focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(cast.RE_INTEGRANT.name)
    expect(page.locator(".part-werk")).to_contain_text("Beter dan eerst.")
    page.get_by_role("link", name=re.compile("verloop.*Kwaliteit van de arbeidsrelatie")).click()
    expect(page.locator(".past li")).to_have_count(2)


def test_every_control_of_a_dossier_is_reached_by_tab_and_shows_it(demo: Open) -> None:
    page = become(demo, cast.COMMANDER)
    page.goto(case_of(page, cast.RE_INTEGRANT.name))
    page.evaluate(OPEN_ALL)
    wanted = int(page.evaluate(MARK_CONTROLS))
    for _step in range(wanted):
        page.keyboard.press("Tab")
        page.evaluate(UNMARK_THIS)

    assert wanted > 50
    assert page.locator("[data-unreached]").evaluate_all("(all) => all.map((one) => one.outerHTML)") == []
