"""`hervat vault`: the state of the keys, wrapping them anew, and a new key.

`rotate` commits batch by batch and can be stopped and started again. Must never: print a key other than the
one it just made. Read next: `../vault/actions.py`, docs/vault.md.
"""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from hervat.cli.parser import in_range

if TYPE_CHECKING:
    from hervat.vault.queries import EpochState
    from hervat.vault.rules.sealing import Domain

_SETTINGS = {"gewoon": "HERVAT_KEYS_ORDINARY", "medisch": "HERVAT_KEYS_MEDICAL"}
_SEARCH = "zoeken"


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("vault", help="de sleutels waaronder gegevens zijn verzegeld")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    status = verbs.add_parser("status", help="hoeveel sleutels onder welk nummer, en wat weg mag")
    status.set_defaults(run=_guarded(_status))
    rotate = verbs.add_parser("rotate", help="pak alle sleutels in onder het hoogste nummer")
    rotate.add_argument("domain", nargs="?", choices=[*_SETTINGS], help="alleen dit domein (anders: beide)")
    rotate.add_argument(
        "--batch", type=in_range(1, 10_000), default=1000, metavar="N", help="sleutels per keer (1000)"
    )
    rotate.set_defaults(run=_guarded(_rotate))
    new = verbs.add_parser("new-key", help="maak een nieuwe sleutel en druk hem af; hij wordt niet bewaard")
    new.add_argument("use", nargs="?", choices=[*_SETTINGS, _SEARCH], help="waarvoor; geeft het nummer erbij")
    new.set_defaults(run=_guarded(_new_key))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn what the environment, the keys or the register refuse into one line on stderr."""

    def guarded(arguments: argparse.Namespace) -> int:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import OperationalError

        from hervat.journal.rules.purposes import NoPurpose
        from hervat.register.document import RegisterError
        from hervat.vault.rules.sealing import VaultError

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
        try:
            return run(arguments)
        except (ImproperlyConfigured, VaultError, NoPurpose, RegisterError) as error:
            print(f"hervat vault: {error}", file=sys.stderr)
        except OperationalError:
            print(
                "hervat vault: de database antwoordt niet. Controleer HERVAT_DATABASE_URL.", file=sys.stderr
            )
        return 1

    return guarded


def _open_database() -> None:
    import django

    from hervat.config.environment import refuse_to_serve_without

    django.setup()
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("dummy"):
        refuse_to_serve_without("HERVAT_DATABASE_URL")


def _status(_: argparse.Namespace) -> int:
    _open_database()
    from hervat.vault.queries import status

    found = status()
    if not found:
        print("Er zijn geen sleutels, en de omgeving geeft er geen om mee te beginnen. Zie docs/vault.md.")
    for state in found:
        print(f"{state.domain:<8} {state.epoch:>4} {state.keys:>10} sleutels   {_said(state)}")
    return 1 if any(not state.here for state in found) else 0


def _said(state: "EpochState") -> str:
    variable = _SETTINGS[state.domain]
    if not state.here:
        return f"ontbreekt in {variable}: wat eronder ligt kan niet open"
    if state.highest:
        return "in gebruik"
    if state.removable:
        return f"mag uit {variable}; bewaar hem zolang er oudere reservekopieën van sleutels zijn"
    return f"nog nodig; opnieuw inpakken: hervat vault rotate {state.domain}"


def _rotate(arguments: argparse.Namespace) -> int:
    _open_database()
    from hervat.vault.rules.sealing import Domain

    for domain in Domain:
        if arguments.domain in (None, domain):
            _rotate_one(domain, arguments.batch)
    return 0


def _rotate_one(domain: "Domain", batch: int) -> None:
    from datetime import UTC, datetime

    from hervat.access.machine import command_actor
    from hervat.register import in_force
    from hervat.vault.actions import rotate

    now, actor = datetime.now(UTC), command_actor()
    done = shown = 0
    for state in rotate(
        domain, actor=actor, register=in_force.history().on(now.date()), now=now, batch=batch
    ):
        done, percent = state.done, 100 * state.done // state.total
        if percent != shown:
            print(f"{domain}: {percent}% ({done} van {state.total})", file=sys.stderr, flush=True)
            shown = percent
    print(f"{domain}: {done} sleutels opnieuw ingepakt.")


def _new_key(arguments: argparse.Namespace) -> int:
    import secrets

    from hervat.config.environment import keys

    variable = _SETTINGS.get(arguments.use)
    number = f"{max(keys(variable), default=0) + 1}:" if variable else ""
    print(f"{number}{secrets.token_urlsafe(32)}")
    return 0
