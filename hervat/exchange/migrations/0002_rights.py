"""What the application may do with each table, and that the quarantine is reached by place only.

The policy is that of a list of dossiers (`dossiers/migrations/0002_row_security.py`, with its traps): a row
is reached by a signed permit that names its place among its units. The inbox is about nobody. Systems that
may send are let in by the owner; the process that serves only reads them.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_RIGHTS = """
REVOKE ALL ON exchange_inbox, exchange_quarantined, exchange_client FROM PUBLIC, {application};
GRANT SELECT, INSERT, UPDATE (outcome) ON exchange_inbox TO {application};
GRANT SELECT, INSERT ON exchange_quarantined TO {application};
GRANT UPDATE (place, kind, code, payload, state, version, settled_at, settled_by, settled_role, reason)
    ON exchange_quarantined TO {application};
GRANT SELECT ON exchange_client TO {application};
"""
_POLICY = """
ALTER TABLE exchange_quarantined ENABLE ROW LEVEL SECURITY;
CREATE POLICY exchange_quarantined_by_permit ON exchange_quarantined TO {application}
    USING (coalesce(place = ANY ((SELECT public.dossiers_scope('units'))::uuid[]), false))
    WITH CHECK (coalesce(place = ANY ((SELECT public.dossiers_scope('units'))::uuid[]), false));
"""
_OPEN = """
DROP POLICY exchange_quarantined_by_permit ON exchange_quarantined;
ALTER TABLE exchange_quarantined DISABLE ROW LEVEL SECURITY;
"""


def secure(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_RIGHTS.format(application=role), params=None)
    editor.execute(_POLICY.format(application=role), params=None)


def open_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_OPEN, params=None)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_tables"), ("dossiers", "0002_row_security")]
    operations = [migrations.RunPython(secure, open_up)]
