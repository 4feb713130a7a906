"""The e-mails, made to be sent: at a first visit, and to who lost everything.

A new e-mail is found by `found.py`, and wants a line in `listed.py` that makes it go out. Read next:
`errors.py`.
"""

from collections.abc import Iterator

from django.core import mail
from django.test import Client
from django.utils import timezone

from hervat.jobs.digest import send_digest
from tests.web.login import Person, give_paper, make_person, show_paper

from ...cast import TODAY
from .mouth import Answer, Asker, as_answer

NAME, ADDRESS = "Merkgebruiker Van Het Systeem", "merkadres@example.org"


def first_visit(_: Asker) -> Iterator[Answer]:
    """The mail with a code, and the page before it; for a first visit, and when every factor is lost."""
    person = make_person(name=NAME, email=ADDRESS)
    for lost in (False, True):
        paper = give_paper(Person(person.code), renew_factors=lost)
        yield as_answer("POST /eerste-keer/", show_paper(Client(), ADDRESS, paper))
    assert len(mail.outbox) >= 2
    yield from sent()


def digest(asker: Asker) -> Iterator[Answer]:
    """The daily message, to whoever has something to do."""
    send_digest(asker.user, TODAY, at=timezone.now())
    yield from sent()


def sent() -> Iterator[Answer]:
    """Every e-mail that went out, as its reader gets it; to whom stands around it."""
    for one in mail.outbox:
        assert one.alternatives == [] if hasattr(one, "alternatives") else True
        assert one.attachments == []
        yield Answer("e-mail", 0, f"{one.subject}\n{one.body}", " ".join(one.to))
