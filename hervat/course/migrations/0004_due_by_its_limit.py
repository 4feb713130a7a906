"""What is due is found by its limit: by role and kind, in a unit and along the days."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("course", "0003_lists_by_day"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="due",
            name="due_of_unit",
        ),
        migrations.RemoveIndex(
            model_name="due",
            name="due_of_unit_too",
        ),
        migrations.AddField(
            model_name="due",
            name="limit_on",
            field=models.GeneratedField(
                db_persist=True, expression=Coalesce("legal_limit", "due_on"), output_field=models.DateField()
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), ("reason_missing", True), _connector="OR"),
                fields=["unit_id", "role", "kind", "limit_on", "id"],
                name="due_in_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), models.Q(("also_role", ""), _negated=True)),
                fields=["unit_id", "also_role", "limit_on", "id"],
                name="due_in_unit_too",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), ("reason_missing", True), _connector="OR"),
                fields=["role", "kind", "limit_on", "id"],
                name="due_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="due",
            index=models.Index(
                condition=models.Q(("state", "open"), models.Q(("also_role", ""), _negated=True)),
                fields=["also_role", "limit_on", "id"],
                name="due_by_day_too",
            ),
        ),
    ]
