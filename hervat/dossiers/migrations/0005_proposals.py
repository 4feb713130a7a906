"""For which dossiers the user of a signed setting was proposed: the door's question before any permit.

The policies reach no dossier that is only proposed, and a proposal stands with its dossier. The function has
no argument: whose proposals it gives is the account in the setting, which `dossiers_scope()` has checked. It
gives ids and roles, and nothing of whom a dossier is about.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE FUNCTION dossiers_proposed() RETURNS TABLE (dossier uuid, role text, by_case boolean)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT made.dossier_id, made.role::text, made.ground <> ''
    FROM public.dossiers_assignment AS made
    JOIN public.dossiers_dossier AS dossier ON dossier.id = made.dossier_id
    JOIN public.dossiers_person AS person ON person.id = dossier.person_id
    WHERE made.user_code = (
        SELECT nullif(split_part(current_setting('hervat.permit', true), '|', 11), '')::uuid
        WHERE public.dossiers_scope('persons') IS NOT NULL
    )
    AND made.state = 'voorgesteld' AND dossier.status = 'open'
    AND person.user_code IS DISTINCT FROM made.user_code
$$;
REVOKE ALL ON FUNCTION dossiers_proposed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_proposed TO {application};
"""


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    application = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_FUNCTION.replace("{application}", application), params=None)


def take_away(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION dossiers_proposed")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_forget_a_person")]
    operations = [migrations.RunPython(make, take_away)]
