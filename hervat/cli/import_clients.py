"""`hervat import client`: which systems may send messages, over HTTP.

`add` shows the secret once; nobody can show it again. Works as the database's owner. Must never: take a
name of a person for that of a system, or print a secret that was not made this moment.
Read next: `../exchange/actions/clients.py`, docs/personnel-feed.md.
"""

import argparse
import sys
from typing import TYPE_CHECKING

from hervat.cli.administering import administrator, guarded
from hervat.cli.journal_clients import identifier, system_name

if TYPE_CHECKING:
    from hervat.exchange.queries.clients import ClientView

_COMMAND = "hervat import client"


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    client = verbs.add_parser("client", help="welke systemen berichten mogen sturen")
    actions = client.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    add = actions.add_parser("add", help="laat een systeem toe; toont eenmaal het geheim")
    add.add_argument(
        "name", type=system_name, metavar="NAAM", help="de naam van het systeem, niet van een persoon"
    )
    add.set_defaults(run=guarded(_COMMAND, _add))
    listing = actions.add_parser("list", help="toon alle systemen, ook beëindigde")
    listing.set_defaults(run=guarded(_COMMAND, _list))
    end = actions.add_parser("end", help="beëindig een systeem; het werkt meteen niet meer")
    end.add_argument("id", type=identifier, metavar="NUMMER", help="het nummer van het systeem")
    end.set_defaults(run=guarded(_COMMAND, _end))


def _add(arguments: argparse.Namespace) -> int:
    from hervat.exchange.actions.clients import add_client

    issued = add_client(permit=administrator(), name=arguments.name)
    print(f"Nummer: {issued.id}")
    print(f"Geheim: {issued.secret}")
    print("Dit geheim wordt niet nog eens getoond. Hoe u ermee stuurt: docs/personnel-feed.md.")
    return 0


def _list(_: argparse.Namespace) -> int:
    from hervat.exchange.queries.clients import list_clients

    clients = list_clients(using="owner")
    for client in clients:
        print(_line(client))
    if not clients:
        print("Geen enkel systeem mag berichten sturen.")
    return 0


def _end(arguments: argparse.Namespace) -> int:
    from hervat.exchange.actions.clients import end_client

    if not end_client(permit=administrator(), client=arguments.id):
        print(
            f"{_COMMAND}: dit systeem is er niet, of is al beëindigd. Zie: hervat import client list",
            file=sys.stderr,
        )
        return 1
    print("Beëindigd. Ook een token dat nog zou gelden, werkt niet meer.")
    return 0


def _line(client: "ClientView") -> str:
    until = f", beëindigd op {client.ended_at:%d-%m-%Y}" if client.ended_at else ""
    return f"{client.id}  {client.name}  (sinds {client.created_at:%d-%m-%Y}{until})"
