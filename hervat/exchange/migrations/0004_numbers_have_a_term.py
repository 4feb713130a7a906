"""The numbers of messages have a term: forgotten by a function, which forgets none before five years.

The process that serves may take in and not take out, or a number could be forgotten and its message taken in
again. What a settled message leaves in quarantine (its code, who settled it) goes with its number. At most
fifty thousand at once, so nobody waits for it.
"""

import django.contrib.postgres.indexes
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE FUNCTION exchange_forget(before timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    gone uuid[];
BEGIN
    WITH forgotten AS (
        DELETE FROM public.exchange_inbox WHERE id IN (
            SELECT inbox.id FROM public.exchange_inbox AS inbox
            WHERE inbox.received_at < least(before, now() - interval '1825 days') AND NOT EXISTS (
                SELECT FROM public.exchange_quarantined AS waits
                WHERE waits.id = inbox.id AND waits.state = 'wacht'
            ) LIMIT 50000
        ) RETURNING id
    ) SELECT array_agg(id) INTO gone FROM forgotten;
    DELETE FROM public.exchange_quarantined WHERE id = ANY (gone);
    RETURN coalesce(cardinality(gone), 0);
END $$;
REVOKE ALL ON FUNCTION exchange_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION exchange_forget TO {application};
"""


def forget(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_FUNCTION.replace("{application}", role), params=None)


def keep(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION exchange_forget", params=None)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_how_many_wait")]
    operations = [
        migrations.RunPython(forget, keep),
        migrations.AddIndex(
            model_name="inbox",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["received_at"], name="inbox_by_day"),
        ),
    ]
