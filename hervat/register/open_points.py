"""Open points: the holes in the entry and the law, as data, and who has accepted which reading.

While nobody has accepted it, an open point refuses, keeps what would be destroyed, or asks; it never
lets a guess pass. An acceptance stands in a file apart and holds for one version of the reading: when
the reading changes, it must be accepted again. Read next: `open_points.yaml`, `decisions.py`.
"""

from collections.abc import Iterable
from datetime import date

from hervat.register.document import Node
from hervat.register.model import Acceptance, Blocks, OpenPoint, OpenPointId, PurposeId, TermId
from hervat.register.vocabulary import Certainty, Item, ItemClass, Meanwhile, Role, Use

MATRIX, SUPPLY, CONTROLLERS = "matrix", "aanleverplicht", "verantwoordelijken"
"""The parts of an entry that an open point may name in `elements`, beside 'grond: …'."""


def parse_open_points(node: Node) -> dict[OpenPointId, OpenPoint]:
    """Make the open points of a file. Raises `RegisterError` with file and line."""
    found: dict[OpenPointId, OpenPoint] = {}
    for child in node:
        point = _open_point(child)
        if point.id in found:
            raise child.get("id").fail(
                f"het open punt '{point.id}' staat er twee keer.", "Laat er een staan."
            )
        found[point.id] = point
    return found


def _open_point(node: Node) -> OpenPoint:
    node.only(
        "id", "title", "what", "where", "elements", "reading", "meanwhile", "meanwhile_text", "owner",
        "source", "certainty", "blocks", "terms", "refuses_when_accepted",
    )  # fmt: skip
    meanwhile = node.member(Meanwhile, "meanwhile")
    if (meanwhile is Meanwhile.REFUSE) != node.has("blocks"):
        raise node.fail(
            "'blocks' hoort bij een open punt dat weigert, en alleen daarbij.",
            "Noem met 'blocks' welke beslissingen het raakt, of kies een ander 'meanwhile'.",
        )
    return OpenPoint(
        id=OpenPointId(node.text("id")),
        title=node.text("title"),
        what=node.text("what"),
        where=node.texts("where"),
        elements=node.texts("elements") if node.has("elements") else (),
        reading=node.text("reading"),
        meanwhile=meanwhile,
        meanwhile_text=node.text("meanwhile_text"),
        owner=node.text("owner"),
        source=node.text("source"),
        certainty=node.member(Certainty, "certainty"),
        blocks=_blocks(node.get("blocks")) if node.has("blocks") else None,
        terms=tuple(TermId(term) for term in node.texts("terms")) if node.has("terms") else (),
        refuses_when_accepted=node.has("refuses_when_accepted") and node.boolean("refuses_when_accepted"),
    )


def _blocks(node: Node) -> Blocks:
    node.only("roles", "items", "classes", "purposes", "uses")
    return Blocks(
        roles=frozenset(node.members(Role, "roles") if node.has("roles") else ()),
        items=frozenset(node.members(Item, "items") if node.has("items") else ()),
        classes=frozenset(node.members(ItemClass, "classes") if node.has("classes") else ()),
        purposes=frozenset(
            (PurposeId(text) for text in node.texts("purposes")) if node.has("purposes") else ()
        ),
        uses=frozenset(node.members(Use, "uses") if node.has("uses") else ()),
    )


def parse_acceptances(node: Node, known: Iterable[OpenPointId]) -> tuple[Acceptance, ...]:
    """Make the acceptances of a file. Raises `RegisterError` for one of an unknown open point."""
    node.only("demo", "acceptances")
    demo = node.boolean("demo")
    codes = set(known)
    return tuple(_acceptance(child, codes, demo) for child in node.get("acceptances"))


def _acceptance(node: Node, known: set[OpenPointId], demo: bool) -> Acceptance:
    node.only("open_point", "version", "by", "on", "why", "withdrawn_on")
    point = OpenPointId(node.text("open_point"))
    if point not in known:
        raise node.get("open_point").fail(
            f"het open punt '{point}' bestaat niet.", "Haal de aanvaarding weg of verbeter de code."
        )
    on, withdrawn = node.day("on"), node.day("withdrawn_on") if node.has("withdrawn_on") else None
    if withdrawn is not None and withdrawn < on:
        raise node.get("withdrawn_on").fail(
            "de dag van intrekken ligt voor de dag van aanvaarden.", "Verbeter een van de twee dagen."
        )
    return Acceptance(
        open_point=point,
        version=node.whole("version"),
        by=node.text("by"),
        on=on,
        why=node.text("why"),
        demo=demo,
        withdrawn_on=withdrawn,
    )


def accepted_on(acceptances: Iterable[Acceptance], day: date) -> dict[OpenPointId, Acceptance]:
    """Return the first acceptance of each open point that holds on a day."""
    found: dict[OpenPointId, Acceptance] = {}
    for acceptance in sorted(acceptances, key=lambda one: one.on):
        if acceptance.counts_on(day):
            found.setdefault(acceptance.open_point, acceptance)
    return found
