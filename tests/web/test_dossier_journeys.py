"""What people do with each other in a dossier, in a real browser: two windows, a proposal, a question.

Without a script where that is the longer way. In forced colours every state can still be told apart.
"""

import re

import pytest
from playwright.sync_api import Page, expect

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


def propose(page: Page, case: str, who: cast.Character, role: str) -> None:
    """Choose the role, then one of those who hold it."""
    page.goto(f"{case}toewijzingen/")
    page.get_by_label("Welke rol is nodig?").select_option(label=role)
    page.get_by_role("button", name="Kies een collega").click()
    name = page.get_by_label("Collega", exact=True).locator("option", has_text=who.name)
    page.get_by_label("Collega", exact=True).select_option(value=str(name.get_attribute("value")))
    page.get_by_role("button", name="Stel voor").click()


def test_who_writes_on_a_stale_page_sees_what_a_colleague_wrote_and_loses_nothing(demo: Open) -> None:
    first, second = become(demo, cast.PO_ADVISER), become(demo, cast.COMMANDER)
    case = case_of(first, cast.RE_INTEGRANT.name)
    for page in (first, second):
        page.goto(f"{case}wijzigen/werk/")

    first.get_by_label("Kwaliteit van de arbeidsrelatie").fill("Van de adviseur.")
    first.get_by_label("Waarom wijzigt u dit?").select_option("situatie-veranderd")
    first.get_by_role("button", name="Bewaren").click()
    expect(first.get_by_role("button", name="Bewaren")).to_have_count(0)
    second.get_by_label("Kwaliteit van de arbeidsrelatie").fill("Van de commandant.")
    second.get_by_label("Waarom wijzigt u dit?").select_option("situatie-veranderd")
    second.get_by_role("button", name="Bewaren").click()

    expect(second.locator(".stale")).to_contain_text("Van de adviseur.")
    expect(second.get_by_label("Kwaliteit van de arbeidsrelatie")).to_have_value("Van de commandant.")
    second.get_by_role("button", name="Bewaren").click()
    expect(second.get_by_role("button", name="Bewaren")).to_have_count(0)
    second.goto(f"{case}gegevens/")
    expect(second.locator(".part-werk")).to_contain_text("Van de commandant.")


def test_a_colleague_is_chosen_by_role_and_finds_accepts_or_rejects_the_proposal(demo: Open) -> None:
    adviser = become(demo, cast.PO_ADVISER, java_script_enabled=False)
    adviser.goto("/caseload/")
    case = str(adviser.locator("table.cases a").first.get_attribute("href")).partition("?")[0]
    before = cast.INSURANCE_PHYSICIAN, cast.DCR_GUIDE
    for who, role in zip(before, ("Verzekeringsarts BMB", "Medewerker DCR"), strict=True):
        propose(adviser, case, who, role)
        expect(adviser.locator(".assigned li", has_text=who.name)).to_contain_text("door u voorgesteld")
    assert "@" not in adviser.locator("main").inner_text()

    doctor = become(demo, cast.INSURANCE_PHYSICIAN, java_script_enabled=False)
    expect(doctor.get_by_role("link", name=re.compile("^Voorstellen 1"))).to_be_visible()
    doctor.get_by_role("link", name=re.compile("^Voorstellen")).click()
    expect(doctor.locator("tbody tr")).to_contain_text("door: P&O-adviseur")
    doctor.get_by_role("button", name=re.compile("^Aanvaard")).click()
    expect(doctor.locator("h1")).not_to_have_text("Voorstellen aan u")
    assert doctor.url.endswith(case)
    expect(doctor.get_by_role("link", name=re.compile("^Voorstellen"))).to_have_text("Voorstellen")

    guide = become(demo, cast.DCR_GUIDE, java_script_enabled=False)
    guide.goto("/voorstellen/")
    guide.get_by_role("button", name=re.compile("^Wijs af")).click()
    expect(guide.locator("main")).to_contain_text("Er wacht nu geen voorstel")

    adviser.reload()
    for who, answer in zip(before, ("aanvaard", "afgewezen"), strict=True):
        expect(adviser.locator(".assigned li", has_text=who.name)).to_contain_text(answer)


def test_a_question_about_a_reader_reaches_the_log_of_the_officer(demo: Open) -> None:
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
