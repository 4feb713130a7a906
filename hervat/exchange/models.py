"""The tables of the exchange: which messages came, which were set apart, and which systems may send.

The inbox keeps that a message came and what became of it; nothing of what it said, and nobody. What was set
apart is sealed under a key of its own, and reached by the unit it is for (`migrations/0002_rights.py`).
Must never: hold a person, or a payload unsealed. Read next: `actions/receive.py`, docs/personnel-feed.md.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact, GreaterThanOrEqual

from hervat.exchange.rules.vocabulary import DiscardReason, Outcome, QuarantineState
from hervat.register.vocabulary import Item

_SHORTEST_SEALED = 61
_OUTCOMES = [outcome.value for outcome in Outcome]


class Inbox(models.Model):
    """That a message came, by its own number; `about` is the earlier message that it corrects or withdraws.

    A line without a number gets one of its digest, which is keyed: it tells nothing of the line.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    digest = models.BinaryField()
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=24)
    about = models.UUIDField(null=True)
    received_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="inbox_about"),
            # Rows come in the order of their days, and go so.
            BrinIndex(fields=["received_at"], name="inbox_by_day"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(Exact(Length("digest"), 32)), name="inbox_keeps_a_digest"),
            models.CheckConstraint(condition=Q(outcome__in=_OUTCOMES), name="inbox_outcome_is_known"),
        ]


_OPEN = Q(state=QuarantineState.WAITING.value)


class Quarantined(models.Model):
    """A message that was set apart, under its number in the inbox, until somebody settles it or it expires.

    `place` is the unit it is for, or `NOWHERE`. `payload` goes as soon as it is settled, with its key.
    """

    ITEMS: ClassVar[dict[str, Item]] = {
        "payload": Item.SICKNESS_ABSENCE,
        "place": Item.UNIT,
        "settled_by": Item.USER_ACTIVITY,
        "settled_role": Item.USER_ACTIVITY,
    }

    id = models.UUIDField(primary_key=True, editable=False)
    place = models.UUIDField()
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    line = models.IntegerField(null=True)
    payload = models.BinaryField(null=True)
    state = models.CharField(max_length=20, default=QuarantineState.WAITING.value)
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    received_on = models.DateField()
    expires_on = models.DateField()
    version = models.IntegerField(default=1)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=64, default="")
    settled_role = models.CharField(max_length=40, default="")
    reason = models.CharField(max_length=40, default="")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["place", "received_at", "id"], condition=_OPEN, name="quarantine_of_place"),
            models.Index(fields=["expires_on"], condition=_OPEN, name="quarantine_expires"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in QuarantineState]),
                name="quarantine_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(payload=None) | Q(GreaterThanOrEqual(Length("payload"), _SHORTEST_SEALED)),
                name="quarantine_payload_is_sealed",
            ),
            models.CheckConstraint(
                condition=(_OPEN & Q(payload__isnull=False, settled_at=None, settled_by="", reason=""))
                | (~_OPEN & Q(payload=None, settled_at__isnull=False) & ~Q(settled_by="")),
                name="quarantine_settled_keeps_no_payload",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuarantineState.DISCARDED.value)
                | Q(reason__in=[reason.value for reason in DiscardReason]),
                name="quarantine_discarded_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("received_on")), name="quarantine_expires_later"
            ),
            models.CheckConstraint(condition=Q(line=None) | Q(line__gte=1), name="quarantine_line_counts"),
        ]


class Client(models.Model):
    """A system that may send messages. `name` is that of a system, never of a person."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=100)
    secret_digest = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="client_has_a_name"),
            models.CheckConstraint(
                condition=Q(Exact(Length("secret_digest"), 32)), name="client_keeps_a_digest"
            ),
        ]
