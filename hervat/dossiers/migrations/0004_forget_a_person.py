"""What destroying a person needs: an employee number that is not found any more, and all their dossiers.

A permit reaches one dossier, and a person may have several. `dossiers_of_person()` gives the ids of those
of a person whom the signed scope names as such, so that their name tokens go too.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE FUNCTION dossiers_of_person(person uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(dossier.id ORDER BY dossier.id), ARRAY[]::uuid[])
    FROM public.dossiers_dossier AS dossier
    WHERE dossier.person_id = person
    AND coalesce(person = ANY ((SELECT public.dossiers_scope('persons'))::uuid[]), false)
$$;
REVOKE ALL ON FUNCTION dossiers_of_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_of_person TO {application};
"""


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    application = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute(_FUNCTION.replace("{application}", application), params=None)


def take_away(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION dossiers_of_person")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_a_case_that_follows")]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterField("person", "employee_index", models.BinaryField(null=True, unique=True)),
        migrations.RunPython(make, take_away),
    ]
