"""That a newer case of somebody runs in another dossier, and the door's question by employee number.

A new sickness after the merging term opens a new dossier, also while nobody has closed the one before: that
stays as it is until a person closes it, and says from when another one follows. `dossiers_of_employee()`
answers what the personnel feed must know before it has a permit: which dossier of one person is the latest.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q

_FUNCTION = """
CREATE FUNCTION dossiers_of_employee(index bytea)
RETURNS TABLE (
    dossier uuid, person uuid, unit uuid, status text, first_sick_on date, opened_on date, closed_on date,
    version integer
)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT dossier.id, dossier.person_id, dossier.unit_id, dossier.status::text, dossier.first_sick_on,
        dossier.opened_on, dossier.closed_on, dossier.version
    FROM public.dossiers_person AS person
    JOIN public.dossiers_dossier AS dossier ON dossier.person_id = person.id
    WHERE person.employee_index = index AND dossier.followed_on IS NULL
    AND (SELECT public.dossiers_scope('persons') IS NOT NULL)
    ORDER BY (dossier.status = 'open') DESC, dossier.first_sick_on DESC, dossier.opened_on DESC, dossier.id
    LIMIT 1
$$;
REVOKE ALL ON FUNCTION dossiers_of_employee FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_of_employee TO {application};
GRANT UPDATE (followed_on) ON dossiers_dossier TO {application};
"""


def secure(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(_FUNCTION.replace("{application}", role), params=None)


def open_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION dossiers_of_employee")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_row_security")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("dossier", "followed_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=Q(followed_on=None) | Q(followed_on__gt=F("first_sick_on")),
                name="dossier_is_followed_by_a_later_one",
            ),
        ),
        migrations.RemoveConstraint("dossier", "dossier_one_is_open"),
        migrations.AddConstraint(
            "dossier",
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status="open", followed_on=None),
                name="dossier_one_is_open",
            ),
        ),
        migrations.RunPython(secure, open_up),
    ]
