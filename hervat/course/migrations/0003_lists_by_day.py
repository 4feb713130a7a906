"""Lists by next day or first sick day over any number of units; nothing due is the last day there is."""

from django.db import migrations, models

_NOTHING_DUE = "UPDATE course_standing SET next_due_on = '9999-12-31' WHERE next_due_on IS NULL"


class Migration(migrations.Migration):
    dependencies = [("course", "0002_row_security")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(_NOTHING_DUE, migrations.RunSQL.noop),
        migrations.AlterField("standing", "next_due_on", models.DateField()),
        migrations.AddIndex(
            "standing", models.Index(fields=["next_due_on", "dossier"], name="standing_by_due_everywhere")
        ),
        migrations.AddIndex(
            "standing", models.Index(fields=["first_sick_on", "dossier"], name="standing_by_sick_everywhere")
        ),
    ]
