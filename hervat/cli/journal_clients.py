"""`hervat journal client`: which systems may ask the log, over the read API.

`add` shows the secret once; nobody can show it again. Works as the database's owner. Must never: take a
name of a person for that of a system, or print a secret that was not made this moment.
Read next: `../journal/actions/clients.py`, docs/log-api.md.
"""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from hervat.cli.journal_open import on_database, refuse
from hervat.register.vocabulary import Role

if TYPE_CHECKING:
    from hervat.journal.queries.clients import ClientView


def add_client_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `client add|list|end` to the verbs of `hervat journal`."""
    client = verbs.add_parser("client", help="welke systemen het logboek mogen bevragen")
    actions = client.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    add = actions.add_parser("add", help="laat een systeem toe; toont eenmaal het geheim")
    add.add_argument(
        "name", type=system_name, metavar="NAAM", help="de naam van het systeem, niet van een persoon"
    )
    add.add_argument(
        "--role",
        type=_role,
        required=True,
        metavar="ROL",
        help="de rol waarin het vraagt, zoals fg of auditor",
    )
    add.set_defaults(run=on_database("owner", _add))
    listing = actions.add_parser("list", help="toon alle systemen, ook beëindigde")
    listing.set_defaults(run=on_database("owner", _list))
    end = actions.add_parser("end", help="beëindig een systeem; het werkt meteen niet meer")
    end.add_argument("id", type=identifier, metavar="NUMMER", help="het nummer van het systeem")
    end.set_defaults(run=on_database("owner", _end))


def _add(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from hervat.access.machine import command_actor
    from hervat.journal.actions.clients import add_client
    from hervat.journal.rules.purposes import oversight, why_no_oversight
    from hervat.register import in_force

    register, today = in_force.history().on(timezone.localdate()), timezone.localdate()
    decision = oversight(in_force.decisions(), register, arguments.role, today)
    refusal = why_no_oversight(register, arguments.role, decision)
    if refusal is not None:
        return refuse(refusal)
    issued = add_client(
        name=arguments.name,
        role=arguments.role,
        actor=command_actor(Role.ADMINISTRATOR),
        register=register,
        now=timezone.now(),
    )
    print(f"Nummer: {issued.id}")
    print(f"Geheim: {issued.secret}")
    print("Dit geheim wordt niet nog eens getoond. Hoe u ermee vraagt: docs/log-api.md.")
    return 0


def _list(_: argparse.Namespace) -> int:
    from hervat.journal.queries.clients import list_clients

    clients = list_clients(using="owner")
    for client in clients:
        print(_line(client))
    if not clients:
        print("Geen enkel systeem mag het logboek bevragen.")
    return 0


def _end(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from hervat.access.machine import command_actor
    from hervat.journal.actions.clients import end_client
    from hervat.register import in_force

    register = in_force.history().on(timezone.localdate())
    if not end_client(
        arguments.id, actor=command_actor(Role.ADMINISTRATOR), register=register, now=timezone.now()
    ):
        return refuse("Dit systeem is er niet, of is al beëindigd. Zie: hervat journal client list")
    print("Beëindigd. Ook een token dat nog zou gelden, werkt niet meer.")
    return 0


def _line(client: "ClientView") -> str:
    until = f", beëindigd op {client.ended_at:%d-%m-%Y}" if client.ended_at else ""
    return f"{client.id}  {client.role}  {client.name}  (sinds {client.created_at:%d-%m-%Y}{until})"


def system_name(value: str) -> str:
    name = value.strip()
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise argparse.ArgumentTypeError("geef een naam van 1 tot en met 100 tekens, op een regel")
    return name


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise argparse.ArgumentTypeError("geef de code van een rol, zoals fg of auditor") from None


def identifier(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "geef een nummer zoals hervat journal client list het toont"
        ) from None
