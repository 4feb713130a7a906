"""Whether this is a demo: only a database that `hervat demo` itself created, empty, ever is.

The marker is written in the database before it gets its name, by its owner, and never
later: a database with people in it cannot become a demo. Whatever is demo-only asks
`is_demo_request`, which also wants both ends on this very machine. Must never take a
setting, a name or a header for proof. Read next: `provision.py`, which writes the marker.
"""

import functools
import ipaddress
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest
from psycopg import sql

from hervat.config.environment import LOOPBACK_NAMES

_WRITE = """
CREATE TABLE public.hervat_demo (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    database_oid oid NOT NULL,
    system_identifier bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO public.hervat_demo (database_oid, system_identifier)
SELECT oid, (pg_control_system()).system_identifier FROM pg_database WHERE datname = current_database();
REVOKE ALL ON public.hervat_demo FROM PUBLIC;
"""
# Raw SQL: it asks the catalogue, and the table belongs to no app on purpose (no migration may make it).
_EXISTS = "SELECT to_regclass('public.hervat_demo') IS NOT NULL"
# The row must speak of this very database: restored elsewhere, a copy of a demo is not one.
# And whoever asks may not be able to have written it.
_HOLDS = """
SELECT EXISTS (
    SELECT FROM public.hervat_demo AS marker
    JOIN pg_catalog.pg_database AS here ON here.oid = marker.database_oid
    WHERE here.datname = current_database()
    AND marker.system_identifier = (pg_control_system()).system_identifier
) AND NOT has_table_privilege('public.hervat_demo', 'INSERT, UPDATE, DELETE, TRUNCATE')
"""
_FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_CLIENT_IP", "HTTP_TRUE_CLIENT_IP")


def write_marker(empty: psycopg.Connection, application_role: str) -> None:
    """Mark the database that was created a moment ago. Only `provision.create_database` calls this."""
    empty.execute(_WRITE)
    grant = sql.SQL("GRANT SELECT ON public.hervat_demo TO {}")
    empty.execute(grant.format(sql.Identifier(application_role)))


@functools.cache
def is_demo() -> bool:
    """Return whether `hervat demo` created this database; asked once per process."""
    with connection.cursor() as cursor:
        return holds_marker(cursor)


def holds_marker(cursor: Any) -> bool:
    """Return whether this database carries a marker that is its own, and that the asker could not write."""
    cursor.execute(_EXISTS)
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(_HOLDS)
    return bool(cursor.fetchone()[0])


def is_demo_request(request: HttpRequest) -> bool:
    """Return whether this request may see demo-only things: a demo, asked from this machine itself."""
    if any(name in _FORWARDED or name.startswith("HTTP_X_FORWARDED") for name in request.META):
        return False
    if not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        return False
    # The address the server is bound to, as gunicorn reports it; never the Host header.
    if not _is_loopback(request.META.get("SERVER_NAME", "")):
        return False
    if request.get_host().rsplit(":", 1)[0] not in LOOPBACK_NAMES:
        return False
    return is_demo()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
