"""The tests' own database: the application's rights by default, and nothing for who did not ask."""

import pytest
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError

CURRENT = "SELECT current_user, current_database()"


def asked(alias: str) -> tuple[str, str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(CURRENT)
        return cursor.fetchone()  # type: ignore[no-any-return]


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_test_works_as_the_application_and_can_ask_for_the_owner() -> None:
    assert asked("default") == ("hervat_app", "hervat")
    assert asked("owner") == ("hervat_owner", "hervat")
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE made (x int)")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mine (x int)")


@pytest.mark.usefixtures("django_db_setup")
def test_a_test_that_did_not_ask_for_the_database_cannot_reach_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        asked("default")
