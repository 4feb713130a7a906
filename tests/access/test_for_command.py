"""A command on the machine gets a permit for what the register lets an administrator do, and no more."""

from datetime import date
from uuid import UUID

import pytest

from hervat.access.door import NoPurpose, for_command
from hervat.access.machine import account_code
from hervat.journal.rules.trace import Trace
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Scope, Source, Use

ON = date(2026, 11, 23)
TRACE = Trace(
    trace_id=UUID("4bf92f35-77b3-4da6-a3ce-929d0e0e4736"), span_id=bytes.fromhex("00f067aa0ba902b7")
)
USERS = (Item.USER_NAME, Item.USER_CONTACT, Item.USER_POSTING, Item.USER_DEPUTY)


def test_a_command_administers_users_and_nothing_else() -> None:
    permit = for_command(Operation.ADMINISTER_USERS, on=ON, trace=TRACE)

    permit.demand(*USERS, use=Use.WRITE)
    assert {permit.scope(item, Use.WRITE) for item in USERS} == {Scope.FULL}
    assert permit.items(Use.WRITE) == set(USERS)
    with pytest.raises(NotPermitted):
        permit.demand(Item.NAME_AND_ADDRESS, use=Use.READ)
    with pytest.raises(NotPermitted):
        permit.demand(Item.USER_ACTIVITY, use=Use.READ)


def test_the_log_will_know_that_it_was_a_command_and_under_which_purpose() -> None:
    permit = for_command(Operation.ADMINISTER_USERS, on=ON, trace=TRACE)

    assert (permit.actor_kind, permit.source) == (ActorKind.COMMAND, Source.COMMAND_LINE)
    assert permit.authority is Authority.COMMAND_LINE
    assert permit.purpose == "toegang-regelen"
    assert permit.actor.startswith("cli:")
    assert (permit.trace_id, permit.span_id) == (TRACE.trace_id, TRACE.span_id)


def test_what_the_register_gives_no_purpose_for_gets_no_permit() -> None:
    with pytest.raises(NoPurpose, match=r"users\.yaml"):
        for_command(Operation.KEEP_DOSSIER, on=ON, trace=TRACE)


def test_the_account_does_not_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = for_command(Operation.ADMINISTER_USERS, on=ON, trace=TRACE).actor
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "iemand-anders")

    assert for_command(Operation.ADMINISTER_USERS, on=ON, trace=TRACE).actor == before


@pytest.mark.parametrize("account", ["", "x" * 300, "Jörg Ünal", "a\nb", "DOM\\user"])
def test_every_account_folds_into_a_code_that_the_log_takes(account: str) -> None:
    code = account_code(account)

    assert len(code) <= 64
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789_.:-")
