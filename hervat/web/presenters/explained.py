"""Why one item of a dossier is visible to somebody, or not, in sentences.

The words for a page; `hervat access why` prints the same explanation. Must never: hold content of a dossier.
Read next: `hervat/access/explain.py`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hervat.access.explain import Explanation
from hervat.organisation.queries.standing import unit_tree
from hervat.register import in_force
from hervat.register.decisions import Allowed
from hervat.register.vocabulary import Authority
from hervat.web.presenters.facts import authority_text, item_name, role_name, unit_name
from hervat.web.presenters.why import ground_of, point_link
from hervat.web.presenters.words import Chip, Link, certainty_text, decision_chip


@dataclass(frozen=True, slots=True)
class PointView:
    """An open point that touches the decision."""

    link: Link
    accepted: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What is decided about reading or writing, why, and on which source."""

    use: str
    chip: Chip
    text: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedView:
    """The answer to "waarom?"."""

    item: str
    role: str
    relation: str
    purpose: str
    ground: str
    decisions: tuple[DecisionView, ...]
    points: tuple[PointView, ...]


def present_explanation(found: Explanation) -> ExplainedView:
    """Format an explanation."""
    register = in_force.history().latest
    uses = ((_("Lezen"), found.read, found.reason), (_("Vastleggen"), found.write, found.write_reason))
    extra = found.read.ground.extra if isinstance(found.read, Allowed) else ""
    ground = ground_of(register, found.purpose)
    return ExplainedView(
        item=item_name(found.item),
        role=role_name(found.role),
        relation=_relation(found),
        purpose=register.reading.purposes[found.purpose].name,
        ground=f"{ground}. {extra}" if extra else ground,
        decisions=tuple(
            DecisionView(use, decision_chip(decision), why.text, why.source, certainty_text(why.certainty))
            for use, decision, why in uses
        ),
        points=tuple(PointView(point_link(one.point), one.accepted) for one in found.points),
    )


def _relation(found: Explanation) -> str:
    text = authority_text(found.authority)
    if found.authority in {Authority.POSTING, Authority.DEPUTY} and found.unit:
        return f"{text} ({unit_name(found.unit, unit_tree())})"
    return text
