"""`hervat user` and `hervat access`, as an administrator on the machine types them."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from hervat.access import door
from hervat.cli import administering
from hervat.cli.main import main
from hervat.organisation.queries.standing import roles_on
from hervat.register.vocabulary import Role

from .conftest import Lines, Units

Answer = tuple[int, str, str]
Hervat = Callable[..., Answer]


@pytest.fixture
def hervat(db: None, capsys: pytest.CaptureFixture[str]) -> Hervat:
    """Run `hervat …`; return its exit code and what it wrote."""

    def run(*arguments: str) -> Answer:
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Be another account on the machine."""
    return lambda name: monkeypatch.setattr(door, "account_of_this_process", lambda: name)


def today() -> date:
    return administering.today()


def created(answer: Answer) -> UUID:
    assert answer[0] == 0, answer
    return UUID(answer[1].split()[1])


FIRST = ("user", "create", "--name", "Eva Beheer", "--email", "Eva@Defensie.example", "--first-administrator")


def test_the_first_administrator_is_made_once_on_an_empty_database(hervat: Hervat) -> None:
    eva = created(hervat(*FIRST))

    assert [posting.role for posting in roles_on(eva, today())] == [Role.ADMINISTRATOR]
    again = hervat(*(word.replace("Eva", "Ute") for word in FIRST))
    assert again[0] == 1
    assert "niet de eerste" in again[2]
    assert len(json.loads(hervat("user", "list", "--json")[1])) == 1


def test_a_second_first_is_refused_also_when_the_first_is_gone(hervat: Hervat) -> None:
    created(hervat(*FIRST))
    assert hervat("user", "disable", "eva@defensie.example")[0] == 0

    assert hervat(*(word.replace("Eva", "Ute") for word in FIRST))[0] == 1
    created(hervat("user", "create", "--name", "Ute", "--email", "ute@defensie.example"))
    assert hervat("access", "grant", "ute@defensie.example", "functioneel-beheerder")[0] == 0


def test_who_typed_it_stands_in_the_log_by_the_account_on_the_machine(
    hervat: Hervat, account: Callable[[str], None], lines: Lines
) -> None:
    account("J. Beheer")
    eva = created(hervat(*FIRST))

    found = lines()
    assert {line["actor"] for line in found} == {"cli:j.-beheer"}
    assert {line["operation"] for line in found} == {"gebruikers-beheren"}
    assert {line["subject"] for line in found if line["subject"]} == {eva}


def test_a_commander_is_posted_listed_and_revoked(hervat: Hervat, anna: UUID, units: Units) -> None:
    begins, ends = today(), today() + timedelta(days=30)
    grant = ("access", "grant", "anna@defensie.example", "commandant", "--until", f"{ends}")
    posting = created(hervat(*grant, "--unit", "42bat", "--below", "Waarneming"))

    listed = hervat("access", "list")[1]
    for text in (str(posting), "Anna de Vries", "commandant", "42BAT", "Waarneming", f"{begins:%d-%m-%Y}"):
        assert text in listed
    (row,) = json.loads(hervat("access", "list", "--json", "--user", str(anna))[1])
    assert (row["posting"], row["unit"], row["ends_on"]) == (str(posting), "42BAT", f"{ends}")
    assert row["state"] == "geldt"

    assert hervat("access", "revoke", str(posting), "--reason", "Andere functie")[0] == 0
    assert roles_on(anna, today()) == ()
    assert json.loads(hervat("access", "list", "--json")[1]) == []
    (row,) = json.loads(hervat("access", "list", "--json", "--all")[1])
    assert row["state"] == "ingetrokken"


def test_the_list_can_be_narrowed(hervat: Hervat, anna: UUID, bert: UUID, units: Units) -> None:
    created(hervat("access", "grant", str(anna), "commandant", "--unit", "42BAT"))
    created(hervat("access", "grant", str(anna), "fg"))
    created(hervat("access", "grant", str(bert), "oobb", "--unit", "17BAT"))

    def roles(*narrowed: str) -> list[str]:
        return sorted(row["role"] for row in json.loads(hervat("access", "list", "--json", *narrowed)[1]))

    assert roles() == ["commandant", "fg", "oobb"]
    assert roles("--unit", "17bat") == ["oobb"]
    assert roles("--role", "fg") == ["fg"]
    assert roles("--user", str(anna), "--role", "commandant") == ["commandant"]
    assert roles("--on", "2020-01-01") == ["commandant", "fg", "oobb"]
    yet_to_begin = json.loads(hervat("access", "list", "--json", "--on", "2020-01-01")[1])
    assert {row["state"] for row in yet_to_begin} == {"begint nog"}


def test_a_doctor_waits_for_another_account(
    hervat: Hervat, account: Callable[[str], None], anna: UUID
) -> None:
    account("een")
    code, out, _ = hervat("access", "grant", str(anna), "arts-egb")
    posting = out.split()[1]
    assert (code, f"hervat access approve {posting}" in out) == (0, True)
    assert roles_on(anna, today()) == ()

    refused = hervat("access", "approve", posting)
    account("twee")
    approved = hervat("access", "approve", posting)

    assert (refused[0], approved[0]) == (1, 0)
    assert "Vraag een andere beheerder" in refused[2]
    assert [one.role for one in roles_on(anna, today())] == [Role.EGB_PHYSICIAN]


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("access", "grant", "niemand@defensie.example", "fg"), 1, "Deze gebruiker bestaat niet"),
        (("access", "grant", "anna@defensie.example", "commandant"), 1, "Noem de eenheid"),
        (("access", "grant", "anna@defensie.example", "fg", "--unit", "42BAT"), 1, "Laat de eenheid weg"),
        (
            ("access", "grant", "anna@defensie.example", "commandant", "--unit", "X"),
            1,
            "Controleer de afkort",
        ),
        (("access", "grant", "anna@defensie.example", "koning"), 2, "deze rol bestaat niet"),
        (("access", "grant", "anna@defensie.example", "fg", "--from", "morgen"), 2, "dit is geen datum"),
        (
            ("access", "grant", "anna@defensie.example", "fg", "--from", "2020-01-01"),
            1,
            "terugwerkende kracht",
        ),
        (("access", "revoke", str(uuid4()), "--reason", "Weg"), 1, "Deze plaatsing bestaat niet"),
        (("access", "approve", str(uuid4())), 1, "Deze plaatsing bestaat niet"),
        (("access", "revoke", "een", "--reason", "Weg"), 2, "geen code van een plaatsing"),
        (("user", "disable", "niemand\0@defensie.example"), 1, "Deze gebruiker bestaat niet"),
        (("user", "create", "--name", "Anna", "--email", "ANNA@defensie.example"), 1, "al een gebruiker"),
        (("user", "create", "--name", "Anna", "--email", "geen adres"), 1, "geen e-mailadres"),
        (("user", "create", "--name", "a\nb", "--email", "b@defensie.example"), 1, "op één regel"),
    ],
)
def test_what_cannot_be_says_what_to_do_and_repeats_nobody(
    hervat: Hervat, anna: UUID, units: Units, command: tuple[str, ...], code: int, said: str
) -> None:
    answer = hervat(*command)

    assert (answer[0], answer[1]) == (code, "")
    assert said in answer[2]
    assert "@defensie" not in answer[2].lower()


def test_a_name_is_printed_as_text_and_draws_nothing(hervat: Hervat) -> None:
    created(hervat("user", "create", "--name", "[red]Rood[/]", "--email", "rood@defensie.example"))

    assert "[red]Rood[/]" in hervat("user", "list")[1]


def test_a_database_that_does_not_answer_is_one_line(hervat: Hervat, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise OperationalError("could not connect: user=anna@defensie.example")

    monkeypatch.setattr(administering, "administrator", silent)
    monkeypatch.setattr("hervat.cli.user.administrator", silent)

    assert hervat("user", "list") == (
        1,
        "",
        "hervat user: de database antwoordt niet. Controleer HERVAT_DATABASE_URL.\n",
    )


def test_a_deputy_is_named_listed_and_ended_on_the_command_line(hervat: Hervat, units: Units) -> None:
    created(hervat(*FIRST))
    postings = []
    for name, unit in (("anna", "42BAT"), ("bert", "17BAT")):
        address = f"{name}@defensie.example"
        created(hervat("user", "create", "--name", name.title(), "--email", address))
        postings.append(str(created(hervat("access", "grant", address, "commandant", "--unit", unit))))
    last = (today() + timedelta(days=6)).isoformat()
    name_one = ("access", "deputy", "name", postings[0], "bert@defensie.example", "--until", last)

    assert hervat(*name_one, "--reason", "ziek")[0] == 2
    made = str(created(hervat(*name_one, "--reason", "afwezig")))
    again = hervat(*name_one, "--reason", "afwezig")
    (row,) = json.loads(hervat("access", "deputy", "list", "--user", "anna@defensie.example", "--json")[1])

    assert (again[0], "neemt in die periode al waar" in again[2]) == (1, True)
    assert (row["principal"], row["deputy"], row["deputation"]) == ("Anna", "Bert", made)
    assert (row["role"], row["ends_on"], row["state"]) == ("commandant", last, "geldt")
    assert "afwezig" in hervat("access", "deputy", "list")[1]
    assert hervat("access", "deputy", "end", made)[0] == 0
    assert "al voorbij" in hervat("access", "deputy", "end", made)[2]
    assert "bestaat niet" in hervat("access", "deputy", "end", str(uuid4()))[2]
    assert hervat("access", "deputy", "list", "--user", "niemand@defensie.example")[0] == 1
