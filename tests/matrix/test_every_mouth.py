"""Every mouth is listed, and tells of each item what the rule states: web, API and commands.

Each way in asks every mouth. Other relations that give the same way ask two pages each, and who has none
asks one, by turns; `exhaustive` lets every role in every relation ask every mouth.
Read next: `mouths/listed.py`, `rule.py`.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest

from hervat.register.vocabulary import Authority, Item, Role, Use

from ..house.tree import REPOSITORY, plant
from .mouths import found
from .mouths.listed import MOUTHS
from .mouths.mouth import AskedBy, Asker, Entry, Mouth, Nothing, Telling, Told, faults
from .mouths.pages import is_first_way
from .rule import Relation, way_in
from .world import World

TELLING = [one for one in MOUTHS if not isinstance(one.tells, Nothing)]
SHARED = [one for one in TELLING if one.asked_by is AskedBy.EVERYBODY and one.name.startswith("page")]
DESKS = [one for one in TELLING if one.asked_by is AskedBy.EVERY_ROLE]
WITH_A_WAY = [who for who in product(Role, Relation) if way_in(*who) is not None]
ANOTHER_WAY = [who for who in WITH_A_WAY if not is_first_way(*who)]
"""Who gets in as somebody of the same role does: shared out, for the page says what it says to them."""
WITHOUT = [who for who in product(Role, Relation) if way_in(*who) is None]
"""Who has no way in: shared out over the pages, so that each of them asks one."""
OF_A_DESK = [
    who
    for who in product((Role.PRIVACY_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR), Relation)
    if who[1] is not Relation.OWN_UNIT
]
"""Who sits at a desk by another posting, or does not any more: shared out too."""
pytestmark = pytest.mark.usefixtures("noon")


def there_are(root: Path = REPOSITORY) -> set[str]:
    """Every mouth of the product, by name."""
    return found.pages() | found.routes() | found.commands() | found.letters(root) | found.errors(root)


def test_every_page_route_command_mail_and_error_is_listed_once() -> None:
    listed = [mouth.name for mouth in MOUTHS]

    assert sorted(there_are() ^ set(listed)) == []
    assert len(listed) == len(set(listed))
    assert len(listed) > 100


def test_what_is_not_compared_yet_is_known() -> None:
    assert {one.name for one in MOUTHS if one.tells is Nothing.NOT_READ_YET} == {
        *("page now", "page work-list", "page team", "page hand-over"),
        *("page dossier-story", "page dossier-what-if"),
    }


def test_a_new_mail_or_error_page_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "hervat/jobs/digest.py",
        "from django.core import mail\n\n\ndef remind():\n    mail.send_mail()\n",
    )
    plant(tmp_path, "hervat/web/templates/410.html", "Weg.")

    assert found.letters(tmp_path) == {"mail hervat/jobs/digest.py:remind"}
    assert "error 410" in found.errors(tmp_path) - found.errors(REPOSITORY)


def tried(mouth: Mouth) -> Iterator[tuple[Role, Relation]]:
    """Who asks this mouth: each way in, a share of those who get in as these do, and of those without."""
    if mouth.asked_by is AskedBy.ONE:
        yield Role.PO_ADVISER, Relation.OWN_UNIT
    elif mouth.asked_by is AskedBy.EVERY_ROLE:
        yield from ((role, Relation.OWN_UNIT) for role in Role)
        yield from OF_A_DESK[DESKS.index(mouth) % 4 :: 4]
    else:
        at = SHARED.index(mouth) if mouth in SHARED else 0
        yield from (who for who in WITH_A_WAY if is_first_way(*who))
        yield from ANOTHER_WAY[at % 5 :: 5]
        yield from WITHOUT[at :: len(SHARED) if mouth in SHARED else 12]


def told_by(world: World, mouth: Mouth, whom: Iterable[tuple[Role, Relation]]) -> Iterator[Told]:
    assert not isinstance(mouth.tells, Nothing)
    for role, relation in whom:
        yield from mouth.tells(Asker(world, role, relation))


@pytest.mark.thorough
@pytest.mark.parametrize("mouth", TELLING, ids=lambda mouth: mouth.name)
def test_a_mouth_tells_of_each_item_what_the_rule_states(world: World, systems: None, mouth: Mouth) -> None:
    world.begin_a_course()
    every = list(told_by(world, mouth, tried(mouth)))

    assert [fault for told in every for fault in faults(told)] == []
    entries = {told.entry for told in every}
    assert Entry.IN in entries
    assert len(entries) > 1 or mouth.asked_by is AskedBy.ONE


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "mouth", [one for one in TELLING if one.asked_by is AskedBy.EVERYBODY], ids=lambda mouth: mouth.name
)
def test_a_mouth_tells_the_same_to_every_role_in_every_relation(
    world: World, systems: None, mouth: Mouth
) -> None:
    world.begin_a_course()
    everybody = product(Role, Relation)

    assert [fault for told in told_by(world, mouth, everybody) for fault in faults(told)] == []


def test_each_role_in_each_relation_asks_a_page() -> None:
    asked = [who for mouth in SHARED for who in tried(mouth)]
    at_desks = {who for mouth in DESKS for who in tried(mouth)}

    assert {*asked} == {*product(Role, Relation)}
    assert len(SHARED) > 5
    assert {*OF_A_DESK} <= at_desks
    assert {role for role, _ in at_desks} == set(Role)


def test_what_is_told_wrongly_is_a_fault() -> None:
    def told(**changes: object) -> list[str]:
        fields: dict[str, object] = {
            "what": "GET /",
            "way": (Role.COMMANDER, Authority.POSTING),
            "expected": Entry.IN,
            "entry": Entry.IN,
            "said": {(Item.BSN, Use.READ): Telling.HIDDEN},
        }
        return list(faults(Told(**(fields | changes))))  # type: ignore[arg-type]

    name, bsn, conflict = ((one, Use.READ) for one in (Item.NAME_AND_ADDRESS, Item.BSN, Item.WORK_CONFLICT))
    assert told() == []
    assert told(said={bsn: Telling.SHOWN})
    assert told(said={conflict: Telling.SHOWN})
    assert told(said={conflict: Telling.OUTCOME}) == []
    assert told(said={name: Telling.HIDDEN})
    assert told(must=frozenset({name}))
    assert told(shut=frozenset({bsn})) == told(shut=frozenset({name})) == []
    assert told(said={}, shut=frozenset({bsn}))
    assert told(reasons={Item.BSN: "Omdat het zo is."})
    assert told(entry=Entry.NOT_FOUND)
    assert told(entry=Entry.REFUSED, expected=Entry.REFUSED)
