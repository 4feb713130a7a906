"""How many messages wait in some places, asked above every page of who keeps the source.

A number about nobody, at most a hundred, without a permit: one statement where a row would take a signed
scope. It tells no id, no kind and no day. What a message says stays behind the policy of 0002.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE FUNCTION exchange_waiting(places uuid[]) RETURNS bigint
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(*) FROM (
        SELECT FROM public.exchange_quarantined
        WHERE state = 'wacht' AND place = ANY (places) LIMIT 100
    ) AS waiting
$$;
REVOKE ALL ON FUNCTION exchange_waiting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exchange_waiting TO {application};
"""


def count(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_FUNCTION.replace("{application}", role), params=None)


def forget(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION exchange_waiting", params=None)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_rights")]
    operations = [migrations.RunPython(count, forget)]
