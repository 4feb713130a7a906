"""Opens the database for the verbs of `hervat journal`, and says in one line why it cannot.

Must never: show a traceback for what a person can put right, or name anything that a line holds.
Read next: `journal.py`, docs/settings.md.
"""

import argparse
import os
import sys
from collections.abc import Callable

Run = Callable[[argparse.Namespace], int]

_VARIABLES = {"default": "HERVAT_DATABASE_URL", "owner": "HERVAT_OWNER_DATABASE_URL"}


def refuse(why: str) -> int:
    """Say on one line of stderr why nothing was done; return the exit code."""
    print(f"hervat journal: {why}", file=sys.stderr, flush=True)
    return 1


def many(count: int, one: str, more: str) -> str:
    """Return a count as a Dutch reader expects it.

    >>> many(1, "regel", "regels"), many(12345, "regel", "regels")
    ('1 regel', '12.345 regels')
    """
    return f"{count:,} {one if count == 1 else more}".replace(",", ".")


def on_database(alias: str, run: Run) -> Run:
    """Return the verb with Django ready and that database named; what a person can put right is one line."""

    def opened(arguments: argparse.Namespace) -> int:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
        import django
        import psycopg
        from django.core.exceptions import ImproperlyConfigured
        from django.db import OperationalError, ProgrammingError

        try:
            django.setup()
            return _named(alias) or _run(run, arguments)
        except ImproperlyConfigured as error:
            return refuse(str(error))
        except (OperationalError, psycopg.OperationalError):
            return refuse(
                f"de database antwoordt niet. Controleer {_VARIABLES[alias]}, en of de server draait."
            )
        except (ProgrammingError, psycopg.ProgrammingError) as error:
            return refuse(_why_not(error.__cause__ or error, alias))

    return opened


def _named(alias: str) -> int:
    """Refuse where the environment names no database; return the exit code, 0 when it does."""
    from django.conf import settings

    if not settings.DATABASES[alias]["ENGINE"].endswith("dummy"):
        return 0
    whose = "de eigenaar van de database" if alias == "owner" else "de database"
    return refuse(f"{whose} is niet genoemd. Zet {_VARIABLES[alias]}, zie docs/settings.md.")


def _why_not(error: BaseException, alias: str) -> str:
    """Say what a person can put right; any other fault of ours is raised again."""
    from psycopg.errors import InsufficientPrivilege, UndefinedTable

    if isinstance(error, UndefinedTable):
        return "de tabellen van het logboek zijn er niet. Werk de database bij: hervat migrate"
    if isinstance(error, InsufficientPrivilege):
        return f"de rol in {_VARIABLES[alias]} mag dit niet. Zie docs/settings.md, onder A server."
    raise error


def _run(run: Run, arguments: argparse.Namespace) -> int:
    from hervat.journal.actions.checkpoints import FolderError
    from hervat.journal.actions.redact import RedactError
    from hervat.journal.actions.refusals import SealError
    from hervat.journal.queries.proofs import NoProofError
    from hervat.journal.rules.line import LineError
    from hervat.journal.rules.notes import NoteError
    from hervat.journal.rules.purposes import NoPurpose
    from hervat.register.document import RegisterError
    from hervat.register.history import BeforeFirstVersion

    told = (FolderError, SealError, RedactError, NoProofError, LineError, NoteError, NoPurpose, RegisterError)
    try:
        return run(arguments)
    except (*told, BeforeFirstVersion) as error:
        return refuse(str(error))
