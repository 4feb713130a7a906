"""A fixed statement is planned once for a connection, also after a rollback; not where a pool forbids it."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hervat.journal.queries.prepared import ask, ask_anew, ids

STATEMENT = "SELECT %s::integer + 1 AS after, %s::uuid[] AS found"


def prepared() -> list[str]:
    """The statements that this connection keeps, as PostgreSQL sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall() if "AS after" in statement]


@pytest.mark.usefixtures("journal")
def test_a_statement_is_kept_from_the_first_time_on_and_once() -> None:
    some = [uuid4(), uuid4()]
    connection.close()

    with transaction.atomic():
        first, second = (ask(STATEMENT, (number, ids(some))) for number in (1, 41))
        kept = prepared()

    assert (first, second) == ([(2, some)], [(42, some)])
    assert kept == ["SELECT $1::integer + 1 AS after, $2::uuid[] AS found"]


@pytest.mark.usefixtures("journal")
def test_what_depends_on_its_values_is_not_kept() -> None:
    connection.close()

    assert ask_anew(STATEMENT, (1, "{}")) == [(2, [])]

    assert prepared() == []


@pytest.mark.usefixtures("journal")
def test_behind_a_pool_that_knows_no_prepared_statements_none_is_made(settings: Any) -> None:
    settings.PREPARED_STATEMENTS = False
    connection.close()

    assert [ask(STATEMENT, (1, "{}")) for _ in range(3)] == [[(2, [])]] * 3

    assert prepared() == []


@pytest.mark.usefixtures("journal")
def test_after_an_error_and_its_rollback_it_answers_as_before() -> None:
    with transaction.atomic():
        assert ask(STATEMENT, (1, "{}")) == [(2, [])]
        with pytest.raises(DatabaseError), transaction.atomic():
            ask("SELECT 1 / %s::integer", (0,))

        assert ask(STATEMENT, (2, "{}")) == [(3, [])]


@pytest.mark.usefixtures("journal")
def test_values_go_by_name_or_by_place_and_nothing_is_a_value_too() -> None:
    named = "SELECT %(a)s::text, %(b)s::date, %(a)s::text, 5 %% 3"

    assert ask(named, {"b": None, "a": "x%s"}) == [("x%s", None, "x%s", 2)]
    assert ask("SELECT %s::text, %s::uuid", (None, UUID(int=7))) == [(None, UUID(int=7))]


@pytest.mark.usefixtures("journal")
def test_a_first_statement_begins_the_transaction_and_goes_with_it() -> None:
    with transaction.atomic():
        ask("SELECT set_config('hervat.test', 'x', true)")
        inside = ask("SELECT current_setting('hervat.test', true)")

    assert (inside, ask("SELECT current_setting('hervat.test', true)")) == ([("x",)], [("",)])


@pytest.mark.usefixtures("journal")
def test_who_counts_statements_counts_these_too() -> None:
    with CaptureQueriesContext(connection) as captured:
        ask(STATEMENT, (1, "{}"))

    assert len(captured) == 1
    assert "1::integer" in captured[0]["sql"]
