"""The tables of the course: facts, which are never changed, and what follows from them, which is derived.

A correction of a fact is a new row that replaces the old one, with a reason; a withdrawal is such a row that
stands for nothing. What is due and how a dossier stands can be made again from the facts at any moment, but
for what people said of it: that a step was skipped, and why it was late. What Django cannot say stands in
`migrations/0002_row_security.py`. Must never: hold what somebody wrote, or a detail, unsealed.
Read next: `rules/vocabulary.py`, `actions/recording.py`, docs/course.md.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Length, Now
from django.db.models.lookups import Exact, GreaterThanOrEqual

from hervat.course.rules.vocabulary import DueKind, DueState, Kind, LateReason, Road
from hervat.register.vocabulary import Item

_SHORTEST_SEALED = 61


def _sealed(field: str) -> Q:
    return Q(**{field: None}) | Q(GreaterThanOrEqual(Length(field), _SHORTEST_SEALED))


class Fact(models.Model):
    """Something that happened on a day, as somebody recorded it. Its item follows from its kind."""

    ITEMS: ClassVar[dict[str, Item]] = {
        **{f"happened_on, last_day, detail [{kind}]": kind.item for kind in Kind},
        "recorded_by": Item.USER_ACTIVITY,
        "recorded_role": Item.USER_ACTIVITY,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    happened_on = models.DateField()
    last_day = models.DateField(null=True)
    detail = models.BinaryField(null=True)
    source = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.CharField(max_length=64)
    recorded_role = models.CharField(max_length=40)
    dossier_version = models.IntegerField()
    reason = models.CharField(max_length=40, default="")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    withdraws = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True)
    message_key = models.BinaryField(null=True, unique=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind])
                & Q(source__in=[road.value for road in Road]),
                name="fact_kind_and_road_are_known",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, reason="", withdraws=False)
                | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="fact_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdraws=False) | Q(replaced_at__isnull=False),
                name="fact_withdrawal_stands_for_nothing",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("happened_on")),
                name="fact_ends_after_its_start",
            ),
            models.CheckConstraint(condition=_sealed("detail"), name="fact_detail_is_sealed"),
            models.CheckConstraint(condition=~Q(recorded_by=""), name="fact_says_who"),
            models.CheckConstraint(
                condition=Q(message_key=None) | Q(Exact(Length("message_key"), 32)),
                name="fact_message_key_is_a_digest",
            ),
        ]


_OWN = Q(kind=DueKind.OWN.value)
_NO_REASON = Q(reason_code="", explanation=None, reason_by="", reason_on=None)
_REASON = ~Q(reason_code="") & Q(explanation__isnull=False) & ~Q(reason_by="") & Q(reason_on__isnull=False)


_RUNS = Q(state=DueState.OPEN.value) | Q(reason_missing=True)
_RUNS_TOO = Q(state=DueState.OPEN.value) & ~Q(also_role="")


class Due(models.Model):
    """Something that must be done, or wants attention, in one dossier. `unit_id` is that of the dossier.

    It is late after `limit_on`: the limit of the law, or else the day itself.

    `nth_case` and `occurrence` keep apart what recurs: an evaluation, and a second sickness in one dossier.
    """

    ITEMS: ClassVar[dict[str, Item]] = {
        "due_on": Item.SICKNESS_ABSENCE,
        "opens_on": Item.SICKNESS_ABSENCE,
        "legal_limit": Item.SICKNESS_ABSENCE,
        "limit_on": Item.SICKNESS_ABSENCE,
        **dict.fromkeys(
            (
                *("state", "done_on", "done_late_days", "reason_missing", "reason_code", "explanation"),
                *("reason_on", "title"),
            ),
            Item.GATEKEEPER_EMPLOYER,
        ),
        "state, done_on, reason_code, explanation [wia]": Item.WIA,
        "due_on [geen-contact]": Item.CONTACT_MOMENT,
        "done_by": Item.USER_ACTIVITY,
        "reason_by": Item.USER_ACTIVITY,
        "made_by": Item.USER_ACTIVITY,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    nth_case = models.SmallIntegerField(default=1)
    occurrence = models.SmallIntegerField(default=1)
    role = models.CharField(max_length=40)
    also_role = models.CharField(max_length=40, default="")
    due_on = models.DateField()
    opens_on = models.DateField(null=True)
    legal_limit = models.DateField(null=True)
    limit_on = models.GeneratedField(
        expression=Coalesce("legal_limit", "due_on"), output_field=models.DateField(), db_persist=True
    )
    state = models.CharField(max_length=20, default=DueState.OPEN.value)
    done_on = models.DateField(null=True)
    done_by = models.CharField(max_length=64, default="")
    done_late_days = models.IntegerField(default=0)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason_missing = models.BooleanField(default=False)
    reason_code = models.CharField(max_length=40, default="")
    explanation = models.BinaryField(null=True)
    reason_by = models.CharField(max_length=64, default="")
    reason_on = models.DateField(null=True)
    title = models.BinaryField(null=True)
    made_by = models.CharField(max_length=64, default="")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(
                fields=["unit_id", "role", "kind", "limit_on", "id"], condition=_RUNS, name="due_in_unit"
            ),
            models.Index(
                fields=["unit_id", "also_role", "limit_on", "id"], condition=_RUNS_TOO, name="due_in_unit_too"
            ),
            models.Index(fields=["role", "kind", "limit_on", "id"], condition=_RUNS, name="due_by_day"),
            models.Index(fields=["also_role", "limit_on", "id"], condition=_RUNS_TOO, name="due_by_day_too"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "code", "nth_case", "occurrence"], name="due_is_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DueKind])
                & Q(state__in=[state.value for state in DueState]),
                name="due_kind_and_state_are_known",
            ),
            models.CheckConstraint(
                condition=Q(state=DueState.DONE.value, done_on__isnull=False)
                | (~Q(state=DueState.DONE.value) & Q(done_on=None, done_by="", fact=None, done_late_days=0)),
                name="due_is_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=_NO_REASON | (_REASON & Q(reason_code__in=[reason.value for reason in LateReason])),
                name="due_reason_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=DueState.SKIPPED.value) | ~Q(reason_code=""),
                name="due_skipped_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reason_missing=False) | Q(state=DueState.DONE.value, reason_code=""),
                name="due_reason_is_missing_only_when_done",
            ),
            models.CheckConstraint(
                condition=(_OWN & Q(title__isnull=False) & ~Q(made_by=""))
                | (~_OWN & Q(title=None, made_by="")),
                name="due_own_task_has_title_and_maker",
            ),
            models.CheckConstraint(
                condition=_sealed("title") & _sealed("explanation"), name="due_texts_are_sealed"
            ),
        ]


class Standing(models.Model):
    """How an open dossier stands, for lists: one row each, made again with every change.

    `counted_from` is such that so many days have counted through a day as lie from it through that day;
    None while nothing counts. `turns_on` is the day on which this row must be made again though nothing
    changes: a leave begins or ends. `late_from` is the first limit of what is open. Where nothing is due
    `next_due_on` is the last day there is, so that lists by next day need no second order.
    """

    ITEMS: ClassVar[dict[str, Item]] = {
        **dict.fromkeys(
            ("first_sick_on", "counted_from", "recovered_on", "turns_on", "wait_ends_on"),
            Item.SICKNESS_ABSENCE,
        ),
        **dict.fromkeys(("next_due_on", "next_code", "next_role", "late_from"), Item.GATEKEEPER_EMPLOYER),
        "next_due_on, next_code, late_from [wia]": Item.WIA,
    }

    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    unit_id = models.UUIDField()
    first_sick_on = models.DateField()
    counted_from = models.DateField(null=True)
    recovered_on = models.DateField(null=True)
    turns_on = models.DateField(null=True)
    wait_ends_on = models.DateField()
    next_due_on = models.DateField()
    next_code = models.CharField(max_length=40, default="")
    next_role = models.CharField(max_length=40, default="")
    late_from = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["unit_id", "next_due_on", "dossier"], name="standing_by_due"),
            models.Index(fields=["unit_id", "first_sick_on", "dossier"], name="standing_by_sickness"),
            models.Index(fields=["unit_id", "counted_from", "dossier"], name="standing_by_week"),
            # For who has so many units that walking each of them costs more than walking the days.
            models.Index(fields=["next_due_on", "dossier"], name="standing_by_due_everywhere"),
            models.Index(fields=["first_sick_on", "dossier"], name="standing_by_sick_everywhere"),
            models.Index(fields=["turns_on"], condition=Q(turns_on__isnull=False), name="standing_turns"),
        ]
