"""Every page in a real browser: accessible, within its width, by keyboard, without a script, on paper.

One browser and one context per look; the pages are served without a database (`site`).
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .demo import HEADER
from .inventory import PAGES, Visit

EVERY_PAGE = pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.path)
OPEN_ALL = "[...document.querySelectorAll('main details')].filter((one) => (one.open = true)).length"
PHONE = {"viewport": {"width": 390, "height": 844}}
WIDTHS = (320, 390, 768, 992, 1201, 1280, 1920)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"runOnly": {"type": "tag", "values": TAGS}}
# Contrast is most of the time axe takes: asked where colours differ, the rest where the layout does
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LAYOUT = {**EVERY_RULE, "rules": {"color-contrast": {"enabled": False}}}
RULES = {"light": EVERY_RULE, "dark": CONTRAST, "forced": CONTRAST, "phone": LAYOUT, "opened": EVERY_RULE}
MATRIX = "/register/matrix/"
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    """Open a page, and afterwards hold it to having asked no other host and broken no policy."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_it(path: str, *, demo: bool = True, **look: object) -> Page:
        headers = {HEADER: "1" if demo else "0"}
        context = browser.new_context(base_url=site, extra_http_headers=headers, **look)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _other_host(asked.url, site, complaints))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    # A browser reports a 400 or 404 of the page itself in its console; that is not a complaint
    assert [one for one in complaints if "Failed to load resource" not in one] == []


def _other_host(url: str, site: str, complaints: list[str]) -> None:
    if not url.startswith(site):
        complaints.append(f"asked {url}")


def violations(page: Page, look: str = "light") -> list[str]:
    # Without `resultTypes` axe also reports every element that passed, which takes most of the time
    options = {**RULES[look], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def look_through(page: Page, look: str) -> list[str]:
    """Change how the page is looked at, and return what axe finds then."""
    page.set_viewport_size({"width": 390 if look == "phone" else 1280, "height": 800})
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced" else "none",
    )
    if look == "opened" and not page.evaluate(OPEN_ALL):
        return []
    return [f"{look}: {violation}" for violation in violations(page, look)]


@pytest.mark.parametrize("visit", [v for v in PAGES if v.looks], ids=lambda visit: visit.path)
def test_axe_finds_nothing_in_any_look(open_page: Open, visit: Visit) -> None:
    page = open_page(visit.path)

    assert [found for look in visit.looks for found in look_through(page, look)] == []


@pytest.mark.parametrize(
    "path", ["/", f"{MATRIX}?klasse=bijzonder", f"{MATRIX}?klasse=bijzonder&rol=commandant"]
)
def test_axe_finds_nothing_where_everything_waits(open_page: Open, path: str) -> None:
    page = open_page(path, demo=False)

    assert [found for look in ("light", "dark") for found in look_through(page, look)] == []


def test_axe_finds_what_is_wrong(open_page: Open) -> None:
    page = open_page("/toegankelijkheid/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/\"><h1></h1>')"
    )

    assert [one.partition(":")[0] for one in violations(page)].count("image-alt") == 1


@EVERY_PAGE
def test_no_page_is_wider_than_the_screen(open_page: Open, visit: Visit) -> None:
    page = open_page(visit.path)
    wider = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(width)

    assert wider == []


@pytest.mark.parametrize("visit", [v for v in PAGES if v.looks], ids=lambda visit: visit.path)
def test_a_page_says_the_same_without_a_script(open_page: Open, visit: Visit) -> None:
    with_script = open_page(visit.path).locator("main").inner_text()
    without = open_page(visit.path, java_script_enabled=False).locator("main").inner_text()

    assert without == with_script


def test_the_first_tab_offers_the_content_and_focus_is_seen(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_control_of_a_page_is_reached_by_tab_and_shows_it(open_page: Open) -> None:
    page = open_page("/register/open-points/?stand=open&intussen=weigeren")
    wanted = page.locator("a[href], button, select, input:not([type=hidden]), summary").count()
    reached = 0
    for _step in range(wanted):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        reached += outline != "none"

    assert reached == wanted


def test_a_cell_opens_and_closes_by_keyboard_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page(MATRIX)
    cell = page.locator("#geslacht td a").first
    cell.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#waarom")).to_contain_text("Geslacht")
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#waarom")).to_have_count(0)


def test_a_cell_opens_without_a_script_beneath_its_row(open_page: Open) -> None:
    page = open_page(MATRIX, java_script_enabled=False)
    page.locator("#mgo td a").first.click()

    expect(page.locator("#mgo + .why-row #waarom")).to_be_in_viewport()
    expect(page.locator("#mgo")).to_be_in_viewport()


def test_the_filters_change_the_page_and_its_address_and_back_goes_back(open_page: Open) -> None:
    page = open_page(MATRIX)
    page.get_by_label("Rol", exact=True).select_option("arts-egb")
    page.get_by_role("button", name="Toon").click()

    expect(page.locator("h1")).to_have_text("Arts EGB")
    assert "rol=arts-egb" in page.url
    page.go_back()
    expect(page.locator("h1")).to_have_text("Wie mag wat zien")


def test_the_head_and_first_column_stay_in_sight(open_page: Open) -> None:
    page = open_page(MATRIX, viewport={"width": 1280, "height": 800})
    page.locator("#contactmomenten").scroll_into_view_if_needed()

    expect(page.locator(".matrix thead th").nth(1)).to_be_in_viewport()
    page.set_viewport_size({"width": 900, "height": 800})
    page.locator("#contactmomenten td").last.scroll_into_view_if_needed()
    expect(page.locator("#contactmomenten th")).to_be_in_viewport()


def test_a_phone_gets_one_role_at_a_time(open_page: Open) -> None:
    page = open_page(MATRIX, **PHONE)

    expect(page.locator(".matrix thead")).to_be_hidden()
    page.get_by_role("link", name="Commandant").click()
    expect(page.locator("h1")).to_have_text("Commandant")
    expect(page.locator(".lines tr").filter(has_text="Telefoonnummer")).to_be_visible()


@pytest.mark.parametrize(("theme", "scheme"), [("donker", "dark"), ("licht", "light")])
def test_the_theme_switch_works_without_a_script(open_page: Open, theme: str, scheme: str) -> None:
    page = open_page("/", java_script_enabled=False, color_scheme="light")
    page.get_by_role("button", name=theme).click()

    assert page.locator("html").evaluate("(root) => getComputedStyle(root).colorScheme") == scheme


def test_states_can_be_told_apart_without_colour(open_page: Open) -> None:
    """With forced colours every state keeps a word, and its symbol another mask."""
    page = open_page(MATRIX, forced_colors="active")
    looks = page.locator(".legend .chip").evaluate_all(
        "(chips) => chips.map((one) => one.textContent + getComputedStyle(one, '::before').maskImage)"
    )

    assert len(looks) == 8
    assert len(set(looks)) == 8


@EVERY_PAGE
def test_a_print_has_the_content_and_not_the_controls(open_page: Open, visit: Visit) -> None:
    page = open_page(visit.path)
    page.emulate_media(media="print")

    expect(page.locator("h1")).to_be_visible()
    for control in ("header nav", "form", ".crumbs"):
        assert (
            page.locator(control).evaluate_all("(all) => all.filter((one) => one.offsetHeight > 0).length")
            == 0
        )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_matrix_prints_whole_on_landscape_paper(open_page: Open) -> None:
    page = open_page(MATRIX)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})

    assert page.locator(".matrix").evaluate("(table) => table.scrollWidth") <= 1030
    expect(page.locator("#contactmomenten td").last).to_be_visible()
