"""What has expired goes, whose it was is logged, and what still counts stays."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from hervat.access.jobs import CLEARING
from hervat.jobs.clearing import clear_expired
from hervat.jobs.permits import permit_of
from hervat.journal.models import Line
from hervat.organisation.actions.expiring import expire
from hervat.organisation.models import Activation, User
from hervat.register.permit import NotPermitted

from ..permits import a_permit, allowing

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def somebody(number: int) -> UUID:
    code = UUID(int=number, version=4)
    User.objects.create(code=code, name="Iemand", email=f"{code}@example.org")
    return code


def session_of(user: UUID, expires: datetime) -> None:
    Session.objects.create(session_key=f"key-{user}", session_data="", expire_date=expires)
    UserSession.objects.create(user_id=user, ip="192.0.2.1", session_key=f"key-{user}", user_agent="x")


def code_of(user: UUID, expires: datetime) -> Activation:
    return Activation.objects.create(
        user_id=user,
        paper_digest=f"{user.int:064x}"[:64],
        mail_digest="iets",
        made_by_kind="opdracht",
        made_by="cli:x",
        expires_at=expires,
    )


def test_an_expired_session_goes_with_its_address_and_another_stays() -> None:
    gone, stays = somebody(1), somebody(2)
    session_of(gone, AT - MINUTE)
    session_of(stays, AT + MINUTE)
    last = Line.objects.order_by("-id").values_list("id", flat=True).first() or 0

    assert clear_expired(AT) == 1

    assert [one.user_id for one in UserSession.objects.all()] == [stays]
    assert Session.objects.count() == 1
    parent, child = Line.objects.filter(id__gt=last).order_by("id")
    assert (parent.actor, parent.actor_kind, parent.source) == ("opruimen", "taak", "jobs")
    assert (parent.operation, parent.effect, parent.outcome) == ("inloggen", "D", "gelukt")
    assert (child.subject, child.subject_kind) == (gone, "gebruiker")
    assert set(child.items) == {"gebruiker-inlogmiddelen", "gebruiker-handelingen"}


def test_an_expired_code_is_ended_and_a_used_one_is_left_as_it_is() -> None:
    ages = ((1, -1), (2, 1), (3, -2))
    old, new, used = (code_of(somebody(n), AT + days * timedelta(days=1)) for n, days in ages)
    Activation.objects.filter(pk=used.pk).update(used_at=AT - timedelta(days=3))

    assert clear_expired(AT) == 1

    old.refresh_from_db()
    assert (old.ended_at, old.mail_digest) == (AT, "")
    for other in (new, used):
        other.refresh_from_db()
        assert other.ended_at is None


def test_nothing_expired_is_a_line_too_and_without_a_permit_nothing_goes() -> None:
    session_of(somebody(1), AT - MINUTE)
    with pytest.raises(NotPermitted):
        expire(permit=a_permit(writes=allowing(())), at=AT)
    assert Session.objects.count() == 1

    expire(permit=permit_of(CLEARING, AT), at=AT)
    before = Line.objects.count()
    assert clear_expired(AT) == 0
    assert Line.objects.count() == before + 1
