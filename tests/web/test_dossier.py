"""A dossier on the screen: what each sees, what is recorded, what two do at once, who works on it."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Dossier, Event
from hervat.dossiers.queries.permitted import reaching
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.scope import Scope
from hervat.dossiers.rules.vocabulary import Field, Part
from hervat.journal.models import Line
from tests.access.test_door import assign
from tests.cast import (
    COMMANDER,
    DCR_GUIDE,
    EGB_PHYSICIAN,
    LABOUR_EXPERT,
    LEGAL_ADVISER,
    OTHER_COMMANDER,
    PO_ADVISER,
    PRIVACY_OFFICER,
    SANNE,
    TODAY,
    Player,
)

from .cast import cast, keys, logged_in, room  # noqa: F401 - fixtures

UNDER = (
    *("waarom/bsn/", "geschiedenis/name/", "wijzigen/werk/"),
    *("sluiten/", "heropenen/", "toewijzingen/", "voorstel/"),
)


@pytest.fixture
def case(cast: Opened) -> str:  # noqa: F811
    """The address of the dossier of the sick sergeant."""
    return f"/dossier/{show_case_number(cast.case_number)}/"


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def form_of(client: Client, path: str) -> dict[str, str]:
    """What a browser would send back of a form: every control with what stands in it."""
    page = text_of(client, path).partition('class="card stack one-form')[2].partition("</form>")[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        named = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if named:
            sent[named[1]] = value[1] if value else ""
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    for name, inside in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', page, re.S):
        sent[name] = inside
    return sent


# --- reading -------------------------------------------------------------------------------------


def test_a_commander_sees_what_the_role_gives_and_why_the_rest_is_closed(case: str) -> None:
    page = text_of(logged_in(COMMANDER), f"{case}gegevens/")

    assert SANNE.name in page
    assert "Groepscommandant" in page
    assert str(SANNE.facts[Field.BSN]) not in page
    assert "Niet zichtbaar voor uw rol" in page
    shut = page.partition('class="card shut"')[2]
    assert "Medische gegevens" in shut
    assert "BSN" in shut
    assert "U kijkt als" in page
    assert "Commandant" in page
    assert "Wettelijke re-integratieplicht" in page


def test_what_is_not_there_and_what_is_not_yours_are_the_same_page(case: str) -> None:
    other = logged_in(OTHER_COMMANDER)
    pages = []
    for path in (case, "/dossier/C3H4-K5M6-N7QX/", "/dossier/999990019/"):
        answer = other.get(path)
        assert answer.status_code == 404
        page = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", answer.content.decode())
        pages.append(page.replace(path, "HIER"))

    assert pages[0] == pages[1] == pages[2]
    assert logged_in(PRIVACY_OFFICER).get(case).status_code == 404


@pytest.mark.parametrize("under", UNDER)
def test_nothing_under_a_dossier_tells_that_it_exists(case: str, under: str) -> None:
    other = logged_in(OTHER_COMMANDER)

    assert other.get(case + under).status_code == 404
    assert other.get(f"/dossier/C3H4-K5M6-N7QX/{under}").status_code == 404


def test_another_purpose_shows_another_dossier_and_one_of_another_role_is_refused(case: str) -> None:
    commander = logged_in(COMMANDER)

    page = text_of(commander, f"{case}?doel=welzijn")
    assert "Wijzigen" not in page.partition("<main")[2]
    refused = commander.get(f"{case}?doel=uitstroom")
    assert refused.status_code == 403
    assert "Deze handeling hoort niet bij dit doel" in refused.content.decode()


def test_opening_a_dossier_leaves_a_line_with_what_was_shown(cast: Opened, case: str) -> None:  # noqa: F811
    logged_in(COMMANDER).get(case)

    line = Line.objects.filter(subject=cast.person, manner="geopend", operation="dossier-inzien").latest("id")
    assert line.actor == str(COMMANDER.code)
    assert "naw-gegevens" in line.items
    assert "bsn" not in line.items


def test_a_page_asks_little_of_the_database(case: str) -> None:
    commander = logged_in(COMMANDER)
    commander.get(case)
    with CaptureQueriesContext(connection) as asked:
        commander.get(case)

    # What opens and closes a transaction, and the permit in it, is no question.
    apart = re.compile(
        r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT set_config|SELECT pg_backend_pid|SELECT version)"
    )
    statements = [one["sql"] for one in asked if not apart.match(one["sql"].strip())]
    assert len(statements) <= 12, [query[:90] for query in statements]


def test_no_title_or_address_tells_who_it_is(case: str) -> None:
    commander = logged_in(COMMANDER)
    page = text_of(commander, case)

    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "Yıldız" not in title
    assert case.split("/")[2] in title
    assert [
        link for link in re.findall(r'(?:href|action)="([^"]*)"', page) if "ldız" in link or "W1000" in link
    ] == []


# --- recording -----------------------------------------------------------------------------------


def test_what_is_changed_is_recorded_with_a_reason_and_what_stood_there_stays(case: str) -> None:
    commander = logged_in(COMMANDER)
    path = f"{case}wijzigen/werk/"
    sent = form_of(commander, path) | {"work_relation": "Goed."}
    assert commander.post(path, sent).status_code == 303
    sent = form_of(commander, path) | {"work_relation": "Stroef."}

    without = commander.post(path, sent)
    assert without.status_code == 422
    assert "Kies waarom het wordt vervangen" in without.content.decode()
    assert "Stroef." in without.content.decode(), "what was typed is still there"
    assert commander.post(path, sent | {"reden": "situatie-veranderd"}).status_code == 303

    assert "Stroef." in text_of(commander, f"{case}gegevens/")
    past = text_of(commander, f"{case}geschiedenis/work_relation/")
    assert past.index("Stroef.") < past.index("Goed.")
    assert "de situatie is veranderd" in past


def test_only_what_was_changed_is_sent_on(cast: Opened, case: str) -> None:  # noqa: F811
    commander = logged_in(COMMANDER)
    path = f"{case}wijzigen/werk/"
    commander.post(path, form_of(commander, path) | {"work_relation": "Goed."})

    line = Line.objects.filter(subject=cast.person, effect="U").latest("id")
    assert line.items == ["kwaliteit-arbeidsrelatie"]


def test_two_at_once_see_what_the_other_did_and_lose_nothing(case: str) -> None:
    commander, adviser = logged_in(COMMANDER), logged_in(PO_ADVISER)
    path = f"{case}wijzigen/werk/"
    mine = form_of(commander, path)
    theirs = form_of(adviser, path) | {"work_relation": "Van de adviseur."}
    adviser.post(path, theirs)

    stale = commander.post(path, mine | {"work_relation": "Van de commandant."})
    page = stale.content.decode()

    assert stale.status_code == 409
    assert "Iemand anders heeft dit intussen gewijzigd" in page
    assert page.count("Van de adviseur.") >= 1
    assert page.count("Van de commandant.") >= 2
    assert "P&amp;O-adviseur" in page
    again = re.search(r'name="version" value="(\d+)"', page)
    assert again
    sent = mine | {"work_relation": "Van de commandant.", "version": again[1], "reden": "vergissing"}
    assert commander.post(path, sent).status_code == 303
    assert "Van de commandant." in text_of(commander, f"{case}gegevens/")


def test_a_part_that_a_role_may_not_record_is_refused(case: str) -> None:
    commander = logged_in(COMMANDER)

    assert commander.get(f"{case}wijzigen/identiteit/").status_code == 403
    assert commander.get(f"{case}wijzigen/onzin/").status_code == 404
    assert commander.get(f"{case}wijzigen/werk/").status_code == 200


# --- closing -------------------------------------------------------------------------------------


def test_a_dossier_is_closed_with_a_reason_and_opened_again(cast: Opened, case: str) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)
    close = form_of(adviser, f"{case}sluiten/") | {"dag": TODAY.isoformat()}

    assert adviser.post(f"{case}sluiten/", close).status_code == 422
    early = close | {"reden": "traject-beeindigd", "dag": "2026-01-01"}
    assert "ligt voor de dag van opening" in adviser.post(f"{case}sluiten/", early).content.decode()
    assert adviser.post(f"{case}sluiten/", close | {"reden": "traject-beeindigd"}).status_code == 303

    shut = adviser.get(case)
    assert shut.status_code == 403
    assert f"{case}heropenen/" in shut.content.decode()
    assert logged_in(SANNE).get(case).status_code == 200
    again = form_of(adviser, f"{case}heropenen/") | {"reden": "opnieuw-uitgevallen"}
    assert adviser.post(f"{case}heropenen/", again).status_code == 303
    assert adviser.get(case).status_code == 200
    with reaching(Scope(dossiers=frozenset({cast.dossier}))):
        assert Event.objects.filter(dossier=cast.dossier).count() == 2
        assert Dossier.objects.get(id=cast.dossier).closed_on is None


def test_somebody_is_offered_what_they_are_the_source_of_and_told_how_to_have_the_rest_mended(
    case: str,
) -> None:
    sanne = logged_in(SANNE)
    page, form = text_of(sanne, f"{case}gegevens/"), form_of(sanne, f"{case}wijzigen/identiteit/")

    for offered in ("address", "email", "phone"):
        assert any(control.startswith(offered) for control in form), offered
    for kept in ("name", "bsn", "birth_date", "employee_id", "sex"):
        assert not any(control.startswith(kept) for control in form), kept
    assert f"{case}wijzigen/werk/" in page
    for part in (Part.BENEFITS, Part.APPOINTMENT):
        assert f"{case}wijzigen/{part}/" not in page
        refused = sanne.get(f"{case}wijzigen/{part}/")
        assert refused.status_code == 403
        assert "om verbetering" in refused.content.decode()


def test_nobody_closes_their_own_dossier(case: str) -> None:
    assert logged_in(SANNE).get(f"{case}sluiten/").status_code == 403
    assert "sluiten/" not in text_of(logged_in(SANNE), case)


# --- who works on it -----------------------------------------------------------------------------


def proposing(who: Player, **others: str) -> dict[str, str]:
    """What is sent to propose somebody."""
    first = TODAY.isoformat()
    return {"doe": "voorstellen", "wie": str(who.code), "voor": who.role.value, "van": first} | others


def waiting(client: Client) -> str:
    """The assignment that waits for an answer, as the list of proposals gives it."""
    made = re.search(r'name="toewijzing" value="([^"]+)"', text_of(client, "/voorstellen/"))
    assert made
    return made[1]


def test_a_colleague_is_chosen_among_who_holds_the_role_and_each_is_a_line(case: str) -> None:
    adviser = logged_in(PO_ADVISER)
    first = text_of(adviser, f"{case}toewijzingen/")
    assert "Welke rol is nodig?" in first
    assert LABOUR_EXPERT.name not in first

    page = text_of(adviser, f"{case}toewijzingen/?voor=arbeidsdeskundige")

    options = re.findall(
        r'<option value="([^"]+)"[^>]*>([^<]+)', page.partition('name="wie"')[2].partition("</select>")[0]
    )
    assert [code for code, _ in options] == [str(LABOUR_EXPERT.code)]
    assert options[0][1].startswith(LABOUR_EXPERT.name)
    assert "@" not in page.partition("<main")[2]
    shown = Line.objects.filter(subject=LABOUR_EXPERT.code, operation="begeleiding-overdragen").latest("id")
    assert (shown.purpose, shown.items, shown.manner) == (
        "toegang-regelen",
        ["gebruiker-toewijzing"],
        "in-lijst",
    )


def test_looking_for_a_name_is_sent_and_who_may_not_assign_chooses_nobody(cast: Opened, case: str) -> None:  # noqa: F811
    adviser = logged_in(PO_ADVISER)
    sent = {"doe": "zoeken", "voor": "arbeidsdeskundige"}
    found = adviser.post(f"{case}toewijzingen/", sent | {"zoek": LABOUR_EXPERT.name[:4].upper()})
    nobody = adviser.post(f"{case}toewijzingen/", sent | {"zoek": "bestaat niet"}).content.decode()

    assert LABOUR_EXPERT.name in found.content.decode()
    assert "Niemand met deze rol heeft dit in naam of eenheid" in nobody
    assign(cast, LABOUR_EXPERT)
    expert = logged_in(LABOUR_EXPERT)
    page = text_of(expert, f"{case}toewijzingen/?voor=medewerker-dcr")
    assert DCR_GUIDE.name not in page
    assert "Een collega voorstellen" not in page
    assert expert.post(f"{case}toewijzingen/", proposing(DCR_GUIDE)).status_code == 403


def test_a_colleague_is_proposed_accepts_and_then_sees_the_dossier(case: str) -> None:
    adviser, expert = logged_in(PO_ADVISER), logged_in(LABOUR_EXPERT)

    assert expert.get(case).status_code == 404
    assert "Er wacht nu geen voorstel" in text_of(expert, "/voorstellen/")
    assert adviser.post(f"{case}toewijzingen/", proposing(LABOUR_EXPERT)).status_code == 303
    page = text_of(expert, "/voorstellen/")
    assert case.split("/")[2] in page
    assert "door: P&amp;O-adviseur" in page
    assert '<span class="waits">1' in page
    assert "1 voorstel wacht op uw antwoord." in text_of(expert, "/caseload/")
    for path in ("/voorstellen/", f"{case}voorstel/"):
        assert SANNE.name not in text_of(expert, path)
    made = waiting(expert)
    answer = expert.post(f"{case}voorstel/", {"toewijzing": made, "antwoord": "ja"})
    assert answer.headers["Location"] == case
    assert SANNE.name in text_of(expert, case)
    assert SANNE.name in text_of(expert, "/caseload/")
    assert '<span class="waits">' not in text_of(expert, "/caseload/")

    listed = text_of(adviser, f"{case}toewijzingen/")
    assert f"· {LABOUR_EXPERT.name}" in listed
    assert "door u voorgesteld" in listed
    assert adviser.post(f"{case}toewijzingen/", {"doe": "eindig", "toewijzing": made}).status_code == 303
    assert expert.get(case).status_code == 404


def test_a_proposal_is_answered_by_nobody_else_and_can_be_rejected(case: str) -> None:
    adviser, guide = logged_in(PO_ADVISER), logged_in(DCR_GUIDE)
    adviser.post(f"{case}toewijzingen/", proposing(DCR_GUIDE))
    made = waiting(guide)

    other = logged_in(LABOUR_EXPERT).post(f"{case}voorstel/", {"toewijzing": made, "antwoord": "ja"})
    assert other.status_code == 404
    rejected = guide.post(f"{case}voorstel/", {"toewijzing": made, "antwoord": "nee"})
    assert rejected.headers["Location"] == "/voorstellen/"
    assert guide.get(case).status_code == 404
    assert "afgewezen" in text_of(adviser, f"{case}toewijzingen/")


def test_a_lawyer_is_proposed_only_with_a_ground_a_reason_and_an_end(case: str) -> None:
    adviser, sent = logged_in(PO_ADVISER), proposing(LEGAL_ADVISER)

    bare = adviser.post(f"{case}toewijzingen/", sent)
    assert bare.status_code == 422
    assert "Noem de grond" in bare.content.decode()
    unknown = adviser.post(f"{case}toewijzingen/", sent | {"wie": str(DCR_GUIDE.code)})
    assert unknown.status_code == 422
    assert "heeft de rol niet meer" in unknown.content.decode()
    whole = {"grond": "bezwaar-of-beroep", "toelichting": "Bezwaar.", "tot": date(2026, 12, 31).isoformat()}
    assert adviser.post(f"{case}toewijzingen/", sent | whole).status_code == 303


def test_who_works_on_it_sees_role_and_unit_of_others_and_the_re_integrant_the_period(
    cast: Opened,  # noqa: F811
    case: str,
    settings: Any,
) -> None:
    assign(cast, DCR_GUIDE)
    assign(cast, LABOUR_EXPERT)
    logged_in(PO_ADVISER).post(f"{case}toewijzingen/", proposing(EGB_PHYSICIAN))

    page = text_of(logged_in(LABOUR_EXPERT), f"{case}toewijzingen/")
    own = text_of(logged_in(SANNE), f"{case}toewijzingen/")

    assert "Arbeidsdeskundige BMB</b>" in page
    assert "Medewerker DCR</b>" in page
    assert page.count("vanaf ") == 1
    assert "voorgesteld</span>" not in page
    assert own.count("vanaf ") == 3
    for text in (page, own):
        assert DCR_GUIDE.name not in text
    settings.READERS_BY_NAME = True
    assert DCR_GUIDE.name in text_of(logged_in(SANNE), f"{case}toewijzingen/")


def test_the_re_integrant_is_told_apart_what_became_of_a_proposal(cast: Opened, case: str) -> None:  # noqa: F811
    adviser, guide = logged_in(PO_ADVISER), logged_in(DCR_GUIDE)
    for answer in ("nee", "ja"):
        adviser.post(f"{case}toewijzingen/", proposing(DCR_GUIDE))
        made = waiting(guide)
        guide.post(f"{case}voorstel/", {"toewijzing": made, "antwoord": answer})
    adviser.post(f"{case}toewijzingen/", {"doe": "eindig", "toewijzing": made})

    page = text_of(logged_in(SANNE), "/mijn/lezers/")

    assert page.count("stelde een collega voor om aan uw dossier te werken") == 2
    for said in (
        "wees het voorstel om aan uw dossier te werken af",
        "aanvaardde het voorstel om aan uw dossier te werken",
        "beëindigde dat iemand aan uw dossier werkt",
    ):
        assert page.count(said) == 1
