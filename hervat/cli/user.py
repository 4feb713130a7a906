"""`hervat user`: create a user, disable one, list them.

The first administrator is made here, once, on a database where there never was one; that user then makes
the others. Must never: ask for a password or print one; its owner sets it at log-in.
Read next: `access.py` (what somebody may do), docs/organisation.md.
"""

import argparse
from typing import TYPE_CHECKING, Any

from hervat.cli.administering import administrator, guarded, print_rows, refuse, show, who

if TYPE_CHECKING:
    from hervat.organisation.queries.lists import Account

_COMMAND = "hervat user"
_COLUMNS = (("user", "Code"), ("name", "Naam"), ("email", "E-mailadres"), ("disabled_on", "Gesloten op"))


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("user", help="maak, sluit en toon gebruikers")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    create = verbs.add_parser("create", help="maak een gebruiker, of de eerste beheerder")
    create.add_argument("--name", required=True, metavar="NAAM", help="zoals collega's die kennen")
    create.add_argument("--email", required=True, metavar="ADRES", help="het zakelijke e-mailadres")
    create.add_argument(
        "--first-administrator", action="store_true", help="wordt meteen beheerder; kan precies één keer"
    )
    create.set_defaults(run=guarded(_COMMAND, _create))
    disable = verbs.add_parser("disable", help="sluit een gebruiker; alle plaatsingen eindigen meteen")
    disable.add_argument("who", metavar="WIE", help="e-mailadres of code")
    disable.set_defaults(run=guarded(_COMMAND, _disable))
    activate = verbs.add_parser("activate", help="maak een code op papier voor een eerste bezoek")
    activate.add_argument("who", metavar="WIE", help="e-mailadres of code")
    activate.add_argument(
        "--renew-factors", action="store_true", help="haal bij gebruik elke tweede factor weg: alles is kwijt"
    )
    activate.set_defaults(run=guarded(_COMMAND, _activate))
    listing = verbs.add_parser("list", help="toon de gebruikers")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=guarded(_COMMAND, _list))


def _create(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.users import create_first_administrator, create_user
    from hervat.organisation.rules.refusals import Refusal

    make = create_first_administrator if arguments.first_administrator else create_user
    made = make(permit=administrator(), name=arguments.name, email=arguments.email)
    if isinstance(made, Refusal):
        return refuse(_COMMAND, made)
    print(f"Gebruiker {made} is gemaakt.")
    if arguments.first_administrator:
        print("Deze gebruiker is vanaf vandaag functioneel beheerder.")
    else:
        print("Geef nu een rol: hervat access grant WIE ROL.")
    return 0


def _disable(arguments: argparse.Namespace) -> int:
    from hervat.access.accounts import close_account
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    user = who(permit, arguments.who)
    refusal = user if isinstance(user, Refusal) else close_account(permit=permit, user=user)
    if refusal is not None:
        return refuse(_COMMAND, refusal)
    print(f"Gebruiker {user} is gesloten; alle plaatsingen zijn meteen geëindigd.")
    return 0


def _activate(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.activations import make_activation
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    user = who(permit, arguments.who)
    paper = (
        user
        if isinstance(user, Refusal)
        else make_activation(permit=permit, user=user, renew_factors=arguments.renew_factors)
    )
    if isinstance(paper, Refusal):
        return refuse(_COMMAND, paper)
    print(f"Code: {paper.code}")
    print(f"Geldt tot en met {paper.expires_at:%d-%m-%Y}, een keer. Hij is niet nog een keer te tonen.")
    print("Geef hem op papier aan deze persoon zelf; verder gaat het op /eerste-keer/ van deze website.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from hervat.organisation.queries.lists import users

    rows = [_row(account) for account in users(permit=administrator())]
    print_rows(rows, _COLUMNS, as_json=arguments.json)
    return 0


def _row(account: "Account") -> dict[str, Any]:
    return {
        "user": account.user,
        "name": show(account.name),
        "email": show(account.email),
        "disabled_on": show(account.disabled_on),
    }
