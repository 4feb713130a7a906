"""The table of wrapped keys, and what the application's role may do with it.

It makes, reads and destroys keys, and may wrap one anew; whose key a row holds it cannot change. There is
no index beside the primary key: rotation walks that, and an index on the epoch would have to be written
for every key it rotates.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact

_RIGHTS = """
REVOKE ALL ON vault_key FROM PUBLIC, {application};
GRANT SELECT, INSERT, DELETE, UPDATE (wrapped, epoch) ON vault_key TO {application};
"""


def give_rights(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(_RIGHTS.replace("{application}", role), params=None)


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "domain", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("owner", models.UUIDField()),
                ("domain", models.TextField()),
                ("epoch", models.SmallIntegerField()),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "db_table": "vault_key",
                "constraints": [
                    models.CheckConstraint(
                        name="vault_key_domain_is_known",
                        condition=models.Q(domain__in=["gewoon", "medisch"]),
                    ),
                    models.CheckConstraint(
                        name="vault_key_epoch_is_positive", condition=models.Q(epoch__gte=1)
                    ),
                    models.CheckConstraint(
                        name="vault_key_is_wrapped", condition=models.Q(Exact(Length("wrapped"), 61))
                    ),
                ],
            },
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
