"""The table of every mouth. A new page, route, command, e-mail or error wants one line here.

A line names the mouth and what it tells of items: a function that yields `Told`, or `Nothing` and why not.
A page is looked at under the address that `tests/web/inventory.py` has for it; `also` is what more it says.
Read next: `mouth.py`, `found.py` (what must stand here), `../test_every_mouth.py`.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import Field, Part
from hervat.register.vocabulary import Role
from tests.web.inventory import _CASE, _CODE, CLOSED, ELSEWHERE, FILES, FORMS, PAGES

from ..rule import ADMINISTER, OVERSEE, Relation
from . import commands, desks, errors, incoming, letters, pages
from .commands import runs
from .mouth import (
    Answer,
    AskedBy,
    Asker,
    Mouth,
    Nothing,
    Speak,
    Tell,
    address_of,
    as_answer,
    get,
    post,
)

Sent = tuple[str, dict[str, str]]
Also = Callable[[Asker], Iterable[str | Sent]]


def _paths(name: str) -> list[str]:
    every = (*PAGES, *FILES, *FORMS, *ELSEWHERE, *CLOSED)
    return [visit.path for visit in every if visit.name == name]


def _silent(_: Asker) -> Iterator[Answer]:
    return iter(())


def _visits(name: str, also: Also) -> Speak:
    """Every address of a page, with a real dossier or user in the place of the inventory's."""

    def speak(asker: Asker) -> Iterator[Answer]:
        somebody = str(asker.world.users[Role.DCR_GUIDE, Relation.ASSIGNED])
        for path in _paths(name):
            yield get(asker, path.replace(_CASE, address_of(asker.pair.open)).replace(_CODE, somebody))
        for one in also(asker):
            yield get(asker, one) if isinstance(one, str) else post(asker, *one)

    return speak


def page(
    name: str,
    tells: Tell | Nothing,
    also: Also = lambda _: (),
    *,
    asked_by: AskedBy = AskedBy.EVERYBODY,
) -> Mouth:
    return Mouth(name=f"page {name}", speaks=_visits(name, also), tells=tells, asked_by=asked_by)


desk = partial(page, asked_by=AskedBy.EVERY_ROLE)
plain = partial(page, asked_by=AskedBy.ONE)


def _under(*each: str) -> Also:
    return lambda asker: [address_of(asker.pair.open) + one for one in each]


def _sends(path: str, *each: dict[str, str]) -> Also:
    return lambda _: [(path, sent) for sent in each]


def _to_case(under: str, *each: dict[str, str]) -> Also:
    return lambda asker: [(address_of(asker.pair.open) + under, sent) for sent in each]


_OLD = {"version": "1", "initial-version": "1", "work_relation": "Iets anders.", "reden": "vergissing"}
_DAY = {"version": "1", "dag": "2026-11-23", "reden": "traject-beeindigd"}
_WHOM = {"wie": "niemand@example.org", "voor": "arbeidsdeskundige", "van": "2026-11-23"}
_LOOKED_FOR = tuple(
    {"op": item, "tekst": text}
    for item, text in (
        ("naw-gegevens", "naamz"),
        ("naw-gegevens", "x"),
        ("werknemer-id", "WZEKER1"),
        ("bsn", "999990019"),
    )
)


def _explained(asker: Asker) -> Iterable[Sent]:
    """What the FG asks: about who has a way in, and with what is wrong."""
    user = str(asker.world.users[Role.COMMANDER, Relation.OWN_UNIT])
    number = show_case_number(asker.world.pair.open.case_number)
    yield "/toezicht/waarom/", {"wie": user, "zaak": number, "gegeven": "bsn"}
    yield "/toezicht/waarom/", {"wie": "niemand@example.org", "zaak": number}


def _past(asker: Asker) -> Iterable[str]:
    """The histories of a part of the fields: each role looks at others."""
    return _under(*(f"geschiedenis/{one.value}/" for one in pages.some(Field, asker, 4)))(asker)


OF_DOSSIERS = (
    page("dossier", pages.dossier, _under("?doel=welzijn")),
    page("dossier-data", pages.fields, _under("gegevens/?doel=welzijn")),
    page("dossier-story", Nothing.NOT_READ_YET),
    page("dossier-what-if", Nothing.NOT_READ_YET, _under("wat-als/?soort=hersteld")),
    plain("dossier-fact", Nothing.SENT),
    page("dossier-why", pages.why, _under("waarom/medische-gegevens/", "waarom/wia-gegevens/")),
    page("dossier-history", pages.history, _past),
    page(
        "dossier-correct",
        pages.correct,
        lambda asker: [
            *_under(*(f"wijzigen/{part}/" for part in Part))(asker),
            *_to_case("wijzigen/werk/", _OLD)(asker),
        ],
    ),
    page("dossier-record", Nothing.SENT, _to_case("vastleggen/contact/", _DAY)),
    page("dossier-task", Nothing.SENT, _to_case("taak/", _DAY)),
    plain("dossier-task-done", Nothing.SENT),
    plain("dossier-reason", Nothing.SENT),
    plain("dossier-skip", Nothing.SENT),
    page("now", Nothing.NOT_READ_YET),
    page("work-list", Nothing.NOT_READ_YET),
    page("team", Nothing.NOT_READ_YET),
    page("hand-over", Nothing.NOT_READ_YET),
    page("dossier-close", Nothing.SENT, _to_case("sluiten/", _DAY)),
    page("dossier-reopen", Nothing.SENT, _to_case("heropenen/", _DAY)),
    plain("dossier-assignments", Nothing.CODES, _to_case("toewijzingen/", _WHOM)),
    page("dossier-proposal", Nothing.CODES, _to_case("voorstel/", {"toewijzing": "x"})),
    page("caseload", pages.caseload, _sends("/caseload/", *_LOOKED_FOR)),
    page(
        "caseload-export",
        pages.caseload_file,
        _sends("/caseload/uitvoer/", {"vorm": "csv"}, {"vorm": "xlsx"}),
    ),
    page("dossier-new", Nothing.SENT, incoming.reports),
    page("feed", Nothing.CODES, incoming.sends),
    page("feed-message", incoming.message, incoming.sends),
    page("proposals", Nothing.CODES),
    page("my-course", pages.mine, lambda _: ["/mijn/?verder=1"]),
    page("my-case", pages.mine_by_number),
    page("my-notice", Nothing.REGISTER),
    page("my-readers", Nothing.CODES, lambda _: ["/mijn/lezers/?hoe=in-lijst"]),
    page("ask-officer", Nothing.CODES, _sends("/mijn/lezers/vraag/", {"regel": _CODE})),
)

_people = desks.people
DESKS = (
    page("oversight-why", desks.why_of_another, _explained),
    desk("log", desks.log),
    desk("log-action", desks.log_action),
    desk("log-export", desks.log_file, _sends("/toezicht/logboek/uitvoer/", {})),
    desk("acceptances", desks.at(OVERSEE, lambda _: "/toezicht/open-punten/", desks.entry_only)),
    desk("acceptance", desks.at(OVERSEE, lambda _: "/toezicht/open-punten/geen-matrix/", desks.entry_only)),
    desk(
        "users",
        desks.at(ADMINISTER, lambda _: "/beheer/gebruikers/", _people),
        _sends("/beheer/gebruikers/", {"tekst": "Naamzeker"}),
    ),
    desk("user", desks.at(ADMINISTER, desks.another, _people)),
    desk("user-new", desks.at(ADMINISTER, lambda _: "/beheer/gebruikers/nieuw/", desks.entry_only)),
    desk(
        "user-paper", desks.at(ADMINISTER, lambda asker: f"{desks.another(asker)}code/", _people, sent=True)
    ),
    desk("approvals", desks.at(ADMINISTER, lambda _: "/beheer/goedkeuren/", _people)),
    desk("units", desks.at(ADMINISTER, lambda _: "/beheer/eenheden/", desks.entry_only)),
)

FOR_ANYBODY = tuple(
    plain(name, Nothing.REGISTER)
    for name in (
        *("front", "register", "register-text", "register-markdown", "matrix", "open-points"),
        *("terms", "terms-rules", "accessibility", "choose-language", "choose-theme", "theme-css"),
        *("help", "help-step", "help-topic"),
    )
)
ENTRANCE = tuple(
    plain(name, Nothing.ENTRANCE)
    for name in (
        *("account_login", "mfa_authenticate", "activation", "activation-mail", "activation-password"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
        *("account", "account_change_password", "usersessions_list", "mfa_index", "mfa_activate_totp"),
        *("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_remove_webauthn"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "account_logout", "demo", "deputies"),
    )
)


# --- the API -------------------------------------------------------------------------------------


def api(path: str, tells: Tell | Nothing, speaks: Speak | None = None) -> Mouth:
    def reads(asker: Asker) -> Iterator[Answer]:
        yield as_answer(f"GET /{path}", asker.client.get(f"/{path}"))

    asked_by = AskedBy.ONE if isinstance(tells, Nothing) else AskedBy.EVERY_ROLE
    return Mouth(name=f"api {path}", speaks=speaks or reads, tells=tells, asked_by=asked_by)


_REGISTER, _LOG, _FEED = "api/register/v1", "api/logboek/v1", "api/p-en-o/v1"
_ACTIVITY = f"{_REGISTER}/processing_activities/<processingActivityId>"
API = (
    api(_REGISTER, Nothing.REGISTER),
    *(
        api(f"{_REGISTER}/{one}", Nothing.REGISTER)
        for one in ("entry", "openapi.json", "processing_activities")
    ),
    *(
        api(one, Nothing.REGISTER, _silent)
        for one in (
            f"{_REGISTER}/entry/versions/<versionNumber>",
            f"{_REGISTER}/entities/<entityId>",
            _ACTIVITY,
            f"{_ACTIVITY}/versions/<processingActivityVersionNumber>",
        )
    ),
    api(_LOG, Nothing.CODES),
    api(f"{_LOG}/openapi.json", Nothing.CODES),
    api(f"{_LOG}/token", Nothing.ENTRANCE),
    api(_FEED, Nothing.CODES),
    *(api(f"{_FEED}/{one}", Nothing.REGISTER) for one in ("openapi.json", "messages.v1.json")),
    *(api(f"{_FEED}/{one}", Nothing.SENT) for one in ("token", "messages")),
    api(f"{_LOG}/processing-activities", desks.log_api, lambda asker: iter([desks.ask_the_log(asker)])),
)


# --- commands ------------------------------------------------------------------------------------


def command(
    name: str, tells: Tell | Nothing, *each: str, speaks: Speak | None = None, everybody: bool = False
) -> Mouth:
    """A command; `each` is what is typed after its name, `WIE` and `ZAAK` for the asker and a case number,
    `ANDER` for another user."""
    typed = [lambda asker, one=one: _typed(name, one, asker) for one in each]
    return Mouth(
        name=f"command {name}",
        speaks=speaks or runs(*typed),
        tells=tells,
        asked_by=AskedBy.EVERYBODY if everybody else AskedBy.ONE,
    )


def _typed(name: str, after: str, asker: Asker) -> tuple[str, ...]:
    number = asker.pair.open.case_number
    other = asker.world.users[Role.DCR_GUIDE, Relation.NOTHING]
    said = after.replace("ZAAK", number).replace("WIE", str(asker.user)).replace("ANDER", str(other))
    return (*name.split(), *said.split())


def _quiet(name: str, why: Nothing) -> Mouth:
    return command(name, why, speaks=_silent)


COMMANDS = (
    command("access why", commands.why, "WIE ZAAK", "WIE ZAAK --json", "WIE ZAAK bsn", everybody=True),
    command("access list", commands.access_list, "", "--json --all"),
    command("access deputy list", commands.deputy_list, "", "--json"),
    command("user list", commands.user_list, "", "--json"),
    command("access grant", Nothing.CODES, "WIE commandant --unit 43_Brig", "merkt@example.org auditor"),
    command("access approve", Nothing.CODES, _CODE),
    command("access revoke", Nothing.CODES, f"{_CODE} --reason Voorbij"),
    command("access deputy name", Nothing.CODES, f"{_CODE} WIE --until 2026-12-01 --reason afwezig"),
    command("access deputy end", Nothing.CODES, _CODE),
    command("user create", Nothing.CODES, "--name Merk --email merk@example.org"),
    command("user activate", Nothing.CODES, "WIE", "WIE --renew-factors"),
    command("user disable", Nothing.CODES, "ANDER"),
    command("journal client add", Nothing.CODES, "Toezicht --role commandant"),
    command("journal client list", Nothing.CODES, ""),
    command("journal client end", Nothing.CODES, _CODE),
    command("import client list", Nothing.CODES, ""),
    command("import client end", Nothing.CODES, _CODE),
    command("import dossiers", Nothing.CODES, "er-is-geen-bestand.csv"),
    command("import messages", Nothing.CODES, "er-is-geen-bestand.jsonl"),
    command("journal heads", Nothing.CODES, "", "--notes"),
    command("journal prove", Nothing.CODES, "1", "999999"),
    command("journal consistency", Nothing.CODES, "1 2"),
    command("journal verify", Nothing.CODES, ""),
    command("vault status", Nothing.CODES, ""),
    command("jobs list", Nothing.CODES, ""),
    *(
        _quiet(name, Nothing.CODES)
        # They change what they find, each in transactions of its own, and have tests of their own.
        for name in (
            *("journal seal", "journal redact", "vault rotate", "migrate", "demo"),
            *("import client add", "import expire", "demo feed", "demo load", "jobs once", "jobs run"),
        )
    ),
    *(
        _quiet(name, Nothing.REGISTER)
        for name in (
            *("journal check", "journal key", "journal new-key", "vault new-key", "timeline"),
            *("register check", "register matrix", "register release", "register show", "register why"),
        )
    ),
)


# --- e-mails and errors --------------------------------------------------------------------------

LETTERS = (
    Mouth(name="mail hervat/jobs/digest.py:send_digest", speaks=letters.digest, tells=Nothing.CODES),
    Mouth(
        name="mail hervat/web/login/activation.py:_send",
        speaks=letters.first_visit,
        tells=Nothing.CODES,
        asked_by=AskedBy.ONE,
    ),
)
ERRORS = (
    *(
        Mouth(name=f"error {at}", speaks=errors.goes_wrong(at), tells=Nothing.ERROR, asked_by=AskedBy.ONE)
        for at in ("400", "403", "404", "500", "csrf")
    ),
    Mouth(name="error 429", speaks=errors.too_often, tells=Nothing.ERROR, asked_by=AskedBy.ONE),
)

MOUTHS = (
    *OF_DOSSIERS,
    *DESKS,
    *FOR_ANYBODY,
    *ENTRANCE,
    *API,
    *COMMANDS,
    *LETTERS,
    *ERRORS,
)
