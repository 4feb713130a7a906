"""`hervat migrate`: bring a database up to date, as its owner.

For a server that HERVAT_OWNER_DATABASE_URL names; `hervat demo` does the same for its own.
Must never run as the application's role, which may not change the schema.
Read next: `../config/provision.py`.
"""

import argparse
import os
import sys


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("migrate", help="werk de database bij, als haar eigenaar")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Migrate the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        _migrate()
    except ImproperlyConfigured as error:
        print(f"hervat migrate: {error}", file=sys.stderr)
        return 1
    print("De database is bijgewerkt.")
    return 0


def _migrate() -> None:
    from django.conf import settings

    from hervat.config.environment import refuse_to_serve_without
    from hervat.config.provision import migrate
    from hervat.dossiers.actions.door_key import keep_door_key
    from hervat.journal.actions.months import open_months

    refuse_to_serve_without("HERVAT_OWNER_DATABASE_URL", "HERVAT_DATABASE_URL")
    migrate(settings.DATABASES["owner"], settings.DATABASES["default"])
    keep_door_key(settings.DOOR_KEY)
    open_months()
