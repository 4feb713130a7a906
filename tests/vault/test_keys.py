"""Keys are made once, kept wrapped, rotated without a gap and destroyed under a permit, as each role may."""

from datetime import UTC, datetime
from uuid import uuid4

from hervat.journal.rules.line import Actor
from hervat.register import in_force
from hervat.register.vocabulary import ActorKind
from hervat.vault.actions import Rotated, make_keys, rotate
from hervat.vault.queries import keys_for, status
from hervat.vault.rules.sealing import Domain, seal, unseal_text

from .conftest import Environment

PLACE = "dossiers.Person.name"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
COMMAND = Actor(kind=ActorKind.COMMAND, code="hervat")


def rotated(domain: Domain, batch: int = 1000) -> list[Rotated]:
    return list(rotate(domain, actor=COMMAND, register=in_force.history().latest, now=NOW, batch=batch))


def counted(domain: Domain) -> dict[int, int]:
    return {state.epoch: state.keys for state in status() if state.domain is domain}


def test_a_person_gets_a_key_for_each_domain_once(vault: Environment) -> None:
    person, other = uuid4(), uuid4()
    made = make_keys(person)
    again = make_keys(person)
    sealed = {domain: seal(key, "Anna", PLACE) for domain, key in made.items()}

    for domain in Domain:
        found = keys_for([person, other], domain)
        assert found.keys() == {person}
        assert unseal_text(found[person], sealed[domain], PLACE) == "Anna"
        assert unseal_text(again[domain], sealed[domain], PLACE) == "Anna"
        assert counted(domain) == {1: 1}
