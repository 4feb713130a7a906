"""The daily message: who gets it, when, what it says and never says, and what is tried again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import translation

from hervat.access import door
from hervat.access.jobs import DIGEST
from hervat.config.mail import NOBODY
from hervat.course.queries.due import due_counts, due_list
from hervat.dossiers.actions.opening import Opened
from hervat.dossiers.models import Assignment
from hervat.dossiers.queries.permitted import permitted
from hervat.jobs.digest import permits_to_count, plan_digests, send_digest
from hervat.jobs.permits import permit_of
from hervat.jobs.queue import Outcome
from hervat.jobs.running import run_once, standings
from hervat.jobs.schedule import send_digests
from hervat.jobs.tasks import AGAIN
from hervat.journal.models import Line
from hervat.organisation.models import Deputy, Posting, User
from hervat.organisation.queries.readers import digest_readers
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind, Item, Operation, Role, Scope, Use
from hervat.web.presenters.digest import digest_text

from ..access.conftest import post
from ..access.test_door import asks, let_in
from ..cast import (
    AUDITOR,
    COMMANDER,
    COMPANY,
    DCR_GUIDE,
    JAN,
    OTHER_COMMANDER,
    PO_ADVISER,
    SANNE,
    SICK_COMMANDER,
    TODAY,
)
from ..course.files import begun, weeks_ago
from ..dossiers.conftest import committed, keys, room  # noqa: F401 - fixtures
from ..dossiers.files import permit_for

# A Monday; seven in the morning in Amsterdam is six o'clock UTC, in winter.
SEVEN = datetime(2026, 11, 23, 6, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_demo() -> bool:
    """Whose acceptances count: without one of the matrix there is nothing to count yet."""
    return True


@pytest.fixture(autouse=True)
def accepted(settings: Any) -> None:
    settings.DEMO_DATABASE = "tests.jobs.test_digest.a_demo"


@pytest.fixture
def commander(room: None) -> Opened:  # noqa: F811
    """The commander of the company, with somebody ten weeks ill and no plan; and who holds no list."""
    post(replace(COMMANDER, unit=COMPANY))
    post(AUDITOR)
    User.objects.create(code=SANNE.code, name=SANNE.name, email="sanne@example.org")
    return begun(weeks_ago(10))


def planned(at: datetime = SEVEN) -> list[UUID]:
    found: list[UUID] = []
    plan_digests(at, put=lambda user, on: found.append(user))
    return found


def counted(user: UUID) -> tuple[int, int]:
    permits = permits_to_count(user, on=TODAY, demo=True)
    found = [due_counts(permit, TODAY) for permit in permits]
    return sum(one.late for one in found), sum(one.this_week for one in found)


def shown_to(player: Any, **changes: Any) -> tuple[int, int]:
    asked = asks(player, operation=Operation.LIST_CASELOAD, **changes)
    found = due_list(let_in(door.caseload(asked)), TODAY)
    return found.late.count, found.this_week.count


# --- when and to whom ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (SEVEN - MINUTE, False),
        (SEVEN, True),
        (SEVEN + timedelta(hours=8), True),
        (SEVEN + timedelta(days=5), False),
        (datetime(2026, 12, 25, 7, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 7, tzinfo=UTC), True),
        # In summer seven o'clock is five, UTC.
        (datetime(2027, 6, 1, 4, 59, tzinfo=UTC), False),
        (datetime(2027, 6, 1, 5, tzinfo=UTC), True),
    ],
)
def test_it_goes_on_working_days_from_seven_in_amsterdam(
    commander: Opened, at: datetime, expected: bool
) -> None:
    assert (COMMANDER.code in planned(at)) is expected


def test_it_goes_to_who_works_here_and_wants_it(commander: Opened) -> None:
    assert set(planned()) == {COMMANDER.code, AUDITOR.code}

    User.objects.filter(code=AUDITOR.code).update(wants_digest=False)
    assert planned() == [COMMANDER.code]
    Posting.objects.filter(user=COMMANDER.code).update(
        revoked_on=TODAY, revoked_by="x", revoked_by_kind="opdracht", revoke_reason="Weg."
    )
    assert planned() == []


def test_addresses_are_for_that_job_alone(commander: Opened) -> None:
    permit = permit_of(DIGEST, SEVEN)

    assert set(digest_readers(permit=permit, on=TODAY)) == {COMMANDER.code, AUDITOR.code}
    assert permit.items() == {Item.USER_CONTACT}
    assert permit.items(Use.WRITE) == frozenset()
    with pytest.raises(NotPermitted):
        digest_readers(permit=replace(permit, actor_kind=ActorKind.USER), on=TODAY)


# --- what it says --------------------------------------------------------------------------------


def test_it_says_how_much_and_nothing_of_anybody(commander: Opened) -> None:
    late, soon = shown_to(COMMANDER)
    assert late > 0

    assert send_digest(COMMANDER.code, TODAY, at=SEVEN)

    (sent,) = mail.outbox
    assert sent.to == [f"{COMMANDER.code}@example.org"]
    taken = "taak" if late + soon == 1 else "taken"
    assert sent.subject == f"U heeft {late + soon} {taken}, {late} te laat."
    assert "/nu/" in sent.body
    assert "/account/" in sent.body
    everything = f"{sent.subject} {sent.body}".lower()
    for word in (*SANNE.name.split(), COMMANDER.name, commander.case_number, COMPANY.abbreviation, "ziek"):
        assert word.lower() not in everything, word


def test_it_is_in_the_language_somebody_chose(commander: Opened) -> None:
    User.objects.filter(code=COMMANDER.code).update(language="en")

    assert send_digest(COMMANDER.code, TODAY, at=SEVEN)

    assert "late" in mail.outbox[0].subject
    assert "taken" not in mail.outbox[0].subject
    assert translation.get_language() == "nl"


@pytest.mark.parametrize(
    ("tasks", "late", "subject"),
    [(1, 0, "U heeft 1 taak."), (3, 1, "U heeft 3 taken, 1 te laat."), (1, 1, "U heeft 1 taak, 1 te laat.")],
)
def test_the_words_fit_the_number(tasks: int, late: int, subject: str) -> None:
    said, body = digest_text(tasks=tasks, late=late, now="https://x/nu/", account="https://x/account/")

    assert said == subject
    assert body.startswith(subject)


def test_while_nobody_accepted_the_matrix_there_is_nothing_to_count(commander: Opened, settings: Any) -> None:
    settings.DEMO_DATABASE = "hervat.config.demo.is_demo"

    assert not send_digest(COMMANDER.code, TODAY, at=SEVEN)
    assert mail.outbox == []


def test_nothing_is_sent_when_there_is_nothing_to_do_or_the_day_is_over(commander: Opened) -> None:
    assert not send_digest(AUDITOR.code, TODAY, at=SEVEN)
    assert not send_digest(COMMANDER.code, TODAY - timedelta(days=1), at=SEVEN)
    User.objects.filter(code=COMMANDER.code).update(wants_digest=False)
    assert not send_digest(COMMANDER.code, TODAY, at=SEVEN)
    User.objects.filter(code=COMMANDER.code).update(wants_digest=True, disabled_on=TODAY)
    assert not send_digest(COMMANDER.code, TODAY, at=SEVEN)
    assert mail.outbox == []


# --- what it counts ------------------------------------------------------------------------------


def test_it_counts_what_the_page_shows_also_in_a_colleagues_stead(
    commander: Opened,
) -> None:
    post(OTHER_COMMANDER)
    begun(weeks_ago(10), sick=JAN)
    own = shown_to(OTHER_COMMANDER)
    assert counted(COMMANDER.code) == shown_to(COMMANDER)
    assert counted(OTHER_COMMANDER.code) == own != (0, 0)

    posting = Posting.objects.get(user=COMMANDER.code)
    Deputy.objects.create(
        posting=posting,
        principal_id=COMMANDER.code,
        deputy_id=OTHER_COMMANDER.code,
        starts_on=TODAY,
        ends_on=TODAY,
        reason="afwezig",
        named_by_kind="gebruiker",
        named_by=str(COMMANDER.code),
    )

    stead = shown_to(OTHER_COMMANDER, instead_of=COMMANDER.code)
    assert counted(OTHER_COMMANDER.code) == (own[0] + stead[0], own[1] + stead[1])


def test_it_counts_what_was_assigned_and_nothing_else(commander: Opened) -> None:
    post(DCR_GUIDE)
    assert counted(DCR_GUIDE.code) == (0, 0)
    with permitted(permit_for(commander)):
        Assignment.objects.create(
            dossier_id=commander.dossier,
            user_code=DCR_GUIDE.code,
            role=DCR_GUIDE.role.value,
            state="aanvaard",
            first_day=TODAY,
            decided_on=TODAY,
            decided_by="zelf",
            proposed_by="cli:x",
        )

    assert counted(DCR_GUIDE.code) == shown_to(DCR_GUIDE)
    (permit,) = permits_to_count(DCR_GUIDE.code, on=TODAY, demo=True)
    assert (permit.units, permit.principal) == (frozenset(), DCR_GUIDE.code)


def test_ones_own_dossier_is_not_counted(commander: Opened) -> None:
    post(OTHER_COMMANDER)
    begun(weeks_ago(10), sick=SICK_COMMANDER)

    assert counted(OTHER_COMMANDER.code) == (0, 0)
    post(replace(PO_ADVISER, unit=OTHER_COMMANDER.unit))
    other = replace(COMMANDER, unit=OTHER_COMMANDER.unit)
    post(other, first_day=TODAY)
    assert counted(other.code)[0] > 0


def test_the_permit_counts_and_reads_nothing_and_the_log_names_nobody(commander: Opened) -> None:
    (permit,) = permits_to_count(COMMANDER.code, on=TODAY, demo=True)

    assert {permit.scope(item) for item in Item} == {None, Scope.OUTCOME}
    assert permit.items(Use.WRITE) == frozenset()
    assert permit.operations == {Operation.LIST_CASELOAD}
    before = Line.objects.order_by("-id").values_list("id", flat=True)[0]
    due_counts(permit, TODAY)
    (line,) = Line.objects.filter(id__gt=before)
    assert (line.actor, line.actor_kind, line.role) == ("dagelijks-bericht", "taak", Role.COMMANDER)
    assert (line.subject, line.source) == (None, "jobs")


# --- through the queue ---------------------------------------------------------------------------


def queued() -> dict[str, tuple[str, int]]:
    """Of each message in the queue: for whom, how it stands, and how often it was tried."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'user', status::text, attempts FROM procrastinate_jobs"
            " WHERE task_name = 'bericht'"
        )
        return {user: (status, attempts) for user, status, attempts in cursor.fetchall()}


def test_a_message_is_put_in_the_queue_once_a_day(commander: Opened) -> None:
    assert send_digests(SEVEN) == 2
    assert send_digests(SEVEN + 15 * MINUTE) == 0

    assert queued() == {str(one.code): ("todo", 0) for one in (COMMANDER, AUDITOR)}
    assert send_digests(SEVEN + timedelta(days=1)) == 2


def test_a_send_that_fails_is_tried_again_and_counted(
    committed: None,  # noqa: F811
    queue: None,
    settings: Any,
) -> None:
    post(replace(COMMANDER, unit=COMPANY))
    begun(weeks_ago(10))
    settings.EMAIL_BACKEND = NOBODY
    with time_machine.travel(SEVEN, tick=True):
        assert run_once("dagelijks-bericht") is Outcome.DONE
        (standing,) = (one for one in standings() if one.job.name == "dagelijks-bericht")
    # PostgreSQL's clock is far ahead of this morning, so nothing was waited for.
    assert queued() == {str(COMMANDER.code): ("failed", 1 + AGAIN.max_attempts)}
    assert (standing.last.outcome, standing.last.failed, standing.last.retried) == (Outcome.DONE, 1, 1)
    assert AGAIN.linear_wait == 300
