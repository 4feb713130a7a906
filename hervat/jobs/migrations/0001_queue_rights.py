"""What the application may do with the queue, and that a row of it says nothing of a person.

The tables are the library's; the worker runs as the application. A row has at most the moment it was planned
for, the code of a user and a day. What happened to a row (an event) is added, and goes with its row alone.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CODE = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_RIGHTS = f"""
ALTER TABLE procrastinate_jobs ADD CONSTRAINT job_names_no_person CHECK (
    args - 'timestamp' - 'user' - 'on' = '{{}}'::jsonb
    AND coalesce(jsonb_typeof(args -> 'timestamp'), 'number') = 'number'
    AND coalesce(args ->> 'user', '00000000-0000-0000-0000-000000000000') ~ '{_CODE}'
    AND coalesce(args ->> 'on', '2000-01-01') ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$'
    AND concat(queue_name, task_name, lock, queueing_lock) ~ '^[a-z0-9:.-]+$'
);
REVOKE ALL ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers
    FROM PUBLIC;
REVOKE UPDATE, DELETE ON procrastinate_events FROM {{application}};
"""
_NO_RIGHTS = """
GRANT UPDATE, DELETE ON procrastinate_events TO {application};
ALTER TABLE procrastinate_jobs DROP CONSTRAINT job_names_no_person;
"""


def narrow(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("SET LOCAL lock_timeout = '5s'")
    _execute(editor, _RIGHTS.replace("{application}", _role(editor)))


def widen(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _execute(editor, _NO_RIGHTS.replace("{application}", _role(editor)))


def _role(editor: BaseDatabaseSchemaEditor) -> str:
    return editor.quote_name(settings.DATABASES["default"]["USER"])


def _execute(editor: BaseDatabaseSchemaEditor, statements: str) -> None:
    editor.execute(statements, params=None)


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunPython(narrow, widen)]
