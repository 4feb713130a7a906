"""The log in words: who did what, as what, for what, and whether it was refused.

People in dossiers stay opaque codes; a user has a name where the register lets the reader see it.
Must never: show what an item holds. Read next: `log_file.py`, `hervat/web/oversight/log.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.access.refusals import Why, refusal
from hervat.journal.queries.lines import LineView
from hervat.journal.queries.seal_state import SealState
from hervat.journal.rules.line import Actor, Effect, Manner, Outcome, SubjectKind
from hervat.organisation.rules.refusals import SENTENCES, WhyNot
from hervat.organisation.rules.units import Tree
from hervat.register.cells import Hidden, Shown
from hervat.register.cells import Outcome as OutcomeOnly
from hervat.register.model import Register
from hervat.register.vocabulary import ActorKind, Item, Operation, Source
from hervat.web.login.visitor import role_name
from hervat.web.presenters.words import Chip

Names = Mapping[UUID, Shown[str] | OutcomeOnly | Hidden]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the lines do not hold themselves: names of users, units, and the words of the register."""

    register: Register
    names: Names
    tree: Tree


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the log as text. `about` and `items` only where the line is about somebody."""

    id: int
    moment: str
    iso: str
    what: str
    effect: str
    outcome: Chip | None
    refused: bool
    reason: str
    who: str
    code: str
    kind: str
    role: str
    unit: str
    purpose: str
    source: str
    address: str
    about: tuple[tuple[str, str], ...]
    manner: str
    items: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action: what was done, and whom it met."""

    parent: LineRow
    children: tuple[LineRow, ...]
    others: int


@dataclass(frozen=True, slots=True)
class SealView:
    """How far the log is sealed, in words."""

    size: str
    sealed: str
    waiting: str
    late: bool


def operation_text(operation: Operation) -> str:
    """Return what somebody does."""
    return {
        Operation.KEEP_DOSSIER: _("dossier bijhouden"),
        Operation.READ_DOSSIER: _("dossier inzien"),
        Operation.LIST_CASELOAD: _("lijst bekijken"),
        Operation.REPORT_SICKNESS: _("ziekmelding verwerken"),
        Operation.ASSESS_CAPACITY: _("belastbaarheid beoordelen"),
        Operation.AGREE_PLAN: _("plan en evaluatie afspreken"),
        Operation.REPORT_TO_UWV: _("berichten voor UWV opstellen"),
        Operation.CONTEST: _("bezwaar en sanctie behandelen"),
        Operation.REFER: _("begeleiding overdragen"),
        Operation.PLACE: _("plaatsing begeleiden"),
        Operation.KEEP_CONTACT: _("contact onderhouden"),
        Operation.COMPUTE_FIGURES: _("stuurcijfers maken"),
        Operation.ANSWER_SURVEY: _("enquête invullen"),
        Operation.ANALYSE_SURVEY: _("enquête onderzoeken"),
        Operation.EXERCISE_RIGHTS: _("eigen rechten gebruiken"),
        Operation.DESTROY: _("vernietigen"),
        Operation.ADMINISTER_USERS: _("gebruikers beheren"),
        Operation.LOG_IN: _("inloggen"),
        Operation.OVERSEE: _("toezicht houden"),
    }[operation]


def present_lines(lines: Iterable[LineView], beside: Beside) -> tuple[LineRow, ...]:
    """Format lines, in their order."""
    return tuple(_row(line, beside) for line in lines)


def present_actions(lines: Iterable[LineView], beside: Beside, *, most: int) -> tuple[ActionView, ...]:
    """Format the actions of one trace, the first one first; of each at most so many lines."""
    ordered = sorted(lines, key=lambda line: line.id)
    parents = [line for line in ordered if line.parent_span_id is None]
    children = {
        span: list(group)
        for span, group in groupby(
            sorted(
                (line for line in ordered if line.parent_span_id), key=lambda one: one.parent_span_id or b""
            ),
            key=lambda one: one.parent_span_id,
        )
    }
    return tuple(_action(one, children.get(one.span_id, []), beside, most) for one in parents)


def present_seal(state: SealState) -> SealView:
    """Say how far the log is sealed, and whether that is longer ago than it should be."""
    waits = ngettext(
        "%(count)s regel wacht op de volgende keer.",
        "%(count)s regels wachten op de volgende keer.",
        state.waiting,
    )
    count = f"{state.waiting:,}".replace(",", ".") + ("+" if state.many else "")
    return SealView(
        size=f"{state.size:,}".replace(",", "."),
        sealed=moment_text(state.sealed_at) if state.sealed_at else "",
        waiting=waits % {"count": count},
        late=state.oldest is not None and (localtime() - state.oldest).total_seconds() > _LATE,
    )


_LATE = 15 * 60


def moment_text(moment: datetime) -> str:
    """Return a moment in words: 23 nov 2026, 18:04:39."""
    return date_format(localtime(moment), "j b Y, H:i:s")


def name_of(actor: Actor, names: Names) -> str:
    """Return the name of a user where it may be seen, and nothing otherwise."""
    if actor.kind is not ActorKind.USER:
        return ""
    try:
        cell = names.get(UUID(actor.code))
    except ValueError:
        return ""
    return str(cell.value) if isinstance(cell, Shown) else ""


def kind_text(kind: ActorKind) -> str:
    """Return what acted."""
    return {
        ActorKind.USER: _("gebruiker"),
        ActorKind.CLIENT: _("koppeling"),
        ActorKind.JOB: _("taak"),
        ActorKind.COMMAND: _("opdrachtregel"),
    }[kind]


def reason_text(code: str | None) -> str:
    """Return why something was refused, in the words that were given then; a code where none were."""
    if code is None:
        return ""
    if code in set(WhyNot):
        return SENTENCES[WhyNot(code)]
    if code in set(Why) - {Why.NOTHING_ALLOWED}:
        return refusal(Why(code)).reason.text
    return code


def _action(parent: LineView, children: list[LineView], beside: Beside, most: int) -> ActionView:
    shown = present_lines(children[:most], beside)
    return ActionView(_row(parent, beside), shown, len(children) - len(shown))


def _row(line: LineView, beside: Beside) -> LineRow:
    actor, purposes = line.actor, beside.register.reading.purposes
    unit = beside.tree.get(actor.unit)
    return LineRow(
        id=line.id,
        moment=moment_text(line.logged_at),
        iso=line.logged_at.isoformat(timespec="seconds"),
        what=operation_text(line.operation),
        effect=_effect(line.effect),
        outcome=_outcome(line.outcome),
        refused=line.outcome is Outcome.REFUSED,
        reason=reason_text(line.reason),
        who=name_of(actor, beside.names),
        code=actor.code,
        kind=kind_text(actor.kind),
        role=role_name(actor.role) if actor.role else "",
        unit=unit.abbreviation if unit else "",
        purpose=purposes[line.purpose].name if line.purpose in purposes else line.purpose,
        source=_source(line.source),
        address=str(actor.address or ""),
        about=_about(line),
        manner=_manner(line.manner),
        items=tuple(_item(item, beside.register) for item in sorted(line.items)),
        href=reverse("log-action", args=[line.trace_id]),
    )


def _about(line: LineView) -> tuple[tuple[str, str], ...]:
    """The codes that a line speaks of, each with what it is the code of."""
    kinds = {SubjectKind.RE_INTEGRANT: _("re-integrant"), SubjectKind.USER: _("gebruiker")}
    found = []
    if line.subject is not None and line.subject_kind is not None:
        found.append((kinds[line.subject_kind], str(line.subject)))
    if line.dossier is not None:
        found.append((_("dossier"), str(line.dossier)))
    if line.object_id is not None and line.object_kind is not None:
        found.append((line.object_kind, str(line.object_id)))
    return tuple(found)


def _effect(effect: Effect) -> str:
    return {
        Effect.CREATE: _("maken"),
        Effect.READ: _("lezen"),
        Effect.UPDATE: _("wijzigen"),
        Effect.DELETE: _("vernietigen"),
        Effect.EXECUTE: _("uitvoeren"),
    }[effect]


def _source(source: Source) -> str:
    return {
        Source.WEB: _("website"),
        Source.API: _("koppeling"),
        Source.COMMAND_LINE: _("opdrachtregel"),
        Source.JOB: _("taak"),
    }[source]


def _outcome(outcome: Outcome) -> Chip | None:
    """What went as it should needs no mark."""
    return {
        Outcome.DONE: None,
        Outcome.REFUSED: Chip("bad i-no", _("geweigerd")),
        Outcome.FAILED: Chip("warn i-open", _("mislukt")),
    }[outcome]


def _manner(manner: Manner | None) -> str:
    if manner is None:
        return ""
    return {
        Manner.OPENED: _("geopend"),
        Manner.LISTED: _("in een lijst"),
        Manner.EXPORTED: _("meegenomen"),
        Manner.COMPUTED: _("verwerkt"),
    }[manner]


def _item(item: Item, register: Register) -> str:
    reading = register.reading.items.get(item)
    return reading.name if reading else item.value
