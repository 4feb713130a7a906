"""The secrets of second factors: a key of the vault for each user, replaced and counted like any other."""

import re
from base64 import b64decode
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings

from hervat.access.accounts import close_account
from hervat.cli.main import main
from hervat.journal.models import Line
from hervat.organisation.rules.refusals import Refusal
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Item
from hervat.vault.actions import destroy_log_in_key, make_keys
from hervat.vault.models import Key
from hervat.vault.queries import status
from hervat.vault.rules.sealing import Domain, SealError
from hervat.web.login.sealing import about, open_sealed

from ..organisation.conftest import administering
from ..permits import allowing
from .login import Person, add_app, choose_password, enrol, first_step, give_paper, log_in, make_person

pytestmark = pytest.mark.django_db
NEWER = {1: bytes([1]) * 32, 2: bytes([9]) * 32}


def in_use() -> dict[int, int]:
    return {one.epoch: one.keys for one in status() if one.domain is Domain.ORDINARY}


def test_secrets_are_sealed_in_the_database_under_an_ordinary_key_of_the_user(
    client: Client, sanne: Person
) -> None:
    enrol(client, sanne)
    kept = {one.type: one.data for one in Authenticator.objects.all()}
    secret, seed = b64decode(kept["totp"]["secret"]), b64decode(kept["recovery_codes"]["seed"])

    for text in (str(kept), secret.decode("latin-1"), seed.decode("latin-1")):
        assert sanne.secret not in text
    assert (secret[:1], seed[:1]) == (b"\x01", b"\x01")
    assert list(Key.objects.values_list("owner", "domain")) == [(sanne.code, "gewoon")]


def test_a_secret_that_is_copied_to_another_user_does_not_open(enrolled: Person) -> None:
    other = make_person("Bram de Wit", "bram@defensie.example")
    enrol(Client(), other)
    mine = Authenticator.objects.get(user=enrolled.code, type="totp")
    theirs = Authenticator.objects.get(user=other.code, type="totp")
    kept = theirs.data
    theirs.data = mine.data
    theirs.save()
    first_step(client := Client(), other.email)
    thief = Person(other.code, other.email, enrolled.secret)

    refused = client.post("/inloggen/tweede-stap/", {"code": thief.app_code()})
    assert refused.status_code == 200
    assert "verzegeld gegeven is niet te openen" in refused.content.decode()
    assert client.get("/account/").status_code == 302
    theirs.data = kept
    theirs.save()
    assert log_in(Client(), other).headers["Location"] == "/nu/"


@pytest.mark.parametrize("damaged", ["", "geen-base64!", "AQID", "JBSWY3DPEHPK3PXP"])
def test_what_was_not_sealed_here_opens_nothing(enrolled: Person, damaged: str) -> None:
    Authenticator.objects.filter(type="totp").update(data={"secret": damaged})
    first_step(client := Client())

    assert client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_log_in_goes_on_while_the_keys_are_replaced_and_an_older_one_is_counted_until_then(
    enrolled: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    with override_settings(KEYS_ORDINARY=NEWER):
        assert in_use() == {1: 1, 2: 0}
        assert not any(one.removable for one in status() if one.domain is Domain.ORDINARY)
        assert main(["vault", "rotate", "gewoon"]) == 0
        assert in_use() == {1: 0, 2: 1}
        assert [one.epoch for one in status() if one.removable] == [1]
    with override_settings(KEYS_ORDINARY={2: NEWER[2]}):
        client = Client()
        assert log_in(client, enrolled).headers["Location"] == "/nu/"
        client.post("/bevestigen/code/", {"code": enrolled.app_code(after=1)})
        page = client.get("/account/herstelcodes/").content.decode()
        assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert "1 sleutels opnieuw ingepakt" in capsys.readouterr().out


def test_somebody_whose_key_is_destroyed_cannot_log_in_and_a_new_first_visit_helps(enrolled: Person) -> None:
    other = make_person("Bram de Wit", "bram@defensie.example")
    enrol(Client(), other)
    Key.objects.filter(owner=enrolled.code).delete()

    first_step(client := Client())
    assert client.post("/inloggen/tweede-stap/", {"code": enrolled.app_code()}).status_code == 200
    assert log_in(Client(), other).headers["Location"] == "/nu/"
    again = Client()
    choose_password(again, enrolled, give_paper(enrolled, renew_factors=True))
    assert add_app(again, enrolled).headers["Location"] == "/account/herstelcodes/"


def test_every_form_that_checks_a_code_says_whose_it_is() -> None:
    forms = Path(__file__).resolve().parents[2] / "hervat" / "web" / "login" / "forms.py"
    text = forms.read_text(encoding="utf-8")

    assert text.count("def clean_code") == text.count("return self._spend(super().clean_code)") == 3


def test_closing_an_account_destroys_the_key_of_its_secrets_and_no_other(enrolled: Person) -> None:
    other = make_person("Bram de Wit", "bram@defensie.example")
    enrol(Client(), other)
    sealed = Authenticator.objects.get(user=enrolled.code, type="totp").data["secret"]
    with about(enrolled.code):
        assert open_sealed(sealed) == enrolled.secret

    assert close_account(permit=administering(), user=enrolled.code) is None

    assert list(Key.objects.values_list("owner", flat=True)) == [other.code]
    with about(enrolled.code), pytest.raises(SealError):
        open_sealed(sealed)
    assert not get_user_model().objects.get(pk=enrolled.code).has_usable_password()
    told = Line.objects.filter(object_kind="sleutel-gewoon", subject=enrolled.code)
    assert [(line.operation, line.effect, line.items) for line in told] == [
        ("gebruikers-beheren", "D", ["gebruiker-inlogmiddelen"])
    ]
    assert log_in(Client(), other).headers["Location"] == "/nu/"


def test_an_account_that_is_not_closed_keeps_its_key_and_nobody_elses_is_destroyed_with_it(
    enrolled: Person,
) -> None:
    somebody_ill = uuid4()
    make_keys(somebody_ill)
    before = set(Key.objects.values_list("owner", "domain"))

    for owner in (enrolled.code, somebody_ill):
        with pytest.raises(NotPermitted):
            destroy_log_in_key(permit=administering(), user=owner)
    own_only = administering(writes=allowing((), own={Item.USER_POSTING}))
    with pytest.raises(NotPermitted):
        close_account(permit=own_only, user=enrolled.code)
    assert isinstance(close_account(permit=administering(), user=uuid4()), Refusal)

    assert set(Key.objects.values_list("owner", "domain")) == before
