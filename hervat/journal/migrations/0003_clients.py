"""The systems that may ask for lines over the read API. Written by the owner only.

Of a secret only its digest is kept. A client is ended and never removed: lines go on naming it.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CLIENTS = """
CREATE TABLE journal_client (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    role text NOT NULL CHECK (role ~ '^[a-z0-9-]{1,64}$'),
    secret_digest bytea NOT NULL CHECK (octet_length(secret_digest) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CONSTRAINT journal_client_name_is_a_line CHECK (length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]'),
    CONSTRAINT journal_client_ends_after_it_began CHECK (ended_at >= created_at)
);
REVOKE ALL ON journal_client FROM PUBLIC, {application};
GRANT SELECT ON journal_client TO {application};
"""
_NO_CLIENTS = "DROP TABLE journal_client"


def make_clients(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_CLIENTS.replace("{application}", role), params=None)


def drop_clients(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_NO_CLIENTS, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_tree")]
    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[("id", models.UUIDField(primary_key=True))],
            options={"managed": False, "db_table": "journal_client"},
        ),
        migrations.RunPython(make_clients, drop_clients),
    ]
