"""The log is read page by page, along an index, and each of these reads has lines of its own."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hervat.journal.actions.append import append, begin
from hervat.journal.queries.browsing import Wanted, browse
from hervat.journal.queries.lines import LineView, Page, Tally, about, overview, search
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Actor, Foreign, Line, Manner, Outcome, SubjectKind
from hervat.register.vocabulary import ActorKind, Item, Operation, Role

from .examples import COMMANDER, DOSSIER, OFFICER, SUBJECT, a_line, an_act

PERSON = SubjectKind.RE_INTEGRANT
SOMEBODY_ELSE = UUID("0b1f6b3e-4b0f-4a51-8a0f-5d1d5d0c7f02")
OTHER_DOSSIER = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")
UWV = "https://uwv.example/entities/1"
NOBODY = {"subject": None, "subject_kind": None, "dossier": None, "items": frozenset(), "manner": None}
OWN = """
SELECT operation, manner, subject, subject_kind, object_kind, items
FROM journal_line WHERE trace_id = %s ORDER BY id
"""


def write(*lines: Line) -> None:
    for line in lines:
        with transaction.atomic():
            append([line])


def officer() -> Act:
    return an_act(trace=begin(), started_at=datetime.now(UTC))


def numbers(page: Page) -> list[int]:
    return [line.id for line in page.lines]


def own_lines(role: psycopg.Connection, act: Act) -> list[tuple[Any, ...]]:
    """The lines of the act of reading: its parent apart from what was met."""
    parent, *children = role.execute(OWN, [act.trace.trace_id]).fetchall()
    assert parent == (Operation.OVERSEE, None, None, None, None, [])
    assert {child[0] for child in children} <= {Operation.OVERSEE}
    assert all(child[-1] == [Item.USER_ACTIVITY] for child in children)
    return [child[1:-1] for child in children]


def test_opened_stands_apart_from_seen_in_a_list_and_all_is_counted_by_role(
    application: psycopg.Connection,
) -> None:
    adviser = replace(COMMANDER, role=Role.PO_ADVISER)
    write(
        a_line(),
        a_line(manner=Manner.LISTED, actor=adviser),
        a_line(manner=Manner.LISTED),
        a_line(manner=Manner.LISTED),
        a_line(manner=Manner.COMPUTED, actor=Actor(kind=ActorKind.JOB, code="vernietigen")),
        a_line(outcome=Outcome.REFUSED, reason="register"),
        a_line(subject=SOMEBODY_ELSE),
    )
    act = officer()
    found = overview(SUBJECT, PERSON, asked_by=act, limit=2)

    assert numbers(found.opened) == [6, 1]
    assert (numbers(found.listed), found.listed.more) == ([4, 3], True)
    assert not found.opened.more
    assert set(found.tallies) == {
        Tally(Role.COMMANDER, Manner.OPENED, Outcome.DONE, 1),
        Tally(Role.COMMANDER, Manner.OPENED, Outcome.REFUSED, 1),
        Tally(Role.COMMANDER, Manner.LISTED, Outcome.DONE, 2),
        Tally(Role.PO_ADVISER, Manner.LISTED, Outcome.DONE, 1),
        Tally(None, Manner.COMPUTED, Outcome.DONE, 1),
    }
    assert own_lines(application, act) == [("geopend", SUBJECT, "re-integrant", None)]


def test_what_is_read_is_what_was_written(journal: None) -> None:
    line = a_line(
        actor=replace(COMMANDER, address="192.0.2.1"),
        foreign=Foreign(trace_id=uuid4(), span_id=b"12345678", entity=UWV),
        external_api="https://uwv.example/log/v1",
        object_kind="document",
        object_id=uuid4(),
    )
    line = replace(line, actor=replace(line.actor, address=None))
    write(line)
    (found,) = about(SUBJECT, PERSON, asked_by=officer()).lines

    fields = {name: getattr(found, name) for name in Line.__dataclass_fields__}
    assert found == LineView(id=1, logged_at=found.logged_at, **fields)
    assert Line(**fields) == line


def test_the_lines_of_a_dossier_and_of_a_manner_are_those_only(application: psycopg.Connection) -> None:
    write(a_line(), a_line(dossier=OTHER_DOSSIER), a_line(dossier=None), a_line(manner=Manner.LISTED))
    act = officer()

    assert numbers(about(SUBJECT, PERSON, asked_by=act, dossier=DOSSIER)) == [4, 1]
    assert numbers(about(SUBJECT, PERSON, asked_by=officer(), manner=Manner.OPENED)) == [6, 3, 2, 1]
    row = application.execute(
        "SELECT dossier FROM journal_line WHERE trace_id = %s AND subject IS NOT NULL", [act.trace.trace_id]
    ).fetchone()
    assert row == (DOSSIER,)


def test_pages_follow_each_other_without_a_gap_and_without_a_line_twice(journal: None) -> None:
    write(*(a_line() for _ in range(7)))
    seen: list[int] = []
    before: int | None = None
    while True:
        page = about(
            SUBJECT,
            PERSON,
            asked_by=officer(),
            manner=Manner.OPENED,
            dossier=DOSSIER,
            before_id=before,
            limit=3,
        )
        seen += numbers(page)
        if not page.more:
            break
        before = page.lines[-1].id

    assert seen == [7, 6, 5, 4, 3, 2, 1]


def test_an_answer_does_not_hold_the_line_of_its_own_question_and_the_next_does(journal: None) -> None:
    assert about(SUBJECT, PERSON, asked_by=officer()) == Page((), more=False)

    (line,) = about(SUBJECT, PERSON, asked_by=officer()).lines
    assert (line.operation, line.actor, line.items) == (Operation.OVERSEE, OFFICER, {Item.USER_ACTIVITY})


def test_a_search_answers_to_everything_that_is_asked(application: psycopg.Connection) -> None:
    trace, foreign = uuid4(), Foreign(trace_id=uuid4(), span_id=b"12345678", entity=UWV)
    write(
        a_line(trace_id=trace, foreign=foreign, parent_span_id=None, **NOBODY),
        a_line(trace_id=trace, foreign=foreign),
        a_line(register_version=2),
        a_line(subject=SOMEBODY_ELSE),
    )
    activity, began = a_line().activity, a_line().started_at
    second = timedelta(milliseconds=1)

    assert numbers(search(asked_by=officer(), trace_id=trace)) == [2, 1]
    assert numbers(search(asked_by=officer(), activity=activity)) == [4, 3, 2, 1]
    assert numbers(search(asked_by=officer(), activity=activity, register_version=2)) == [3]
    assert numbers(search(asked_by=officer(), activity=activity, foreign_entity=UWV)) == [2, 1]
    assert numbers(search(asked_by=officer(), activity=activity, since=began, until=began)) == [4, 3, 2, 1]
    assert numbers(search(asked_by=officer(), activity=activity, since=began + second)) == []
    assert numbers(search(asked_by=officer(), activity=activity, until=began - second)) == []
    act = officer()
    page = search(asked_by=act, activity=activity, subject=SOMEBODY_ELSE)
    assert (numbers(page), page.more) == ([4], False)
    assert own_lines(application, act) == [("in-lijst", SOMEBODY_ELSE, "re-integrant", None)]
    assert search(asked_by=officer(), activity=activity, limit=3).more


def test_who_was_searched_for_and_not_found_was_searched_for_all_the_same(
    application: psycopg.Connection,
) -> None:
    act, none = officer(), officer()

    assert search(asked_by=act, subject=SUBJECT, subject_kind=SubjectKind.USER) == Page((), more=False)
    assert search(asked_by=none, trace_id=uuid4()) == Page((), more=False)
    assert own_lines(application, act) == [("geopend", SUBJECT, "gebruiker", None)]
    assert own_lines(application, none) == []


def test_a_search_without_a_key_and_a_page_without_an_end_are_refused_unlogged(
    application: psycopg.Connection,
) -> None:
    refused: list[Callable[[], object]] = [
        lambda: search(asked_by=officer(), foreign_entity=UWV, since=datetime.now(UTC)),
        lambda: search(asked_by=officer(), subject=SUBJECT, limit=1001),
        lambda: about(SUBJECT, PERSON, asked_by=officer(), limit=101),
        lambda: about(SUBJECT, PERSON, asked_by=officer(), limit=0),
    ]
    for ask in refused:
        with pytest.raises(ValueError, match=r"Noem een trace|Een pagina heeft"):
            ask()

    assert application.execute("SELECT count(*) FROM journal_line").fetchone() == (0,)


MANY = """
INSERT INTO journal_line (
    logged_at, trace_id, span_id, parent_span_id, operation, effect, outcome, started_at, ended_at, activity,
    register_version, purpose, actor_kind, actor, role, source, manner, subject, subject_kind, dossier, items
)
SELECT now() + n % 2 * interval '1 month' + n * interval '1 microsecond', md5('trace' || n / 10)::uuid,
    '\\x00f067aa0ba902b7', CASE WHEN n % 10 > 0 THEN '\\x00f067aa0ba902b7'::bytea END, 'dossier-inzien', 'R',
    'gelukt', now(), now(), md5('activity' || n / 10 % 15)::uuid, 1, 'wettelijke-plicht', 'gebruiker',
    'gebruiker-' || n / 10 % 200, 'commandant', 'web', 'geopend',
    CASE WHEN n % 10 > 0 THEN md5('person' || n % 1000)::uuid END,
    CASE WHEN n % 10 > 0 THEN 're-integrant' END,
    CASE WHEN n % 10 > 0 THEN md5('dossier' || n % 1000)::uuid END, '{eenheid}'
FROM generate_series(1, 20000) AS n
"""


def _md5(text: str) -> str:
    return f"SELECT md5('{text}')::uuid"


def test_every_read_goes_along_an_index_and_takes_as_many_statements_as_it_must(
    owner: psycopg.Connection,
) -> None:
    owner.execute(MANY.encode())
    owner.execute("ANALYZE journal_line")
    trace, activity, person, dossier = (
        owner.execute(_md5(text).encode()).fetchone()[0]  # type: ignore[index]
        for text in ("trace7", "activity7", "person7", "dossier7")
    )
    now = datetime.now(UTC)
    hour = Wanted(since=now - timedelta(hours=1), until=now)
    reads: list[tuple[int, Callable[[Act], object]]] = [
        (6, lambda act: overview(person, PERSON, asked_by=act)),
        (4, lambda act: about(person, PERSON, asked_by=act, before_id=19_000)),
        (4, lambda act: about(person, PERSON, asked_by=act, dossier=dossier, manner=Manner.OPENED)),
        (6, lambda act: browse(replace(hour, actor="gebruiker-7"), asked_by=act)),
        (6, lambda act: browse(replace(hour, until=now + timedelta(days=40)), asked_by=act)),
        (7, lambda act: browse(hour, asked_by=act, before_id=10_000)),
        (4, lambda act: search(asked_by=act, trace_id=trace)),
        (4, lambda act: search(asked_by=act, activity=activity, limit=100)),
        (4, lambda act: search(asked_by=act, subject=person, activity=activity)),
    ]
    assert len(_read_whole(owner, "SELECT FROM journal_line WHERE reason = 'a'")) == 2
    for number, (statements, read) in enumerate(reads):
        with CaptureQueriesContext(connection) as captured:
            read(officer())
        asked = [query["sql"] for query in captured.captured_queries]
        assert len(asked) == statements, (number, asked)
        for sql in asked:
            if sql.startswith("SELECT"):
                assert _read_whole(owner, sql) == [], (number, sql)


def _read_whole(role: psycopg.Connection, sql: str) -> list[str]:
    """The months with lines that a query reads from beginning to end."""
    row = role.execute(b"EXPLAIN (ANALYZE, FORMAT JSON) " + sql.encode()).fetchone()
    assert row is not None
    plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
    return [
        node["Relation Name"]
        for node in _nodes(plan[0]["Plan"])
        if node["Node Type"] == "Seq Scan"
        and node["Actual Rows"] + node.get("Rows Removed by Filter", 0) > 100
    ]


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in _nodes(part))]
