"""The inbox, the quarantine and the systems that may send; the rights come in 0002."""

import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Client",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("secret_digest", models.BinaryField()),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="client_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("secret_digest"), 32
                            )
                        ),
                        name="client_keeps_a_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("kind", models.CharField(max_length=20)),
                ("outcome", models.CharField(max_length=24)),
                ("about", models.UUIDField(null=True)),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("about__isnull", False)), fields=["about"], name="inbox_about"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("digest"), 32
                            )
                        ),
                        name="inbox_keeps_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "dossier-geopend",
                                    "dossier-heropend",
                                    "vastgelegd",
                                    "niets-nieuws",
                                    "niet-ziek-niet-bewaard",
                                    "al-ontvangen",
                                    "in-quarantaine",
                                    "afgewezen",
                                ],
                            )
                        ),
                        name="inbox_outcome_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("place", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("code", models.CharField(max_length=40)),
                ("line", models.IntegerField(null=True)),
                ("payload", models.BinaryField(null=True)),
                ("state", models.CharField(default="wacht", max_length=20)),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("received_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("version", models.IntegerField(default=1)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(default="", max_length=64)),
                ("settled_role", models.CharField(default="", max_length=40)),
                ("reason", models.CharField(default="", max_length=40)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "wacht")),
                        fields=["place", "received_at", "id"],
                        name="quarantine_of_place",
                    ),
                    models.Index(
                        condition=models.Q(("state", "wacht")),
                        fields=["expires_on"],
                        name="quarantine_expires",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["wacht", "vrijgegeven", "afgewezen", "verlopen"])),
                        name="quarantine_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("payload", None),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("payload"), 61
                            ),
                            _connector="OR",
                        ),
                        name="quarantine_payload_is_sealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "wacht"),
                                ("payload__isnull", False),
                                ("reason", ""),
                                ("settled_at", None),
                                ("settled_by", ""),
                            ),
                            models.Q(
                                models.Q(("state", "wacht"), _negated=True),
                                ("payload", None),
                                ("settled_at__isnull", False),
                                models.Q(("settled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quarantine_settled_keeps_no_payload",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "afgewezen"), _negated=True),
                            (
                                "reason__in",
                                [
                                    "bericht-klopt-niet",
                                    "met-de-hand-vastgelegd",
                                    "opnieuw-gestuurd",
                                    "niet-voor-ons",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="quarantine_discarded_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("received_on"))),
                        name="quarantine_expires_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("line", None), ("line__gte", 1), _connector="OR"),
                        name="quarantine_line_counts",
                    ),
                ],
            },
        ),
    ]
