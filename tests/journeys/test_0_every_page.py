"""Every page of people at work is sound: axe, Nu, keyboard and width, in Dutch and in English.

It comes before the journeys, while the lists are short.
Which pages there are stands in the inventory of addresses: who adds one sees it opened here, or says below
why it is not. The pages of the register, of log-in and of the desks have tests of their own in tests/web.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hervat.course.actions.closing import close
from hervat.course.actions.opening import open_course
from hervat.course.actions.recording import record
from hervat.course.actions.tasks import add_own_task
from hervat.course.rules.values import NewFact
from hervat.course.rules.vocabulary import Kind, Method
from hervat.dossiers.actions.opening import NewDossier, Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import ClosingReason
from hervat.register.vocabulary import Role
from hervat.web.preferences import LANGUAGE_COOKIE
from tests.cast import (
    APPOINTMENT,
    COMMANDER,
    FUTURE,
    LABOUR_EXPERT,
    PO_ADVISER,
    PRIVACY_OFFICER,
    SANNE,
    Player,
)
from tests.dossiers.files import feed as any_feed
from tests.dossiers.files import permit_for
from tests.exchange.looking import dossiers
from tests.exchange.sending import outcomes
from tests.web.cast import account
from tests.web.inventory import DOSSIERS, LOGIN
from tests.web.test_browser import look_through
from tests.web.test_nu import complaints, java

from .conftest import Become
from .people import FEMKE, ago, arrive, falls_ill, feed, today
from .test_4_to_the_dcr import propose

__all__ = ["java"]
OF_ACCOUNT = {"account", "deputies", "usersessions_list", "account_change_password", "mfa_index"}
HERSELF = Player(SANNE.code, SANNE.name, Role.RE_INTEGRANT)
WHO: dict[str, Player] = {
    **dict.fromkeys(("my-course", "my-case", "my-notice", "my-readers"), HERSELF),
    **dict.fromkeys(("work-list", "proposals"), LABOUR_EXPERT),
    "dossier-proposal": FUTURE,
    "oversight-why": PRIVACY_OFFICER,
    "team": COMMANDER,
    "now": COMMANDER,
}
"""Who opens a page that is not for the P&O adviser."""
ONLY_SENT = {"caseload-export", "ask-officer"}
"""Addresses that take a form and show nothing."""
DEEP = {"caseload", "team", "dossier", "dossier-record", "my-course"}
"""Pages that axe goes through in the dark and on a phone too: the others are made of the same parts."""
CONTROLS = ".actions:visible, .about:visible, header nav:visible, .filters:visible"
WIDTHS = (320, 390, 768, 1280)
# Reached, seen, and in the order of the page: what a Tab would find, asked at once
UNREACHED = """
[...document.querySelectorAll('a[href], button, select, textarea, input:not([type=hidden]), summary')]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        one.focus({focusVisible: true});
        const unseen = getComputedStyle(one).outlineStyle === 'none';
        return one.tabIndex !== 0 || document.activeElement !== one || unseen;
    })
    .map((one) => one.outerHTML.slice(0, 120))
"""
DUTCH = re.compile(r"\b(?:het|een|niet|wordt|waarom|voor|uw)\b")
OWN_WORDS = """
(() => {
    const main = document.querySelector('main').cloneNode(true);
    main.querySelectorAll('[lang=nl], option').forEach((one) => one.remove());
    return main.textContent;
})()
"""


@dataclass(frozen=True)
class Place:
    """A page to open, and by whom."""

    name: str
    who: Player
    path: str


@pytest.fixture
def places(world: str, become: Become) -> tuple[Place, ...]:
    """Every page of the inventory that can be opened, filled in for a dossier in which much happened."""
    account(SANNE)
    opened, closed = much_happened(), over()
    outcomes(feed(), '{"geen": "bericht"}')
    adviser = become(PO_ADVISER)
    case = f"/dossier/{show_case_number(opened.case_number)}/"
    propose(adviser, case, FUTURE, "Medewerker Future Smart Resource Center")
    links = (
        links_of(adviser, case)
        | links_of(adviser, f"{case}verloop/")
        | links_of(adviser, "/personeelssysteem/")
    )
    made = [
        _place(one.name, one.path, case, closed, links) for one in (*DOSSIERS, *LOGIN) if _is_here(one.name)
    ]
    return tuple(made)


def _is_here(name: str) -> bool:
    return name not in ONLY_SENT and (name in OF_ACCOUNT or any(one.name == name for one in DOSSIERS))


def _place(name: str, path: str, case: str, closed: str, links: set[str]) -> Place:
    number = case.split("/")[2]
    path = path.replace("C3H4-K5M6-N7QX", closed if name == "dossier-reopen" else number)
    pattern = re.sub(r"[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}", "[0-9a-f-]{36}", path)
    if pattern != path:
        (path, *_) = sorted(one for one in links if re.fullmatch(pattern, one)) or [f"no link like {pattern}"]
    return Place(name, WHO.get(name, PO_ADVISER), path)


def links_of(page: Page, path: str) -> set[str]:
    page.goto(path)
    found = page.locator("main a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    return {str(one).partition("?")[0] for one in found}


def much_happened() -> Opened:
    """A dossier of 200 days with contact, hours, tasks, and a step that was late without a reason."""
    new = NewDossier(
        unit=SANNE.unit.id,
        first_sick_on=ago(200),
        opened_on=ago(199),
        identity=SANNE.facts,
        appointment=APPOINTMENT,
        user_code=SANNE.code,
    )
    opened, _ = open_course(permit=any_feed(new.unit), new=new)
    monday = today() - timedelta(days=today().weekday())
    facts = [
        NewFact(Kind.CONTACT, ago(3), detail=Method.VISIT),
        NewFact(Kind.OPINION, ago(160)),
        NewFact(Kind.PLAN, ago(100)),
        NewFact(Kind.OWN_HOURS, monday, detail=30),
        NewFact(Kind.ADAPTED_HOURS, monday, detail=17),
    ]
    record(permit=any_feed(new.unit), expected_version=None, facts=facts, dossier=opened.dossier)
    permit = permit_for(opened, on=today())
    add_own_task(permit=permit, role=Role.PO_ADVISER, due_on=today(), title="Bel de werkplek")
    return opened


def over() -> str:
    """The number of a dossier of somebody else, that was closed."""
    arrive(falls_ill(FEMKE, ago(30)))
    (row,) = dossiers(feed(), FEMKE.number)
    opened = Opened(row.id, row.person_id, row.case_number)
    permit = permit_for(opened, on=today())
    close(permit=permit, expected_version=row.version, on=today(), reason=ClosingReason.COURSE_ENDED)
    return show_case_number(row.case_number)


def sound(page: Page, folder: Path, place: Place, language: str) -> Iterator[str]:
    """What is wrong with a page in a language."""
    answer = page.goto(place.path)
    if answer is None or answer.status != 200:
        yield f"answers {answer.status if answer else 'nothing'}"
        return
    (folder / f"{place.name}-{language}.html").write_text(page.content(), encoding="utf-8")
    if language == "en":
        yield from (f"says {word}" for word in DUTCH.findall(str(page.evaluate(OWN_WORDS))))
        return
    looks = ("light", "dark", "phone") if place.name in DEEP else ("light",)
    yield from (one for look in looks for one in look_through(page, look))
    page.emulate_media(color_scheme="light")
    yield from (f"is not reached: {one}" for one in page.evaluate(UNREACHED))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"is wider than {width}"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="print")
    if page.locator(CONTROLS).count():
        yield "prints its controls"
    page.emulate_media(media="screen")


def test_every_page_is_sound_in_dutch_and_english(
    world: str, places: tuple[Place, ...], become: Become, tmp_path: Path, java: str
) -> None:
    wrong: list[str] = []
    for who in dict.fromkeys(place.who for place in places):
        page = become(who, "/mijn/informatie/")
        for language in ("nl", "en"):
            page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": world}])
            own = [place for place in places if place.who == who]
            wrong += [
                f"{one.name} ({language}) {what}"
                for one in own
                for what in sound(page, tmp_path, one, language)
            ]

    assert wrong == []
    assert complaints(java, tmp_path) == []
