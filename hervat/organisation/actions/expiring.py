"""Ends what has expired of logging in: sessions with their address and browser, and codes of a first visit.

They counted no longer already; this is about not keeping them. Must never: end what still counts.
Read next: `log_in.py`, `activations.py`, docs/login.md.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect, Manner
from hervat.organisation import models
from hervat.organisation.actions.recording import of_user
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use

_ITEMS = frozenset({Item.USER_CREDENTIALS, Item.USER_ACTIVITY})


@dataclass(frozen=True, slots=True)
class Expired:
    """How many sessions and codes are gone."""

    sessions: int
    activations: int


@transaction.atomic
def expire(*, permit: Permit, at: datetime) -> Expired:
    """Remove the sessions and end the codes that expired before a moment; whose they were is logged."""
    permit.demand(Item.USER_CREDENTIALS, use=Use.WRITE)
    act = act_of(permit, Operation.LOG_IN, Effect.DELETE)
    sessions, _ = Session.objects.filter(expire_date__lte=at).delete()
    activated = _end_activations(at)
    met = _forget_sessions() | activated
    record(act, [of_user(user, _ITEMS, manner=Manner.COMPUTED) for user in sorted(met)])
    return Expired(sessions, len(activated))


def _forget_sessions() -> set[UUID]:
    """Where somebody was logged in is kept beside the session, and goes with it."""
    lives = Session.objects.filter(session_key=OuterRef("session_key"))
    over = UserSession.objects.filter(~Exists(lives))
    users = set(over.values_list("user_id", flat=True))
    UserSession.objects.filter(~Exists(lives)).delete()
    return users


def _end_activations(at: datetime) -> set[UUID]:
    over = models.Activation.objects.filter(used_at=None, ended_at=None, expires_at__lte=at)
    users = set(over.values_list("user_id", flat=True))
    over.update(ended_at=at, mail_digest="")
    return users
