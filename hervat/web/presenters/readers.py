"""Who read of somebody: when, in which role and unit, for which purpose, what, and what was refused.

Role and unit, and by choice of the organisation a name. What a task or a command did is told as such.
Must never: give the code of a user. Read next: `hervat/journal/queries/lines.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hervat.dossiers.actions.assigning import OBJECTS
from hervat.dossiers.rules.vocabulary import AssignmentState
from hervat.journal.queries.lines import LineView, Page
from hervat.journal.rules.line import Effect, Manner, Outcome
from hervat.organisation.queries.standing import unit_tree
from hervat.organisation.rules.units import Tree
from hervat.register import in_force
from hervat.register.vocabulary import ActorKind, Item, Operation
from hervat.web.presenters.facts import item_name, role_name, unit_name
from hervat.web.presenters.words import Chip


@dataclass(frozen=True, slots=True)
class Reading:
    """One line: who, when, for what, what was met, and how it ended."""

    at: str
    who: str
    name: str
    did: str
    purpose: str
    items: tuple[str, ...]
    chip: Chip | None
    trace: str
    own: bool


@dataclass(frozen=True, slots=True)
class ReadersView:
    """A page of lines; `next_id` is where the next begins."""

    manner: str
    lines: tuple[Reading, ...]
    next_id: str
    by_name: bool


def present_readers(
    page: Page, manner: Manner, own_code: str, *, names: Mapping[str, str] | None = None
) -> ReadersView:
    """Format a page of what was done with somebody's data."""
    units = unit_tree()
    lines = tuple(_reading(line, own_code, names or {}, units) for line in page.lines)
    next_id = str(page.lines[-1].id) if page.more else ""
    return ReadersView(manner.value, lines, next_id, names is not None)


def _reading(line: LineView, own_code: str, names: Mapping[str, str], units: Tree) -> Reading:
    own = line.actor.code == own_code
    purposes = in_force.history().latest.reading.purposes
    return Reading(
        at=date_format(localtime(line.logged_at), "j b Y, H:i"),
        who=_who(line, own, units),
        name="" if own else names.get(line.actor.code, ""),
        did=_did(line),
        purpose=purposes[line.purpose].name if line.purpose in purposes else line.purpose,
        items=tuple(sorted(item_name(item) for item in line.items)),
        chip=_chip(line),
        trace=str(line.trace_id),
        own=own,
    )


def _who(line: LineView, own: bool, units: Tree) -> str:
    if own:
        return _("uzelf")
    if line.actor.kind is ActorKind.JOB:
        return _("een taak van het systeem")
    if line.actor.kind is ActorKind.COMMAND:
        return _("een beheerder op de server")
    if line.actor.kind is ActorKind.CLIENT:
        return _("een gekoppeld systeem")
    role = role_name(line.actor.role) if line.actor.role else _("iemand zonder rol in dit dossier")
    return f"{role}, {unit_name(line.actor.unit, units)}" if line.actor.unit else role


def _did(line: LineView) -> str:
    if line.outcome is Outcome.REFUSED:
        return _("wilde uw gegevens zien")
    if line.operation is Operation.EXERCISE_RIGHTS:
        if line.object_id:
            return _("stelde een vraag aan de FG")
        return _("bekeek wie uw gegevens las")
    if line.operation is Operation.REFER:
        return _referred(line)
    return {
        # A fact that is recorded is made as well; only who opens a dossier gives it a number.
        Effect.CREATE: _("opende uw dossier") if Item.CASE_NUMBER in line.items else _("legde iets vast"),
        Effect.READ: _("las uw gegevens"),
        Effect.UPDATE: _("legde iets vast"),
        Effect.DELETE: _("vernietigde gegevens"),
        Effect.EXECUTE: _("verwerkte uw gegevens"),
    }[line.effect]


def _referred(line: LineView) -> str:
    """What was done about who works on the dossier: by what became of an assignment."""
    if line.effect is Effect.READ:
        if line.manner is Manner.LISTED:
            return _("bekeek een voorstel om aan uw dossier te werken")
        return _("bekeek wie aan uw dossier werkt")
    became = {
        OBJECTS[AssignmentState.PROPOSED]: _("stelde een collega voor om aan uw dossier te werken"),
        OBJECTS[AssignmentState.ACCEPTED]: _("aanvaardde het voorstel om aan uw dossier te werken"),
        OBJECTS[AssignmentState.REJECTED]: _("wees het voorstel om aan uw dossier te werken af"),
        OBJECTS[AssignmentState.ENDED]: _("beëindigde dat iemand aan uw dossier werkt"),
    }
    return became.get(line.object_kind or "", _("wijzigde wie aan uw dossier werkt"))


def _chip(line: LineView) -> Chip | None:
    if line.outcome is Outcome.REFUSED:
        return Chip("bad i-no", _("geweigerd"))
    if line.outcome is Outcome.FAILED:
        return Chip("warn i-ask", _("mislukt"))
    return None
