"""What a mouth is, who asks it, what it answers, and what is told in that of an item.

`Told` is what one answer tells, beside what the rule states; `faults` is the difference. Must never: read
`decide` for what is stated. Read next: `../rule.py` (the rule), `reading.py` (an answer becomes `Told`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from openpyxl import load_workbook

from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.register import in_force
from hervat.register.cells import hidden
from hervat.register.decisions import Allowed
from hervat.register.model import PurposeId
from hervat.register.vocabulary import Authority, Item, Operation, Role, Scope, Use
from tests.web.cast import logged_in
from tests.web.demo import HEADER

from ...cast import TODAY
from ..rule import DONE_FOR, Relation, allowed, gets_in, way_in
from ..world import Pair, World

DUTY = "wettelijke-plicht"
Cell = tuple[Item, Use]
Way = tuple[Role, Authority]
# One for everybody: a client of its own would load the middleware anew.
_HANDLER = ClientHandler(enforce_csrf_checks=False)
_HEADERS = ("Location", "Content-Disposition", "Link", "traceresponse", "ETag", "Set-Cookie")


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: tried in a role, in one relation to an open and a closed dossier."""

    world: World = field(repr=False)
    role: Role
    relation: Relation

    @property
    def user(self) -> UUID:
        return self.world.users[self.role, self.relation]

    @property
    def pair(self) -> Pair:
        return self.world.dossiers(self.role, self.relation)

    @property
    def way(self) -> Way | None:
        return way_in(self.role, self.relation)

    @cached_property
    def client(self) -> Client:
        """A browser in which this person is logged in; an error is a page and no exception."""
        client = self._logged_in()
        client.raise_request_exception = False
        client.handler = _HANDLER
        return client

    def _logged_in(self) -> Client:
        """Log in the first time, and come back with that session in every test after it."""
        known = self.world.sessions.get(self.user)
        if known is None:
            client = logged_in(self.user)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.world.sessions[self.user] = Session.objects.get(session_key=key)
            return client
        Session.objects.update_or_create(
            session_key=known.session_key,
            defaults={"session_data": known.session_data, "expire_date": known.expire_date},
        )
        client = Client(headers={HEADER: "1"})
        client.cookies[settings.SESSION_COOKIE_NAME] = known.session_key
        return client


@dataclass(frozen=True)
class Answer:
    """Everything that left the building: a status or exit code, what stands around it, and the text."""

    what: str
    status: int
    text: str
    head: str = ""


def as_answer(what: str, response: HttpResponse) -> Answer:
    """An answer over HTTP, with the headers and cookies in which something could stand."""
    head = [f"{name}: {response.headers[name]}" for name in _HEADERS if name in response.headers]
    body = b"".join(response) if response.streaming else response.content
    text = _words_of(body) if body.startswith(b"PK") else body.decode()
    return Answer(what, response.status_code, text, "\n".join([*head, response.cookies.output()]))


def _words_of(workbook: bytes) -> str:
    """Everything that stands in the cells of a workbook."""
    sheets = load_workbook(BytesIO(workbook), read_only=True).worksheets
    return "\n".join(
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
    )


def get(asker: Asker, path: str) -> Answer:
    return as_answer(f"GET {path}", asker.client.get(path))


def post(asker: Asker, path: str, sent: Mapping[str, str]) -> Answer:
    return as_answer(f"POST {path}", asker.client.post(path, sent))


def address_of(opened: Opened) -> str:
    return f"/dossier/{show_case_number(opened.case_number)}/"


class Telling(StrEnum):
    """What was told of an item."""

    SHOWN = "shown"
    OUTCOME = "outcome only"
    HIDDEN = "hidden"
    TWO_THINGS = "now this, now that"


class Entry(StrEnum):
    """Whether somebody got in at all."""

    IN = "let in"
    REFUSED = "refused, with a reason"
    NOT_FOUND = "nothing there"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one answer told somebody, and who the rule says they are there.

    `must` are the cells of which it has to tell; of those in `shut`, whenever they are not allowed.
    """

    what: str
    way: Way | None
    purpose: str = DUTY
    closed: bool = False
    expected: Entry
    entry: Entry
    said: Mapping[Cell, Telling] = field(default_factory=dict)
    must: frozenset[Cell] = frozenset()
    shut: frozenset[Cell] = frozenset()
    reasons: Mapping[Item, str] = field(default_factory=dict)

    def stated(self, cell: Cell) -> Telling:
        """What the rule says that should be told of it."""
        if self.way is None:
            return Telling.HIDDEN
        return telling(allowed(self.way[0], *cell, self.purpose, self.way[1], closed=self.closed))


def telling(scope: Scope | None) -> Telling:
    if scope is None:
        return Telling.HIDDEN
    return Telling.OUTCOME if scope is Scope.OUTCOME else Telling.SHOWN


def at_the_door(
    way: Way | None, purpose: str = DUTY, *, closed: bool = False, doing: Operation = Operation.READ_DOSSIER
) -> Entry:
    """Whether the rule lets somebody in to a dossier, to do this for that purpose."""
    if way is None:
        return Entry.NOT_FOUND
    fits = doing in DONE_FOR.get(purpose, ()) and gets_in(way[0], purpose, way[1], closed=closed)
    return Entry.IN if fits else Entry.REFUSED


def faults(told: Told) -> Iterator[str]:
    """Where an answer tells something else than the rule."""
    if told.entry is not told.expected:
        yield f"{told.what}: {told.entry}, should be: {told.expected}"
        return
    if told.entry is not Entry.IN:
        yield from (f"{told.what}: tells of {cell[0]}" for cell in told.said)
        return
    unsaid = {cell for cell in told.shut if told.stated(cell) is Telling.HIDDEN}
    for cell in sorted({*told.said, *told.must, *unsaid}):
        if told.said.get(cell) is not told.stated(cell):
            yield f"{told.what}: {cell} is {told.said.get(cell)}, should be {told.stated(cell)}"
    yield from _wrong_reasons(told)


def _wrong_reasons(told: Told) -> Iterator[str]:
    """A closed item has the reason that `decide` gives, or that of a case or of oneself."""
    for item, text in told.reasons.items():
        if told.said.get((item, Use.READ)) is Telling.HIDDEN and text not in _reasons(told, item):
            yield f"{told.what}: {item} is closed because of “{text}”"


def _reasons(told: Told, item: Item) -> set[str]:
    assert told.way is not None
    decided = in_force.decisions(demo=True).decide(
        told.way[0], item, Use.READ, PurposeId(told.purpose), TODAY
    )
    if isinstance(decided, Allowed):
        return {ONLY[decided.scope]} if decided.scope in ONLY else set()
    said = {hidden(decided).reason.text}
    return said if not hasattr(decided, "open_point") else said | {_at_length(decided.open_point)}


def _at_length(point: object) -> str:
    """A gap as it is explained on the page "waarom"."""
    title, meanwhile, owner = (getattr(point, name) for name in ("title", "meanwhile_text", "owner"))
    return f"Nog niet beslist: {title}. {meanwhile} Beslist: {owner}."


ONLY = {
    Scope.CASE: (
        "Dit gegeven ziet u alleen per geval: met een toewijzing die een grond en een einddatum noemt."
    ),
    Scope.OWN: "Dit gegeven ziet u alleen over uzelf.",
}


class Nothing(Enum):
    """Why a mouth tells of no item of anybody, so that there is nothing to compare."""

    REGISTER = "the register, the law, keys: about nobody"
    ENTRANCE = "logging in and one's own account"
    SENT = "takes what is sent; what it leads to is told elsewhere"
    CODES = "codes, counts and the names of items, never what an item holds"
    NOT_READ_YET = "shows items in a form that nothing here reads yet: tried with marks only"
    ERROR = "an error: what went wrong, and what to do"


class AskedBy(Enum):
    """Who asks a mouth in the matrix: what it tells depends on a relation, on a role, or on neither."""

    EVERYBODY = "every role in every relation"
    EVERY_ROLE = "every role, posted"
    ONE = "one: it knows only who runs it"


Speak = Callable[[Asker], Iterator[Answer]]
Tell = Callable[[Asker], Iterator[Told]]


@dataclass(frozen=True, kw_only=True)
class Mouth:
    """A page, a route, a command, an e-mail or an error: everything it says, and what that tells of items."""

    name: str
    speaks: Speak
    tells: Tell | Nothing
    asked_by: AskedBy = AskedBy.EVERYBODY
