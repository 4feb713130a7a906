"""What the calculator answers, in a real browser: accessible, within its width, readable, on paper."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .inventory import ANSWERS, Sent
from .test_browser import PHONE, WIDTHS, _other_host, look_through

EVERY_ANSWER = pytest.mark.parametrize("sent", ANSWERS, ids=lambda sent: sent.name)
SUBMIT = """(values) => {
    const form = document.createElement('form');
    form.method = 'post'; form.action = '/termijnen/';
    for (const [name, value] of Object.entries(values)) {
        const input = document.createElement('input');
        input.name = name; input.value = value; form.append(input);
    }
    document.body.append(form); form.submit();
}"""
BOXES = """(drawing) => [...drawing.querySelectorAll('.label')].map((one) => {
    const box = one.getBBox(); return [box.x, box.y, box.x + box.width, box.y + box.height];
})"""
Send = Callable[..., Page]


@pytest.fixture
def send(browser: Browser, site: str) -> Iterator[Send]:
    """Send something to the calculator; afterwards no other host was asked and no policy broken."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def send_it(sent: Sent | None = None, **look: object) -> Page:
        context = browser.new_context(base_url=site, **look)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _other_host(asked.url, site, complaints))
        page.goto("/termijnen/")
        if sent is not None:
            with page.expect_navigation():
                page.evaluate(SUBMIT, sent.values)
        return page

    yield send_it
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert [one for one in complaints if "Failed to load resource" not in one] == []


def named(name: str) -> Sent:
    return next(one for one in ANSWERS if one.name == name)


@EVERY_ANSWER
def test_axe_finds_nothing_in_any_look(send: Send, sent: Sent) -> None:
    page = send(sent)

    assert [found for look in sent.looks for found in look_through(page, look)] == []


@EVERY_ANSWER
def test_no_answer_is_wider_than_the_screen(send: Send, sent: Sent) -> None:
    page = send(sent)
    wider = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wider.append(width)

    assert wider == []


@pytest.mark.parametrize("name", ["plain", "doubt", "much", "what-if"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_labels_of_a_drawing_do_not_overlap_and_stay_inside_it(send: Send, name: str, width: int) -> None:
    page = send(named(name), viewport={"width": width, "height": 800})
    shown = [one for one in page.locator("svg[role=img]").all() if one.is_visible()]

    assert shown
    for drawing in shown:
        boxes = drawing.evaluate(BOXES)
        view = [float(part) for part in str(drawing.get_attribute("viewBox")).split()]
        assert len(boxes) >= 13
        for one, other in combinations(boxes, 2):
            apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            assert apart, (one, other)
        assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= view[2] and box[3] <= view[3] for box in boxes)


@pytest.mark.parametrize(("width", "shown"), [(320, ".tall-line"), (900, ".tall-line"), (1280, ".wide-line")])
def test_one_drawing_is_shown_and_its_letters_can_be_read(send: Send, width: int, shown: str) -> None:
    page = send(named("plain"), viewport={"width": width, "height": 800})
    visible = [one for one in page.locator(".timeline svg[role=img]").all() if one.is_visible()]
    expect(page.locator(f".timeline {shown}")).to_be_visible()
    drawing, size = visible[0].bounding_box(), 15
    view = str(visible[0].get_attribute("viewBox")).split()

    assert len(visible) == 1
    assert drawing is not None
    assert size * drawing["width"] / float(view[2]) >= 12


def test_states_can_be_told_apart_without_colour(send: Send) -> None:
    """Every shape that occurs is another outline, with another word beside it."""
    page = send(named("much"), forced_colors="active")
    keys = page.locator(".keys li").evaluate_all(
        "(all) => all.map((one) => [one.textContent.trim(), one.querySelector('svg').innerHTML])"
    )

    assert len(keys) >= 6
    assert len({text for text, _shape in keys}) == len({shape for _text, shape in keys}) == len(keys)


def test_it_works_without_a_script_from_form_to_what_if(send: Send) -> None:
    page = send(java_script_enabled=False)
    page.get_by_label("Eerste ziektedag").fill("2023-01-02")
    page.get_by_role("button", name="Nog een periode").click()
    page.get_by_label("Hersteld op").first.fill("2023-05-01")
    page.get_by_label("Eerste ziektedag").nth(1).fill("2023-05-28")
    page.get_by_role("button", name="Bereken de termijnen").click()
    expect(page.locator("#week_42_notification")).to_contain_text("19 nov 2023")
    page.locator(".what-if .edit > summary").click()
    page.locator("#w-ziek-2").fill("2023-05-29")
    page.get_by_role("button", name="Vergelijk").click()

    expect(page.locator("#vergelijking")).to_contain_text("29 mei 2023")
    assert page.url.endswith("/termijnen/#wat-als")


def test_enter_computes_and_adds_no_row(send: Send) -> None:
    page = send()
    page.get_by_label("Eerste ziektedag").fill("2023-01-02")
    page.get_by_label("Eerste ziektedag").press("Enter")

    expect(page.locator("#uitkomst")).to_be_visible()


def test_the_summary_of_errors_leads_to_the_field(send: Send) -> None:
    page = send(named("wrong"))
    page.locator(".faults a").first.click()

    expect(page.locator("#ziek-1")).to_be_focused()
    expect(page.locator("#ziek-1")).to_have_value("31-2-2023")


def test_the_calendar_file_is_saved_under_its_name(send: Send) -> None:
    page = send(named("plain"))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Neem mee in uw agenda").click()

    assert saved.value.suggested_filename == "termijnen.ics"


def test_the_list_of_steps_folds_and_a_reason_unfolds(send: Send) -> None:
    page = send(named("plain"), **PHONE)
    reasons = page.locator("#action_plan .reasons")
    expect(reasons).to_be_hidden()
    page.locator("#action_plan summary").click()
    expect(reasons).to_contain_text("Eerste ziektedag: 2 januari 2023")
    page.locator(".list > summary").click()

    expect(page.locator(".steps")).to_be_hidden()


def test_a_print_has_the_timeline_and_every_reason_and_no_controls(send: Send) -> None:
    page = send(named("plain"))
    page.emulate_media(media="print")

    expect(page.locator(".wide-line")).to_be_visible()
    assert [one.is_visible() for one in page.locator(".reasons").all()].count(False) == 0
    for control in ("form", ".edit", "header nav", ".what-if"):
        assert all(not one.is_visible() for one in page.locator(control).all())
