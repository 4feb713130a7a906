"""Facts, what is due, and how each dossier stands; the rights come in 0002."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=40)),
                ("happened_on", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("detail", models.BinaryField(null=True)),
                ("source", models.CharField(max_length=20)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_role", models.CharField(max_length=40)),
                ("dossier_version", models.IntegerField()),
                ("reason", models.CharField(default="", max_length=40)),
                ("withdraws", models.BooleanField(default=False)),
                ("replaced_at", models.DateTimeField(null=True)),
                ("message_key", models.BinaryField(null=True, unique=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course.fact",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("unit_id", models.UUIDField()),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=40)),
                ("nth_case", models.SmallIntegerField(default=1)),
                ("occurrence", models.SmallIntegerField(default=1)),
                ("role", models.CharField(max_length=40)),
                ("also_role", models.CharField(default="", max_length=40)),
                ("due_on", models.DateField()),
                ("opens_on", models.DateField(null=True)),
                ("legal_limit", models.DateField(null=True)),
                ("state", models.CharField(default="open", max_length=20)),
                ("done_on", models.DateField(null=True)),
                ("done_by", models.CharField(default="", max_length=64)),
                ("done_late_days", models.IntegerField(default=0)),
                ("reason_missing", models.BooleanField(default=False)),
                ("reason_code", models.CharField(default="", max_length=40)),
                ("explanation", models.BinaryField(null=True)),
                ("reason_by", models.CharField(default="", max_length=64)),
                ("reason_on", models.DateField(null=True)),
                ("title", models.BinaryField(null=True)),
                ("made_by", models.CharField(default="", max_length=64)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course.fact",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="dossiers.dossier",
                    ),
                ),
                ("unit_id", models.UUIDField()),
                ("first_sick_on", models.DateField()),
                ("counted_from", models.DateField(null=True)),
                ("recovered_on", models.DateField(null=True)),
                ("turns_on", models.DateField(null=True)),
                ("wait_ends_on", models.DateField()),
                ("next_due_on", models.DateField(null=True)),
                ("next_code", models.CharField(default="", max_length=40)),
                ("next_role", models.CharField(default="", max_length=40)),
                ("late_from", models.DateField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["unit_id", "next_due_on", "dossier"], name="standing_by_due"),
                    models.Index(fields=["unit_id", "first_sick_on", "dossier"], name="standing_by_sickness"),
                    models.Index(fields=["unit_id", "counted_from", "dossier"], name="standing_by_week"),
                    models.Index(
                        condition=models.Q(("turns_on__isnull", False)),
                        fields=["turns_on"],
                        name="standing_turns",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "ziek",
                            "hersteld",
                            "percentage",
                            "verlof",
                            "verlof-oorzaak",
                            "uren-eigen-werk",
                            "uren-aangepast-werk",
                            "contact",
                            "advies-bedrijfsarts",
                            "plan-van-aanpak",
                            "bijstelling-plan",
                            "evaluatie",
                            "42e-weeksmelding",
                            "eerstejaarsevaluatie",
                            "tweede-spoor",
                            "kennisgeving-uwv",
                            "actueel-oordeel",
                            "re-integratieverslag",
                            "wia-aanvraag",
                            "loonsanctie",
                            "herstel-gemeld",
                            "herstel-vastgesteld",
                            "vrijwillige-verlenging",
                            "vervroegde-iva",
                            "belastbaarheid",
                        ],
                    ),
                    ("source__in", ["mens", "personeelssysteem"]),
                ),
                name="fact_kind_and_road_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("replaces", None), ("withdraws", False)),
                    models.Q(("replaces__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="fact_correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdraws", False), ("replaced_at__isnull", False), _connector="OR"),
                name="fact_withdrawal_stands_for_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day", None), ("last_day__gte", models.F("happened_on")), _connector="OR"
                ),
                name="fact_ends_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("detail", None),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("detail"), 61
                    ),
                    _connector="OR",
                ),
                name="fact_detail_is_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(("recorded_by", ""), _negated=True), name="fact_says_who"
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("message_key", None),
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("message_key"), 32),
                    _connector="OR",
                ),
                name="fact_message_key_is_a_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), ("reason_missing", True), _connector="OR"),
                fields=["unit_id", "role", "due_on", "id"],
                name="due_of_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), models.Q(("also_role", ""), _negated=True)),
                fields=["unit_id", "also_role", "due_on", "id"],
                name="due_of_unit_too",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.UniqueConstraint(
                fields=("dossier", "kind", "code", "nth_case", "occurrence"), name="due_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["stap", "eigen", "signaal"]),
                    ("state__in", ["open", "gedaan", "vervallen", "overgeslagen"]),
                ),
                name="due_kind_and_state_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", False), ("state", "gedaan")),
                    models.Q(
                        models.Q(("state", "gedaan"), _negated=True),
                        ("done_by", ""),
                        ("done_late_days", 0),
                        ("done_on", None),
                        ("fact", None),
                    ),
                    _connector="OR",
                ),
                name="due_is_done_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("explanation", None), ("reason_by", ""), ("reason_code", ""), ("reason_on", None)
                    ),
                    models.Q(
                        models.Q(("reason_code", ""), _negated=True),
                        ("explanation__isnull", False),
                        models.Q(("reason_by", ""), _negated=True),
                        ("reason_on__isnull", False),
                        (
                            "reason_code__in",
                            [
                                "wachten-op-arts",
                                "wachten-op-anderen",
                                "niet-bereikt",
                                "uitzending-of-oefening",
                                "verlof",
                                "overdracht-of-vervanging",
                                "laat-bekend-geworden",
                                "terugkeer-nabij",
                                "anders-afgesproken",
                                "vergeten",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="due_reason_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "overgeslagen"), _negated=True),
                    models.Q(("reason_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="due_skipped_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason_missing", False),
                    models.Q(("reason_code", ""), ("state", "gedaan")),
                    _connector="OR",
                ),
                name="due_reason_is_missing_only_when_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "eigen"), ("title__isnull", False), models.Q(("made_by", ""), _negated=True)
                    ),
                    models.Q(models.Q(("kind", "eigen"), _negated=True), ("made_by", ""), ("title", None)),
                    _connector="OR",
                ),
                name="due_own_task_has_title_and_maker",
            ),
        ),
        migrations.AddConstraint(
            model_name="due",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("title", None),
                        django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("title"), 61
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("explanation", None),
                        django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("explanation"), 61
                        ),
                        _connector="OR",
                    ),
                ),
                name="due_texts_are_sealed",
            ),
        ),
    ]
