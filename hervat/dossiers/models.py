"""The tables of the dossiers: what identifies or describes a person is sealed, what lists need is readable.

Facts stand in versions: a correction is a new row, the old one stays with the day it was replaced. What
Django cannot say stands in `migrations/0002_row_security.py`: which columns the application may change, and
that without a signed permit there is nothing to read. Every field names its item in `ITEMS`.
Must never: hold a fact of a person that the register does not name, or one unsealed beside those dates.
Read next: `rules/vocabulary.py`, `queries/permitted.py`, docs/security.md.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact, GreaterThanOrEqual

from hervat.dossiers.rules.vocabulary import FIELDS, AssignmentState, Closing, Part, Status
from hervat.register.vocabulary import Item

_SHORTEST_SEALED = 61
_OF_VERSIONS = {"recorded_by": Item.USER_ACTIVITY, "recorded_role": Item.USER_ACTIVITY}


def _items(part: Part) -> dict[str, Item]:
    return {field.value: field.item for field in FIELDS[part]} | _OF_VERSIONS


def _in_versions(table: str, parent: str, part: Part) -> list[models.BaseConstraint]:
    """What holds in every table of versions: numbered, one current, a correction says why, all sealed."""
    sealed = [GreaterThanOrEqual(Length(field.value), _SHORTEST_SEALED) for field in FIELDS[part]]
    return [
        models.UniqueConstraint(fields=[parent, "number"], name=f"{table}_number_is_unique"),
        models.UniqueConstraint(
            fields=[parent], condition=Q(replaced_at=None), name=f"{table}_one_is_current"
        ),
        models.CheckConstraint(
            condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
            name=f"{table}_correction_has_a_reason",
        ),
        models.CheckConstraint(condition=Q(*sealed), name=f"{table}_is_sealed"),
    ]


class Person(models.Model):
    """A re-integrant, under the id by which the journal knows them. Found by blind index only."""

    ITEMS: ClassVar[dict[str, Item]] = {
        "bsn_index": Item.BSN,
        "employee_index": Item.EMPLOYEE_ID,
        "user_code": Item.USER_POSTING,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bsn_index = models.BinaryField(null=True, unique=True)
    employee_index = models.BinaryField(null=True, unique=True)
    user_code = models.UUIDField(null=True, unique=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(Exact(Length("employee_index"), 16)) & Q(Exact(Length("bsn_index"), 16)),
                name="person_indexes_are_blind",
            )
        ]


class Dossier(models.Model):
    """The file of one person's re-integration. `version` goes up with every change to any part of it.

    `followed_on` is the first sick day of a newer case of this person, which runs in a dossier of its own.
    `awaits_report` is whether nobody has recorded yet that somebody fell ill: then no list of courses has it.
    """

    ITEMS: ClassVar[dict[str, Item]] = {
        "case_number": Item.CASE_NUMBER,
        "unit": Item.UNIT,
        "status": Item.CASE_NUMBER,
        "first_sick_on": Item.SICKNESS_ABSENCE,
        "opened_on": Item.CASE_NUMBER,
        "closed_on": Item.CASE_NUMBER,
        "informed_on": Item.CASE_NUMBER,
        "followed_on": Item.SICKNESS_ABSENCE,
        "awaits_report": Item.SICKNESS_ABSENCE,
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case_number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, default=Status.OPEN.value)
    first_sick_on = models.DateField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    informed_on = models.DateField(null=True)
    followed_on = models.DateField(null=True)
    version = models.IntegerField(default=1)
    awaits_report = models.BooleanField(db_default=False)

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "opened_on", "id"],
                condition=Q(status=Status.OPEN.value, awaits_report=True),
                name="dossier_awaits_report",
            ),
            models.Index(fields=["unit", "status", "opened_on", "id"], name="dossier_of_unit"),
            models.Index(fields=["status", "opened_on", "id"], name="dossier_by_opening"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case_number__regex=r"^[3-9CDFHJKLMNPQRTVWX]{12}$"),
                name="dossier_case_number_has_its_form",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN.value, closed_on=None)
                | Q(status=Status.CLOSED.value, closed_on__gte=F("opened_on")),
                name="dossier_is_closed_on_a_day",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="dossier_version_is_positive"),
            models.CheckConstraint(
                condition=Q(followed_on=None) | Q(followed_on__gt=F("first_sick_on")),
                name="dossier_is_followed_by_a_later_one",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status=Status.OPEN.value, followed_on=None),
                name="dossier_one_is_open",
            ),
        ]


class Version(models.Model):
    """What every table of versions has: who recorded what when, in which version of the dossier, and why."""

    id = models.BigAutoField(primary_key=True)
    number = models.IntegerField()
    dossier_version = models.IntegerField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.CharField(max_length=64)
    recorded_role = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, default="")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Identity(Version):
    """Who somebody is. `made_in` is the dossier in which it was recorded."""

    ITEMS: ClassVar[dict[str, Item]] = _items(Part.IDENTITY)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_in = models.UUIDField()
    name = models.BinaryField(null=True)
    address = models.BinaryField(null=True)
    birth_date = models.BinaryField(null=True)
    sex = models.BinaryField(null=True)
    email = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    employee_id = models.BinaryField(null=True)
    bsn = models.BinaryField(null=True)
    payroll_tax_number = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = _in_versions("identity", "person", Part.IDENTITY)


class Appointment(Version):
    """What somebody was appointed to. `made_in` is the dossier in which it was recorded."""

    ITEMS: ClassVar[dict[str, Item]] = _items(Part.APPOINTMENT)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_in = models.UUIDField()
    service_branch = models.BinaryField(null=True)
    duties = models.BinaryField(null=True)
    job_description = models.BinaryField(null=True)
    ends_on = models.BinaryField(null=True)
    dismissed_on = models.BinaryField(null=True)
    dismissal_reason = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = _in_versions("appointment", "person", Part.APPOINTMENT)


class WorkFacts(Version):
    """How it stands with work: relation, conflict, reachability, end of pay, and the outcome."""

    ITEMS: ClassVar[dict[str, Item]] = _items(Part.WORK)

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    work_relation = models.BinaryField(null=True)
    work_conflict = models.BinaryField(null=True)
    reachable_9_10 = models.BinaryField(null=True)
    reachable_10_5 = models.BinaryField(null=True)
    reachability_note = models.BinaryField(null=True)
    pay_ends_on = models.BinaryField(null=True)
    outcome = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = _in_versions("work_facts", "dossier", Part.WORK)


class BenefitFacts(Version):
    """The Sickness Act, the WIA, a wage sanction and the WGA."""

    ITEMS: ClassVar[dict[str, Item]] = _items(Part.BENEFITS)

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    sickness_act = models.BinaryField(null=True)
    wia = models.BinaryField(null=True)
    sanction = models.BinaryField(null=True)
    wga = models.BinaryField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = _in_versions("benefit_facts", "dossier", Part.BENEFITS)


class Event(models.Model):
    """A dossier was closed or opened again: when, by whom, why."""

    ITEMS: ClassVar[dict[str, Item]] = {
        "kind": Item.CASE_NUMBER,
        "reason": Item.CASE_NUMBER,
        "recorded_by": Item.USER_ACTIVITY,
        "recorded_role": Item.USER_ACTIVITY,
    }

    id = models.BigAutoField(primary_key=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    happened_on = models.DateField()
    dossier_version = models.IntegerField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.CharField(max_length=64)
    recorded_role = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Closing]) & ~Q(reason=""),
                name="event_says_what_and_why",
            )
        ]


_PROPOSED = Q(state=AssignmentState.PROPOSED.value)
_NOT_DECIDED = Q(decided_on=None, decided_by="")
_DECIDED = Q(decided_on__isnull=False) & ~Q(decided_by="")
_NOT_ENDED = Q(ended_on=None, ended_by="")
_ENDED = Q(ended_on__isnull=False) & ~Q(ended_by="")


class Assignment(models.Model):
    """Somebody works on a dossier in a role, from a day through a day; every state stays."""

    ITEMS: ClassVar[dict[str, Item]] = dict.fromkeys(
        (
            *("user_code", "role", "state", "first_day", "last_day", "ground", "why"),
            *("proposed_by", "decided_by", "decided_on", "ended_by", "ended_on"),
        ),
        Item.USER_ASSIGNMENT,
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    user_code = models.UUIDField()
    role = models.CharField(max_length=40)
    state = models.CharField(max_length=20, default=AssignmentState.PROPOSED.value)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    ground = models.CharField(max_length=40, default="")
    why = models.BinaryField(null=True)
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    proposed_by = models.CharField(max_length=64)
    proposed_role = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=64, default="")
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=64, default="")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["user_code", "role"], name="assignment_of_user")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(_PROPOSED & _NOT_DECIDED & _NOT_ENDED)
                | (
                    Q(state__in=[AssignmentState.ACCEPTED.value, AssignmentState.REJECTED.value])
                    & _DECIDED
                    & _NOT_ENDED
                )
                | (Q(state=AssignmentState.ENDED.value) & _DECIDED & _ENDED),
                name="assignment_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="assignment_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(ground="", why=None)
                | (
                    ~Q(ground="")
                    & Q(last_day__isnull=False, why__isnull=False)
                    & Q(GreaterThanOrEqual(Length("why"), _SHORTEST_SEALED))
                ),
                name="assignment_ground_has_reason_and_end",
            ),
            models.CheckConstraint(
                condition=~Q(role="jurist-jdv", ground=""), name="assignment_by_case_has_a_ground"
            ),
            models.UniqueConstraint(
                fields=["dossier", "user_code", "role"],
                condition=Q(state__in=[AssignmentState.PROPOSED.value, AssignmentState.ACCEPTED.value]),
                name="assignment_runs_once",
            ),
        ]


class NameToken(models.Model):
    """A keyed token of the beginning of a word of a name. Derived: it can be made again from the names."""

    ITEMS: ClassVar[dict[str, Item]] = {"token": Item.NAME_AND_ADDRESS}

    pk = models.CompositePrimaryKey("token", "unit_id", "dossier_id")
    token = models.BigIntegerField()
    unit_id = models.UUIDField()
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()
