"""What the application may do with each table, and that it reaches nothing without a signed permit.

`dossiers_scope()` is the one function that believes the setting `hervat.permit`: it recomputes the HMAC
with a key that only the owner reads, over the server process and the start of the transaction that asks,
so that a setting that was forged or copied gives nothing. A dossier is reached by its id or its unit; a row
of a dossier or a person by a dossier that is reached.

The traps. Each call stands in a scalar subquery, or it is evaluated for every row. `coalesce` keeps the
planner from taking the policy for an index, where it would read a whole unit for a page; a statement names
its scope itself. `OFFSET 0` keeps it from hashing all reachable dossiers for one row. The function may not
run in a parallel worker, where the server process is another one. Why not a function as policy: 650 ms
instead of 4.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_OF_DOSSIER = ("workfacts", "benefitfacts", "event", "assignment")
_OF_PERSON = ("identity", "appointment")
_VERSIONS = ("identity", "appointment", "workfacts", "benefitfacts")
_ALL = ("person", "dossier", "nametoken", *_OF_DOSSIER, *_OF_PERSON)

# The key is of no model: a flush of Django's, as between tests, would empty its table.
_FUNCTIONS = """
CREATE TABLE dossiers_door_key (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    inner_pad bytea NOT NULL CHECK (octet_length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (octet_length(outer_pad) = 64)
);
REVOKE ALL ON dossiers_door_key FROM PUBLIC, {application};

CREATE FUNCTION dossiers_scope(wanted text) RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting text := current_setting('hervat.permit', true);
    said text := left(setting, -65);
    part text[];
    key public.dossiers_door_key;
BEGIN
    -- Not set at all is NULL, set by an earlier transaction is ''.
    IF coalesce(length(setting), 0) < 66 THEN
        RETURN NULL;
    END IF;
    SELECT * INTO key FROM public.dossiers_door_key;
    IF encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(said, 'UTF8'))), 'hex')
        IS DISTINCT FROM right(setting, 64)
    THEN
        RETURN NULL;
    END IF;
    part := string_to_array(said, '|');
    IF part[1] <> '1'
        OR part[2]::integer <> pg_backend_pid()
        OR part[3]::bigint <> (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint
        OR part[4]::bigint < (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
    THEN
        RETURN NULL;
    END IF;
    IF wanted = 'units' THEN
        RETURN string_to_array(part[6], ',')::uuid[];
    ELSIF wanted = 'persons' THEN
        RETURN string_to_array(part[7], ',')::uuid[];
    ELSIF wanted IS DISTINCT FROM 'dossiers' THEN
        RETURN NULL;
    END IF;
    IF part[8] || part[11] || part[12] = '' THEN
        RETURN string_to_array(part[5], ',')::uuid[];
    END IF;
    RETURN string_to_array(part[5], ',')::uuid[] || ARRAY(
        SELECT dossier_id FROM public.dossiers_assignment
        WHERE part[8] <> '' AND user_code = nullif(part[8], '')::uuid AND role = part[9]
        AND state IN ('aanvaard', 'beeindigd') AND decided_on <= nullif(part[10], '')::date
        AND first_day <= nullif(part[10], '')::date
        AND coalesce(last_day >= nullif(part[10], '')::date, true)
        AND coalesce(ended_on > nullif(part[10], '')::date, true)
        UNION ALL
        SELECT dossier.id FROM public.dossiers_dossier AS dossier
        JOIN public.dossiers_person AS person ON person.id = dossier.person_id
        WHERE part[11] <> '' AND person.user_code = nullif(part[11], '')::uuid
        UNION ALL
        SELECT id FROM public.dossiers_dossier WHERE part[12] <> '' AND case_number = part[12]
    );
END $$;

CREATE FUNCTION dossiers_find_person(kind text, index bytea) RETURNS uuid
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT id FROM public.dossiers_person
    WHERE (SELECT public.dossiers_scope('persons') IS NOT NULL)
    AND (kind = 'bsn' AND bsn_index = index OR kind = 'employee' AND employee_index = index)
$$;

REVOKE ALL ON FUNCTION dossiers_scope, dossiers_find_person FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dossiers_scope, dossiers_find_person TO {application};
"""
_RIGHTS = """
REVOKE ALL ON {tables} FROM PUBLIC, {application};
GRANT SELECT, INSERT ON {tables} TO {application};
GRANT UPDATE (bsn_index, employee_index, user_code) ON dossiers_person TO {application};
GRANT UPDATE (unit_id, status, first_sick_on, closed_on, informed_on, version)
    ON dossiers_dossier TO {application};
GRANT UPDATE (replaced_at) ON {versions} TO {application};
GRANT UPDATE (state, decided_at, decided_on, decided_by, ended_at, ended_on, ended_by)
    ON dossiers_assignment TO {application};
GRANT DELETE ON dossiers_nametoken TO {application};
"""
_REACHED = "coalesce({own} = ANY ((SELECT public.dossiers_scope('{part}'))::uuid[]), false)"


def _reached(own: str, part: str) -> str:
    return _REACHED.format(own=own, part=part)


_BY_DOSSIER = (
    "EXISTS (SELECT FROM public.dossiers_dossier AS reached WHERE reached.{column} = {own} OFFSET 0)"
)
_POLICIES = {
    "dossier": f"{_reached('id', 'dossiers')} OR {_reached('unit_id', 'units')}",
    "nametoken": f"{_reached('dossier_id', 'dossiers')} OR {_reached('unit_id', 'units')}",
    "person": f"{_reached('id', 'persons')} OR "
    + _BY_DOSSIER.format(column="person_id", own="dossiers_person.id"),
    **{
        table: _BY_DOSSIER.format(column="person_id", own=f"dossiers_{table}.person_id")
        for table in _OF_PERSON
    },
    **{table: _BY_DOSSIER.format(column="id", own=f"dossiers_{table}.dossier_id") for table in _OF_DOSSIER},
}
_POLICY = """
ALTER TABLE dossiers_{table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY dossiers_{table}_by_permit ON dossiers_{table} TO {application}
    USING ({reached}) WITH CHECK ({reached});
"""


def secure(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    names = {
        "application": editor.quote_name(settings.DATABASES["default"]["USER"]),
        "tables": ", ".join(f"dossiers_{table}" for table in _ALL),
        "versions": ", ".join(f"dossiers_{table}" for table in _VERSIONS),
    }
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_FUNCTIONS.replace("{application}", names["application"]), params=None)
    editor.execute(_RIGHTS.format(**names), params=None)
    for table in _ALL:
        editor.execute(_POLICY.format(table=table, reached=_POLICIES[table], **names), params=None)


def open_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in _ALL:
        editor.execute(f"DROP POLICY dossiers_{table}_by_permit ON dossiers_{table}")
        editor.execute(f"ALTER TABLE dossiers_{table} DISABLE ROW LEVEL SECURITY")
    editor.execute("DROP FUNCTION dossiers_find_person, dossiers_scope")
    editor.execute("DROP TABLE dossiers_door_key")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_tables")]
    operations = [migrations.RunPython(secure, open_up)]
