"""A message that was set apart: what of it the P&O adviser of its unit is shown, and that nobody else is.

It is about the person of the world, so what it says is looked for in every answer. Read next: `pages.py`,
`listed.py`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from hervat.access.feed import Feed
from hervat.dossiers.rules.vocabulary import Field
from hervat.exchange.rules.putting_right import item_of
from hervat.register.vocabulary import Authority, Item, Role, Source, Use
from tests.exchange.sending import message as as_message
from tests.exchange.sending import send

from ...cast import COMPANY, TODAY
from ..world import World
from .mouth import Asker, Entry, Telling, Told, Way, get
from .pages import in_whose_stead
from .reading import entry_of

_CONTROL = re.compile(r'<(?:input|select|textarea)[^>]* name="lid-([^"]+)"')
_UNSEEN = re.compile(r"gegeven=([\w-]+)\"[^>]*>Waarom")


def set_apart(world: World) -> str:
    """Let a message about the person of the world be set apart, once; return its address."""
    facts, said = world.pair.person.facts, as_message("persoonsgegevens", {})
    person: dict[str, Any] = {
        "name": facts[Field.NAME],
        "phone": facts[Field.PHONE],
        "email": facts[Field.EMAIL],
        "bsn": facts[Field.BSN],
        "birth_date": "2026-02-30",
    }
    said["facts"] = {
        "employee_number": facts[Field.EMPLOYEE_ID],
        "person": person,
        "first_sick_on": "2026-10-05",
        "percentage": 50,
        "appointment": {"unit": COMPANY.abbreviation, "job_description": "Chauffeur"},
    }
    send(Feed(on=TODAY, source=Source.JOB, demo=True), json.dumps(said | {"kind": "ziekmelding"}))
    return f"/personeelssysteem/{said['id']}/"


def sends(asker: Asker) -> Iterable[tuple[str, dict[str, str]]]:
    """What somebody sends who should not get in, or for a version that is not there."""
    path = set_apart(asker.world)
    yield path, {"doe": "opnemen", "version": "99", "lid-person.birth_date": "1990-01-01"}
    yield path, {"doe": "afwijzen", "version": "99", "reden": "bericht-klopt-niet"}


def reports(asker: Asker) -> Iterable[tuple[str, dict[str, str]]]:
    """A sick report by hand: of who has an open dossier, and of nobody."""
    facts = asker.world.pair.person.facts
    known = {"nummer": str(facts[Field.EMPLOYEE_ID]), "naam": str(facts[Field.NAME]), "dag": "2026-11-01"}
    yield "/caseload/nieuw/", known
    yield "/caseload/nieuw/", known | {"nummer": "W2999999"}


def message(asker: Asker) -> Iterator[Told]:
    """The message, for who keeps the source where its unit is; for everybody else it is not there."""
    whose = in_whose_stead(asker).get("namens", "")
    path = set_apart(asker.world) + (f"?namens={whose}" if whose else "")
    way = _way(asker)
    answer = get(asker, path)
    entry = entry_of(answer)
    shown = {item: Telling.SHOWN for item in map(item_of, _CONTROL.findall(answer.text)) if item}
    hidden = {Item(code): Telling.HIDDEN for code in _UNSEEN.findall(answer.text)}
    yield Told(
        what=answer.what,
        way=way,
        # Who keeps the source elsewhere gets in and finds nothing; who does not is told so.
        expected=Entry.IN if way else Entry.NOT_FOUND if entry is Entry.IN else entry,
        entry=entry,
        said={(item, Use.READ): telling for item, telling in (hidden | shown).items()},
        must=frozenset({(Item.NAME_AND_ADDRESS, Use.READ), (Item.BSN, Use.READ)}),
    )


def _way(asker: Asker) -> Way | None:
    """The posting that reaches the unit; whom it is about keeps the source of others as before."""
    if asker.role is not Role.PO_ADVISER or asker.way is None:
        return None
    own = asker.way[1] is Authority.OWN
    return (Role.PO_ADVISER, Authority.POSTING) if own else asker.way
