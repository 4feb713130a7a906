"""The lines of the journal: a table per month, inserted into and read by the application, changed by nobody.

The application's role may insert the columns that describe an action; PostgreSQL fills in the id, the
transaction, the moment and the salt, so that the application can neither backdate a line nor hide it from
the sealer. Rights on a partition are apart from those on the table: without the REVOKE on each month, the
default privileges would let the application change a month directly.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MONTHS_AHEAD = 12

_LINES = """
CREATE TABLE journal_line (
    id bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    logged_at timestamptz NOT NULL DEFAULT now(),
    salt uuid NOT NULL DEFAULT gen_random_uuid(),
    trace_id uuid NOT NULL,
    span_id bytea NOT NULL,
    parent_span_id bytea,
    operation text NOT NULL,
    effect text NOT NULL,
    outcome text NOT NULL,
    reason text,
    started_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3) NOT NULL,
    activity uuid NOT NULL,
    register_version integer NOT NULL,
    purpose text NOT NULL,
    ground text,
    authority text,
    actor_kind text NOT NULL,
    actor text NOT NULL,
    role text,
    unit uuid,
    address inet,
    source text NOT NULL,
    manner text,
    subject uuid,
    subject_kind text,
    dossier uuid,
    object_kind text,
    object_id uuid,
    items text[] NOT NULL DEFAULT '{}',
    foreign_trace_id uuid,
    foreign_span_id bytea,
    foreign_entity text,
    external_api text,
    PRIMARY KEY (id, logged_at),
    CONSTRAINT journal_line_spans CHECK (
        octet_length(span_id) = 8
        AND (parent_span_id IS NULL OR octet_length(parent_span_id) = 8)
        AND (foreign_trace_id IS NULL) = (foreign_span_id IS NULL)
        AND (foreign_span_id IS NULL OR octet_length(foreign_span_id) = 8)
        AND (foreign_entity IS NULL OR foreign_trace_id IS NOT NULL)
    ),
    CONSTRAINT journal_line_times CHECK (started_at <= ended_at),
    CONSTRAINT journal_line_kinds CHECK (
        effect IN ('C', 'R', 'U', 'D', 'E')
        AND outcome IN ('gelukt', 'geweigerd', 'mislukt')
        AND (subject IS NULL) = (subject_kind IS NULL)
        AND (object_id IS NULL) = (object_kind IS NULL)
        AND register_version > 0
    ),
    CONSTRAINT journal_line_dossier_is_of_somebody CHECK (dossier IS NULL OR subject IS NOT NULL),
    CONSTRAINT journal_line_codes_only CHECK (
        length(actor) BETWEEN 1 AND 64 AND length(purpose) BETWEEN 1 AND 64
        AND coalesce(length(reason), 1) BETWEEN 1 AND 64 AND coalesce(length(object_kind), 1) BETWEEN 1 AND 64
        AND concat(
            operation, purpose, ground, authority, actor_kind, actor, role, source, reason, manner,
            subject_kind, object_kind, array_to_string(items, '')
        ) ~ '^[a-z0-9_.:-]+$'
    ),
    CONSTRAINT journal_line_addresses_only CHECK (
        (foreign_entity IS NULL OR foreign_entity ~ '^[A-Za-z][A-Za-z0-9+.-]*:[!-~]{1,255}[!-~]{0,45}$')
        AND (external_api IS NULL OR external_api ~ '^[A-Za-z][A-Za-z0-9+.-]*:[!-~]{1,255}[!-~]{0,45}$')
    )
) PARTITION BY RANGE (logged_at);
CREATE INDEX journal_line_unsealed ON journal_line (xid, id);
CREATE INDEX journal_line_trace ON journal_line (trace_id);
CREATE INDEX journal_line_subject ON journal_line (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX journal_line_actor ON journal_line (actor, id) WHERE parent_span_id IS NULL;
CREATE INDEX journal_line_moment ON journal_line (logged_at, id) WHERE parent_span_id IS NULL;
CREATE INDEX journal_line_activity ON journal_line (activity, id);

CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Regels van het logboek veranderen en verdwijnen niet.' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER journal_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

CREATE FUNCTION journal_open_month(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first date := date_trunc('month', day)::date;
    name text := to_char(first, '"journal_line_"YYYY_MM');
BEGIN
    IF to_regclass(format('public.%I', name)) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.journal_line FOR VALUES FROM (%L) TO (%L)',
        name, first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC'
    );
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, {application}', name);
    EXECUTE format(
        'CREATE TRIGGER journal_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I '
        'FOR EACH STATEMENT EXECUTE FUNCTION public.journal_refuse_change()', name
    );
END $$;
CREATE FUNCTION journal_open_months(ahead integer) RETURNS void LANGUAGE sql AS $$
    SELECT public.journal_open_month(
        (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n))::date
    )
    FROM generate_series(0, ahead) AS n
$$;
REVOKE ALL ON FUNCTION journal_open_month, journal_open_months, journal_refuse_change FROM PUBLIC;

REVOKE ALL ON journal_line FROM PUBLIC, {application};
REVOKE ALL ON SEQUENCE journal_line_id_seq FROM PUBLIC, {application};
GRANT SELECT ON journal_line TO {application};
GRANT INSERT (
    trace_id, span_id, parent_span_id, operation, effect, outcome, reason, started_at, ended_at, activity,
    register_version, purpose, ground, authority, actor_kind, actor, role, unit, address, source, manner,
    subject, subject_kind, dossier, object_kind, object_id, items, foreign_trace_id, foreign_span_id,
    foreign_entity, external_api
) ON journal_line TO {application};
"""
_NO_LINES = """
DROP TABLE journal_line;
DROP FUNCTION journal_open_months, journal_open_month, journal_refuse_change;
"""


def make_lines(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_LINES.replace("{application}", role), params=None)
    editor.execute("SELECT journal_open_months(%s)", [MONTHS_AHEAD])


def drop_lines(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_NO_LINES, params=None)


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[("id", models.BigIntegerField(primary_key=True))],
            options={"managed": False, "db_table": "journal_line"},
        ),
        migrations.RunPython(make_lines, drop_lines),
    ]
