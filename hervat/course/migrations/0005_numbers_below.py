"""How many courses stand under a unit whose people one does not reach: numbers, and never a small one.

`course_numbers_below()` has no argument. For which units, and on which day, stands in the signed setting
(parts 13 and 14), which `dossiers_scope()` has checked: with a day of one's own choice, the numbers of two
days would tell of somebody by their difference. Each row is a unit directly under one of those, with
everything below it that is not reached by name and has no row of its own.

Small numbers are left out here, so that no SQL sees them. A number is given when it and what it leaves of
the whole are ten or more each; of two parts of one whole, late and this week, the second only when the rest
is too. So no given number gives another away. A total of several units is not given: who adds the rows adds
what is given.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FUNCTION = """
CREATE FUNCTION course_numbers_below()
RETURNS TABLE (unit uuid, running integer, late integer, this_week integer, without_contact integer)
LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE said AS MATERIALIZED (
        SELECT string_to_array(part[13], ',')::uuid[] AS posted, nullif(part[14], '')::date AS today,
            coalesce(public.dossiers_scope('units'), ARRAY[]::uuid[]) AS reached
        FROM string_to_array(left(current_setting('hervat.permit', true), -65), '|') AS part
        WHERE public.dossiers_scope('persons') IS NOT NULL AND cardinality(part) = 14
    ), below (top, id) AS (
        SELECT child.id, child.id FROM said JOIN public.organisation_unit AS child
            ON child.parent_id = ANY (said.posted)
        WHERE child.id <> ALL (said.posted || said.reached)
        UNION
        SELECT below.top, child.id FROM below CROSS JOIN said JOIN public.organisation_unit AS child
            ON child.parent_id = below.id
        WHERE child.id <> ALL (said.posted || said.reached)
    ), quiet AS MATERIALIZED (
        SELECT DISTINCT due.dossier_id FROM said CROSS JOIN below JOIN public.course_due AS due
            ON due.unit_id = below.id
        WHERE due.role = 'commandant' AND due.kind = 'signaal' AND due.code = 'geen-contact'
            AND due.state = 'open' AND due.limit_on <= said.today
    ), counted AS (
        SELECT below.top, count(standing.dossier_id) AS running,
            count(*) FILTER (WHERE standing.late_from < said.today AND standing.next_due_on < said.today)
                AS late,
            count(*) FILTER (WHERE standing.next_due_on BETWEEN said.today AND said.today + 6) AS soon,
            count(quiet.dossier_id) AS quiet
        FROM said CROSS JOIN below
        LEFT JOIN public.course_standing AS standing ON standing.unit_id = below.id
        LEFT JOIN quiet ON quiet.dossier_id = standing.dossier_id
        GROUP BY below.top
    ), judged AS (
        SELECT *, least(late, running - late) >= 10 AS tells_late,
            least(soon, running - soon) >= 10 AS tells_soon
        FROM counted
    )
    SELECT top,
        CASE WHEN running >= 10 THEN running END::integer,
        CASE WHEN tells_late THEN late END::integer,
        CASE WHEN tells_soon AND (NOT tells_late OR running - late - soon >= 10) THEN soon END::integer,
        CASE WHEN least(quiet, running - quiet) >= 10 THEN quiet END::integer
    FROM judged
$$;
REVOKE ALL ON FUNCTION course_numbers_below FROM PUBLIC;
GRANT EXECUTE ON FUNCTION course_numbers_below TO {application};
"""


def make(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    application = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_FUNCTION.replace("{application}", application), params=None)


def take_away(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP FUNCTION course_numbers_below")


class Migration(migrations.Migration):
    dependencies = [
        ("course", "0004_due_by_its_limit"),
        ("dossiers", "0005_proposals"),
        ("organisation", "0001_users_units_postings"),
    ]
    operations = [migrations.RunPython(make, take_away)]
