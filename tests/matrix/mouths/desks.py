"""The desks: users and postings, the log as a page, a file and an API, and "waarom ziet iemand dit?".

Who sits at which desk is the rule's; what stands there is about users, whose items are in the register too.
Read next: `commands.py`, `listed.py`.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from django.test import Client
from django.utils import timezone

from hervat.api.credentials import sign_token
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.rules.case_number import show_case_number
from hervat.journal.models import Line
from hervat.register.vocabulary import Authority, Item, Role, Use

from ..rule import ADMINISTER, OVERSEE, Relation, at_desk
from .mouth import Answer, Asker, Cell, Entry, Tell, Telling, Told, as_answer, at_the_door, get, post
from .pages import ITEMS, asks_at_length
from .reading import NOT_THERE, explained, item_names, text_of

SOMEBODY = "Iemand"
"""How every user of the world is called."""
NAME, CONTACT = (Item.USER_NAME, Use.READ), (Item.USER_CONTACT, Use.READ)
POSTING, ACTIVITY = (Item.USER_POSTING, Use.READ), (Item.USER_ACTIVITY, Use.READ)
DEPUTY = (Item.USER_DEPUTY, Use.READ)
LOG = "/toezicht/logboek/"
SEARCH = "/api/logboek/v1/processing-activities"
Sight = Callable[[str], dict[Cell, Telling]]


def at(desk: set[Role], path: Callable[[Asker], str], sees: Sight, *, sent: bool = False) -> Tell:
    """A page at a desk, which tells what `sees` finds in its main part to who sits there, and nobody else."""

    def tell(asker: Asker) -> Iterator[Told]:
        answer = post(asker, path(asker), {}) if sent else get(asker, path(asker))
        yield told(answer, asker, desk, sees)

    return tell


def told(answer: Answer, asker: Asker, desk: set[Role], sees: Sight) -> Told:
    way = at_desk(asker.role, asker.relation, desk)
    entry = Entry.IN if answer.status == 200 else Entry.REFUSED
    return Told(
        what=answer.what,
        way=way,
        purpose="toegang-regelen" if desk is ADMINISTER else "verantwoorden",
        expected=Entry.IN if way else Entry.REFUSED,
        entry=entry,
        said=sees(answer.text) if entry is Entry.IN else {},
    )


def people(page: str) -> dict[Cell, Telling]:
    """What of users stands on a page: a name, an address, a posting. What is not there is not told."""
    main = text_of(page)
    found = {NAME: SOMEBODY in main, CONTACT: "@example.org" in main, POSTING: 'class="card posting"' in page}
    return {cell: Telling.SHOWN for cell, there in found.items() if there}


def entry_only(_: str) -> dict[Cell, Telling]:
    """Nothing of anybody: only whether somebody gets in."""
    return {}


def another(asker: Asker) -> str:
    """The page of a user."""
    return f"/beheer/gebruikers/{asker.world.users[Role.DCR_GUIDE, Relation.ASSIGNED]}/"


# --- the log -------------------------------------------------------------------------------------


def log(asker: Asker) -> Iterator[Told]:
    """The log, read twice: the first time is a line of the second."""
    get(asker, LOG)
    yield told(get(asker, f"{LOG}?{_period()}"), asker, OVERSEE, _lines)


def log_action(asker: Asker) -> Iterator[Told]:
    """One action, opened: one's own first look at the log."""
    get(asker, LOG)
    line = Line.objects.filter(actor=str(asker.user)).latest("id")
    yield told(get(asker, f"{LOG}{line.trace_id}/"), asker, OVERSEE, _lines)


def log_file(asker: Asker) -> Iterator[Told]:
    """The log as a file."""
    get(asker, LOG)
    days = dict(part.split("=") for part in _period().split("&"))
    yield told(post(asker, f"{LOG}uitvoer/", days), asker, OVERSEE, _rows)


def _period() -> str:
    """The days on which PostgreSQL wrote, whatever the clock of the test says."""
    written = timezone.localdate(Line.objects.latest("id").logged_at)
    return f"van={written}&tot={written}"


def _lines(page: str) -> dict[Cell, Telling]:
    said = {ACTIVITY: Telling.SHOWN} if "<time" in page else {}
    return said | {cell: shown for cell, shown in people(page).items() if cell != POSTING}


def _rows(file: str) -> dict[Cell, Telling]:
    rows = list(csv.DictReader(StringIO(file.removeprefix("\ufeff")), delimiter=";"))
    said = {ACTIVITY: Telling.SHOWN} if rows else {}
    named = any(row["naam"] for row in rows)
    return said | ({NAME: Telling.SHOWN} if named else {}) | ({CONTACT: Telling.SHOWN} if "@" in file else {})


def log_api(asker: Asker) -> Iterator[Told]:
    """The log to a system that asks in a role; it has no relation to anybody."""
    answer = ask_the_log(asker)
    assert answer.status in {200, 403}, answer
    reads = asker.role in OVERSEE
    yield Told(
        what=f"{answer.what} as {asker.role}",
        way=(asker.role, Authority.CREDENTIALS) if reads else None,
        purpose="verantwoorden",
        expected=Entry.IN if reads else Entry.REFUSED,
        entry=Entry.IN if answer.status == 200 else Entry.REFUSED,
        said={ACTIVITY: Telling.SHOWN} if '"dpl.core.data_subject_id"' in answer.text else {},
        must=frozenset({ACTIVITY}),
    )


def ask_the_log(asker: Asker) -> Answer:
    """What the log API says of the person of the dossiers."""
    system = asker.world.systems[asker.role]
    given = {"authorization": f"Bearer {sign_token(system)}"}
    question = {"dpl.core.data_subject_id": str(asker.world.pair.open.person)}
    client = Client(raise_request_exception=False)
    sent = client.post(SEARCH, question, content_type="application/json", headers=given)
    return as_answer(f"POST {SEARCH}", sent)


# --- why somebody else sees something --------------------------------------------------------------


def why_of_another(asker: Asker) -> Iterator[Told]:
    """Who may ask; and what the FG hears of the asker, of every item at once."""
    if asker.way is None or asker.relation is Relation.OWN_UNIT:
        yield told(get(asker, "/toezicht/waarom/"), asker, OVERSEE, entry_only)
    officer = Asker(asker.world, Role.PRIVACY_OFFICER, Relation.OWN_UNIT)
    for opened, closed in _asked_about(asker):
        number = show_case_number(opened.case_number)
        answer = post(officer, "/toezicht/waarom/", {"wie": str(asker.user), "zaak": number})
        yield told_of_another(answer, asker, closed)


def _asked_about(asker: Asker) -> Iterable[tuple[Opened, bool]]:
    """Both dossiers for a way not tried before, and the open one for who has none."""
    if asker.way is None:
        return [(asker.pair.open, False)]
    return asker.pair if asks_at_length(asker) else ()


def told_of_another(answer: Answer, asker: Asker, closed: bool) -> Told:
    names, said, reasons = item_names(), dict[Cell, Telling](), dict[Item, str]()
    for chunk in answer.text.split('<details class="answer"')[1:]:
        named = re.search(r"<summary><span[^>]*>(.*?)</span>", chunk)
        assert named
        one, why = explained(names[named[1]], chunk)
        said, reasons = said | one, reasons | why
    kept_out = Entry.NOT_FOUND if NOT_THERE in answer.text else Entry.REFUSED
    return Told(
        what=f"{answer.what} about {asker.role}, {asker.relation}",
        way=asker.way,
        closed=closed,
        expected=at_the_door(asker.way, closed=closed),
        entry=kept_out if 'id="geen-toegang"' in answer.text else Entry.IN,
        said=said,
        must=frozenset((item, use) for item in ITEMS for use in Use),
        reasons=reasons,
    )
