"""`hervat access why`: why a user sees an item of a case, or not. The answer of the page, as text.

No content of a dossier, and of a case that is not that user's no more than that it is not there. Whoever
types it is logged as having looked at that user. Must never: ask the door in the name of the user.
Read next: `access.py`, `../access/explain.py`.
"""

import argparse
import json
from typing import TYPE_CHECKING, Any

from hervat.cli.administering import administrator, day, guarded, refuse, who

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from hervat.access.asking import Asked
    from hervat.access.explain import Explanation
    from hervat.register.permit import Permit
    from hervat.register.vocabulary import Item

_COMMAND = "hervat access why"


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    why = verbs.add_parser("why", help="zeg waarom iemand een gegeven van een dossier ziet, of niet")
    why.add_argument("who", metavar="WIE", help="e-mailadres of code")
    why.add_argument("case", metavar="ZAAK", help="het casenummer")
    why.add_argument("item", nargs="?", metavar="GEGEVEN", help="bijvoorbeeld bsn; zonder: alle gegevens")
    why.add_argument("--on", type=day, metavar="DATUM", help="de dag waarop (vandaag)")
    why.add_argument("--json", action="store_true", help="als JSON")
    why.set_defaults(run=guarded(_COMMAND, _why))


def _why(arguments: argparse.Namespace) -> int:
    from hervat.access.explain import explain_another
    from hervat.access.refusals import Refusal
    from hervat.organisation.rules import refusals
    from hervat.register.history import BeforeFirstVersion

    items = _items(arguments.item)
    if not items:
        return _say_wrong(f"dit gegeven bestaat niet: {arguments.item}. Zie hervat register show.")
    permit = administrator()
    user = who(permit, arguments.who)
    if isinstance(user, refusals.Refusal):
        return refuse(_COMMAND, user)
    try:
        found = explain_another(permit, _asked(permit, user, arguments.on), arguments.case, items)
    except BeforeFirstVersion as early:
        return _say_wrong(str(early))
    if isinstance(found, Refusal):
        return _say_wrong(f"geen toegang. {found.reason.text} ({found.reason.source})")
    _print(found, as_json=arguments.json)
    return 0


def _items(given: str | None) -> "tuple[Item, ...]":
    from hervat.register import in_force
    from hervat.register.vocabulary import Item

    known = in_force.history().latest.reading.items
    if given is None:
        kept = in_force.history().latest.group(Item.CASE_NUMBER).subjects
        return tuple(item for item in known if in_force.history().latest.group(item).subjects == kept)
    return tuple(item for item in known if item.value == given.lower())


def _asked(permit: "Permit", user: "UUID", on: "date | None") -> "Asked":
    from hervat.access.asking import Asked
    from hervat.access.choosing import purposes_for
    from hervat.config.demo import is_demo
    from hervat.journal.actions.append import begin
    from hervat.register.vocabulary import Operation, Role, Source

    return Asked(
        user=user,
        operation=Operation.READ_DOSSIER,
        purpose=purposes_for(Role.RE_INTEGRANT, Operation.READ_DOSSIER, permit.on)[0].id,
        on=on or permit.on,
        source=Source.COMMAND_LINE,
        trace=begin(),
        demo=is_demo(),
    )


def _print(found: "tuple[Explanation, ...]", *, as_json: bool) -> None:
    rows = [_row(one) for one in found]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    first = rows[0]
    print(f"Rol {first['role']}, door {first['authority']}, voor het doel {first['purpose']}.")
    for row in rows:
        print(f"\n{row['item']}: lezen {row['read']}, vastleggen {row['write']}")
        print(f"  {row['reason']}\n  Bron: {row['source']}; zekerheid {row['certainty']}.")
        for point in row["points"]:
            stand = "aanvaard" if point["accepted"] else "open"
            print(f"  Open punt {point['id']}: {stand}.")


def _row(one: "Explanation") -> dict[str, Any]:
    return {
        "item": one.item.value,
        "role": one.role.value,
        "authority": one.authority.value,
        "purpose": one.purpose,
        "read": _decided(one.read),
        "write": _decided(one.write),
        "reason": one.reason.text,
        "source": one.reason.source,
        "certainty": one.reason.certainty.value,
        "points": [{"id": touching.point.id, "accepted": touching.accepted} for touching in one.points],
    }


def _decided(decision: object) -> str:
    from hervat.register.decisions import Allowed, Gap

    if isinstance(decision, Allowed):
        return f"mag ({decision.scope.value})"
    return "niet beslist, dus niet" if isinstance(decision, Gap) else "mag niet"


def _say_wrong(text: str) -> int:
    import sys

    print(f"{_COMMAND}: {text}", file=sys.stderr)
    return 1
