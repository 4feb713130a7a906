"""People, dossiers, their facts in versions, assignments and name tokens; the rights come in 0002."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_users_units_postings"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("case_number", models.CharField(max_length=12, unique=True)),
                ("status", models.CharField(default="open", max_length=10)),
                ("first_sick_on", models.DateField()),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("informed_on", models.DateField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
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
            name="NameToken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token",
                        "unit_id",
                        "dossier_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token", models.BigIntegerField()),
                ("unit_id", models.UUIDField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("bsn_index", models.BinaryField(null=True, unique=True)),
                ("employee_index", models.BinaryField(unique=True)),
                ("user_code", models.UUIDField(null=True, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("employee_index"), 16
                            ),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("bsn_index"), 16
                            ),
                        ),
                        name="person_indexes_are_blind",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.person"
            ),
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("dossier_version", models.IntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                ("reason", models.CharField(default="", max_length=40)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("made_in", models.UUIDField()),
                ("service_branch", models.BinaryField(null=True)),
                ("duties", models.BinaryField(null=True)),
                ("job_description", models.BinaryField(null=True)),
                ("ends_on", models.BinaryField(null=True)),
                ("dismissed_on", models.BinaryField(null=True)),
                ("dismissal_reason", models.BinaryField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.person",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WorkFacts",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("dossier_version", models.IntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                ("reason", models.CharField(default="", max_length=40)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("work_relation", models.BinaryField(null=True)),
                ("work_conflict", models.BinaryField(null=True)),
                ("reachable_9_10", models.BinaryField(null=True)),
                ("reachable_10_5", models.BinaryField(null=True)),
                ("reachability_note", models.BinaryField(null=True)),
                ("pay_ends_on", models.BinaryField(null=True)),
                ("outcome", models.BinaryField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BenefitFacts",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("dossier_version", models.IntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                ("reason", models.CharField(default="", max_length=40)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("sickness_act", models.BinaryField(null=True)),
                ("wia", models.BinaryField(null=True)),
                ("sanction", models.BinaryField(null=True)),
                ("wga", models.BinaryField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "number"), name="benefit_facts_number_is_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("dossier",),
                        name="benefit_facts_one_is_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="benefit_facts_correction_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("sickness_act"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("wia"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("sanction"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("wga"), 61
                            ),
                        ),
                        name="benefit_facts_is_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("user_code", models.UUIDField()),
                ("role", models.CharField(max_length=40)),
                ("state", models.CharField(default="voorgesteld", max_length=20)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("ground", models.CharField(default="", max_length=40)),
                ("why", models.BinaryField(null=True)),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("proposed_by", models.CharField(max_length=64)),
                ("proposed_role", models.CharField(max_length=40)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("decided_by", models.CharField(default="", max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.CharField(default="", max_length=64)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["user_code", "role"], name="assignment_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "voorgesteld"),
                                ("decided_by", ""),
                                ("decided_on", None),
                                ("ended_by", ""),
                                ("ended_on", None),
                            ),
                            models.Q(
                                ("state__in", ["aanvaard", "afgewezen"]),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                                ("ended_by", ""),
                                ("ended_on", None),
                            ),
                            models.Q(
                                ("state", "beeindigd"),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                                ("ended_on__isnull", False),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_state_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day", None), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="assignment_ends_after_its_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), ("why", None)),
                            models.Q(
                                models.Q(("ground", ""), _negated=True),
                                ("last_day__isnull", False),
                                ("why__isnull", False),
                                django.db.models.lookups.GreaterThanOrEqual(
                                    django.db.models.functions.text.Length("why"), 61
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="assignment_ground_has_reason_and_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), ("role", "jurist-jdv"), _negated=True),
                        name="assignment_by_case_has_a_ground",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["voorgesteld", "aanvaard"])),
                        fields=("dossier", "user_code", "role"),
                        name="assignment_runs_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("reason", models.CharField(max_length=40)),
                ("happened_on", models.DateField()),
                ("dossier_version", models.IntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["gesloten", "heropend"]), models.Q(("reason", ""), _negated=True)
                        ),
                        name="event_says_what_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("dossier_version", models.IntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                ("reason", models.CharField(default="", max_length=40)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("made_in", models.UUIDField()),
                ("name", models.BinaryField(null=True)),
                ("address", models.BinaryField(null=True)),
                ("birth_date", models.BinaryField(null=True)),
                ("sex", models.BinaryField(null=True)),
                ("email", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("employee_id", models.BinaryField(null=True)),
                ("bsn", models.BinaryField(null=True)),
                ("payroll_tax_number", models.BinaryField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.person",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("person", "number"), name="identity_number_is_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("person",),
                        name="identity_one_is_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="identity_correction_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("name"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("address"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("birth_date"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("sex"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("email"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("phone"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("employee_id"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("bsn"), 61
                            ),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("payroll_tax_number"), 61
                            ),
                        ),
                        name="identity_is_sealed",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["unit", "status", "opened_on", "id"], name="dossier_of_unit"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["status", "opened_on", "id"], name="dossier_by_opening"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_number__regex", "^[3-9CDFHJKLMNPQRTVWX]{12}$")),
                name="dossier_case_number_has_its_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("status", "open")),
                    models.Q(("closed_on__gte", models.F("opened_on")), ("status", "gesloten")),
                    _connector="OR",
                ),
                name="dossier_is_closed_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="dossier_version_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")), fields=("person",), name="dossier_one_is_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                fields=("person", "number"), name="appointment_number_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("person",),
                name="appointment_one_is_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1),
                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="appointment_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("service_branch"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("duties"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("job_description"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("ends_on"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("dismissed_on"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("dismissal_reason"), 61
                    ),
                ),
                name="appointment_is_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="workfacts",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"), name="work_facts_number_is_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="workfacts",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("dossier",),
                name="work_facts_one_is_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="workfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1),
                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="work_facts_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="workfacts",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("work_relation"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("work_conflict"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("reachable_9_10"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("reachable_10_5"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("reachability_note"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("pay_ends_on"), 61
                    ),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("outcome"), 61
                    ),
                ),
                name="work_facts_is_sealed",
            ),
        ),
    ]
