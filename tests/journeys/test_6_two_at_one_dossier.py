"""Two people write in one dossier at once: the second sees what the first wrote, and loses nothing."""

from playwright.sync_api import expect

from tests.cast import COMMANDER, PO_ADVISER

from .conftest import Become
from .people import Ill, ago, arrive, case_of, falls_ill, save

KIM = Ill("W700007", "Kevin Manuhutu", "999990159")


def test_who_writes_on_a_stale_page_sees_what_a_colleague_wrote_and_loses_nothing(become: Become) -> None:
    arrive(falls_ill(KIM, ago(70)))
    first, second = become(PO_ADVISER), become(COMMANDER)
    case = case_of(first, KIM.name)
    for page in (first, second):
        page.goto(f"{case}wijzigen/werk/")

    first.get_by_label("Kwaliteit van de arbeidsrelatie").fill("Van de adviseur.")
    first.get_by_role("button", name="Bewaren").click()
    expect(first.get_by_role("button", name="Bewaren")).to_have_count(0)
    second.get_by_label("Kwaliteit van de arbeidsrelatie").fill("Van de commandant.")
    second.get_by_role("button", name="Bewaren").click()

    expect(second.locator(".stale")).to_contain_text("Van de adviseur.")
    expect(second.get_by_label("Kwaliteit van de arbeidsrelatie")).to_have_value("Van de commandant.")
    second.get_by_label("Waarom wijzigt u dit?").select_option("situatie-veranderd")
    second.get_by_role("button", name="Bewaren").click()
    expect(second.get_by_role("button", name="Bewaren")).to_have_count(0)
    second.goto(f"{case}gegevens/")
    expect(second.locator(".part-werk")).to_contain_text("Van de commandant.")


def test_hours_on_a_stale_page_are_not_lost_either(become: Become) -> None:
    first, second = become(PO_ADVISER), become(COMMANDER)
    case = case_of(first, KIM.name)
    for page in (first, second):
        page.goto(f"{case}vastleggen/uren/")
    first.get_by_label("Uren eigen werk").fill("8")
    save(first)
    expect(first.get_by_role("status")).to_contain_text("Vastgelegd")

    second.get_by_label("Uren aangepast werk").fill("4")
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("Iemand anders heeft dit intussen gewijzigd")
    expect(second.get_by_label("Uren aangepast werk")).to_have_value("4")
    save(second)
    expect(second.locator("main")).to_contain_text("8 uur eigen werk en 4 uur aangepast werk")
