"""The commands, run in this process: what `hervat access why` tells of everybody, and what the lists show.

Whoever runs a command is an administrator, whatever role is tried. Read next: `listed.py`.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from hervat.cli.main import main
from hervat.register.vocabulary import Authority, Item, Role, Scope, Use

from ..rule import Relation
from .desks import CONTACT, DEPUTY, NAME, POSTING, SOMEBODY
from .mouth import Answer, Asker, Cell, Entry, Speak, Telling, Told, at_the_door, telling
from .pages import ITEMS, is_first
from .reading import NOT_THERE

_ROW = re.compile(r"^([\w-]+): lezen (.+), vastleggen (.+)\n  (.*)$", re.MULTILINE)
_BY_COMMAND = (Role.ADMINISTRATOR, Authority.COMMAND_LINE)
Arguments = Callable[[Asker], tuple[str, ...]]


def run(*arguments: str) -> Answer:
    """Run a command as somebody types it."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
    return Answer(f"hervat {' '.join(arguments[:3])}", code, out.getvalue() + err.getvalue())


def runs(*each: Arguments) -> Speak:
    """A mouth that is made to speak by running a command in each of these ways."""
    return lambda asker: (run(*arguments(asker)) for arguments in each)


def why(asker: Asker) -> Iterator[Told]:
    """`hervat access why`, of both dossiers; as JSON, and as text where it is a way not tried before."""
    for opened, closed in asker.pair if is_first(asker) else [(asker.pair.open, False)]:
        asked = ("access", "why", str(asker.user), opened.case_number)
        yield _told(run(*asked, "--json"), asker, closed, _from_json)
        if is_first(asker):
            yield _told(run(*asked), asker, closed, _from_text)


def _told(
    answer: Answer, asker: Asker, closed: bool, read: Callable[[str], Iterator[tuple[str, ...]]]
) -> Told:
    rows = [] if answer.status else list(read(answer.text))
    kept_out = Entry.NOT_FOUND if NOT_THERE in answer.text else Entry.REFUSED
    return Told(
        what=f"{answer.what} about {asker.role}, {asker.relation}",
        way=asker.way,
        closed=closed,
        expected=at_the_door(asker.way, closed=closed),
        entry=kept_out if answer.status else Entry.IN,
        said=dict(pair for row in rows for pair in _cells(row)),
        must=frozenset((item, use) for item in ITEMS for use in Use),
        reasons={Item(item): reason for item, _, _, reason in rows},
    )


def _cells(row: tuple[str, ...]) -> list[tuple[Cell, Telling]]:
    item, read, write, _ = row
    return [((Item(item), Use.READ), _decided(read)), ((Item(item), Use.WRITE), _decided(write))]


def _decided(words: str) -> Telling:
    found = re.fullmatch(r"mag \((.+)\)", words)
    assert found or words in {"mag niet", "niet beslist, dus niet"}, words
    return telling(Scope(found[1]) if found else None)


def _from_json(said: str) -> Iterator[tuple[str, ...]]:
    for row in json.loads(said):
        yield row["item"], row["read"], row["write"], row["reason"]


def _from_text(said: str) -> Iterator[tuple[str, ...]]:
    yield from _ROW.findall(said)


# --- lists ---------------------------------------------------------------------------------------


def access_list(asker: Asker) -> Iterator[Told]:
    """The postings of somebody: whose, and which."""
    user = str(asker.world.users[Role.COMMANDER, Relation.OWN_UNIT])
    asked = ("access", "list", "--user", user)
    yield _listed(run(*asked, "--json"), {"name": NAME, "role": POSTING, "state": POSTING})
    yield _in_a_table(run(*asked), {SOMEBODY: NAME, Role.COMMANDER.value: POSTING})


def user_list(asker: Asker) -> Iterator[Told]:
    """The users."""
    yield _listed(run("user", "list", "--json"), {"name": NAME, "email": CONTACT})
    yield _in_a_table(run("user", "list"), {SOMEBODY: NAME, "@example.org": CONTACT})


def deputy_list(asker: Asker) -> Iterator[Told]:
    """Who acts for whom."""
    user = str(asker.world.users[Role.COMMANDER, Relation.DEPUTY])
    asked = ("access", "deputy", "list", "--user", user)
    yield _listed(run(*asked, "--json"), {"principal": NAME, "deputy": NAME, "role": DEPUTY, "state": DEPUTY})
    yield _in_a_table(run(*asked), {SOMEBODY: NAME, Role.COMMANDER.value: DEPUTY})


def _listed(answer: Answer, keys: dict[str, Cell]) -> Told:
    rows: list[dict[str, Any]] = json.loads(answer.text)
    assert rows, answer.what
    said = {cell: _shown(row[key]) for row in rows for key, cell in keys.items()}
    return _by_administrator(answer, said, keys.values())


def _shown(value: object) -> Telling:
    if isinstance(value, dict):
        return Telling.HIDDEN if "hidden" in value else Telling.OUTCOME
    return Telling.SHOWN


def _in_a_table(answer: Answer, words: dict[str, Cell]) -> Told:
    said = {cell: Telling.SHOWN if word in answer.text else Telling.HIDDEN for word, cell in words.items()}
    return _by_administrator(answer, said, words.values())


def _by_administrator(answer: Answer, said: dict[Cell, Telling], must: Any) -> Told:
    return Told(
        what=answer.what,
        way=_BY_COMMAND,
        purpose="toegang-regelen",
        expected=Entry.IN,
        entry=Entry.IN if answer.status == 0 else Entry.REFUSED,
        said=said,
        must=frozenset(must),
    )
