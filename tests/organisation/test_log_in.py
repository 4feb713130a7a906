"""Logging in stands in the log as an operation of its own, for the purpose that the register names."""

from datetime import date
from uuid import UUID

import pytest

from hervat.organisation.actions import log_in
from hervat.organisation.actions.users import disable_user
from hervat.register import in_force
from hervat.register.model import Register
from hervat.register.vocabulary import Operation

from ..register.copies import ferry_history
from .conftest import Lines, administering


def test_logging_in_is_an_operation_of_its_own_and_closing_an_account_another(
    anna: UUID, lines: Lines
) -> None:
    log_in.tell(log_in.Event.LOGGED_IN, user=anna)
    assert [(line["operation"], line["subject"]) for line in lines()] == [
        ("inloggen", None),
        ("inloggen", anna),
    ]

    assert disable_user(permit=administering(), user=anna) is None
    assert {line["operation"] for line in lines()} == {"gebruikers-beheren"}


@pytest.mark.parametrize(
    ("register", "known_as"),
    [
        (in_force.history().version(1), Operation.ADMINISTER_USERS),
        (in_force.history().on(date(2026, 11, 23)), Operation.LOG_IN),
    ],
    ids=["version 1", "version 2"],
)
def test_a_version_that_does_not_name_logging_in_has_it_under_keeping_users(
    register: Register, known_as: Operation
) -> None:
    assert log_in._done_for(register) == (known_as, "toegang-regelen")


def test_where_credentials_are_kept_for_nothing_nobody_can_log_in() -> None:
    with pytest.raises((LookupError, KeyError)):
        log_in._done_for(ferry_history().latest)
