"""The pages with people in them in a real browser: accessible, within their width, by keyboard, on paper."""

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


def test_the_pages_of_a_dossier_are_accessible_and_fit_every_screen(
    demo: Open, tmp_path: Path, java: str
) -> None:
    page = become(demo, cast.PO_ADVISER)
    case = case_of(page, cast.RE_INTEGRANT.name)
    under = ("", "waarom/mgo/", "geschiedenis/work_relation/", "wijzigen/werk/", "sluiten/", "toewijzingen/")

    wrong = [
        one
        for path in ("/caseload/", *(case + one for one in under))
        for one in find_wrong(page, path, tmp_path)
    ]

    assert wrong == []
    assert complaints(java, tmp_path) == []


def test_the_pages_of_a_re_integrant_and_of_refusals_are_accessible(
    demo: Open, tmp_path: Path, java: str
) -> None:
    page = become(demo, cast.RE_INTEGRANT)
    paths = ("/mijn/informatie/", "/mijn/?verder=1", "/mijn/lezers/", "/caseload/")
    wrong = [one for path in paths for one in find_wrong(page, path, tmp_path)]
    officer = become(demo, cast.PRIVACY_OFFICER)
    wrong += find_wrong(officer, "/toezicht/waarom/", tmp_path)
    wrong += find_wrong(officer, "/caseload/?rol=commandant", tmp_path)
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


def test_the_pages_speak_english(demo: Open) -> None:
    page = become(demo, cast.COMMANDER)
    case = case_of(page, cast.RE_INTEGRANT.name)
    page.get_by_role("button", name="English").click()
    for path in ("/caseload/", case, f"{case}waarom/bsn/"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "en"
        own = page.evaluate(
            "(() => { const main = document.querySelector('main').cloneNode(true);"
            " main.querySelectorAll('[lang=nl]').forEach((one) => one.remove()); return main.innerText })()"
        )
        assert re.findall(r"\b(?:het|een|niet|wordt|waarom|voor|uw)\b", own) == []
