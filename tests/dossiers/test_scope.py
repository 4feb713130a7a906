"""The scope a permit gives, and a signature that nobody makes without the key."""

from dataclasses import replace
from hashlib import sha256
from hmac import new as hmac_of
from uuid import UUID

import pytest

from hervat.dossiers.rules.scope import (
    Assignee,
    DoorKey,
    Moment,
    Scope,
    door_key,
    scope_of,
    signed,
)
from hervat.register.vocabulary import Authority, Role

from ..permits import a_permit

ONE, TWO = UUID(int=1), UUID(int=2)
NOW = Moment(process=4711, started=1_780_000_000_000_000, expires=1_780_000_060_000_000)
KEY = door_key(b"een sleutel van een test")


@pytest.mark.parametrize(
    ("changes", "scope"),
    [
        ({"dossier": ONE, "units": frozenset({TWO})}, Scope(dossiers=frozenset({ONE}))),
        ({"dossier": None, "units": frozenset({ONE, TWO})}, Scope(units=frozenset({ONE, TWO}))),
        ({"dossier": None, "authority": Authority.OWN}, Scope(own="gebruiker-0001")),
        ({"dossier": None}, Scope()),
        ({"dossier": None, "authority": Authority.CREDENTIALS}, Scope()),
    ],
)
def test_a_permit_reaches_its_dossier_or_its_list_and_without_either_nothing(
    changes: dict[str, object], scope: Scope
) -> None:
    assert scope_of(a_permit(**changes)) == scope


def test_an_assigned_user_reaches_only_what_is_assigned_in_that_role_on_that_day() -> None:
    permit = a_permit(dossier=None, authority=Authority.ASSIGNMENT, role=Role.LABOUR_EXPERT)

    assert scope_of(permit) == Scope(
        assignee=Assignee(user="gebruiker-0001", role=Role.LABOUR_EXPERT, on=permit.on)
    )


def is_signed(setting: str, key: DoorKey) -> bool:
    """Whether a setting carries its signature: what `dossiers_scope()` asks in the database."""
    said, _, signature = setting.rpartition("|")
    inner = sha256(key.inner + said.encode()).digest()
    return sha256(key.outer + inner).hexdigest() == signature


def test_the_signature_is_the_hmac_of_rfc_2104() -> None:
    setting = signed(Scope(dossiers=frozenset({ONE})), NOW, KEY)
    said, _, signature = setting.rpartition("|")
    key = sha256(b"hervat door\x00een sleutel van een test").digest()

    assert signature == hmac_of(key, said.encode(), sha256).hexdigest()
    assert is_signed(setting, KEY)


def test_whatever_is_changed_in_a_setting_its_signature_no_longer_holds() -> None:
    setting = signed(Scope(dossiers=frozenset({ONE})), NOW, KEY)

    assert not is_signed(setting.replace(str(ONE), str(TWO)), KEY)
    assert not is_signed(setting.replace("4711", "4712"), KEY)
    assert not is_signed(setting, door_key(b"een andere sleutel"))


def test_each_part_of_a_scope_and_each_moment_is_in_what_is_signed() -> None:
    assignee = Assignee(user="a", role=Role.ROBIDUS, on=a_permit().on)
    scopes = (
        Scope(),
        Scope(dossiers=frozenset({ONE})),
        Scope(units=frozenset({ONE})),
        Scope(persons=frozenset({ONE})),
        Scope(assignee=assignee),
        Scope(own="a"),
        Scope(case="a"),
    )
    moments = (NOW, replace(NOW, process=1), replace(NOW, started=1), replace(NOW, expires=1))

    assert len({signed(scope, moment, KEY) for scope in scopes for moment in moments}) == 7 * 4


def test_a_code_cannot_add_a_part_to_what_is_signed() -> None:
    for sly in ("a|b", "a,b", "a b", "a\n"):
        with pytest.raises(ValueError, match="vorm van een code"):
            signed(Scope(own=sly), NOW, KEY)


def test_neither_a_key_nor_its_pads_show_in_a_trace() -> None:
    assert repr(KEY) == "DoorKey()"
