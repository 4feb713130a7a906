"""What "Wie wilt u zijn?" says that somebody sees, held to the matrix of the register.

A line is read clause by clause: each word of it that means items must be true of the role in at least one
of them, and behind "geen", "niet", "niets", "nooit" or "zonder" of none. A line without such a word fails.
"""

import re
from dataclasses import replace

import pytest

from hervat.access import cast
from hervat.register import in_force
from hervat.register.vocabulary import Cell, Item, Role

_OF_USERS = frozenset(item for item in Item if item.value.startswith("gebruiker-"))
_OF_DOSSIERS = frozenset(
    item for item in Item if item not in _OF_USERS and not item.value.startswith("enquete-")
)
_MEDICAL = frozenset({Item.MEDICAL_DETAIL, Item.GATEKEEPER_MEDICAL})
WORDS = {
    "mensen": frozenset({Item.NAME_AND_ADDRESS}),
    "wie ": frozenset({Item.NAME_AND_ADDRESS}),
    "ziek is": frozenset({Item.SICKNESS_ABSENCE}),
    "waarom iemand ziek": _MEDICAL,
    "uren": frozenset({Item.OWN_WORK_HOURS, Item.ADAPTED_WORK_HOURS}),
    "te bereiken": frozenset({Item.PHONE, Item.REACHABLE_9_10}),
    "stappen van de wet": frozenset({Item.GATEKEEPER_EMPLOYER}),
    "medisch": _MEDICAL,
    "diagnose": _MEDICAL,
    "mogelijkheden": frozenset({Item.WORK_CAPACITY}),
    "beperkingen": frozenset({Item.WORK_CAPACITY}),
    "uitkering": frozenset({Item.WIA, Item.WGA}),
    "werk te vinden": frozenset({Item.JOB_DESCRIPTION, Item.PROGRAMME_PARTICIPATION}),
    "afspraken": frozenset({Item.GATEKEEPER_EMPLOYER}),
    "dossier": _OF_DOSSIERS,
    "inhoud": _OF_DOSSIERS,
    "eigen gegevens": _OF_DOSSIERS,
    "zaak": _OF_DOSSIERS,
    "logboek": frozenset({Item.USER_ACTIVITY}),
    "gebruikers": frozenset({Item.USER_NAME}),
    "plaatsingen": frozenset({Item.USER_POSTING}),
}
# Of whom it says that they see only when, or how many; both are no item of a person.
COUNTS = {Role.RECORDS_MANAGER: "Welke dossiers wanneer weg moeten", Role.MANAGEMENT: "Getallen"}
_DENIED = re.compile(r"\b(?:geen|niets?|nooit|zonder)\b")


def cells(role: Role, items: frozenset[Item]) -> set[Cell]:
    register = in_force.history().latest
    return {register.reading.items[item].cells.get(role, Cell.NOTHING) for item in items}


def claims(one: cast.Character) -> list[tuple[str, bool]]:
    """Every word of a line that means items, and whether the line says that they are seen."""
    said = one.sees.removeprefix(COUNTS.get(one.role, ""))
    found = []
    for clause in re.split(r"[;,.]|\ben (?=geen|niets?\b|nooit|zonder)", said.lower()):
        denied = _DENIED.search(clause)
        found += [(word, not denied) for word in _longest(clause)]
    return found


def _longest(clause: str) -> list[str]:
    """The words of a clause; of two that overlap the longer, so that "waarom iemand ziek is" is one."""
    found = []
    for word in sorted(WORDS, key=len, reverse=True):
        if word in clause:
            found.append(word)
            clause = clause.replace(word, "|")
    return found


def untrue(one: cast.Character) -> list[str]:
    return [
        f"{word}: {'not ' if seen else ''}seen"
        for word, seen in claims(one)
        if (cells(one.role, WORDS[word]) != {Cell.NOTHING}) is not seen
    ]


@pytest.mark.parametrize("one", cast.CAST, ids=lambda one: one.key)
def test_what_somebody_is_said_to_see_holds_in_the_matrix(one: cast.Character) -> None:
    assert claims(one)
    assert untrue(one) == []


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (cast.COMMANDER, "Zijn mensen en hun medische gegevens."),
        (cast.COMMANDER, "Zijn mensen; geen uren."),
        (cast.UNIT_ADMIN_NCO, "Zijn mensen en de stappen van de wet."),
        (cast.EGB_PHYSICIAN, "Het dossier, zonder het medische deel."),
        (cast.LABOUR_EXPERT, "Mogelijkheden, en de diagnose."),
        (cast.ADMINISTRATOR, "Gebruikers en hun dossiers."),
        (cast.AUDITOR, "Geen logboek."),
    ],
)
def test_a_line_that_does_not_hold_is_found(one: cast.Character, line: str) -> None:
    assert untrue(replace(one, sees=line)) != []
    assert untrue(one) == []
