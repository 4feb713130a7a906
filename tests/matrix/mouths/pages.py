"""The pages of dossiers: what each tells somebody, open and closed, for which purpose.

A page is asked as a browser does. Read next: `desks.py` (users and the log), `listed.py`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from html import unescape
from io import StringIO
from typing import TypeVar

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.dossiers.rules.vocabulary import FIELDS, Field, Part
from hervat.register.vocabulary import Authority, Item, Operation, Role, Use

from ..rule import ALL_PURPOSES, BY_UNIT, Relation, allowed, way_in
from .mouth import (
    DUTY,
    Answer,
    Asker,
    Cell,
    Entry,
    Telling,
    Told,
    Way,
    address_of,
    at_the_door,
    get,
    post,
)
from .reading import (
    cells_of,
    closed_on,
    controls_on,
    entry_of,
    explained,
    fields_on,
    piece,
    text_of,
)

T = TypeVar("T")
COLUMNS = (Item.CASE_NUMBER, Item.UNIT, Item.SICKNESS_ABSENCE)
ITEMS = tuple(item for item in Item if not item.startswith(("gebruiker-", "enquete-")))
"""The items of somebody who is ill."""
KEPT = frozenset((item, Use.READ) for item in {*COLUMNS, *(field.item for field in Field)})
SHUT = frozenset((item, Use.READ) for item in ITEMS)
TAKEN = {
    "Naam": (Item.NAME_AND_ADDRESS, Use.READ),
    "Casenummer": (Item.CASE_NUMBER, Use.READ),
    "Eenheid": (Item.UNIT, Use.READ),
    "Eerste ziektedag": (Item.SICKNESS_ABSENCE, Use.READ),
}
"""What a list tells of each dossier, by its column in the file."""


ILL = (Role.RE_INTEGRANT, Role.COMMANDER)
"""Whose own dossier is tried at length: with no other role, and with one."""


def is_first_way(role: Role, relation: Relation) -> bool:
    """Whether no earlier relation gives this role the same way in: what costs more is tried once a way."""
    before, way = list(Relation)[: list(Relation).index(relation)], way_in(role, relation)
    if way is None or way in {way_in(role, one) for one in before}:
        return False
    return way[1] is not Authority.OWN or role in ILL


def is_first(asker: Asker) -> bool:
    """Whether somebody comes in by a way that was not tried before."""
    return is_first_way(asker.role, asker.relation)


def asks_at_length(asker: Asker) -> bool:
    """Whether somebody tries what costs more: each way in once; and who has none finds nothing anywhere."""
    return asker.way is None or is_first(asker)


def _dossiers(asker: Asker, purposes: tuple[str, ...]) -> Iterator[tuple[Opened, bool, str]]:
    """The open dossier, for these purposes where that is a way not tried before; and the closed one."""
    for purpose in purposes if is_first(asker) else (DUTY,):
        yield asker.pair.open, False, purpose
    if is_first(asker):
        yield asker.pair.closed, True, DUTY


# --- one dossier ---------------------------------------------------------------------------------


def dossier(asker: Asker) -> Iterator[Told]:
    """Where somebody stands: whether one gets in, and who it is. The fields are on the page beside it."""
    for opened, closed, purpose in _dossiers(asker, (DUTY, "welzijn", "uitstroom")):
        answer = get(asker, f"{address_of(opened)}?doel={purpose}")
        name = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
        entry = entry_of(answer)
        yield Told(
            what=answer.what,
            way=asker.way,
            purpose=purpose,
            closed=closed,
            expected=at_the_door(asker.way, purpose, closed=closed),
            entry=entry,
            said={(Item.NAME_AND_ADDRESS, Use.READ): piece(name[1])} if name and entry is Entry.IN else {},
        )


def fields(asker: Asker) -> Iterator[Told]:
    """The fields of a dossier and its closed items, for each purpose."""
    for opened, closed, purpose in _dossiers(asker, ALL_PURPOSES):
        answer = get(asker, f"{address_of(opened)}gegevens/?doel={purpose}")
        yield told_of_fields(answer, asker.way, purpose, closed)


def told_of_fields(answer: Answer, way: Way | None, purpose: str = DUTY, closed: bool = False) -> Told:
    entry = entry_of(answer)
    return Told(
        what=answer.what,
        way=way,
        purpose=purpose,
        closed=closed,
        expected=at_the_door(way, purpose, closed=closed),
        entry=entry,
        said=fields_on(answer.text),
        must=KEPT,
        shut=SHUT,
        reasons=closed_on(answer.text),
    )


def mine(asker: Asker) -> Iterator[Told]:
    """One's own dossier: nobody else's, whatever else one is."""
    answer = get(asker, "/mijn/?verder=1")
    own = asker.way if asker.way and asker.way[1] is Authority.OWN else None
    if own is None:
        entry = Entry.IN if fields_on(answer.text) else Entry.NOT_FOUND
        yield Told(what=answer.what, way=None, expected=Entry.NOT_FOUND, entry=entry)
    else:
        yield told_of_fields(answer, own)


def mine_by_number(asker: Asker) -> Iterator[Told]:
    """One's own dossier by its number: for who it is about, and there for nobody else."""
    number = address_of(asker.pair.open).split("/")[2]
    answer = get(asker, f"/mijn/dossier/{number}/")
    own = asker.way if asker.way and asker.way[1] is Authority.OWN else None
    if own is not None:
        yield told_of_fields(answer, own)
    else:
        yield Told(what=answer.what, way=None, expected=Entry.NOT_FOUND, entry=entry_of(answer))


def history(asker: Asker) -> Iterator[Told]:
    """What was recorded of a field: as much as of the field itself. Each role tries a part of the fields."""
    for field in some(Field, asker, 4):
        answer = get(asker, f"{address_of(asker.pair.open)}geschiedenis/{field.value}/?doel={DUTY}")
        shown = answer.text.partition("<main")[2]
        reason = re.search(r"</span>: <span[^>]*>(.*?) \(", shown)
        yield Told(
            what=answer.what,
            way=asker.way,
            expected=at_the_door(asker.way),
            entry=entry_of(answer),
            said={(field.item, Use.READ): piece(shown)} if asker.way else {},
            reasons={field.item: unescape(reason[1])} if reason else {},
        )


def some(every: Iterable[T], asker: Asker, share: int) -> list[T]:
    """The part of a long list that this role tries; one of it for who has no way in, none for a way tried."""
    if not asks_at_length(asker):
        return []
    part = list(every)[list(Role).index(asker.role) % share :: share]
    return part if asker.way else part[:1]


def why(asker: Asker) -> Iterator[Told]:
    """Why somebody sees an item themselves, or not. Each role tries a part of the items."""
    for item in some(ITEMS, asker, 8):
        answer = get(asker, f"{address_of(asker.pair.open)}waarom/{item}/?doel={DUTY}")
        said, reasons = explained(item, answer.text.partition("<main")[2])
        yield Told(
            what=answer.what,
            way=asker.way,
            expected=at_the_door(asker.way),
            entry=entry_of(answer),
            said=said,
            must=frozenset({(item, Use.READ), (item, Use.WRITE)}),
            reasons=reasons,
        )


# --- lists, forms, and the question of the FG -------------------------------------------------------


def caseload(asker: Asker) -> Iterator[Told]:
    """The list of a role, one's own or that of whom one stands in for: a row of the open dossier, or none."""
    chosen = "".join(f"&{name}={value}" for name, value in in_whose_stead(asker).items())
    answer = get(asker, f"/caseload/?rol={asker.role}{chosen}")
    number = show_case_number(asker.pair.open.case_number)
    rows = [row for row in re.findall(r"<tr>.*?</tr>", answer.text, re.DOTALL) if number in row]
    yield _told_of_list(answer, as_listed(asker), _row(rows[0], answer.text) if rows else None)


def caseload_file(asker: Asker) -> Iterator[Told]:
    """The same list as a file: a column that is hidden is not there.

    Who may see no day of it, by which it could be put in order, gets no file.
    """
    answer = post(asker, "/caseload/uitvoer/", {"rol": asker.role, "vorm": "csv"} | in_whose_stead(asker))
    number = show_case_number(asker.pair.open.case_number)
    lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    rows = [line for line in lines if line.get("Casenummer") == number]
    said = (
        {cell: Telling.SHOWN if name in rows[0] else Telling.HIDDEN for name, cell in TAKEN.items()}
        if rows
        else None
    )
    way = as_listed(asker)
    ordered = way and allowed(way[0], Item.SICKNESS_ABSENCE, Use.READ, DUTY, way[1])
    yield _told_of_list(answer, way if ordered else None, said)


def in_whose_stead(asker: Asker) -> dict[str, str]:
    """A deputy asks for the list of the colleague; the own list is another."""
    if asker.way is None or asker.way[1] is not Authority.DEPUTY:
        return {}
    whose = Relation.OWN_UNIT if asker.role in BY_UNIT else Relation.ASSIGNED
    return {"namens": str(asker.world.users[asker.role, whose])}


def _told_of_list(answer: Answer, way: Way | None, said: dict[Cell, Telling] | None) -> Told:
    return Told(
        what=answer.what,
        way=way,
        expected=Entry.IN if way else Entry.NOT_FOUND,
        entry=Entry.NOT_FOUND if said is None else Entry.IN,
        said=said or {},
        must=frozenset(TAKEN.values()),
    )


def as_listed(asker: Asker) -> Way | None:
    """As what the dossier stands in somebody's list. What is seen case by case only, is on its own page."""
    if asker.way is None or asker.way[1] is Authority.OWN:
        return None
    by_case = asker.way[1] is Authority.CASE and asker.role is not Role.LEGAL_ADVISER
    return (asker.role, Authority.ASSIGNMENT) if by_case else asker.way


def _row(row: str, page: str) -> dict[Cell, Telling]:
    """A row: who it is with the number, where, and the first day or the week, which tells that day too."""
    who, where, since = cells_of(row)[:3]
    named = '<th scope="col">Naam</th>' in re.sub(r"\s*(<[^>]+>)\s*", r"\1", page)
    return {
        (Item.NAME_AND_ADDRESS, Use.READ): piece(who) if named else Telling.HIDDEN,
        (Item.CASE_NUMBER, Use.READ): piece(who),
        # What is hidden in every row alike is empty here, and told of once under the list.
        (Item.UNIT, Use.READ): piece(where) if text_of(where).strip() else Telling.HIDDEN,
        (Item.SICKNESS_ABSENCE, Use.READ): piece(since),
    }


def correct(asker: Asker) -> Iterator[Told]:
    """The form of each part: a control for what may be recorded, and for nothing else."""
    for opened, closed in asker.pair if asks_at_length(asker) else ():
        for part in Part if asker.way else [Part.WORK]:
            answer = get(asker, f"{address_of(opened)}wijzigen/{part}/?doel={DUTY}")
            controls = controls_on(answer.text)
            said = {
                (field.item, Use.WRITE): Telling.SHOWN if field.value in controls else Telling.HIDDEN
                for field in FIELDS[part]
            }
            entry = entry_of(answer)
            yield Told(
                what=answer.what,
                way=asker.way,
                closed=closed,
                expected=_at_the_form(asker, part, closed),
                entry=entry,
                said=said if entry is Entry.IN else {},
            )


def _at_the_form(asker: Asker, part: Part, closed: bool) -> Entry:
    if asker.way is None:
        return Entry.NOT_FOUND
    role, authority = asker.way
    writes = any(
        allowed(role, field.item, Use.WRITE, DUTY, authority, closed=closed) for field in FIELDS[part]
    )
    door = at_the_door(asker.way, closed=closed, doing=Operation.KEEP_DOSSIER)
    return Entry.REFUSED if door is Entry.IN and not writes else door
