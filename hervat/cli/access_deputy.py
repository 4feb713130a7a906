"""`hervat access deputy`: name a deputy for somebody who cannot do it, end one, and list them.

Must never: do what the rules refuse to whoever is away. Read next: `../organisation/actions/deputies.py`,
docs/organisation.md.
"""

import argparse
from typing import TYPE_CHECKING, Any

from hervat.cli.administering import administrator, code, day, guarded, print_rows, refuse, show, who

if TYPE_CHECKING:
    from hervat.organisation.queries.deputies import DeputyRow
    from hervat.organisation.rules.deputies import DeputyReason

_REASONS = "afwezig, inzet, opleiding, overdracht of ander-werk"
_COMMAND = "hervat access deputy"
_COLUMNS = (
    ("deputation", "Waarneming"),
    ("principal", "Voor"),
    ("deputy", "Door"),
    ("role", "Rol"),
    ("starts_on", "Van"),
    ("ends_on", "Tot en met"),
    ("reason", "Reden"),
    ("state", "Stand"),
)


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("deputy", help="wie neemt voor wie waar: noem, beëindig en toon")
    below = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    name = below.add_parser("name", help="laat een collega met dezelfde rol waarnemen")
    name.add_argument("posting", type=code, metavar="PLAATSING", help="de code; zie access list")
    name.add_argument("who", metavar="WIE", help="e-mailadres of code van wie waarneemt")
    name.add_argument("--from", dest="starts_on", type=day, metavar="DATUM", help="eerste dag (vandaag)")
    name.add_argument("--until", dest="ends_on", type=day, required=True, metavar="DATUM", help="laatste dag")
    name.add_argument("--reason", type=_reason, required=True, metavar="REDEN", help=_REASONS)
    name.set_defaults(run=guarded(_COMMAND, _name))
    end = below.add_parser("end", help="beëindig een waarneming; werkt meteen")
    end.add_argument("deputation", type=code, metavar="WAARNEMING", help="de code; zie access deputy list")
    end.set_defaults(run=guarded(_COMMAND, _end))
    listing = below.add_parser("list", help="toon wie voor wie waarneemt, ook wat voorbij is")
    listing.add_argument("--user", metavar="WIE", help="alleen van of voor deze gebruiker")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=guarded(_COMMAND, _list))


def _name(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.deputies import name_deputy
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    made = name_deputy(
        permit=permit,
        posting=arguments.posting,
        who=arguments.who,
        starts_on=arguments.starts_on or permit.on,
        ends_on=arguments.ends_on,
        reason=arguments.reason,
    )
    if isinstance(made, Refusal):
        return refuse(_COMMAND, made)
    print(f"Waarneming {made} is vastgelegd, tot en met {arguments.ends_on:%d-%m-%Y}.")
    return 0


def _end(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.deputies import end_deputy

    refusal = end_deputy(permit=administrator(), deputation=arguments.deputation)
    if refusal is not None:
        return refuse(_COMMAND, refusal)
    print(f"Waarneming {arguments.deputation} is beëindigd.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from hervat.organisation.queries.deputies import deputies
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    user = None if arguments.user is None else who(permit, arguments.user)
    if isinstance(user, Refusal):
        return refuse(_COMMAND, user)
    rows = deputies(permit=permit, on=permit.on, user=user)
    print_rows([_row(one) for one in rows], _COLUMNS, as_json=arguments.json)
    return 0


def _row(one: "DeputyRow") -> dict[str, Any]:
    from hervat.organisation.rules.deputies import Deputation

    shown = show(one.deputation)
    row = {"principal": show(one.principal_name), "deputy": show(one.deputy_name), "state": show(one.state)}
    if not isinstance(shown, Deputation):
        return dict.fromkeys((key for key, _ in _COLUMNS), shown) | row
    return row | {
        "deputation": shown.id,
        "role": shown.posting.role,
        "starts_on": shown.starts_on,
        "ends_on": shown.ends_on,
        "reason": shown.reason,
    }


def _reason(given: str) -> "DeputyReason":
    from hervat.organisation.rules.deputies import DeputyReason

    try:
        return DeputyReason(given.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"kies uit {_REASONS}") from None
