"""The tables of log-in: what the application may do with them, and the shared counters against guessing.

An account has one address, on the user itself: the log-in library's table for more stays empty. What was
used or ended of an activation is never used again, and none is removed.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As Django's database cache wants it; `createcachetable` would need the owner at another moment.
_TABLES = """
CREATE TABLE hervat_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX hervat_cache_expires ON hervat_cache (expires);

CREATE FUNCTION organisation_activation_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een gebruikte of beëindigde activering verandert niet meer.'
        USING ERRCODE = '23514', CONSTRAINT = 'activation_used_once';
END $$;
CREATE TRIGGER organisation_activation_is_over BEFORE UPDATE ON organisation_activation
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL OR OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION organisation_activation_is_over();
REVOKE ALL ON FUNCTION organisation_activation_is_over FROM PUBLIC;

REVOKE UPDATE, DELETE ON organisation_activation FROM {application};
GRANT UPDATE (mail_digest, mail_expires_at, mails, tries, used_at, ended_at)
    ON organisation_activation TO {application};
REVOKE INSERT, UPDATE, DELETE ON account_emailaddress, account_emailconfirmation FROM {application};
"""
_NO_TABLES = """
GRANT INSERT, UPDATE, DELETE ON account_emailaddress, account_emailconfirmation TO {application};
GRANT UPDATE, DELETE ON organisation_activation TO {application};
DROP TRIGGER organisation_activation_is_over ON organisation_activation;
DROP FUNCTION organisation_activation_is_over;
DROP TABLE hervat_cache;
"""


def add(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("SET LOCAL lock_timeout = '5s'")
    _execute(editor, _TABLES)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _execute(editor, _NO_TABLES)


def _execute(editor: BaseDatabaseSchemaEditor, statements: str) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(statements.replace("{application}", role), params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_activation"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(add, drop)]
