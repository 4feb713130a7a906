"""What `hervat user` and `hervat access` share: the permit, the answers, the tables.

Must never: let the text of a database error through, for it may quote a person; or let a name draw on the
screen (a name is printed as text, never as markup). Read next: `user.py`, `access.py`, `../access/door.py`.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from hervat.organisation.rules.refusals import Refusal
    from hervat.register.permit import Permit

Run = Callable[[argparse.Namespace], int]
_WIDE = 220


def guarded(command: str, run: Run) -> Run:
    """Turn what settings, database or register refuse into one line on stderr."""

    def answered(arguments: argparse.Namespace) -> int:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import Error, OperationalError

        from hervat.register.document import RegisterError

        try:
            _open_database()
        except ImproperlyConfigured as error:
            return _say(command, str(error))
        # The door knows models, which can be read only after the settings.
        from hervat.access.door import NoPurpose

        try:
            return run(arguments)
        except (ImproperlyConfigured, NoPurpose, RegisterError) as error:
            return _say(command, str(error))
        except OperationalError:
            return _say(command, "de database antwoordt niet. Controleer HERVAT_DATABASE_URL.")
        except Error:
            return _say(command, "de database weigert dit. Draai hervat migrate en probeer het nog eens.")

    return answered


def _say(command: str, why: str) -> int:
    print(f"{command}: {why}", file=sys.stderr)
    return 1


def administrator() -> "Permit":
    """Return the permit of whoever types this, for one command, today."""
    from hervat.access.door import for_command
    from hervat.journal.actions.append import begin
    from hervat.register.vocabulary import Operation

    return for_command(Operation.ADMINISTER_USERS, on=today(), trace=begin())


def today() -> date:
    from hervat.organisation.rules.postings import day_of

    return day_of(datetime.now(UTC))


def who(permit: "Permit", given: str) -> "UUID | Refusal":
    """Return the user with this e-mail address or code."""
    from hervat.organisation.queries.lists import find_user
    from hervat.organisation.rules.refusals import Refusal, WhyNot

    return find_user(permit=permit, who=given) or Refusal(WhyNot.USER_UNKNOWN)


def refuse(command: str, refusal: "Refusal") -> int:
    print(f"{command}: {refusal.text}", file=sys.stderr)
    return 1


def show(cell: object) -> Any:
    """Return what a cell holds, as JSON has it; what may not be seen says why."""
    from hervat.register.cells import Hidden, Outcome, Shown

    if isinstance(cell, Shown):
        return cell.value
    if isinstance(cell, Outcome):
        return {"outcome": cell.code}
    return {"hidden": cell.reason.text} if isinstance(cell, Hidden) else cell


def print_rows(rows: Sequence[dict[str, Any]], columns: Iterable[tuple[str, str]], *, as_json: bool) -> None:
    """Print rows as JSON, or as a table with these keys under these headings."""
    if as_json:
        print(json.dumps(rows, default=str, ensure_ascii=False, indent=2))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = tuple(columns)
    table = Table(*(heading for _, heading in columns), box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_text(row[key]), overflow="fold") for key, _ in columns))
    # A file or a pipe has no width: there a code must stay on one line.
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDE).print(table)


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, dict):
        return "niet zichtbaar" if "hidden" in value else str(value["outcome"])
    return "" if value is None else str(value)


def day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "dit is geen datum; schrijf jaar-maand-dag, zoals 2026-11-23"
        ) from None


def code(given: str) -> "UUID":
    from uuid import UUID

    try:
        return UUID(given)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "dit is geen code van een plaatsing of waarneming; zie hervat access list"
        ) from None


def _open_database() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
    import django

    from hervat.config.environment import refuse_to_serve_without

    django.setup()
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("dummy"):
        refuse_to_serve_without("HERVAT_DATABASE_URL")
