"""Who works on a dossier, in words: role, unit, since when, and a name where the cell has one.

Must never: say more of a colleague than the permit shows. Read next: `assignments.py` (how each came about),
`../../dossiers/queries/assignments.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hervat.dossiers.queries.assignments import Involved
from hervat.organisation.queries.standing import unit_tree
from hervat.register.cells import Shown
from hervat.register.vocabulary import Role
from hervat.web.presenters.facts import role_name, unit_name
from hervat.web.presenters.words import day_text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on a dossier. What may not be known is empty."""

    code: Role
    role: str
    unit: str
    name: str
    since: str
    mine: bool


def present_people(found: Iterable[Involved]) -> tuple[Person, ...]:
    """Format who works on a dossier; who cannot be told apart is told once."""
    people = list(found)
    units = unit_tree() if any(one.unit for one in people) else None
    told = (
        Person(
            one.role,
            role_name(one.role),
            unit_name(one.unit, units) if one.unit and units else "",
            str(one.name.value) if isinstance(one.name, Shown) and not one.mine else "",
            day_text(one.since.value) if isinstance(one.since, Shown) and one.since.value else "",
            one.mine,
        )
        for one in people
    )
    return tuple(dict.fromkeys(told))
