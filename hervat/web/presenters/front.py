"""The front page: what this is, for whom, and live answers from the register.

Every figure and answer is computed from the register in force; nothing on it is a promise that the
software does not keep today. Read next: `templates/hervat/front.html`.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from hervat.register.model import Register
from hervat.register.vocabulary import Item, Role
from hervat.web.filters import MatrixQuery
from hervat.web.presenters.access import access, address, reason_for
from hervat.web.presenters.words import Chip, Link, day_text
from hervat.web.source import OnShow

EXAMPLES = (
    (Role.COMMANDER, Item.MEDICAL_DETAIL),
    (Role.COMMANDER, Item.ADAPTED_WORK_HOURS),
    (Role.COMMANDER, Item.MILITARY_MEDICAL_EXAM),
    (Role.FUTURE, Item.BSN),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question to the register, answered now."""

    role: str
    item: str
    chip: Chip
    reason: str
    waits_for: Link | None
    href: str


@dataclass(frozen=True, slots=True)
class FrontView:
    """The page."""

    reference: str
    organisation: str
    version: int
    valid_from: str
    digest: str
    purposes: int
    items: int
    recipients: int
    terms: int
    open: int
    accepted: int
    answers: tuple[Answer, ...]
    commander_href: str
    subject_href: str


@lru_cache(maxsize=16)
def present_front(show: OnShow) -> FrontView:
    """Format the front page."""
    register = show.register
    return FrontView(
        reference=register.entry.reference,
        organisation=register.entry.organisations[0] if register.entry.organisations else "",
        version=register.version.number,
        valid_from=day_text(register.version.valid_from),
        digest=register.version.digest[:12],
        purposes=len(register.entry.purposes),
        items=sum(len(group.items) for group in register.entry.groups),
        recipients=len(register.entry.recipients),
        terms=sum(len(block.terms) for group in register.entry.groups for block in group.retention),
        open=len(register.open_points) - len(show.accepted),
        accepted=len(show.accepted),
        answers=tuple(_answer(show, role, item) for role, item in EXAMPLES if _known(register, role, item)),
        commander_href=_role_href(register, Role.COMMANDER),
        subject_href=_role_href(register, Role.RE_INTEGRANT),
    )


def _role_href(register: Register, role: Role) -> str:
    """Return the list of one role; an employer without that role gets the whole table."""
    return f"/register/matrix/?rol={role}" if role in register.reading.roles else "/register/matrix/"


def _known(register: Register, role: Role, item: Item) -> bool:
    return role in register.reading.roles and item in register.reading.items


def _answer(show: OnShow, role: Role, item: Item) -> Answer:
    query = MatrixQuery()
    found = access(show, query, role, item)
    point = found.waits_for
    return Answer(
        role=show.register.reading.roles[role].name,
        item=show.register.reading.items[item].name,
        chip=found.chip if found.allowed or point else Chip("bad i-no", _("nee")),
        reason=reason_for(show.register, role, item).text,
        waits_for=Link(point.title, f"/register/open-points/#{point.id}", dutch=True) if point else None,
        href="/register/matrix/" + address(query, role=role, item=item, anchor="#waarom"),
    )
