"""Makes and prepares databases: what belongs to the owner, what the application may do.

Two roles. The owner owns the database and its schema, and migrates. The application owns
nothing, creates nothing and cannot pass row-level security; a room narrows its rights
further. Must never mark a database that was already there as a demo.
Read next: `demo.py` (the marker), docs/settings.md (the same roles on a server).
"""

import secrets
from typing import Any

import psycopg
from django.core.management import call_command
from psycopg import sql

from hervat.config.binaries import OLDEST_MAJOR, too_old
from hervat.config.demo import write_marker
from hervat.config.home import CannotStart

Settings = dict[str, Any]

# Compiling is for statements of minutes; the policies only look as if they cost that, and a page would wait.
_GRANTS = """
ALTER DATABASE {database} SET jit = off;
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {application};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {application};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {application};
"""
_CAN_GIVE = """
SELECT pg_has_role(current_user, datdba, 'MEMBER') AND EXISTS (SELECT FROM pg_roles WHERE rolname = %s)
FROM pg_database WHERE datname = current_database()
"""
EXTENSIONS = ("btree_gist",)
"""What migrations add to the database: of PostgreSQL's own contrib, and trusted, so that an owner may."""
_EXTENSION = """
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = %(name)s),
    EXISTS (SELECT FROM pg_available_extension_versions WHERE name = %(name)s),
    EXISTS (SELECT FROM pg_available_extension_versions WHERE name = %(name)s AND trusted)
        AND has_database_privilege(current_database(), 'CREATE')
        OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""
_KEEP_HISTORY = "REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {application}"
# What the application's role must not be able to do, each with how to put it right.
_TOO_MUCH = """
SELECT
    (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
    pg_has_role(current_user, %(owner)s, 'MEMBER'),
    EXISTS (SELECT FROM pg_class WHERE relowner = current_user::regrole),
    has_schema_privilege('public', 'CREATE')
"""
_WHY_TOO_MUCH = (
    "is superuser of gaat langs row-level security: ALTER ROLE … NOSUPERUSER NOBYPASSRLS",
    "is of wordt de eigenaar: gebruik in HERVAT_DATABASE_URL en HERVAT_OWNER_DATABASE_URL twee rollen",
    "bezit tabellen: REASSIGN OWNED BY … TO de eigenaar",
    "mag tabellen maken: REVOKE CREATE ON SCHEMA public FROM …",
)


def create_database(owner: Settings, application: Settings) -> bool:
    """Create the database when it is not there, marked as a demo; return whether it was created."""
    name = owner["NAME"]
    if (owner["HOST"], owner["PORT"], name) != tuple(application[key] for key in ("HOST", "PORT", "NAME")):
        raise CannotStart(
            "HERVAT_DATABASE_URL en HERVAT_OWNER_DATABASE_URL noemen niet dezelfde database. "
            "Alleen de rol en het wachtwoord mogen verschillen."
        )
    with connect(owner | {"NAME": "postgres"}) as server:
        found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            _create_marked(server, owner, application["USER"])
    return found is None


def migrate(owner: Settings, application: Settings) -> None:
    """Bring the schema that the settings name up to date as its owner; `owner` is the alias of that name."""
    grant_rights(owner, application)
    refuse_missing_extensions(owner)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with connect(owner) as database:
        if database.execute("SELECT to_regclass('public.django_migrations')").fetchone() != (None,):
            role = sql.Identifier(application["USER"])
            database.execute(sql.SQL(_KEEP_HISTORY).format(application=role))
    refuse_too_much(owner, application)


def grant_rights(owner: Settings, application: Settings) -> None:
    """Give the application what it needs in this database, now and in tables still to come, and no more."""
    names = {"database": owner["NAME"], "application": application["USER"]}
    with connect(owner) as database:
        grants = sql.SQL(_GRANTS).format(**{key: sql.Identifier(name) for key, name in names.items()})
        # By itself PostgreSQL only warns when somebody else than the owner gives rights.
        if database.execute(_CAN_GIVE, [application["USER"]]).fetchone() != (True,):
            raise CannotStart(
                f"De rol {owner['USER']} is niet de eigenaar van database {owner['NAME']}, of de rol "
                f"{application['USER']} bestaat niet. Zie docs/settings.md, onder A server."
            )
        database.execute(grants)


def refuse_missing_extensions(owner: Settings) -> None:
    """Refuse a database without an extension that migrations need, where the owner cannot add it."""
    with connect(owner) as database:
        for name in EXTENSIONS:
            added, available, may_add = database.execute(_EXTENSION, {"name": name}).fetchone() or ()
            if added or (available and may_add):
                continue
            if not available:
                raise CannotStart(
                    f"De server heeft de uitbreiding {name} van PostgreSQL niet. Installeer het pakket "
                    "postgresql-contrib van zijn versie. Zie docs/settings.md, onder A server."
                )
            raise CannotStart(
                f"De rol {owner['USER']} mag de uitbreiding {name} niet toevoegen. Laat de beheerder van de "
                f"server in database {owner['NAME']} CREATE EXTENSION {name} uitvoeren."
            )


def refuse_too_much(owner: Settings, application: Settings) -> None:
    """Refuse an application role that could get round the owner or row-level security."""
    with connect(application) as database:
        answers = database.execute(_TOO_MUCH, {"owner": owner["USER"]}).fetchone() or ()
    for wrong, why in zip(answers, _WHY_TOO_MUCH, strict=True):
        if wrong:
            raise CannotStart(f"De rol {application['USER']} mag te veel: zij {why}.")


def connect(settings: Settings) -> psycopg.Connection:
    """Connect with Django's settings of a database; every server is checked for its version."""
    try:
        connection = psycopg.connect(
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            user=settings["USER"],
            password=settings["PASSWORD"] or None,
            dbname=settings["NAME"],
            autocommit=True,
            **settings["OPTIONS"],
        )
    except psycopg.OperationalError as error:
        raise CannotStart(
            f"De rol {settings['USER']} kan niet bij database {settings['NAME']}: {_reason(error)}. "
            "Controleer HERVAT_DATABASE_URL en HERVAT_OWNER_DATABASE_URL."
        ) from None
    refuse_old_server(connection.info.server_version)
    return connection


def refuse_old_server(version: int) -> None:
    """Refuse a server before PostgreSQL 15; `version` is the server's own number, such as 150018."""
    if version < OLDEST_MAJOR * 10_000:
        raise too_old(f"{version // 10_000}.{version % 10_000}")


def _create_marked(server: psycopg.Connection, owner: Settings, application_role: str) -> None:
    """Create under another name, mark, and only then give it its name: never a demo without marker."""
    draft = f"hervat_half_{secrets.token_hex(6)}"
    try:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(draft))
        )
    except psycopg.errors.InsufficientPrivilege:
        raise CannotStart(
            f"Database {owner['NAME']} bestaat niet en de rol {owner['USER']} mag haar niet maken. "
            "Maak haar zelf, of geef die rol CREATEDB."
        ) from None
    try:
        with connect(owner | {"NAME": draft}) as empty, empty.transaction():
            write_marker(empty, application_role)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        server.execute(rename.format(sql.Identifier(draft), sql.Identifier(owner["NAME"])))
    except psycopg.Error:
        server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(draft)))
        raise CannotStart(
            f"Database {owner['NAME']} kan niet worden gemaakt. "
            f"Bestaat de rol {application_role} op de server?"
        ) from None


def _reason(error: psycopg.OperationalError) -> str:
    said = str(error).strip().splitlines()
    return said[-1].rsplit("FATAL:", 1)[-1].strip() if said else "de server antwoordt niet"
