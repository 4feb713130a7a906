"""What may not be seen is nowhere on any page: hidden fields are filled with marks, and no mark comes out.

Every role of the cast, assigned where it works by assignment, looks at every page of a dossier. A mark may
stand there only where the register lets that role read the item.
"""

from datetime import date

import pytest
from django.test import Client

from hervat.dossiers.actions.correcting import record_work_facts
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.assignments import NEVER_ASSIGNED
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.values import Address, Value
from hervat.dossiers.rules.vocabulary import CaseGround, Field
from hervat.organisation.rules.postings import UNIT_ROLES
from hervat.register import in_force
from hervat.register.decisions import READ_SCOPE
from hervat.register.vocabulary import Item, Role, Scope
from tests.access.conftest import post
from tests.access.test_door import assign
from tests.cast import BRIGADE, SANNE, TODAY, Player, Sick, players
from tests.dossiers.files import open_for, permit_for

from .cast import account, keys, logged_in, room  # noqa: F401 - fixtures
from .conftest import CHECK

# A mark is what no page says by itself. Of a day and of a BSN it is a rare one.
MARKS: dict[Field, tuple[Value, str]] = {
    Field.NAME: ("Naamzeker Merkteken", "Naamzeker"),
    Field.ADDRESS: (Address("Straatzeker 1", "0000 ZZ", "Stadzeker"), "Straatzeker"),
    Field.BIRTH_DATE: (date(1949, 1, 7), "1949"),
    Field.EMAIL: ("mailzeker@example.org", "mailzeker"),
    Field.PHONE: ("+31 6 99887766", "99887766"),
    Field.EMPLOYEE_ID: ("WZEKER1", "WZEKER1"),
    Field.BSN: ("999990019", "999990019"),
    Field.PAYROLL_TAX_NUMBER: ("778899001L07", "778899001"),
}
WORK: dict[Field, tuple[Value, str]] = {
    Field.WORK_RELATION: ("Relatiezeker.", "Relatiezeker"),
    Field.REACHABILITY_NOTE: ("Toelichtingzeker.", "Toelichtingzeker"),
    Field.PAY_ENDS_ON: (date(2099, 9, 8), "2099"),
}
UNDER = (
    "",
    "?doel=welzijn",
    "waarom/bsn/",
    "waarom/medische-gegevens/",
    *(f"geschiedenis/{field.value}/" for field in Field),
    *(f"wijzigen/{part}/" for part in ("identiteit", "aanstelling", "werk", "uitkeringen")),
    "sluiten/",
    "toewijzingen/",
    "voorstel/",
)


@pytest.fixture
def marked(room: None, settings: object) -> Opened:  # noqa: F811
    """A dossier full of marks, with everybody of the cast at work on it who can be."""
    settings.DEMO_CHECK = CHECK  # type: ignore[attr-defined]
    for player in players():
        post(player, below=player.unit is BRIGADE)
    account(SANNE)
    facts = {field: value for field, (value, _) in MARKS.items()}
    opened = open_for(Sick(code=SANNE.code, unit=SANNE.unit, facts=facts))
    record_work_facts(
        permit=permit_for(opened),
        expected_version=1,
        changes={field: value for field, (value, _) in WORK.items()},
    )
    for player in players():
        if player.role not in UNIT_ROLES | NEVER_ASSIGNED:
            _assign(opened, player)
    return opened


def _assign(opened: Opened, player: Player) -> None:
    if player.role is Role.LEGAL_ADVISER:
        assign(opened, player, ground=CaseGround.OBJECTION, why="Zaak.", last_day=date(2027, 1, 31))
    else:
        assign(opened, player)


def pages_of(client: Client, opened: Opened) -> str:
    """Everything that somebody can get of a dossier, one page after the other."""
    case = f"/dossier/{show_case_number(opened.case_number)}/"
    paths = [f"{case}{under}" for under in UNDER]
    paths += ["/caseload/", "/mijn/", "/mijn/lezers/", "/toezicht/waarom/", "/account/"]
    answers = [client.get(path) for path in paths]
    answers += [client.post("/caseload/", {"op": by, "tekst": "merkt"}) for by in ("naw-gegevens", "bsn")]
    assert {answer.status_code for answer in answers} <= {200, 302, 403, 404}
    return "\n".join(answer.content.decode() for answer in answers)


def reads(role: Role, item: Item, by_case: bool) -> bool:
    """Whether the matrix lets a role read an item in full, in the words of the register itself."""
    scope = READ_SCOPE.get(in_force.history().on(TODAY).reading.items[item].cells.get(role))  # type: ignore[arg-type]
    return scope is Scope.FULL or (scope is Scope.CASE and by_case)


def test_no_mark_of_what_a_role_may_not_read_is_on_any_page(marked: Opened) -> None:
    seen: dict[Role, set[Field]] = {}
    for player in players():
        pages = pages_of(logged_in(player), marked)
        by_case = player.role is Role.LEGAL_ADVISER
        found = {field for field, (_, mark) in (MARKS | WORK).items() if mark in pages}
        allowed = {field for field in MARKS | WORK if reads(player.role, field.item, by_case)}
        assert found <= allowed, (player.role, found - allowed)
        seen.setdefault(player.role, set()).update(found)

    assert Field.BSN not in seen[Role.COMMANDER]
    assert Field.BSN in seen[Role.PO_ADVISER]
    assert Field.NAME in seen[Role.COMMANDER]
    assert seen[Role.PRIVACY_OFFICER] == seen[Role.ADMINISTRATOR] == seen[Role.MANAGEMENT] == set()


def test_the_re_integrant_sees_every_mark_so_the_marks_are_really_there(marked: Opened) -> None:
    pages = pages_of(logged_in(SANNE), marked)

    assert {field for field, (_, mark) in (MARKS | WORK).items() if mark not in pages} == set()
