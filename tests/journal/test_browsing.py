"""Going through the log: each filter narrows, pages follow on, and every look is a line itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hervat.journal.actions.append import append
from hervat.journal.queries import browsing
from hervat.journal.queries.browsing import TooMuch, Wanted, browse, export
from hervat.journal.queries.lines import Page
from hervat.journal.queries.seal_state import seal_state
from hervat.journal.rules.acts import Met, lines_of
from hervat.journal.rules.line import Actor, Manner, Outcome, SubjectKind
from hervat.register.model import PurposeId
from hervat.register.vocabulary import ActorKind, Item, Operation, Role

from .examples import DOSSIER, SUBJECT, an_act

pytestmark = pytest.mark.django_db

DOCTOR = Actor(kind=ActorKind.USER, code="8c0e1a52-5b0c-4f0e-9a55-0d5c2b1f7e01", role=Role.EGB_PHYSICIAN)
CLERK = Actor(kind=ActorKind.COMMAND, code="cli:beheer", role=Role.ADMINISTRATOR)
HER = Met(
    subject=SUBJECT, subject_kind=SubjectKind.RE_INTEGRANT, dossier=DOSSIER, items=frozenset({Item.UNIT})
)


def tell(*met: Met, outcome: Outcome = Outcome.DONE, **changes: object) -> UUID:
    act = an_act(**changes)
    spans = iter([bytes([0, 0, 0, 0, 0, 0, 1, n]) for n in range(1, 250)])
    reason = "geen-relatie" if outcome is Outcome.REFUSED else None
    with transaction.atomic():
        append(lines_of(act, met, spans=spans, ended_at=act.started_at, outcome=outcome, reason=reason))
    return act.trace.trace_id


def look(*, before_id: int | None = None, limit: int = 50, **wanted: object) -> Page:
    now = datetime.now(UTC)
    period = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    return browse(Wanted(**(period | wanted)), asked_by=an_act(), before_id=before_id, limit=limit)  # type: ignore[arg-type]


def traces(page: Page) -> list[UUID]:
    return [line.trace_id for line in page.lines]


def test_each_filter_narrows_and_without_a_person_only_actions_are_shown() -> None:
    read = tell(HER, actor=DOCTOR, operation=Operation.READ_DOSSIER, purpose=PurposeId("wettelijke-plicht"))
    refused = tell(HER, actor=DOCTOR, outcome=Outcome.REFUSED)
    granted = tell(actor=CLERK, operation=Operation.ADMINISTER_USERS)

    assert traces(look()) == [granted, refused, read]
    assert all(line.parent_span_id is None for line in look().lines)
    assert traces(look(actor=DOCTOR.code)) == [refused, read]
    assert traces(look(role=Role.ADMINISTRATOR)) == [granted]
    assert traces(look(purpose=PurposeId("wettelijke-plicht"))) == [read]
    assert traces(look(operation=Operation.ADMINISTER_USERS)) == [granted]
    assert traces(look(refused_only=True)) == [refused]
    assert traces(look(refused_only=True, role=Role.ADMINISTRATOR)) == []
    assert traces(look(until=datetime.now(UTC) - timedelta(hours=1))) == []


def test_with_a_person_the_lines_about_them_are_shown_and_of_one_dossier_where_that_is_asked() -> None:
    about_her = tell(HER, Met(subject=uuid4(), subject_kind=SubjectKind.RE_INTEGRANT), actor=DOCTOR)
    tell(actor=CLERK)

    elsewhere = tell(replace(HER, dossier=uuid4()), actor=DOCTOR)

    assert traces(look(about=SUBJECT)) == [elsewhere, about_her]
    found = look(about=SUBJECT, dossier=DOSSIER)
    assert traces(found) == [about_her]
    assert [line.subject for line in found.lines] == [SUBJECT]
    assert look(about=uuid4()).lines == ()


def test_a_dossier_is_never_looked_for_without_its_person() -> None:
    """There is no index by dossier alone: it would read the whole period."""
    with pytest.raises(ValueError, match="noem ook de persoon"):
        look(dossier=DOSSIER)
    tell(HER, actor=DOCTOR)
    with CaptureQueriesContext(connection) as asked:
        look(about=SUBJECT, dossier=DOSSIER)
    (read,) = [one["sql"] for one in asked if '"journal_line"."dossier" =' in one["sql"]]
    assert '"journal_line"."subject" =' in read


def test_pages_follow_on_without_losing_or_repeating_a_line() -> None:
    told = [tell(actor=CLERK) for _ in range(5)]
    asked: dict[str, Any] = {"actor": CLERK.code}

    first = look(limit=2, **asked)
    second = look(limit=2, before_id=first.lines[-1].id, **asked)
    last = look(limit=2, before_id=second.lines[-1].id, **asked)

    assert [*traces(first), *traces(second), *traces(last)] == told[::-1]
    assert (first.more, second.more, last.more) == (True, True, False)


def newest() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trace_id FROM journal_line ORDER BY id DESC LIMIT 1")
        (trace,) = cursor.fetchone()
        cursor.execute(
            "SELECT effect, manner, subject, object_kind FROM journal_line WHERE trace_id = %s ORDER BY id",
            [trace],
        )
        return list(cursor.fetchall())


def test_every_look_is_a_line_with_whom_it_showed_or_sought() -> None:
    tell(HER, actor=DOCTOR)
    doctor = UUID(DOCTOR.code)

    look(actor=DOCTOR.code)
    assert newest() == [
        ("R", None, None, None),
        ("R", "in-lijst", doctor, None),
        ("R", "geopend", doctor, None),
    ]
    look(actor="hervat")
    assert newest()[1:] == [("R", "geopend", None, "handelende")]
    look(about=SUBJECT)
    assert newest()[1:] == [("R", "in-lijst", doctor, None), ("R", "in-lijst", SUBJECT, None)]
    look(about=uuid4())
    assert newest()[1:] == [("R", "geopend", None, "gezocht")]


def test_an_export_is_bounded_and_says_that_it_left() -> None:
    tell(HER, actor=DOCTOR)
    tell(actor=DOCTOR)
    now = datetime.now(UTC)
    period = Wanted(since=now - timedelta(days=1), until=now + timedelta(days=1), actor=DOCTOR.code)

    taken = export(period, asked_by=an_act(), limit=1)

    assert (len(taken.lines), taken.more) == (1, True)
    assert newest()[1][1] == Manner.EXPORTED
    with pytest.raises(ValueError, match="tot 10000 regels"):
        export(period, asked_by=an_act(), limit=10_001)


def test_a_question_that_takes_too_long_is_stopped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "_PATIENCE", "SET LOCAL statement_timeout = '1ms'")
    monkeypatch.setattr(browsing, "_matching", _slow)

    with pytest.raises(TooMuch), transaction.atomic():
        look()
    monkeypatch.undo()
    assert look().more is False


def _slow(wanted: Wanted) -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")
    raise AssertionError


def test_the_state_of_the_seal_counts_what_came_since() -> None:
    before = seal_state()
    tell(HER, actor=DOCTOR)
    after = seal_state()

    assert after.waiting == before.waiting + 2
    assert after.oldest is not None
    assert (after.size, after.sealed_at) == (before.size, before.sealed_at)
