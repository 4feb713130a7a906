"""Which dossiers nobody has recorded a sickness in yet, so that they can be found without reading the others.

Roads that bring the report with the dossier leave it as it is; the index holds only those that wait, and so
next to none of a million. What was opened before is marked by the course, which knows the reports.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def grant(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(f"GRANT UPDATE (awaits_report) ON dossiers_dossier TO {role}")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_proposals")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("dossier", "awaits_report", models.BooleanField(db_default=False)),
        migrations.AddIndex(
            "dossier",
            models.Index(
                fields=["unit", "opened_on", "id"],
                condition=models.Q(status="open", awaits_report=True),
                name="dossier_awaits_report",
            ),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
