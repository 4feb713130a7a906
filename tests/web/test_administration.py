"""The pages of a functional administrator: who gets in, what the rules refuse in words, and nothing twice."""

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hervat.organisation.models import Activation, Posting, Unit, User
from hervat.organisation.rules.refusals import SENTENCES, WhyNot
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Role
from tests.cast import (
    ADMINISTRATOR,
    AUDITOR,
    EGB_PHYSICIAN,
    LABOUR_EXPERT,
    PRIVACY_OFFICER,
    RECORDS_MANAGER,
)

from .desks import account, at_desk, employ, logged_in

pytestmark = pytest.mark.django_db
USERS, NEW, APPROVE, UNITS = (
    f"/beheer/{page}/" for page in ("gebruikers", "gebruikers/nieuw", "goedkeuren", "eenheden")
)
Send = Callable[..., HttpResponse]


@pytest.fixture
def admin() -> Client:
    return at_desk(ADMINISTRATOR)


@pytest.fixture
def second() -> Client:
    return at_desk(RECORDS_MANAGER, Role.ADMINISTRATOR)


@pytest.fixture
def anna() -> User:
    return User.objects.create(name="Anna de Vries", email="anna@defensie.example")


@pytest.fixture
def brigade() -> Unit:
    army = Unit.objects.create(kind=UnitKind.SERVICE_BRANCH, abbreviation="CLAS", name="Landstrijdkrachten")
    return Unit.objects.create(
        kind=UnitKind.UNIT, abbreviation="13 Brig", name="13 Lichte Brigade", parent=army
    )


def of(user: User) -> str:
    return f"{USERS}{user.code}/"


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def granting(**changes: str) -> dict[str, str]:
    return {"doe": "plaatsen", "rol": "commandant", "eenheid": "13 brig", "van": str(today())} | changes


def fault(answer: HttpResponse) -> dict[str, str]:
    """What is said beside which field."""
    found = re.findall(r'<p class="fault"\s+id="id_(\w+?)_error">\s*(.*?)\s*</p>', text(answer))
    return dict(found)


def test_only_an_administrator_gets_in_and_everybody_else_reads_why_not(admin: Client, anna: User) -> None:
    pages = (USERS, NEW, APPROVE, UNITS, of(anna))
    assert {admin.get(page).status_code for page in pages} == {200}
    for player in (PRIVACY_OFFICER, AUDITOR, EGB_PHYSICIAN):
        kept_out = at_desk(player)
        for answer in [
            *map(kept_out.get, pages),
            *map(kept_out.post, pages),
            kept_out.post(f"{of(anna)}code/"),
        ]:
            assert answer.status_code == 403
            assert "In deze rol hebt u hier geen toegang" in text(answer)
    assert {Client().get(page).headers["Location"].partition("?")[0] for page in pages} == {"/inloggen/"}
    half = logged_in(ADMINISTRATOR, factor=False)
    assert {half.get(page).headers["Location"] for page in pages} == {"/account/tweede-stap/"}


def test_an_account_is_created_once_and_what_is_wrong_stays_to_be_mended(admin: Client) -> None:
    given = {"naam": "Bert Jansen", "email": "Bert@Defensie.Example"}
    made = admin.post(NEW, given)
    user = User.objects.get(email="bert@defensie.example")

    assert (made.status_code, made.headers["Location"]) == (303, f"{of(user)}?gedaan=gemaakt")
    assert "Bert Jansen" in text(admin.get(made.headers["Location"]))
    again = admin.post(NEW, given)
    assert again.status_code == 422
    assert fault(again) == {"email": SENTENCES[WhyNot.EMAIL_TAKEN]}
    assert 'value="Bert Jansen"' in text(again)
    wrong = admin.post(NEW, {"naam": "Bert", "email": "bert"})
    assert fault(wrong) == {"email": SENTENCES[WhyNot.EMAIL_WRONG]}
    assert User.objects.filter(name__startswith="Bert").count() == 1


def test_searching_finds_by_a_part_and_puts_no_name_in_an_address(admin: Client, anna: User) -> None:
    User.objects.create(name="Wim Bos", email="wim@defensie.example")
    sent = admin.post(USERS, {"tekst": "vries"})

    assert re.fullmatch(rf"{USERS}\?zoek=[\w-]{{12}}", sent.headers["Location"])
    page = text(admin.get(sent.headers["Location"]))
    assert "Anna de Vries" in page
    assert "Wim Bos" not in page
    assert "Wim Bos" in text(admin.get(admin.post(USERS, {"tekst": "WIM@"}).headers["Location"]))
    assert "niemand gevonden" in text(admin.get(admin.post(USERS, {"tekst": "%"}).headers["Location"]))
    assert admin.get(f"{USERS}?zoek=onbekend").status_code == 410


def test_closed_accounts_stand_apart(admin: Client, anna: User) -> None:
    User.objects.create(name="Wim Bos", email="wim@defensie.example", disabled_on=today())

    assert "Wim Bos" not in text(admin.get(USERS))
    closed = text(admin.get(admin.post(USERS, {"gesloten": "on"}).headers["Location"]))
    assert "Wim Bos" in closed
    assert "Anna de Vries" not in closed


def test_a_list_goes_on_and_costs_as_many_queries_for_fifty_as_for_one(admin: Client) -> None:
    admin.get(USERS)
    with CaptureQueriesContext(connection) as few:
        admin.get(USERS)
    User.objects.bulk_create(
        User(name=f"Gebruiker {n:03}", email=f"u{n}@defensie.example") for n in range(60)
    )
    with CaptureQueriesContext(connection) as many:
        first = text(admin.get(USERS))

    following = re.findall(r'rel="next" href="(\?[^"]+)"', first)
    second = text(admin.get(USERS + following[0]))
    names = re.findall(r"Gebruiker \d{3}", first + second)
    assert names == [f"Gebruiker {n:03}" for n in range(60)]
    assert len(many) == len(few) <= 30


def test_a_posting_is_given_and_sending_it_twice_gives_one(admin: Client, anna: User, brigade: Unit) -> None:
    given = granting(lager="on", waarom_lager="De compagnieën horen erbij.", tot=str(today(30)))
    made = admin.post(of(anna), given)
    again = admin.post(of(anna), given)

    assert made.headers["Location"] == f"{of(anna)}?gedaan=geplaatst"
    posting = Posting.objects.get(user=anna)
    assert (posting.role, posting.unit, posting.below, posting.ends_on) == (
        "commandant",
        brigade,
        True,
        today(30),
    )
    assert posting.granted_by == str(ADMINISTRATOR.code)
    assert again.status_code == 422
    assert SENTENCES[WhyNot.POSTED_ALREADY] in text(again)
    page = text(admin.get(made.headers["Location"]))
    assert "De compagnieën horen erbij." in page
    assert f"<dd>{ADMINISTRATOR.name}</dd>" in page


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"eenheid": ""}, "eenheid", WhyNot.UNIT_MISSING),
        ({"eenheid": "99 Brig"}, "eenheid", WhyNot.UNIT_UNKNOWN),
        ({"rol": "arbeidsdeskundige"}, "eenheid", WhyNot.UNIT_NOT_FITTING),
        ({"lager": "on"}, "waarom_lager", WhyNot.BELOW_WITHOUT_REASON),
        ({"van": "2020-01-01"}, "van", WhyNot.IN_THE_PAST),
        ({"tot": "2020-01-01"}, "tot", WhyNot.ENDS_BEFORE_START),
    ],
)
def test_what_the_rules_refuse_stands_beside_its_field(
    admin: Client, anna: User, brigade: Unit, changed: dict[str, str], field: str, why: WhyNot
) -> None:
    answer = admin.post(of(anna), granting(**changed))

    assert answer.status_code == 422
    assert fault(answer) == {field: SENTENCES[why]}
    assert not Posting.objects.filter(user=anna).exists()
    typed = changed.get("eenheid", "13 brig")
    assert not typed or f'value="{typed}"' in text(answer)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [({"rol": "koning"}, {"rol"}), ({"van": "31-2-2027"}, {"van"}), ({"waarom_lager": "Zomaar"}, {"lager"})],
)
def test_what_is_not_a_posting_at_all_is_said_beside_its_field(
    admin: Client, anna: User, brigade: Unit, changed: dict[str, str], fields: set[str]
) -> None:
    answer = admin.post(of(anna), granting(**changed))

    assert answer.status_code == 422
    assert set(fault(answer)) == fields
    assert not Posting.objects.filter(user=anna).exists()


def test_nobody_gives_themselves_a_posting(admin: Client, brigade: Unit) -> None:
    own = account(ADMINISTRATOR)
    assert "Dit bent u zelf" in text(admin.get(of(own)))

    answer = admin.post(of(own), granting())

    assert answer.status_code == 409
    assert SENTENCES[WhyNot.OWN_GRANT] in text(answer)
    assert Posting.objects.filter(user=own).count() == 1


def test_a_doctor_waits_for_a_second_administrator(admin: Client, second: Client, anna: User) -> None:
    admin.post(of(anna), granting(rol="arts-egb", eenheid=""))
    posting = Posting.objects.get(user=anna)
    sent = {"doe": "goedkeuren", "plaatsing": str(posting.id)}

    assert "1 plaatsing wacht op een tweede beheerder" in text(admin.get(USERS))
    mine, theirs = text(admin.get(APPROVE)), text(second.get(APPROVE))
    assert "U gaf deze plaatsing zelf" in mine
    assert "Keur goed" not in mine
    assert ADMINISTRATOR.name in theirs
    assert "Keur goed" in theirs
    refused = admin.post(APPROVE, sent)
    assert refused.status_code == 409
    assert SENTENCES[WhyNot.NOT_A_SECOND_PERSON] in text(refused)
    assert second.post(APPROVE, sent).status_code == 303
    assert SENTENCES[WhyNot.APPROVED_ALREADY] in text(second.post(of(anna), sent))
    posting.refresh_from_db()
    assert posting.approved_by == str(RECORDS_MANAGER.code)
    assert second.post(APPROVE, {"plaatsing": "onzin"}).status_code == 409


def test_revoking_wants_a_reason_works_at_once_and_once(admin: Client) -> None:
    user = employ(LABOUR_EXPERT)
    posting = Posting.objects.get(user=user)
    sent = {"doe": "intrekken", "plaatsing": str(posting.id)}

    without = admin.post(of(user), sent)
    assert without.status_code == 422
    assert f'id="id_{posting.id}_waarom_error">{SENTENCES[WhyNot.REASON_MISSING]}' in text(without)
    assert "<details open>" in text(without)
    assert admin.post(of(user), sent | {"waarom": "Andere functie."}).status_code == 303
    posting.refresh_from_db()
    assert (posting.revoked_on, posting.revoke_reason) == (today(), "Andere functie.")
    again = admin.post(of(user), sent | {"waarom": "Nog eens."})
    assert again.status_code == 409
    assert SENTENCES[WhyNot.POSTING_OVER] in text(again)
    posting.refresh_from_db()
    assert posting.revoke_reason == "Andere functie."


def test_closing_an_account_ends_everything_and_only_with_a_tick(admin: Client) -> None:
    user = employ(LABOUR_EXPERT)

    assert admin.post(of(user), {"doe": "sluiten"}).status_code == 422
    assert User.objects.get(pk=user.pk).is_active
    assert admin.post(of(user), {"doe": "sluiten", "zeker": "on"}).status_code == 303
    assert not User.objects.get(pk=user.pk).is_active
    assert Posting.objects.get(user=user).revoked_on == today()
    again = admin.post(of(user), {"doe": "sluiten", "zeker": "on"})
    assert again.status_code == 409
    assert SENTENCES[WhyNot.USER_DISABLED] in text(again)
    assert "Nieuwe plaatsing" not in text(admin.get(of(user)))


def test_a_code_on_paper_is_shown_once_and_never_stands_in_an_address(admin: Client, anna: User) -> None:
    made = admin.post(f"{of(anna)}code/")

    assert made.status_code == 200
    assert re.search(r'<p class="paper"><code>[0-9A-Z-]{16,}</code>', text(made))
    assert "no-store" in made.headers["Cache-Control"]
    assert Activation.objects.filter(user=anna).count() == 1
    assert 'class="paper"' not in text(admin.get(of(anna)))
    own = admin.post(f"{of(account(ADMINISTRATOR))}code/")
    assert own.status_code == 409
    assert SENTENCES[WhyNot.ACTIVATION_FOR_ONESELF] in text(own)
    late = logged_in(ADMINISTRATOR, confirmed_ago=3600)
    assert late.post(f"{of(anna)}code/").headers["Location"].startswith("/bevestigen/")


def test_units_are_a_tree_that_grows_and_closes(admin: Client, brigade: Unit) -> None:
    given = {
        "doe": "toevoegen",
        "soort": "sub-eenheid",
        "afkorting": "A-cie",
        "naam": "Alfa",
        "onder": "13 brig",
    }
    assert admin.post(UNITS, given).status_code == 303
    company = Unit.objects.get(abbreviation="A-cie")
    assert company.parent == brigade
    assert fault(admin.post(UNITS, given)) == {"afkorting": SENTENCES[WhyNot.ABBREVIATION_TAKEN]}
    wrong = admin.post(UNITS, given | {"afkorting": "B-cie", "onder": "CLAS"})
    assert fault(wrong) == {"onder": SENTENCES[WhyNot.PARENT_NOT_FITTING]}
    assert 'value="B-cie"' in text(wrong)
    assert fault(admin.post(UNITS, given | {"onder": "niets"})) == {"onder": SENTENCES[WhyNot.UNIT_UNKNOWN]}

    in_use = admin.post(UNITS, {"doe": "sluiten", "eenheid": str(brigade.id)})
    assert in_use.status_code == 409
    assert SENTENCES[WhyNot.UNIT_IN_USE] in text(in_use)
    assert admin.post(UNITS, {"doe": "sluiten", "eenheid": str(company.id)}).status_code == 303
    company.refresh_from_db()
    assert company.closed_on == today()
    assert SENTENCES[WhyNot.UNIT_CLOSED] in text(
        admin.post(UNITS, {"doe": "sluiten", "eenheid": str(company.id)})
    )


def test_a_user_that_is_not_there_and_a_button_that_is_not_there(admin: Client, anna: User) -> None:
    assert admin.get(f"{USERS}{UUID(int=9)}/").status_code == 404
    assert admin.post(of(anna), {"doe": "wissen"}).status_code == 422
    assert User.objects.filter(pk=anna.pk).exists()


def test_what_an_administrator_sees_and_does_is_in_the_log(admin: Client, anna: User, brigade: Unit) -> None:
    admin.get(USERS)
    admin.post(of(anna), granting())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT effect, manner FROM journal_line WHERE subject = %s AND actor = %s ORDER BY id",
            [anna.code, str(ADMINISTRATOR.code)],
        )
        assert cursor.fetchall() == [("R", "in-lijst"), ("C", "geopend")]
