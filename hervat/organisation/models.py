"""The tables of the organisation: users, units, postings, and what must always be true of them.

What Django cannot say stands in `migrations/0002_guards.py`: the tree without cycles, no two of the same
posting at once, codes that never change, and which columns the application's role may change.
Must never: hold a permission of Django's own; what somebody may do is decided at the door.
Read next: `rules/postings.py`, docs/organisation.md.
"""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Lower, Now

from hervat.organisation.rules.deputies import DeputyReason, EndReason
from hervat.organisation.rules.postings import DOCTORS, POSTED, UNIT_ROLES
from hervat.organisation.rules.units import UnitKind
from hervat.register.vocabulary import Item

# Plain texts: a migration must not need these enums to stay as they are.
_SERVICE_BRANCH = UnitKind.SERVICE_BRANCH.value
_POSTED = sorted(role.value for role in POSTED)
_UNIT_ROLES = sorted(role.value for role in UNIT_ROLES)
_DOCTORS = sorted(role.value for role in DOCTORS)


class Users(BaseUserManager["User"]):
    """Finds a user for log-in; an address is kept in small letters."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who can log in. `code` is the name under which the journal knows them, for ever."""

    ITEMS: ClassVar[dict[str, Item]] = {
        "name": Item.USER_NAME,
        "email": Item.USER_CONTACT,
        "password": Item.USER_CREDENTIALS,
        "disabled_on": Item.USER_POSTING,
        "wants_digest": Item.USER_CONTACT,
        "language": Item.USER_CONTACT,
    }
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    code = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, unique=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    disabled_on = models.DateField(null=True)
    wants_digest = models.BooleanField(default=True, db_default=True)
    language = models.CharField(max_length=2, default="nl", db_default="nl")
    # Who logged in when is the journal's; a second copy would have a term of its own.
    last_login = None

    objects = Users()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_in_small_letters"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
            models.CheckConstraint(condition=Q(language__in=["nl", "en"]), name="user_language_is_ours"),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.disabled_on is None

    def __str__(self) -> str:
        return str(self.code)


class Unit(models.Model):
    """A unit of the organisation; it is closed, never removed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    abbreviation = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="unit_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=_SERVICE_BRANCH, parent=None)
                | (~Q(kind=_SERVICE_BRANCH) & Q(parent__isnull=False)),
                name="unit_stands_under_one_unless_a_part",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(abbreviation=""), name="unit_has_a_name"),
            models.UniqueConstraint(Lower("abbreviation"), name="unit_abbreviation_is_unique"),
        ]

    def __str__(self) -> str:
        return self.abbreviation


_NO_APPROVAL = Q(approved_on=None, approved_by=None, approved_by_kind=None)
_NO_REVOCATION = Q(revoked_on=None, revoked_by=None, revoked_by_kind=None, revoke_reason="")
_USER_AS_ACTOR = Cast("user_id", models.TextField())


class Posting(models.Model):
    """Somebody in a role, for a unit or not, from a day through a day. A correction is a new row."""

    ITEMS: ClassVar[dict[str, Item]] = dict.fromkeys(
        (
            *("user", "role", "unit", "below", "below_reason", "starts_on", "ends_on"),
            *("granted_by", "granted_at", "approved_by", "approved_on"),
            *("revoked_by", "revoked_on", "revoke_reason"),
        ),
        Item.USER_POSTING,
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    below = models.BooleanField(default=False)
    below_reason = models.CharField(max_length=200, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    granted_by_kind = models.CharField(max_length=20)
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    approved_by_kind = models.CharField(max_length=20, null=True)
    approved_by = models.CharField(max_length=64, null=True)
    approved_on = models.DateField(null=True)
    revoked_by_kind = models.CharField(max_length=20, null=True)
    revoked_by = models.CharField(max_length=64, null=True)
    revoked_on = models.DateField(null=True)
    revoke_reason = models.CharField(max_length=200, default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=_POSTED), name="posting_role_is_posted"),
            models.CheckConstraint(
                condition=Q(role__in=_UNIT_ROLES, unit__isnull=False)
                | (~Q(role__in=_UNIT_ROLES) & Q(unit=None)),
                name="posting_unit_belongs_to_role",
            ),
            models.CheckConstraint(
                condition=Q(below=False, below_reason="")
                | (Q(below=True, unit__isnull=False) & ~Q(below_reason="")),
                name="posting_below_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="posting_ends_after_its_start",
            ),
            models.CheckConstraint(condition=~Q(granted_by=_USER_AS_ACTOR), name="posting_not_to_oneself"),
            models.CheckConstraint(
                condition=_NO_APPROVAL
                | (
                    Q(role__in=_DOCTORS, approved_on__isnull=False, approved_by__isnull=False)
                    & Q(approved_by_kind__isnull=False, approved_by_kind=F("granted_by_kind"))
                    & ~Q(approved_by=F("granted_by"))
                    & ~Q(approved_by=_USER_AS_ACTOR)
                ),
                name="posting_approved_by_a_second",
            ),
            models.CheckConstraint(
                condition=_NO_REVOCATION
                | (
                    Q(revoked_on__isnull=False, revoked_by__isnull=False, revoked_by_kind__isnull=False)
                    & ~Q(revoke_reason="")
                ),
                name="posting_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Deputy(models.Model):
    """That somebody acts for a colleague in one posting, from a day through a day. A correction is a new row.

    That the posting is the principal's, how long it may last, and that no two are the same at once, stands in
    `migrations/0006_deputy_guards.py`.
    """

    ITEMS: ClassVar[dict[str, Item]] = dict.fromkeys(
        (
            *("posting", "principal", "deputy", "starts_on", "ends_on", "reason", "named_by", "named_at"),
            *("revoked_by", "revoked_on", "revoke_reason"),
        ),
        Item.USER_DEPUTY,
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    principal = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=20)
    named_by_kind = models.CharField(max_length=20)
    named_by = models.CharField(max_length=64)
    named_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_by_kind = models.CharField(max_length=20, null=True)
    revoked_by = models.CharField(max_length=64, null=True)
    revoked_on = models.DateField(null=True)
    revoke_reason = models.CharField(max_length=20, default="")

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(deputy=F("principal")), name="deputy_is_somebody_else"),
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in DeputyReason]), name="deputy_has_a_reason"
            ),
            models.CheckConstraint(
                condition=_NO_REVOCATION
                | (
                    Q(revoked_on__isnull=False, revoked_by__isnull=False, revoked_by_kind__isnull=False)
                    & Q(revoke_reason__in=[one.value for one in EndReason])
                ),
                name="deputy_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Activation(models.Model):
    """That somebody may choose a password: a code on paper, and beside it one by e-mail. Used once."""

    ITEMS: ClassVar[dict[str, Item]] = dict.fromkeys(
        ("user", "paper_digest", "mail_digest", "made_by", "made_at", "used_at", "ended_at"),
        Item.USER_CREDENTIALS,
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paper_digest = models.CharField(max_length=64, unique=True)
    renew_factors = models.BooleanField(default=False)
    made_by_kind = models.CharField(max_length=20)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    mail_digest = models.CharField(max_length=64, default="")
    mail_expires_at = models.DateTimeField(null=True)
    mails = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, ended_at=None),
                name="activation_one_open_for_each_user",
            ),
            models.CheckConstraint(condition=~Q(made_by=_USER_AS_ACTOR), name="activation_not_for_oneself"),
            models.CheckConstraint(
                condition=Q(paper_digest__regex=r"^[0-9a-f]{64}$"), name="activation_keeps_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
