"""What Django cannot say of deputies: the posting is the principal's, an end within half a year, never twice.

Half a year is what no installation may go past; what an installation allows is a setting. Of what was named
the application may change only the end, and it removes nothing.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_GUARDS = """
ALTER TABLE organisation_posting ADD CONSTRAINT posting_of_its_user UNIQUE (id, user_id);
ALTER TABLE organisation_deputy
    ADD CONSTRAINT deputy_in_the_principals_posting
        FOREIGN KEY (posting_id, principal_id) REFERENCES organisation_posting (id, user_id),
    ADD CONSTRAINT deputy_has_an_end_soon
        CHECK (ends_on >= starts_on AND ends_on < starts_on + 26 * 7),
    ADD CONSTRAINT deputy_not_twice_at_once EXCLUDE USING gist (
        posting_id WITH =,
        deputy_id WITH =,
        daterange(starts_on, greatest(starts_on, least(ends_on + 1, revoked_on))) WITH &&
    );
REVOKE UPDATE, DELETE ON organisation_deputy FROM {application};
GRANT UPDATE (revoked_by_kind, revoked_by, revoked_on, revoke_reason) ON organisation_deputy TO {application};
"""
_NO_GUARDS = """
GRANT UPDATE, DELETE ON organisation_deputy TO {application};
ALTER TABLE organisation_deputy
    DROP CONSTRAINT deputy_not_twice_at_once,
    DROP CONSTRAINT deputy_has_an_end_soon,
    DROP CONSTRAINT deputy_in_the_principals_posting;
ALTER TABLE organisation_posting DROP CONSTRAINT posting_of_its_user;
"""


def add_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("SET LOCAL lock_timeout = '5s'")
    _execute(editor, _GUARDS)


def drop_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _execute(editor, _NO_GUARDS)


def _execute(editor: BaseDatabaseSchemaEditor, statements: str) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(statements.replace("{application}", role), params=None)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0005_deputies")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
