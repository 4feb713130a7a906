"""The daily message: how much waits for somebody and how much is late, and a link. Nothing of anybody.

On working days from seven in the morning, once a day for each user, only when there is something. Each is
a row of the queue with the code of the user and the day: a row that is there is not made again, and one that
fails is tried again a few times and then counted as failed. Must never: name a person, a case or a unit.
Read next: `tasks.py`, docs/jobs.md.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string

from hervat.access import door
from hervat.access.choosing import lists_of
from hervat.access.jobs import DIGEST, DIGEST_COUNT
from hervat.course.queries.due import due_counts
from hervat.course.rules.knowing import DATES
from hervat.jobs.permits import is_demo, permit_of
from hervat.jobs.queue import users_with_a_row
from hervat.journal.actions.append import begin
from hervat.law.working_days import working_day_from
from hervat.organisation.queries.readers import digest_readers, reader
from hervat.organisation.rules.postings import AMSTERDAM, day_of
from hervat.register.permit import Permit

NAME: Final = "dagelijks-bericht"
ONE: Final = "bericht"
FIRST_HOUR: Final = 7


def plan_digests(at: datetime, *, put: Callable[[UUID, date], None]) -> int:
    """Put a message in the queue for everybody who has none today yet; return how many."""
    local = at.astimezone(AMSTERDAM)
    today = local.date()
    if local.hour < FIRST_HOUR or working_day_from(today) != today:
        return 0
    wanting = set(digest_readers(permit=permit_of(DIGEST, at), on=today))
    waiting = wanting - users_with_a_row(ONE, today)
    for user in sorted(waiting):
        put(user, today)
    return len(waiting)


def send_digest(user: UUID, on: date, *, at: datetime) -> bool:
    """Send somebody how much waits for them on a day, when there is something; whether it was sent.

    A message of yesterday is not sent any more. Raises what the mail server says, to be tried again.
    """
    if day_of(at) != on:
        return False
    whom = reader(permit=permit_of(DIGEST, at), user=user, on=on)
    if whom is None:
        return False
    late, tasks = _counted(user, on)
    if not tasks:
        return False
    text = import_string(settings.DIGEST_TEXT)
    with translation.override(whom.language):
        now, account = (f"{settings.PUBLIC_ADDRESS}{reverse(page)}" for page in ("now", "account"))
        subject, body = text(tasks=tasks, late=late, now=now, account=account)
    return send_mail(subject, body, None, [whom.email]) == 1


def _counted(user: UUID, on: date) -> tuple[int, int]:
    """How much is late, and how much there is in all, in every list of a user."""
    permits = permits_to_count(user, on=on, demo=is_demo())
    # While nobody accepted the matrix, a list is closed to the role; then there is nothing to count either.
    counts = [due_counts(permit, on) for permit in permits if permit.scope(DATES) is not None]
    late = sum(one.late for one in counts)
    return late, late + sum(one.this_week for one in counts)


def permits_to_count(user: UUID, *, on: date, demo: bool) -> tuple[Permit, ...]:
    """Return the permits to count what waits in each list of a user, also in a colleague's stead."""
    lists = lists_of(user, on)
    return tuple(
        door.for_job(DIGEST_COUNT, one.purpose, on=on, trace=begin(), counts=one, demo=demo) for one in lists
    )
