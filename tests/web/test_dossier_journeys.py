"""What people ask each other about a dossier, in a real browser; and every state in forced colours.

What they do with each other stands in tests/journeys.
"""

import re

import pytest
from playwright.sync_api import expect

from hervat.access import cast

from .test_browser import look_through
from .test_dossier_browser import become, case_of, demo
from .test_login_browser import Open, visit

__all__ = ["demo", "visit"]

# What stands for a state in forced colours: an icon that is drawn, a border, and what is current.
LOST = """
(() => {
    const canvas = getComputedStyle(document.body).backgroundColor;
    const drawn = (style) => style.maskImage !== 'none' && style.maskImage !== '';
    const seen = [...document.querySelectorAll('main *, header *')].filter((one) => one.checkVisibility());
    const icons = seen.filter((one) => {
        const style = getComputedStyle(one, '::before');
        return drawn(style) && [canvas, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
    });
    const buttons = seen.filter((one) => {
        const style = getComputedStyle(one);
        return one.matches('.button, input:not([type=hidden], [type=checkbox]), select, textarea, .waits')
            && (style.borderTopWidth === '0px' || style.borderTopColor === canvas);
    });
    const current = seen.filter((one) => {
        const rest = one.closest('nav')?.querySelector('a:not([aria-current])');
        return one.matches('nav:not(.crumbs) a[aria-current]') && rest
            && getComputedStyle(one).borderBottomColor === getComputedStyle(rest).borderBottomColor;
    });
    return [...icons, ...buttons, ...current].map((one) => one.outerHTML.slice(0, 120));
})()
"""


def test_a_question_about_a_reader_reaches_the_log_of_the_officer(machine_clock: None, demo: Open) -> None:
    commander = become(demo, cast.COMMANDER)
    commander.goto(case_of(commander, cast.RE_INTEGRANT.name))
    page = become(demo, cast.RE_INTEGRANT)
    page.goto("/mijn/lezers/")

    page.get_by_role("button", name=re.compile("Vraag aan de FG.*Commandant")).first.click()

    line = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", page.locator("main").inner_text())
    assert line
    officer = become(demo, cast.PRIVACY_OFFICER)
    officer.goto("/toezicht/logboek/")
    officer.get_by_label("Handeling").select_option("rechten-van-betrokkene")
    officer.get_by_role("button", name="Toon").click()
    officer.locator("tr", has_text="maken").get_by_role("link").first.click()
    expect(officer.locator("main")).to_contain_text(line[0])


PAGES = {
    cast.PO_ADVISER: (
        "/caseload/",
        "{case}",
        "{case}gegevens/",
        "{case}toewijzingen/",
        "{case}wijzigen/werk/",
    ),
    cast.LABOUR_EXPERT: ("/voorstellen/", "/caseload/"),
    cast.RE_INTEGRANT: ("/mijn/?verder=1", "/mijn/lezers/", "/mijn/informatie/"),
    cast.PRIVACY_OFFICER: ("/toezicht/logboek/", "/toezicht/waarom/", "/toezicht/open-punten/"),
    cast.ADMINISTRATOR: ("/beheer/gebruikers/", "/beheer/eenheden/"),
}


@pytest.mark.parametrize("who", PAGES, ids=lambda who: who.key)
def test_in_forced_colours_every_state_is_told_apart(demo: Open, who: cast.Character) -> None:
    page = become(demo, who, forced_colors="active")
    case = case_of(page, cast.RE_INTEGRANT.name) if who is cast.PO_ADVISER else ""
    lost = []
    for path in PAGES[who]:
        page.goto(path.format(case=case))
        lost += [f"{path} {one}" for one in [*page.evaluate(LOST), *look_through(page, "forced")]]

    assert lost == []


def test_a_state_that_is_lost_in_forced_colours_is_found(demo: Open) -> None:
    page = become(demo, cast.LABOUR_EXPERT, forced_colors="active")
    page.goto("/voorstellen/")
    page.evaluate("document.querySelector('main .button').style.border = '0'")

    assert len(page.evaluate(LOST)) == 1
