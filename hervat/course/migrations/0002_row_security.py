"""What the application may do with the tables of the course, and that it reaches them by a permit only.

A fact is reached by a dossier that is reached; what lists read (dues and standings) carries the unit and is
reached by dossier or unit, as name tokens are: a list under a policy that asks the dossier of every row
would look up a dossier a row. Facts are added, and only ever get the moment at which they were replaced.
The traps are those of the dossiers. Read next: `../../dossiers/migrations/0002_row_security.py`.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TABLES = ("fact", "due", "standing")
_RIGHTS = """
REVOKE ALL ON {tables} FROM PUBLIC, {application};
GRANT SELECT, INSERT ON {tables} TO {application};
GRANT UPDATE (replaced_at) ON course_fact TO {application};
GRANT UPDATE (unit_id, role, also_role, due_on, opens_on, legal_limit, state, done_on, done_by,
    done_late_days, fact_id, reason_missing, reason_code, explanation, reason_by, reason_on)
    ON course_due TO {application};
GRANT UPDATE, DELETE ON course_standing TO {application};
"""
_REACHED = "coalesce({own} = ANY ((SELECT public.dossiers_scope('{part}'))::uuid[]), false)"
_IN_LISTS = (
    f"{_REACHED.format(own='dossier_id', part='dossiers')} OR {_REACHED.format(own='unit_id', part='units')}"
)
_POLICIES = {
    "fact": (
        "EXISTS (SELECT FROM public.dossiers_dossier AS reached "
        "WHERE reached.id = course_fact.dossier_id OFFSET 0)"
    ),
    "due": _IN_LISTS,
    "standing": _IN_LISTS,
}
_POLICY = """
ALTER TABLE course_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY course_{table}_by_permit ON course_{table} TO {application}
    USING ({reached}) WITH CHECK ({reached});
"""


def secure(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    names = {
        "application": editor.quote_name(settings.DATABASES["default"]["USER"]),
        "tables": ", ".join(f"course_{table}" for table in _TABLES),
    }
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_RIGHTS.format(**names), params=None)
    for table in _TABLES:
        editor.execute(_POLICY.format(table=table, reached=_POLICIES[table], **names), params=None)


def open_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in _TABLES:
        editor.execute(f"DROP POLICY course_{table}_by_permit ON course_{table}")
        editor.execute(f"ALTER TABLE course_{table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("course", "0001_tables"), ("dossiers", "0002_row_security")]
    operations = [migrations.RunPython(secure, open_up)]
