"""The pages of the desks in a real browser: accessible, within their width, by keyboard, on paper."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from hervat.journal.rules.acts import Met
from hervat.journal.rules.line import Outcome, SubjectKind
from hervat.organisation.models import Posting, Unit, User
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Item, Operation
from tests.cast import ADMINISTRATOR, EGB_PHYSICIAN, LABOUR_EXPERT, PRIVACY_OFFICER

from .desks import account, at_desk, employ
from .test_browser import WIDTHS, look_through
from .test_log_page import CLERK, HER, tell
from .test_nu import complaints, java

__all__ = ["java"]
Visit = Callable[..., Page]
PICTURES = os.environ.get("HERVAT_TEST_PICTURES", "")
LOG, POINTS, USERS = "/toezicht/logboek/", "/toezicht/open-punten/", "/beheer/gebruikers/"


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """Open a page as somebody; afterwards nothing was complained of."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def open_it(client: Client, path: str, **look: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **look)  # type: ignore[arg-type]
        contexts.append(context)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [one for one in said if "Failed to load resource" not in one] == []


@pytest.fixture
def officer(
    machine_clock: None, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Client:
    """The FG, a log with something in it, and a file with one acceptance."""
    path = tmp_path / "aanvaardingen.yaml"
    day = timezone.localdate()
    row = f"{{open_point: bsn-grond, version: 1, by: Directeur P&O, on: {day}, why: Zo besloten.}}"
    path.write_text(f"demo: false\nacceptances:\n  - {row}\n", encoding="utf-8")
    monkeypatch.setenv("HERVAT_ACCEPTANCES", str(path))
    account(EGB_PHYSICIAN)
    other = Met(subject=UUID(int=9), subject_kind=SubjectKind.RE_INTEGRANT, items=frozenset({Item.BSN}))
    tell(HER, outcome=Outcome.REFUSED)
    tell(actor=CLERK, operation=Operation.ADMINISTER_USERS)
    for _ in range(51):
        tell(HER, other)
    return at_desk(PRIVACY_OFFICER)


@pytest.fixture
def admin(live_server: LiveServer) -> Client:
    """An administrator, with units and with somebody whose postings stand in every state."""
    army = Unit.objects.create(kind=UnitKind.SERVICE_BRANCH, abbreviation="CLAS", name="Landstrijdkrachten")
    brigade = Unit.objects.create(
        kind="eenheid", abbreviation="13 Brig", name="13 Lichte Brigade", parent=army
    )
    Unit.objects.create(kind="sub-eenheid", abbreviation="A-cie", name="Alfa-compagnie", parent=brigade)
    today, clerk = timezone.localdate(), {"granted_by_kind": "opdracht", "granted_by": "cli:beheer"}
    user = employ(LABOUR_EXPERT)
    fields = {
        "user": user,
        "role": "commandant",
        "unit": brigade,
        "below": True,
        "below_reason": "De hele brigade.",
    }
    Posting.objects.create(**fields, starts_on=today + timedelta(days=9), **clerk)
    over = {"starts_on": today - timedelta(days=90), "ends_on": today - timedelta(days=80)}
    Posting.objects.create(user=user, role="oobb", unit=brigade, **over, **clerk)
    by_other = {"granted_by_kind": "gebruiker", "granted_by": str(PRIVACY_OFFICER.code)}
    account(PRIVACY_OFFICER)
    Posting.objects.create(user=account(EGB_PHYSICIAN), role="arts-egb", starts_on=today, **by_other)
    return at_desk(ADMINISTRATOR)


def find_wrong(page: Page, folder: Path, name: str) -> list[str]:
    """What axe finds in each look, and the widths that the page does not fit; the page is kept for Nu."""
    looks = ("light", "dark", "phone", "forced", "opened")
    (folder / f"{name}.html").write_text(page.content(), encoding="utf-8")
    found = [f"{name} {one}" for look in looks for one in look_through(page, look)]
    page.emulate_media(color_scheme="light", forced_colors="none")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
        if PICTURES and width in {390, 1280}:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_the_pages_of_oversight_are_sound_in_every_look(
    visit: Visit, officer: Client, tmp_path: Path, java: str
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    page = visit(officer, LOG)
    wrong = find_wrong(page, folder, "log")
    page.get_by_label("Uitkomst").select_option("geweigerd")
    page.get_by_label("Over wie").fill("geen code")
    page.get_by_role("button", name="Toon").click()
    expect(page.locator("#id_over_error")).to_be_visible()
    wrong += find_wrong(page, folder, "log-wrong")
    page.get_by_label("Over wie").fill("")
    page.get_by_label("Uitkomst").select_option("")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("link", name="Oudere regels").click()
    expect(page.locator("tr.refused")).not_to_have_count(0)
    wrong += find_wrong(page, folder, "log-older")
    page.locator("tr.refused th a").first.click()
    expect(page.locator("h1")).to_have_text("Handeling")
    wrong += find_wrong(page, folder, "action")
    for name, path in (
        ("points", POINTS),
        ("point-open", f"{POINTS}geen-matrix/"),
        ("point-accepted", f"{POINTS}bsn-grond/"),
    ):
        page.goto(path)
        wrong += find_wrong(page, folder, name)

    assert wrong == []
    assert complaints(java, folder) == []


def test_the_pages_of_administration_are_sound_in_every_look(
    visit: Visit, admin: Client, tmp_path: Path, java: str
) -> None:
    expert, doctor = LABOUR_EXPERT.code, EGB_PHYSICIAN.code
    page = visit(admin, USERS)
    wrong = find_wrong(page, tmp_path, "users")
    for name, path in (
        ("new", f"{USERS}nieuw/"),
        ("user", f"{USERS}{expert}/"),
        ("doctor", f"{USERS}{doctor}/"),
        ("self", f"{USERS}{ADMINISTRATOR.code}/"),
        ("approvals", "/beheer/goedkeuren/"),
        ("units", "/beheer/eenheden/"),
    ):
        page.goto(path)
        wrong += find_wrong(page, tmp_path, name)
    page.goto(f"{USERS}{expert}/")
    page.get_by_role("button", name="Geef deze plaatsing").click()
    expect(page.locator("#id_rol_error")).to_be_visible()
    wrong += find_wrong(page, tmp_path, "user-wrong")
    page.get_by_role("button", name="Maak een code op papier").click()
    expect(page.locator("h1")).to_have_text("Code op papier")
    wrong += find_wrong(page, tmp_path, "paper")

    assert wrong == []
    assert complaints(java, tmp_path) == []


def test_a_posting_is_given_by_keyboard_and_without_a_script(visit: Visit, admin: Client) -> None:
    page = visit(admin, f"{USERS}{EGB_PHYSICIAN.code}/", java_script_enabled=False)
    page.get_by_label("Rol", exact=True).focus()
    page.keyboard.type("Commandant")
    page.keyboard.press("Tab")
    page.keyboard.type("a-cie")
    page.get_by_label("Laatste dag").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("De plaatsing is gegeven.")
    expect(page.locator(".posting").filter(has_text="A-cie")).to_be_visible()
    assert User.objects.count() == 4


def test_the_log_takes_along_a_file_and_prints_without_its_controls(visit: Visit, officer: Client) -> None:
    page = visit(officer, LOG)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Neem mee als CSV").click()

    assert taken.value.suggested_filename == "logboek.csv"
    page.emulate_media(media="print")
    expect(page.locator("tbody tr").first).to_be_visible()
    for control in (".desk", ".filters", ".list-head form", ".pages"):
        assert page.locator(control).first.is_hidden()
