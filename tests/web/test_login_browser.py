"""A first visit and logging in, in a real browser: with a passkey, with an app, without a script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from hervat.access import cast
from hervat.cli.demo_people import fill_demo

from .conftest import CHECK
from .login import EMAIL, PASSWORD, Person, give_paper, mailed_code
from .test_browser import PHONE, WIDTHS, look_through
from .test_nu import complaints, java

__all__ = ["java"]
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open a page of the site with a database, and afterwards hold it to having broken no policy."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_it(path: str, **look: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **look)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [one for one in said if "Failed to load resource" not in one] == []


def add_authenticator(page: Page) -> None:
    """Give the browser a passkey device that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    answers = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | answers})


def find_wrong(page: Page, folder: Path, name: str) -> list[str]:
    """What axe finds in each look, and the widths that the page does not fit."""
    found = [f"{name} {one}" for look in ("light", "dark") for one in look_through(page, look)]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
    (folder / f"{name}.html").write_text(page.content(), encoding="utf-8")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def first_steps(page: Page, sanne: Person) -> None:
    """The first visit as far as the password."""
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Code op papier").fill(give_paper(sanne).lower())
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("h1")).to_have_text("Kijk in uw e-mail")
    page.get_by_label("Code uit de e-mail").fill(mailed_code())
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("h1")).to_have_text("Kies een wachtwoord")


def choose_password(page: Page) -> None:
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("h1")).to_have_text("Kies uw tweede stap")


def test_a_first_visit_with_a_passkey_and_logging_in_with_it(
    visit: Open, sanne: Person, tmp_path: Path, java: str
) -> None:
    page = visit("/eerste-keer/")
    add_authenticator(page)
    wrong = find_wrong(page, tmp_path, "eerste-keer")
    first_steps(page, sanne)
    wrong += find_wrong(page, tmp_path, "wachtwoord")
    choose_password(page)
    wrong += find_wrong(page, tmp_path, "keuze")
    page.get_by_role("link", name="Sleutel toevoegen").click()
    wrong += find_wrong(page, tmp_path, "sleutel")
    page.get_by_role("button", name="Sleutel toevoegen").click()
    expect(page.locator(".codes li")).to_have_count(10)
    wrong += find_wrong(page, tmp_path, "herstelcodes")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.locator("h1")).to_have_text("Mijn account")
    expect(page.locator(".visitor")).to_contain_text("Sanne Yıldız")
    wrong += find_wrong(page, tmp_path, "account")
    page.goto("/account/sessies/")
    wrong += find_wrong(page, tmp_path, "sessies")

    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("link", name="Inloggen", exact=True).click()
    wrong += find_wrong(page, tmp_path, "inloggen")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    wrong += find_wrong(page, tmp_path, "tweede-stap")
    page.get_by_role("button", name="Gebruik uw sleutel").click()
    expect(page.locator(".visitor")).to_contain_text("Sanne Yıldız")
    assert wrong == []
    assert complaints(java, tmp_path) == []


def test_a_first_visit_with_an_app_needs_no_script(visit: Open, sanne: Person) -> None:
    page = visit("/eerste-keer/", java_script_enabled=False, **PHONE)
    first_steps(page, sanne)
    choose_password(page)
    page.get_by_role("link", name="App instellen").click()
    expect(page.locator("svg.qr")).to_be_visible()
    sanne.secret = page.locator(".steps code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(sanne.app_code())
    page.get_by_role("button", name="App instellen").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.locator("h1")).to_have_text("Mijn account")
    expect(page.locator(".visitor")).to_contain_text("Sanne Yıldız")


def test_a_wrong_password_is_said_above_the_form(visit: Open, sanne: Person, tmp_path: Path) -> None:
    page = visit("/inloggen/")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill("niet dit wachtwoord")
    page.get_by_role("button", name="Verder").click()

    expect(page.get_by_role("alert")).to_contain_text("klopt niet")
    assert find_wrong(page, tmp_path, "fout") == []


def test_one_click_makes_somebody_of_you_in_a_demo(
    visit: Open, keys: None, settings: object, tmp_path: Path, java: str
) -> None:
    settings.DEMO_CHECK = CHECK  # type: ignore[attr-defined]
    fill_demo()
    page = visit("/demo/", extra_http_headers={"X-Test-Demo": "1"})
    wrong = find_wrong(page, tmp_path, "demo")
    page.get_by_role("button", name=cast.PRIVACY_OFFICER.name).click()
    expect(page.locator("h1")).to_have_text("Logboek")
    expect(page.locator(".visitor")).to_contain_text(cast.PRIVACY_OFFICER.name)
    page.get_by_role("link", name="Wisselen").click()
    page.get_by_role("button", name=cast.RE_INTEGRANT.name).click()
    expect(page.locator(".visitor")).to_contain_text("Sanne Yıldız")
    wrong += find_wrong(page, tmp_path, "iemand")
    assert wrong == []
    assert complaints(java, tmp_path) == []
