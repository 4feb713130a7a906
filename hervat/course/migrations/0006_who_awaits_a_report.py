"""Marks the open dossiers in which no sickness was recorded before there was a mark."""

from django.db import migrations

_MARK = """
UPDATE dossiers_dossier AS dossier SET awaits_report = true
WHERE dossier.status = 'open' AND NOT EXISTS (
    SELECT FROM course_fact AS fact
    WHERE fact.dossier_id = dossier.id AND fact.kind = 'ziek' AND fact.replaced_at IS NULL
    AND NOT fact.withdraws
)
"""


class Migration(migrations.Migration):
    dependencies = [("course", "0005_numbers_below"), ("dossiers", "0006_awaits_its_report")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(_MARK, migrations.RunSQL.noop),
    ]
