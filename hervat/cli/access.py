"""`hervat access`: grant a posting, approve a doctor's, revoke one, list them, say why.

Whoever types it is an administrator, known to the log by the account on the machine. Must never: pass over
what an action refuses. Read next: `user.py`, `../organisation/actions/postings.py`, docs/organisation.md.
"""

import argparse
from typing import TYPE_CHECKING, Any

from hervat.cli import access_deputy, access_why
from hervat.cli.administering import (
    administrator,
    code,
    day,
    guarded,
    print_rows,
    refuse,
    show,
    who,
)
from hervat.register.vocabulary import Role

if TYPE_CHECKING:
    from uuid import UUID

    from hervat.organisation.queries.lists import Holder
    from hervat.organisation.rules.refusals import Refusal
    from hervat.organisation.rules.units import Tree

_COMMAND = "hervat access"
_COLUMNS = (
    ("posting", "Plaatsing"),
    ("name", "Gebruiker"),
    ("role", "Rol"),
    ("unit", "Eenheid"),
    ("below", "Onderliggend"),
    ("starts_on", "Van"),
    ("ends_on", "Tot en met"),
    ("state", "Stand"),
)


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("access", help="geef, keur goed, trek in en toon plaatsingen")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    _add_grant(verbs)
    approve = verbs.add_parser("approve", help="keur de plaatsing van een arts goed, als tweede beheerder")
    approve.add_argument("posting", type=code, metavar="PLAATSING", help="de code; zie access list")
    approve.set_defaults(run=guarded(_COMMAND, _approve))
    revoke = verbs.add_parser("revoke", help="trek een plaatsing in; werkt meteen")
    revoke.add_argument("posting", type=code, metavar="PLAATSING", help="de code; zie access list")
    revoke.add_argument("--reason", required=True, metavar="REDEN", help="waarom, in een zin")
    revoke.add_argument(
        "--from", dest="from_on", type=day, metavar="DATUM", help="eerste dag zonder (vandaag)"
    )
    revoke.set_defaults(run=guarded(_COMMAND, _revoke))
    _add_list(verbs)
    access_deputy.add_to(verbs)
    access_why.add_to(verbs)


def _add_grant(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    grant = verbs.add_parser("grant", help="plaats iemand in een rol")
    grant.add_argument("who", metavar="WIE", help="e-mailadres of code")
    grant.add_argument("role", type=_role, metavar="ROL", help="bijvoorbeeld commandant")
    grant.add_argument("--unit", metavar="AFKORTING", help="de eenheid; alleen voor rollen met een eenheid")
    grant.add_argument("--below", metavar="REDEN", help="ook onderliggende eenheden, en waarom")
    grant.add_argument("--from", dest="starts_on", type=day, metavar="DATUM", help="eerste dag (vandaag)")
    grant.add_argument("--until", dest="ends_on", type=day, metavar="DATUM", help="laatste dag (geen)")
    grant.set_defaults(run=guarded(_COMMAND, _grant))


def _add_list(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = verbs.add_parser("list", help="toon plaatsingen: wat geldt, wacht of nog begint")
    listing.add_argument("--user", metavar="WIE", help="alleen van deze gebruiker")
    listing.add_argument("--role", type=_role, metavar="ROL", help="alleen in deze rol")
    listing.add_argument("--unit", metavar="AFKORTING", help="alleen voor deze eenheid")
    listing.add_argument("--on", type=day, metavar="DATUM", help="de dag waarop (vandaag)")
    listing.add_argument("--all", action="store_true", help="ook wat voorbij of ingetrokken is")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=guarded(_COMMAND, _list))


def _grant(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.postings import grant
    from hervat.organisation.rules.postings import DOCTORS
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    user, unit = who(permit, arguments.who), _unit(arguments.unit)
    if isinstance(user, Refusal):
        return refuse(_COMMAND, user)
    if isinstance(unit, Refusal):
        return refuse(_COMMAND, unit)
    made = grant(
        permit=permit,
        user=user,
        role=arguments.role,
        unit=unit,
        below=arguments.below is not None,
        below_reason=arguments.below or "",
        starts_on=arguments.starts_on or permit.on,
        ends_on=arguments.ends_on,
    )
    if isinstance(made, Refusal):
        return refuse(_COMMAND, made)
    print(f"Plaatsing {made} is gegeven.")
    if arguments.role in DOCTORS:
        print(f"Zij geldt pas na goedkeuring door een ander: hervat access approve {made}")
    return 0


def _approve(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.postings import approve

    refusal = approve(permit=administrator(), posting=arguments.posting)
    return _said(refusal, f"Plaatsing {arguments.posting} is goedgekeurd.")


def _revoke(arguments: argparse.Namespace) -> int:
    from hervat.organisation.actions.postings import revoke

    permit = administrator()
    from_on = arguments.from_on or permit.on
    refusal = revoke(
        permit=permit, posting=arguments.posting, reason=arguments.reason, from_on=arguments.from_on
    )
    return _said(refusal, f"Plaatsing {arguments.posting} geldt vanaf {from_on:%d-%m-%Y} niet meer.")


def _said(refusal: "Refusal | None", done: str) -> int:
    if refusal is not None:
        return refuse(_COMMAND, refusal)
    print(done)
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from hervat.organisation.queries.standing import unit_tree
    from hervat.organisation.rules.refusals import Refusal

    found = _found(arguments)
    if isinstance(found, Refusal):
        return refuse(_COMMAND, found)
    tree = unit_tree()
    print_rows([_row(holder, tree) for holder in found], _COLUMNS, as_json=arguments.json)
    return 0


def _found(arguments: argparse.Namespace) -> "tuple[Holder, ...] | Refusal":
    from hervat.organisation.queries.lists import holders
    from hervat.organisation.rules.postings import PostingState
    from hervat.organisation.rules.refusals import Refusal

    permit = administrator()
    unit = _unit(arguments.unit)
    user = None if arguments.user is None else who(permit, arguments.user)
    if isinstance(unit, Refusal):
        return unit
    if isinstance(user, Refusal):
        return user
    over = () if arguments.all else (PostingState.ENDED, PostingState.REVOKED)
    states = [state for state in PostingState if state not in over]
    on = arguments.on or permit.on
    return holders(permit=permit, on=on, user=user, role=arguments.role, unit=unit, states=states)


def _unit(abbreviation: str | None) -> "UUID | Refusal | None":
    from hervat.organisation.queries.standing import unit_tree
    from hervat.organisation.rules.refusals import Refusal, WhyNot

    if abbreviation is None:
        return None
    unit = unit_tree().abbreviated(abbreviation)
    return Refusal(WhyNot.UNIT_UNKNOWN) if unit is None else unit.id


def _row(holder: "Holder", tree: "Tree") -> dict[str, Any]:
    from hervat.organisation.rules.postings import Posting, last_day

    posting = show(holder.posting)
    if not isinstance(posting, Posting):
        return dict.fromkeys((key for key, _ in _COLUMNS), posting) | {"name": show(holder.name)}
    unit = tree.get(posting.unit)
    return {
        "posting": posting.id,
        "user": holder.user,
        "name": show(holder.name),
        "role": posting.role,
        "unit": unit.abbreviation if unit else None,
        "below": posting.below_reason or None,
        "starts_on": posting.starts_on,
        "ends_on": last_day(posting),
        "state": show(holder.state),
    }


def _role(given: str) -> Role:
    try:
        return Role(given.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"deze rol bestaat niet; kies uit {', '.join(Role)}") from None
