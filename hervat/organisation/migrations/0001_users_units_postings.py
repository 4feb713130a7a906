"""Users, units and postings, with what Django can say of what must always be true."""

import uuid

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "code",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("disabled_on", models.DateField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower(models.F("email")))
                        ),
                        name="user_email_in_small_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="user_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("abbreviation", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("closed_on", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("role", models.CharField(max_length=40)),
                ("below", models.BooleanField(default=False)),
                ("below_reason", models.CharField(default="", max_length=200)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("granted_by_kind", models.CharField(max_length=20)),
                ("granted_by", models.CharField(max_length=64)),
                (
                    "granted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("approved_by_kind", models.CharField(max_length=20, null=True)),
                ("approved_by", models.CharField(max_length=64, null=True)),
                ("approved_on", models.DateField(null=True)),
                ("revoked_by_kind", models.CharField(max_length=20, null=True)),
                ("revoked_by", models.CharField(max_length=64, null=True)),
                ("revoked_on", models.DateField(null=True)),
                ("revoke_reason", models.CharField(default="", max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["defensieonderdeel", "eenheid", "sub-eenheid"])),
                name="unit_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "defensieonderdeel"), ("parent", None)),
                    models.Q(
                        models.Q(("kind", "defensieonderdeel"), _negated=True), ("parent__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="unit_stands_under_one_unless_a_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("abbreviation", ""), _negated=True)
                ),
                name="unit_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("abbreviation"), name="unit_abbreviation_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "arbeidsdeskundige",
                            "archivaris",
                            "arts-egb",
                            "auditor",
                            "bedrijfsarts",
                            "commandant",
                            "fg",
                            "functioneel-beheerder",
                            "future",
                            "jurist-jdv",
                            "management",
                            "medewerker-dcr",
                            "onderzoeker",
                            "oobb",
                            "po-adviseur",
                            "robidus",
                            "verzekeringsarts",
                        ],
                    )
                ),
                name="posting_role_is_posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ["commandant", "oobb", "po-adviseur"]), ("unit__isnull", False)),
                    models.Q(
                        models.Q(("role__in", ["commandant", "oobb", "po-adviseur"]), _negated=True),
                        ("unit", None),
                    ),
                    _connector="OR",
                ),
                name="posting_unit_belongs_to_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("below", False), ("below_reason", "")),
                    models.Q(
                        ("below", True),
                        ("unit__isnull", False),
                        models.Q(("below_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="posting_below_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="posting_ends_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_by", django.db.models.functions.comparison.Cast("user_id", models.TextField())),
                    _negated=True,
                ),
                name="posting_not_to_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("approved_by_kind", None), ("approved_on", None)),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("approved_on__isnull", False),
                        ("role__in", ["arts-egb", "bedrijfsarts", "verzekeringsarts"]),
                        ("approved_by_kind", models.F("granted_by_kind")),
                        ("approved_by_kind__isnull", False),
                        models.Q(("approved_by", models.F("granted_by")), _negated=True),
                        models.Q(
                            (
                                "approved_by",
                                django.db.models.functions.comparison.Cast("user_id", models.TextField()),
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="posting_approved_by_a_second",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoke_reason", ""),
                        ("revoked_by", None),
                        ("revoked_by_kind", None),
                        ("revoked_on", None),
                    ),
                    models.Q(
                        ("revoked_by__isnull", False),
                        ("revoked_by_kind__isnull", False),
                        ("revoked_on__isnull", False),
                        models.Q(("revoke_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="posting_revocation_is_whole",
            ),
        ),
    ]
