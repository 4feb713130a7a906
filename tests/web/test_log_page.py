"""The log for who oversees: who gets in, what each filter does, what stands in an address, and the file."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hervat.dossiers.rules.case_number import make_case_number, show_case_number
from hervat.journal.actions.append import append
from hervat.journal.models import Line
from hervat.journal.queries import browsing
from hervat.journal.rules.acts import Met, lines_of
from hervat.journal.rules.line import Actor, Outcome, SubjectKind
from hervat.register.vocabulary import ActorKind, Item, Operation, Role
from hervat.web.presenters.log_file import COLUMNS, neutral
from tests.cast import (
    ADMINISTRATOR,
    AUDITOR,
    EGB_PHYSICIAN,
    LABOUR_EXPERT,
    PRIVACY_OFFICER,
    RECORDS_MANAGER,
    SANNE,
)
from tests.dossiers.conftest import keys, room  # noqa: F401 - fixtures
from tests.dossiers.files import open_for
from tests.journal.examples import DOSSIER, SUBJECT, an_act

from .desks import account, at_desk, employ, logged_in

# Lines have the time of the database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_clock")]
LOG, FILE = "/toezicht/logboek/", "/toezicht/logboek/uitvoer/"
DOCTOR = Actor(kind=ActorKind.USER, code=str(EGB_PHYSICIAN.code), role=Role.EGB_PHYSICIAN)
CLERK = Actor(kind=ActorKind.COMMAND, code="cli:beheer", role=Role.ADMINISTRATOR)
HER = Met(
    subject=SUBJECT,
    subject_kind=SubjectKind.RE_INTEGRANT,
    dossier=DOSSIER,
    items=frozenset({Item.MEDICAL_DETAIL}),
)


def tell(*met: Met, actor: Actor = DOCTOR, outcome: Outcome = Outcome.DONE, **changes: object) -> UUID:
    fields = {"actor": actor, "operation": Operation.READ_DOSSIER} | changes
    act = an_act(**fields)
    spans = iter([bytes([0, 0, 0, 0, 0, 0, 2, n]) for n in range(1, 250)])
    reason = "geen-relatie" if outcome is Outcome.REFUSED else None
    with transaction.atomic():
        append(lines_of(act, met, spans=spans, ended_at=act.started_at, outcome=outcome, reason=reason))
    return act.trace.trace_id


@pytest.fixture
def officer() -> Client:
    employ(EGB_PHYSICIAN)
    return at_desk(PRIVACY_OFFICER)


def shown(answer: HttpResponse) -> list[UUID]:
    """The traces of the rows of a page."""
    table = answer.content.decode().partition("<tbody>")[2]
    return [UUID(code) for code in re.findall(rf'<th scope="row"><a href="{LOG}([0-9a-f-]{{36}})/">', table)]


def ask(client: Client, **filters: str) -> HttpResponse:
    sent = client.post(LOG, filters)
    assert sent.status_code == 303, sent.content.decode()
    return client.get(sent.headers["Location"])


def test_only_who_oversees_gets_in_and_everybody_else_reads_why_not(officer: Client) -> None:
    trace = tell(HER)
    for client in (officer, at_desk(AUDITOR)):
        assert client.get(LOG).status_code == 200
        assert client.get(f"{LOG}{trace}/").status_code == 200
    for player in (ADMINISTRATOR, LABOUR_EXPERT, RECORDS_MANAGER):
        kept_out = at_desk(player)
        for answer in (
            kept_out.get(LOG),
            kept_out.get(f"{LOG}{trace}/"),
            kept_out.post(FILE),
            kept_out.post(LOG),
        ):
            assert answer.status_code == 403
            assert "In deze rol hebt u hier geen toegang" in answer.content.decode()
    assert Client().get(LOG).headers["Location"].startswith("/inloggen/")
    half = logged_in(PRIVACY_OFFICER, factor=False)
    assert half.get(LOG).headers["Location"] == "/account/tweede-stap/"


def test_a_refusal_is_a_line_that_the_officer_sees(officer: Client) -> None:
    at_desk(ADMINISTRATOR).get(LOG)

    page = ask(officer, uitkomst="geweigerd", wie=str(ADMINISTRATOR.code)).content.decode()

    assert '<tr class="refused">' in page
    assert "In deze rol hebt u hier geen toegang" in page
    assert ADMINISTRATOR.name in page


def test_each_filter_narrows_what_is_shown(officer: Client) -> None:
    read, refused = tell(HER), tell(HER, outcome=Outcome.REFUSED)
    made = tell(actor=CLERK, operation=Operation.ADMINISTER_USERS)

    assert shown(officer.get(LOG))[:3] == [made, refused, read]
    assert shown(ask(officer, wie=str(EGB_PHYSICIAN.code))) == [refused, read]
    assert shown(ask(officer, wie=" CLI:beheer "))[0] == made
    assert shown(ask(officer, uitkomst="geweigerd")) == [refused]
    assert shown(ask(officer, rol="arts-egb")) == [refused, read]
    assert made in shown(ask(officer, handeling="gebruikers-beheren"))
    assert shown(ask(officer, handeling="vernietigen")) == []
    assert shown(ask(officer, doel="enquete")) == []
    assert shown(ask(officer, over=str(SUBJECT))) == [refused, read]
    gone = timezone.localdate() - timedelta(days=40)
    assert shown(ask(officer, van=str(gone), tot=str(gone))) == []


def test_a_case_is_found_by_its_number_or_code_and_one_that_is_not_there_says_so(
    officer: Client,
    room: None,  # noqa: F811
) -> None:
    hers = open_for(SANNE)
    met = Met(subject=hers.person, subject_kind=SubjectKind.RE_INTEGRANT, dossier=hers.dossier)
    read, other = tell(met), tell(replace(met, dossier=UUID(int=9)))

    for case in (show_case_number(hers.case_number), hers.case_number.lower(), str(hers.dossier)):
        found = shown(ask(officer, over=case))
        assert read in found
        assert other not in found
    assert {read, other} <= set(shown(ask(officer, over=str(hers.person))))
    page = officer.get(officer.post(LOG, {"over": hers.case_number}).headers["Location"]).content.decode()
    assert SANNE.name not in page

    sent = officer.post(LOG, {"over": make_case_number()})
    unknown = officer.get(sent.headers["Location"])
    assert unknown.status_code == 422
    assert "of het dossier is vernietigd" in unknown.content.decode()
    assert Line.objects.latest("id").reason == "zaak-onbekend"
    gone = ask(officer, over=str(DOSSIER)).content.decode()
    assert "Zoek dan op de code van de persoon" in gone


def test_who_and_whom_never_stand_in_an_address(officer: Client) -> None:
    sent = officer.post(LOG, {"wie": str(EGB_PHYSICIAN.code), "over": str(SUBJECT), "rol": "arts-egb"})
    address = sent.headers["Location"]

    assert re.fullmatch(rf"{LOG}\?van=[\d-]{{10}}&tot=[\d-]{{10}}&rol=arts-egb&zoek=[\w-]{{12}}", address)
    assert str(SUBJECT) in officer.get(address).content.decode()
    other = at_desk(AUDITOR).get(address)
    assert other.status_code == 410
    assert "verlopen" in other.content.decode()
    assert "<tbody>" not in other.content.decode()


def test_codes_stand_for_the_sick_and_names_for_users_where_the_register_lets_them(officer: Client) -> None:
    account_of_her = Met(
        subject=SANNE.code, subject_kind=SubjectKind.RE_INTEGRANT, items=frozenset({Item.NAME_AND_ADDRESS})
    )
    trace = tell(HER, account_of_her)

    for page in (officer.get(LOG), officer.get(f"{LOG}{trace}/")):
        assert EGB_PHYSICIAN.name in page.content.decode()
        assert SANNE.name not in page.content.decode()
    opened = officer.get(f"{LOG}{trace}/").content.decode()
    assert str(SUBJECT) in opened
    assert str(DOSSIER) in opened
    assert "Medische gegevens" in opened


def test_who_acts_as_re_integrant_has_no_name_in_the_log(officer: Client) -> None:
    """The name of a user is for the FG; that a user is ill is not."""
    account(SANNE)
    employ(LABOUR_EXPERT)
    tell(actor=Actor(kind=ActorKind.USER, code=str(SANNE.code)))
    tell(actor=Actor(kind=ActorKind.USER, code=str(LABOUR_EXPERT.code), role=Role.LABOUR_EXPERT))
    assert LABOUR_EXPERT.name in officer.get(LOG).content.decode()
    tell(actor=Actor(kind=ActorKind.USER, code=str(LABOUR_EXPERT.code), role=Role.RE_INTEGRANT))

    page = officer.get(LOG).content.decode()
    for ill in (SANNE, LABOUR_EXPERT):
        assert str(ill.code) in page
        assert ill.name not in page


def test_what_is_filled_in_wrongly_stays_and_says_so_beside_the_field(officer: Client) -> None:
    wrong = {
        "over": "W100001",
        "wie": "Jan & Co",
        "van": "2026-01-01",
        "tot": "2026-11-01",
        "rol": "arts-egb",
    }
    answer = officer.post(LOG, wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 3
    assert 'value="W100001"' in page
    assert 'value="Jan &amp; Co"' in page
    assert "meer dan 92 dagen" in page
    assert "<tbody>" not in page
    backwards = officer.get(f"{LOG}?van=2026-11-02&tot=2026-11-01")
    assert backwards.status_code == 422
    assert "voor de eerste" in backwards.content.decode()
    assert officer.get(f"{LOG}?rol=koning").status_code == 422


def test_pages_follow_on_and_lead_back_to_the_newest(officer: Client) -> None:
    told = [tell(actor=CLERK) for _ in range(60)][::-1]

    first = ask(officer, wie="cli:beheer", handeling="dossier-inzien")
    older = re.findall(r'rel="next" href="(\?[^"]+)"', first.content.decode())
    second = officer.get(LOG + older[0].replace("&amp;", "&"))

    assert [*shown(first), *shown(second)] == told
    assert "Naar de nieuwste" in second.content.decode()
    assert "Oudere regels" not in second.content.decode()


def test_an_action_opens_to_whom_it_met_and_an_unknown_one_is_not_there(officer: Client) -> None:
    trace = tell(HER)

    page = officer.get(f"{LOG}{trace}/").content.decode()
    assert page.count("<section") == 1
    assert "Niemand in het bijzonder" not in page
    assert officer.get(f"{LOG}{UUID(int=7)}/").status_code == 404


def rows_of(answer: HttpResponse) -> list[dict[str, str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_the_filter_finds_and_leaves_a_line(officer: Client) -> None:
    tell(HER)
    tell(actor=CLERK)
    sent = officer.post(LOG, {"over": str(SUBJECT)})
    token = sent.headers["Location"].partition("zoek=")[2]

    taken = officer.post(FILE, {"zoek": token})

    assert taken.headers["Content-Disposition"] == 'attachment; filename="logboek.csv"'
    (row,) = rows_of(taken)
    assert tuple(row) == COLUMNS
    assert (row["naam"], row["betrokkene"], row["uitkomst"]) == (EGB_PHYSICIAN.name, str(SUBJECT), "gelukt")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM journal_line WHERE manner = 'uitgevoerd' AND subject = %s", [SUBJECT]
        )
        assert cursor.fetchone() == (1,)
    assert officer.post(FILE, {"zoek": "onbekend"}).status_code == 422
    assert officer.get(FILE).status_code == 405


def test_the_file_is_asked_for_again_when_the_second_factor_is_long_ago(officer: Client) -> None:
    employ(AUDITOR)
    late = logged_in(AUDITOR, confirmed_ago=3600)

    assert late.get(LOG).status_code == 200
    assert late.post(FILE).headers["Location"].startswith("/bevestigen/")
    assert at_desk(RECORDS_MANAGER, Role.AUDITOR).post(FILE).status_code == 200


@pytest.mark.parametrize("name", ["=1+1", "+31", "-1", "@x", "\tx"])
def test_no_cell_of_the_file_is_a_formula(officer: Client, name: str) -> None:
    user = employ(LABOUR_EXPERT)
    user.name = name
    user.save(update_fields=["name"])
    tell(actor=Actor(kind=ActorKind.USER, code=str(LABOUR_EXPERT.code), role=Role.LABOUR_EXPERT))

    names = {row["naam"] for row in rows_of(officer.post(FILE))}

    assert f"'{name}" in names
    assert neutral("Majoor") == "Majoor"


def test_a_question_that_takes_too_long_is_refused_in_words(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "_PATIENCE", "SELECT 1/0")
    with monkeypatch.context() as at:
        at.setattr("hervat.web.oversight.log.browse", _too_much)
        answer = officer.get(LOG)
    assert answer.status_code == 422
    assert "te veel regels" in answer.content.decode()


def _too_much(*_: object, **__: object) -> None:
    raise browsing.TooMuch


def test_a_page_costs_as_many_queries_for_fifty_lines_as_for_one(officer: Client) -> None:
    officer.get(LOG)
    tell(HER)
    with CaptureQueriesContext(connection) as few:
        officer.get(LOG)
    for player in (RECORDS_MANAGER, LABOUR_EXPERT):
        employ(player)
        for _ in range(30):
            tell(HER, actor=Actor(kind=ActorKind.USER, code=str(player.code), role=player.role))
    with CaptureQueriesContext(connection) as many:
        page = officer.get(LOG)

    assert len(shown(page)) == 50
    assert len(many) == len(few) <= 30


def test_the_page_says_how_far_the_log_is_sealed_and_how_to_verify(officer: Client) -> None:
    page = officer.get(LOG).content.decode()

    assert "Er is nog niets verzegeld" in page
    assert "hervat journal verify" in page


def test_the_page_is_in_english_for_who_wants_it(officer: Client) -> None:
    officer.cookies["hervat_taal"] = "en"

    page = officer.get(LOG).content.decode()

    assert '<html lang="en"' in page
    assert "Export as CSV" in page
