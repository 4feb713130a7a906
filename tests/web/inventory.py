"""Every address of the pages, in one list: what a test of all pages goes through.

`test_inventory.py` fails when an address of `hervat/web/urls.py` is missing here.
"""

from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.test import Client

LOOKS = ("light", "dark", "phone", "forced", "opened")


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to look at: the name of its address, where, and the status it answers with.

    `looks` are those that axe, which is slow, goes through: none for a page that looks like another of
    the list with other words, one for a page with hundreds of the same cells.
    """

    name: str
    path: str
    status: int = 200
    looks: tuple[str, ...] = LOOKS
    computes: bool = False
    """Whether something sent to the page is answered too; every other page can only be read."""


# Each look of a kind of page is gone through on one of its pages, for they share their style sheets.
PAGES = (
    Visit("front", "/"),
    Visit("register", "/register/", looks=("light", "dark", "opened")),
    Visit("register", "/register/?versie=1", looks=()),
    Visit("matrix", "/register/matrix/", looks=("light",)),
    Visit("matrix", "/register/matrix/?rol=commandant&gegeven=mgo", looks=()),
    Visit("matrix", "/register/matrix/?klasse=medisch&rol=commandant&gegeven=mgo"),
    Visit("matrix", "/register/matrix/?klasse=bijzonder", looks=("dark",)),
    Visit("matrix", "/register/matrix/?rol=commandant", looks=("light", "opened")),
    Visit("matrix", "/register/matrix/?rol=arts-egb&doel=wettelijke-plicht", looks=("phone",)),
    Visit("matrix", "/register/matrix/?gegeven=medische-gegevens", looks=("forced",)),
    Visit("matrix", "/register/matrix/?rollen=alle&gebruik=schrijven&toon=toegang", looks=()),
    Visit("open-points", "/register/open-points/", looks=("light", "dark", "opened")),
    Visit("open-points", "/register/open-points/?stand=open&intussen=weigeren", looks=()),
    Visit("terms", "/termijnen/", computes=True),
    Visit("terms-rules", "/termijnen/regels/", looks=("light", "dark", "phone", "forced")),
    Visit("accessibility", "/toegankelijkheid/", looks=("light", "forced")),
    Visit("help", "/hulp/", looks=("light", "phone")),
    Visit("help-step", "/hulp/stap/week-42-notification/", looks=("light", "dark")),
    Visit("help-topic", "/hulp/te-laat/", looks=("light",)),
    Visit("matrix", "/register/matrix/?rol=koning", 400),
    Visit("register", "/register/?versie=999", 404, looks=()),
)
FILES = (
    Visit("register-text", "/register/entry.txt"),
    Visit("register-markdown", "/register/entry.md"),
)
FORMS = (
    Visit("choose-language", "/voorkeuren/taal/", 303),
    Visit("choose-theme", "/voorkeuren/weergave/", 303),
)
# Exists only in a deployment with a style sheet of its own; test_theme.py
ELSEWHERE = (Visit("theme-css", "/theme.css"),)


@cache
def answer_of(path: str) -> HttpResponse:
    """The answer to somebody without a cookie, asked once for all tests: no test may change it."""
    return Client().get(path)


@dataclass(frozen=True, slots=True)
class Closed:
    """A page that is not for everybody: what answers to nobody, and to who has no second factor yet.

    `whole` is the answer to somebody who is logged in with a second factor. test_login_reach.py
    """

    name: str
    path: str
    nobody: int = 302
    half: int = 302
    whole: int = 200


LOGIN = (
    Closed("account_login", "/inloggen/", nobody=200, whole=302),
    Closed("mfa_authenticate", "/inloggen/tweede-stap/", whole=302),
    Closed("activation", "/eerste-keer/", nobody=200),
    Closed("activation-mail", "/eerste-keer/e-mail/", whole=302),
    Closed("activation-password", "/eerste-keer/wachtwoord/", whole=302),
    Closed("account_logout", "/uitloggen/", half=200),
    Closed("account_reauthenticate", "/bevestigen/wachtwoord/", half=200, whole=302),
    Closed("mfa_reauthenticate", "/bevestigen/code/"),
    Closed("mfa_reauthenticate_webauthn", "/bevestigen/sleutel/", whole=302),
    Closed("account", "/account/"),
    Closed("deputies", "/account/waarneming/"),
    Closed("account_change_password", "/account/wachtwoord/"),
    Closed("usersessions_list", "/account/sessies/"),
    Closed("mfa_index", "/account/tweede-stap/", half=200),
    Closed("mfa_activate_totp", "/account/tweede-stap/app/", half=200, whole=302),
    Closed("mfa_deactivate_totp", "/account/tweede-stap/app/weg/"),
    Closed("mfa_add_webauthn", "/account/tweede-stap/sleutel/", half=200),
    Closed("mfa_remove_webauthn", "/account/tweede-stap/sleutel/1/weg/", whole=404),
    Closed("mfa_view_recovery_codes", "/account/herstelcodes/"),
    Closed("mfa_generate_recovery_codes", "/account/herstelcodes/nieuw/"),
    Closed("demo", "/demo/", nobody=404, half=404, whole=404),
)

_CASE = "/dossier/C3H4-K5M6-N7QX/"
_DUE = "00000000-0000-4000-8000-000000000002"
DOSSIERS = (
    Closed("now", "/nu/", whole=302),
    Closed("work-list", "/werklijst/"),
    Closed("team", "/team/"),
    Closed("hand-over", "/overdracht/"),
    Closed("caseload", "/caseload/"),
    Closed("caseload-export", "/caseload/uitvoer/", whole=405),
    Closed("dossier-new", "/caseload/nieuw/", whole=403),
    Closed("feed", "/personeelssysteem/", whole=403),
    Closed("feed-message", f"/personeelssysteem/{_DUE}/", whole=403),
    Closed("proposals", "/voorstellen/"),
    Closed("dossier", _CASE, whole=404),
    Closed("dossier-why", f"{_CASE}waarom/bsn/", whole=404),
    Closed("dossier-history", f"{_CASE}geschiedenis/name/", whole=404),
    Closed("dossier-correct", f"{_CASE}wijzigen/werk/", whole=404),
    Closed("dossier-record", f"{_CASE}vastleggen/contact/", whole=404),
    Closed("dossier-data", f"{_CASE}gegevens/", whole=404),
    Closed("dossier-story", f"{_CASE}verloop/", whole=404),
    Closed("dossier-what-if", f"{_CASE}wat-als/", whole=404),
    Closed("dossier-fact", f"{_CASE}feit/{_DUE}/", whole=404),
    Closed("dossier-task", f"{_CASE}taak/", whole=404),
    Closed("dossier-task-done", f"{_CASE}taak/{_DUE}/klaar/", whole=404),
    Closed("dossier-reason", f"{_CASE}taak/{_DUE}/reden/", whole=404),
    Closed("dossier-skip", f"{_CASE}taak/{_DUE}/overslaan/", whole=404),
    Closed("dossier-close", f"{_CASE}sluiten/", whole=404),
    Closed("dossier-reopen", f"{_CASE}heropenen/", whole=404),
    Closed("dossier-assignments", f"{_CASE}toewijzingen/", whole=404),
    Closed("dossier-proposal", f"{_CASE}voorstel/", whole=404),
    Closed("my-course", "/mijn/"),
    Closed("my-case", "/mijn/dossier/C3H4-K5M6-N7QX/", whole=404),
    Closed("my-notice", "/mijn/informatie/"),
    Closed("my-readers", "/mijn/lezers/"),
    Closed("ask-officer", "/mijn/lezers/vraag/", whole=405),
    Closed("oversight-why", "/toezicht/waarom/", whole=403),
)
"""The pages with people in them, as somebody without a role and without a dossier meets them."""

_CODE = "00000000-0000-4000-8000-000000000001"
DESKS = (
    Closed("log", "/toezicht/logboek/", whole=403),
    Closed("log-action", f"/toezicht/logboek/{_CODE}/", whole=403),
    Closed("log-export", "/toezicht/logboek/uitvoer/", whole=405),
    Closed("acceptances", "/toezicht/open-punten/", whole=403),
    Closed("acceptance", "/toezicht/open-punten/geen-matrix/", whole=403),
    Closed("users", "/beheer/gebruikers/", whole=403),
    Closed("user-new", "/beheer/gebruikers/nieuw/", whole=403),
    Closed("user", f"/beheer/gebruikers/{_CODE}/", whole=403),
    Closed("user-paper", f"/beheer/gebruikers/{_CODE}/code/", whole=405),
    Closed("approvals", "/beheer/goedkeuren/", whole=403),
    Closed("units", "/beheer/eenheden/", whole=403),
)
"""The pages of oversight and administration, as somebody without a role meets them."""

CLOSED = (
    *LOGIN,
    *DOSSIERS,
    *DESKS,
)
"""Every page that is not for everybody; `nobody` and `half` are tried for each."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something sent to the calculator, and the status of the answer."""

    name: str
    values: dict[str, str]
    status: int = 200
    looks: tuple[str, ...] = LOOKS


_ON = {"peildatum": "2024-01-10"}
_LEAVE = {"beter-1": "2023-05-01", "verlof-van-1": "2023-05-01", "verlof-tot-1": "2023-08-20"}
_MUCH = {
    "opinion_given_on": "2023-02-10",
    "plan_agreed_on": "2023-03-10",
    "last_evaluated_on": "2023-12-15",
    "uwv_notice_not_sent": "ja",
    "application_made_on": "2024-11-01",
    "sanction_decided_on": "2024-12-01",
    "sanction_weeks": "26",
    "regels": "BW",
}
ANSWERS = (
    Sent("plain", {"ziek-1": "2-1-2023", **_ON}),
    Sent(
        "doubt", {"ziek-1": "2023-01-02", **_LEAVE, "ziek-2": "2023-08-21", **_ON}, looks=("light", "phone")
    ),
    Sent("much", {"ziek-1": "2023-01-02", **_MUCH, "peildatum": "2025-01-10"}, looks=("light", "dark")),
    Sent(
        "what-if",
        {
            "doe": "wat-als",
            "ziek-1": "2023-01-02",
            **_ON,
            "w-ziek-1": "2023-01-02",
            "w-beter-1": "2023-05-01",
            "w-ziek-2": "2023-05-28",
            "w-peildatum": "2024-01-10",
        },
        looks=("light", "dark", "phone"),
    ),
    Sent(
        "wrong",
        {"ziek-1": "31-2-2023", "beter-1": "2023-01-01", "verlof-van-1": "2023-01-01"},
        422,
        looks=("light", "dark"),
    ),
    Sent("more", {"doe": "periode", "ziek-1": "2023-01-02"}, looks=("phone",)),
)
"""What the calculator answers: each goes through the checks of every page."""
