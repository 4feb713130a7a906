"""Messages to test with, of invented people: what the personnel system would send."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from hervat.access.feed import Feed
from hervat.exchange.actions.receive import Received, receive

SPACE = UUID("6f1c2a54-8d3e-4b7a-9c0d-2e5f7a9b1c3d")
SENT = "2026-11-23T08:00:00+01:00"
PERSON: dict[str, Any] = {
    "name": "Thirza Oosterhof",
    "address": {"street": "Nergensstraat 1", "postcode": "0000 ZZ", "town": "Nergenshuizen"},
    "birth_date": "1990-04-02",
    "sex": "vrouw",
    "email": "w900@demo.hervat.invalid",
    "phone": "+31 6 00000000",
    "bsn": "999990019",
    "payroll_tax_number": "000000000L01",
}
APPOINTMENT = {"unit": "A-cie", "service_branch": "clas", "job_description": "Chauffeur"}


def number(name: str) -> str:
    """The id of a message, by a name of the test's own."""
    return str(uuid5(SPACE, name))


def message(kind: str, facts: dict[str, Any], name: str = "", **changes: Any) -> dict[str, Any]:
    """A message; its id follows from the name, or from what it says."""
    said = name or json.dumps([kind, facts], sort_keys=True)
    return {"id": number(said), "kind": kind, "sent_at": SENT, "facts": facts, **changes}


def sick(first: str | date = "2026-10-05", who: str = "W900", name: str = "", **facts: Any) -> dict[str, Any]:
    """A sick report with the full facts."""
    said = {
        "employee_number": who,
        "first_sick_on": str(first),
        "person": PERSON,
        "appointment": APPOINTMENT,
        **facts,
    }
    return message("ziekmelding", said, name)


def recovered(on: str | date, who: str = "W900", name: str = "") -> dict[str, Any]:
    return message("herstel", {"employee_number": who, "first_fit_on": str(on)}, name)


def send(feed: Feed, *messages: dict[str, Any] | str) -> list[Received]:
    """Deliver messages, one after the other."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in messages]
    return [receive(admits=feed, text=text, line=number) for number, text in enumerate(texts, 1)]


def outcomes(feed: Feed, *messages: dict[str, Any] | str) -> list[str]:
    """Deliver messages; say of each what became of it, or its fault."""
    return [(one.fault.code if one.fault else one.outcome).value for one in send(feed, *messages)]
