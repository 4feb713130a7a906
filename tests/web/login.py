"""What the tests of log-in share: somebody with an account, the codes they get, the app on their phone."""

import re
import time
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from hervat.organisation.actions.activations import Paper, make_activation
from hervat.organisation.actions.users import create_user
from tests.organisation.conftest import administering, done

PASSWORD = "vier rustige woorden hier"  # noqa: S105 - nobody's
EMAIL = "sanne@defensie.example"


@dataclass
class Person:
    """Somebody with an account, and the secret of their app once they have one."""

    code: UUID
    email: str = EMAIL
    secret: str = ""

    def app_code(self, *, after: int = 0) -> str:
        """What the app shows now, or so many codes later."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + after))


def make_person(name: str = "Sanne Yıldız", email: str = EMAIL) -> Person:
    return Person(done(create_user(permit=administering(), name=name, email=email)), email)


def give_paper(person: Person, *, renew_factors: bool = False) -> str:
    paper = make_activation(permit=administering(), user=person.code, renew_factors=renew_factors)
    assert isinstance(paper, Paper), paper
    return paper.code


def mailed_code() -> str:
    """The code of the last e-mail."""
    found = re.search(r"\b(\d{8})\b", str(mail.outbox[-1].body))
    assert found
    return found[1]


def show_paper(client: Client, email: str, code: str) -> HttpResponse:
    return client.post("/eerste-keer/", {"email": email, "code": code})


def choose_password(client: Client, person: Person, paper: str, password: str = PASSWORD) -> HttpResponse:
    """The first visit as far as the password."""
    show_paper(client, person.email, paper)
    client.post("/eerste-keer/e-mail/", {"code": mailed_code()})
    return client.post("/eerste-keer/wachtwoord/", {"password": password, "again": password})


def add_app(client: Client, person: Person) -> HttpResponse:
    """Set up the app; the code it proves itself with is one before now, so that the next still counts."""
    page = client.get("/account/tweede-stap/app/").content.decode()
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found, page
    person.secret = found[1].replace(" ", "")
    return client.post("/account/tweede-stap/app/", {"code": person.app_code(after=-1)})


def enrol(client: Client, person: Person) -> HttpResponse:
    """The whole first visit."""
    choose_password(client, person, give_paper(person))
    return add_app(client, person)


def first_step(client: Client, email: str = EMAIL, password: str = PASSWORD) -> HttpResponse:
    return client.post("/inloggen/", {"login": email, "password": password})


def log_in(client: Client, person: Person) -> HttpResponse:
    first_step(client, person.email)
    return client.post("/inloggen/tweede-stap/", {"code": person.app_code()})
