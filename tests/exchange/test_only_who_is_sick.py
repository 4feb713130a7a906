"""Of who is not sick nothing is kept, in no table, whatever is sent about them, good or bad."""

import json
from typing import Any

import psycopg
import pytest

from hervat.access.feed import Feed
from hervat.config.postgres import SUPERUSER
from hervat.register.vocabulary import Source
from tests.cast import TODAY
from tests.roles import Connect

from .sending import message, send

# Put together of what stands nowhere else, so that any of it found was stored.
MARK = "Zwaluwmerk"
NUMBER = "W87654321"
OF_NOBODY = {"employee_number": NUMBER}
PERSON = {"name": MARK, "email": f"{MARK}@example.org", "bsn": "999990044"}
ALL: list[dict[str, Any]] = [
    message("persoonsgegevens", OF_NOBODY | {"person": PERSON}),
    message("aanstelling", OF_NOBODY | {"appointment": {"duties": MARK, "unit": "A-cie"}}),
    message("percentage", OF_NOBODY | {"since": "2026-10-12", "percentage": 50}),
    message("herstel", OF_NOBODY | {"first_fit_on": "2026-10-12"}),
    message(
        "verlof", OF_NOBODY | {"first_day": "2026-10-12", "last_day": "2026-10-13", "leave": "ander-verlof"}
    ),
    message("einde-aanstelling", OF_NOBODY | {"ends_on": "2027-10-12"}),
    # Faulty, and still about nobody who is kept.
    message("persoonsgegevens", OF_NOBODY | {"person": PERSON | {"diagnose": MARK}}),
    message("persoonsgegevens", OF_NOBODY | {"person": PERSON | {"bsn": MARK}}),
    message("aanstelling", OF_NOBODY | {"appointment": {"unit": MARK}}),
    message("herstel", OF_NOBODY | {"first_fit_on": MARK}),
    message(
        "correctie",
        {
            "corrects": message("herstel", OF_NOBODY | {"first_fit_on": "2026-10-12"})["id"],
            "kind": "herstel",
            "facts": OF_NOBODY | {"first_fit_on": "2026-10-13"},
        },
    ),
]


@pytest.fixture
def everything(committed: None, connect: Connect) -> psycopg.Connection:
    return connect(SUPERUSER)


def contents(superuser: psycopg.Connection) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    named = superuser.execute(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1"
    ).fetchall()
    rows = {
        table: superuser.execute(f"SELECT t::text FROM {table} AS t").fetchall()  # noqa: S608
        for (table,) in named
    }
    return {table: [text for (text,) in found] for table, found in rows.items()}


def test_every_table_is_as_it_was_but_for_number_and_digest_in_the_inbox(
    everything: psycopg.Connection,
) -> None:
    feed = Feed(on=TODAY, source=Source.COMMAND_LINE, demo=True)
    before = contents(everything)

    outcomes = [one.outcome.value for one in send(feed, *ALL)]

    assert outcomes == ["niet-ziek-niet-bewaard"] * len(ALL)
    after = contents(everything)
    changed = {table for table, rows in after.items() if rows != before[table]}
    assert changed == {"exchange_inbox"}
    assert len(after["exchange_inbox"]) == len(ALL)
    said = json.dumps(after)
    assert MARK not in said
    assert MARK.encode().hex() not in said
    assert NUMBER.casefold() not in said.casefold()
