"""`hervat register`: show the register, check the program against it, and ask why.

Answers from files alone, without a database. Must never change a released version: `release` only
adds one. Read next: `../register/check.py`, `../register/decisions.py`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hervat.register import in_force, loading, matrix, show
from hervat.register.check import Finding, House, Outcome, check
from hervat.register.decisions import Allowed, Decision, Decisions, Gap, Refused
from hervat.register.document import RegisterError
from hervat.register.history import BeforeFirstVersion
from hervat.register.model import Register
from hervat.register.vocabulary import Item, Role, Use

MATRIX = Path(__file__).parents[2] / "docs" / "matrix.md"
FORMATS = ("text", "markdown", "json")


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("register", help="toon en controleer het verwerkingsregister")
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    _add_show(verbs)
    _add_check(verbs)
    _add_matrix(verbs)
    _add_why(verbs)
    _add_release(verbs)


def _add_show(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("show", help="druk het register af")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text is precies het register")
    parser.add_argument("--version", type=int, metavar="N", help="een eerdere versie")
    parser.set_defaults(run=_guarded(_show))


def _add_check(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("check", help="per element: gedekt, schending of gat")
    parser.add_argument(
        "--deploy", action="store_true", help="faal ook op open punten die niet zijn aanvaard"
    )
    parser.add_argument("--gaps", action="store_true", help="toon alleen wat niet gedekt is")
    parser.add_argument("--on", type=_day, default=None, metavar="DATUM", help="de dag waarop (vandaag)")
    parser.set_defaults(run=_guarded(_check))


def _add_matrix(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("matrix", help="schrijf docs/matrix.md: wie mag wat zien")
    parser.add_argument("--check", action="store_true", help="schrijf niets; faal als het bestand oud is")
    parser.add_argument("--output", type=Path, metavar="BESTAND", help="een ander bestand")
    parser.set_defaults(run=_guarded(_matrix))


def _add_why(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("why", help="waarom mag een rol een gegeven wel of niet gebruiken")
    parser.add_argument("role", type=_role, metavar="ROL", help="bijvoorbeeld commandant")
    parser.add_argument("item", type=_item, metavar="GEGEVEN", help="bijvoorbeeld mgo")
    parser.add_argument("--purpose", metavar="DOEL", help="bijvoorbeeld wettelijke-plicht (anders: elk doel)")
    parser.add_argument("--write", action="store_true", help="vastleggen in plaats van lezen")
    parser.add_argument("--on", type=_day, default=None, metavar="DATUM", help="de dag waarop (vandaag)")
    parser.set_defaults(run=_guarded(_why))


def _add_release(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("release", help="leg een gewijzigd register of lezing vast als nieuwe versie")
    parser.add_argument(
        "--from", dest="valid_from", type=_day, required=True, metavar="DATUM", help="vanaf wanneer"
    )
    parser.add_argument("--change", required=True, metavar="TEKST", help="wat er verandert, in een zin")
    parser.set_defaults(run=_guarded(_release))


def _guarded(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn what can be wrong with a register into one line on stderr."""

    def guarded(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except (RegisterError, BeforeFirstVersion) as error:
            print(f"hervat register: {error}", file=sys.stderr)
            return 1

    return guarded


def _show(arguments: argparse.Namespace) -> int:
    history = in_force.history()
    numbers = [register.version.number for register in history.versions]
    if arguments.version is not None and arguments.version not in numbers:
        print(f"hervat register: er is geen versie {arguments.version}; kies uit {numbers}.", file=sys.stderr)
        return 2
    register = history.latest if arguments.version is None else history.version(arguments.version)
    print(_shown(register, arguments.format), end="")
    return 0


def _shown(register: Register, form: str) -> str:
    if form == "markdown":
        return show.as_markdown(register)
    if form == "json":
        return show.as_json(register, in_force.decisions().accepted(_day_of(register)))
    return show.as_text(register)


def _day_of(register: Register) -> date:
    """Today, or else the day nearest to it on which this version holds."""
    later = [one.version.valid_from for one in in_force.history().versions]
    ends = [day - timedelta(days=1) for day in later if day > register.version.valid_from]
    return max(register.version.valid_from, min([_today(), *ends]))


def _check(arguments: argparse.Namespace) -> int:
    from hervat.cli.stored import acting_rooms, stored_fields

    on = arguments.on or _today()
    register = in_force.history().on(on)
    house = House(stored=stored_fields(), rooms=acting_rooms())
    findings = check(register, in_force.decisions().accepted(on), house)
    for finding in findings:
        if not arguments.gaps or finding.outcome is not Outcome.COVERED:
            print(_line(finding))
    counted = Counter(finding.outcome for finding in findings)
    print(
        f"\n{len(findings)} elementen van {register.entry.reference}, versie {register.version.number}: "
        f"{counted[Outcome.COVERED]} gedekt, {counted[Outcome.GAP]} gaten, "
        f"{counted[Outcome.VIOLATION]} schendingen."
    )
    return _verdict(findings, deploy=arguments.deploy)


def _line(finding: Finding) -> str:
    return f"{finding.outcome:<9}  {finding.kind:<17}  {finding.element}: {finding.text}"


def _verdict(findings: tuple[Finding, ...], *, deploy: bool) -> int:
    if any(finding.outcome is Outcome.VIOLATION for finding in findings):
        return 1
    waiting = [one.element for one in findings if one.kind == "open punt" and one.outcome is Outcome.GAP]
    if not deploy or not waiting:
        return 0
    print(
        f"hervat register: {len(waiting)} open punten zijn niet aanvaard. "
        "Zet de aanvaardingen in een bestand en noem het in HERVAT_ACCEPTANCES.",
        file=sys.stderr,
    )
    return 1


def _matrix(arguments: argparse.Namespace) -> int:
    path = arguments.output or (MATRIX if in_force.entry_path() == loading.OWN_ENTRY else None)
    if path is None:
        print("hervat register: noem met --output waar deze matrix moet komen.", file=sys.stderr)
        return 2
    text = matrix.as_markdown(in_force.history().latest)
    return _compare(path, text) if arguments.check else _write(path, text)


def _write(path: Path, text: str) -> int:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        print(f"hervat register: {path} is niet te schrijven; kies met --output een ander.", file=sys.stderr)
        return 1
    print(f"{path.name} is geschreven.")
    return 0


def _compare(path: Path, text: str) -> int:
    if path.is_file() and path.read_bytes() == text.encode():
        print(f"{path.name} is bij.")
        return 0
    print(f"hervat register: {path.name} is oud; draai 'hervat register matrix'.", file=sys.stderr)
    return 1


def _why(arguments: argparse.Namespace) -> int:
    on = arguments.on or _today()
    register = in_force.history().on(on)
    purposes = register.reading.purposes
    if arguments.purpose is not None and arguments.purpose not in purposes:
        names = ", ".join(purposes)
        print(f"hervat register: onbekend doel; kies uit {names}.", file=sys.stderr)
        return 2
    use = Use.WRITE if arguments.write else Use.READ
    role = register.reading.roles.get(arguments.role)
    print(f"{role.name if role else arguments.role}, {arguments.item}, {use}, op {on:%d-%m-%Y}\n")
    for purpose in purposes.values():
        if arguments.purpose == purpose.id or (
            arguments.purpose is None and _concerns(register, arguments, purpose.id)
        ):
            print("\n".join(_answer(in_force.decisions(), arguments, use, purpose.id, on)))
    return 0


def _concerns(register: Register, arguments: argparse.Namespace, purpose: str) -> bool:
    """Without --purpose: the purposes the item is kept for, or all for an item not named."""
    if arguments.item not in register.reading.items:
        return True
    return purpose in register.group(arguments.item).purposes


def _answer(
    decisions: Decisions, arguments: argparse.Namespace, use: Use, purpose: str, on: date
) -> list[str]:
    from hervat.register.model import PurposeId

    asked = (arguments.role, arguments.item, use, PurposeId(purpose), on)
    decision = decisions.decide(*asked)
    lines = [f"{purpose}:", *(f"  {line}" for line in _explain(decision))]
    if isinstance(decision, Gap):
        lines.append(f"  Open punten hierbij: {', '.join(point.id for point in decisions.blocking(*asked))}.")
        lines.append("  Als alle zijn aanvaard:")
        lines += [f"    {line}" for line in _explain(decisions.when_all_accepted(*asked))]
    return lines


def _explain(decision: Decision) -> list[str]:
    if isinstance(decision, Allowed):
        ground = decision.ground
        extra = f"; {ground.extra}" if ground.extra else ""
        return [f"Mag: {decision.scope}.", f"Grond: {ground.basis}: {'; '.join(ground.names)}{extra}."]
    if isinstance(decision, Refused):
        reason = decision.reason
        return [f"Mag niet: {reason.text}", f"Bron: {reason.source} (zekerheid {reason.certainty})."]
    point = decision.open_point
    return [
        f"Niet beslist, dus niet: {point.title} (open punt '{point.id}').",
        f"Onze lezing: {point.reading}",
        f"Intussen: {point.meanwhile_text}",
        f"Beslist: {point.owner}.",
    ]


def _release(arguments: argparse.Namespace) -> int:
    version = loading.release(in_force.entry_path(), arguments.valid_from, arguments.change)
    print(f"Versie {version.number} geldt vanaf {version.valid_from:%d-%m-%Y}; digest {version.digest}.")
    return 0


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def _role(given: str) -> Role:
    try:
        return Role(given.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"deze rol bestaat niet; kies uit {', '.join(Role)}") from None


def _item(given: str) -> Item:
    try:
        return Item(given.lower())
    except ValueError:
        raise argparse.ArgumentTypeError(f"dit gegeven bestaat niet; kies uit {', '.join(Item)}") from None


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(
            "dit is geen datum; schrijf jaar-maand-dag, zoals 2026-11-23"
        ) from None
