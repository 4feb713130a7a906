"""Nothing that may not be read comes out of any mouth: a mark in every field, and each mouth made to speak.

Pages, API, commands, e-mails and errors, to every role that there is; and for nobody at all a mark in an
address, a header, a cookie, the subject of a mail or the log of the server.
Read next: `mouths/listed.py`, `mouths/marks.py`, `test_sentinel.py` (the rooms below).
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.core import mail

from hervat.config.logs import FramesOnly
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.models import Line
from hervat.organisation.models import User
from hervat.register.vocabulary import Authority, Role

from .mouths import letters
from .mouths.listed import MOUTHS
from .mouths.marks import MARKS, WITHOUT_A_MARK, mark, marks_in, readable_by
from .mouths.mouth import Answer, AskedBy, Asker, Mouth, Way, address_of, get
from .rule import ADMINISTER, OVERSEE, Relation, way_in
from .world import Pair, World

_ADDRESS = re.compile(r'(?:href|action|src|content)="([^"]*)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Oneself(Asker):
    """Whom the marked dossiers are about, without any role of their own."""

    @property
    def user(self) -> UUID:
        return self.world.pair.person.code

    @property
    def pair(self) -> Pair:
        return self.world.pair

    @property
    def way(self) -> Way:
        return Role.RE_INTEGRANT, Authority.OWN


@pytest.fixture
def marked(world: World, noon: None) -> World:
    """The world with its marks, and an account for whom they are about."""
    mark(world)
    User.objects.create(code=world.pair.person.code, name="Iemand", email="zelf@example.org")
    return world


@contextmanager
def server_log(written: list[str]) -> Iterator[None]:
    """Keep what the server writes in its log meanwhile, as it would write it."""

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Keeping()
    handler.setFormatter(FramesOnly())
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)


def askers(world: World) -> Iterator[Asker]:
    """The person themselves; every role as it usually comes in, or without a way; and the other ways once."""
    yield Oneself(world, Role.RE_INTEGRANT, Relation.NOTHING)
    for role in Role:
        usual = [one for one in (Relation.OWN_UNIT, Relation.ASSIGNED) if way_in(role, one)]
        others = OTHERWISE.get(role, ())
        yield from (Asker(world, role, one) for one in (*(usual or [Relation.OWN_UNIT])[:1], *others))


OTHERWISE = {
    Role.COMMANDER: (Relation.DEPUTY, Relation.SELF, Relation.OTHER_UNIT),
    Role.DCR_GUIDE: (Relation.BY_CASE, Relation.ENDED_YESTERDAY),
    Role.FUTURE: (Relation.BY_CASE,),
    Role.EGB_PHYSICIAN: (Relation.NOT_APPROVED,),
}


AT_DESKS = OVERSEE | ADMINISTER | {Role.COMMANDER, Role.RECORDS_MANAGER}
"""Who looks at the desks: who sits there, and two who do not. That nobody else gets in is for the matrix."""


def speaking(asker: Asker, role_is_new: bool) -> Iterator[Mouth]:
    """The mouths that say something else to each; a desk once a role, the others to the person themselves."""
    once = {
        AskedBy.EVERYBODY: True,
        AskedBy.EVERY_ROLE: role_is_new and asker.role in AT_DESKS,
        AskedBy.ONE: isinstance(asker, Oneself),
    }
    return (mouth for mouth in MOUTHS if once[mouth.asked_by])


def said(world: World, written: list[str]) -> Iterator[tuple[Asker, Answer]]:
    """Everything that is said to anybody, every mail that went out meanwhile, and the log of the server."""
    before = None
    for asker in askers(world):
        for mouth in speaking(asker, asker.role is not before):
            # A command sets up the log anew, so this listens to one mouth at a time.
            with server_log(written):
                answers = list(mouth.speaks(asker))
            yield from ((asker, answer) for answer in answers)
        before = asker.role
        yield from ((asker, letter) for letter in letters.sent())


def in_passing(answer: Answer) -> str:
    """What stands around an answer: who sees it need not be who may read the page."""
    return "\n".join([answer.what, answer.head, *_ADDRESS.findall(answer.text), *_TITLE.findall(answer.text)])


@pytest.mark.thorough
def test_no_mark_comes_out_of_any_mouth_but_to_who_may_read_it(marked: World, systems: None) -> None:
    first, statuses, written = Line.objects.latest("id").id, set(), list[str]()
    for asker, answer in said(marked, written):
        found, allowed = marks_in(answer.text), readable_by(asker)
        assert found <= allowed, (asker.role, asker.relation, answer.what, found - allowed)
        assert marks_in(in_passing(answer)) == set(), (asker.role, answer.what)
        statuses.add(answer.status)

    lines = Line.objects.filter(id__gt=first)
    assert {field for line in lines for field in marks_in(repr(vars(line)))} == set()
    assert marks_in("\n".join(written)) == set()
    # Each way of going wrong was there, and the log of the server was written in.
    assert {0, 1, 200, 302, 303, 400, 403, 404, 405, 409, 422, 429, 500} <= statuses
    assert [one for one in written if "RuntimeError" in one and "errors.py" in one]
    assert lines.count() > 500


def test_who_may_read_a_mark_finds_it_on_the_page_of_the_dossier(marked: World) -> None:
    for asker in askers(marked):
        if asker.way and asker.pair is marked.pair:
            found = marks_in(
                get(asker, f"{address_of(asker.pair.open)}gegevens/?doel=wettelijke-plicht").text
            )
            assert found == readable_by(asker), (asker.role, asker.relation)


def test_an_e_mail_has_a_code_and_nothing_of_anybody(marked: World) -> None:
    asker = Oneself(marked, Role.RE_INTEGRANT, Relation.NOTHING)
    answers = list(letters.first_visit(asker))

    sent = [one for one in answers if one.what == "e-mail"]
    assert len(sent) == len(mail.outbox) == 2
    for letter in sent:
        assert re.search(r"\b\d{8}\b", letter.text)
        assert letter.head == letters.ADDRESS
        assert [word for word in (*letters.NAME.split(), letters.ADDRESS) if word in letter.text] == []


def test_each_field_has_a_mark_or_is_told_of_in_the_matrix(marked: World) -> None:
    oneself = Oneself(marked, Role.RE_INTEGRANT, Relation.NOTHING)
    everything = get(oneself, f"{address_of(marked.pair.open)}gegevens/").text

    assert marks_in(everything) == set(MARKS)
    assert len(MARKS) == 20
    assert {
        *(Field.SEX, Field.SERVICE_BRANCH, Field.DISMISSAL_REASON, Field.WORK_CONFLICT),
        *(Field.REACHABLE_9_10, Field.REACHABLE_10_5),
    } == WITHOUT_A_MARK
