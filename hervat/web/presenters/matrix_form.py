"""The filters above the matrix, as choices that know whether they are chosen.

Read next: `hervat/web/filters.py` (what each value means), `templates/hervat/_matrix_form.html`.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from hervat.register.vocabulary import ItemClass, Use
from hervat.web.filters import Columns, MatrixQuery, Rows
from hervat.web.presenters.points import Option
from hervat.web.presenters.words import class_text
from hervat.web.source import OnShow


@dataclass(frozen=True, slots=True)
class Select:
    """A choice of one: its name in the address, its label, and what there is to choose."""

    name: str
    label: str
    empty: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """The filters; `more` are the seldom used ones, `first` from which day there is a register."""

    selects: tuple[Select, ...]
    more: tuple[Select, ...]
    more_used: bool
    item: str
    on: str
    first: str
    filtered: bool


@lru_cache(maxsize=128)
def present_form(show: OnShow, query: MatrixQuery) -> FormView:
    """Format the filters."""
    return FormView(
        selects=(
            Select("rol", _("Rol"), _("alle rollen naast elkaar"), _roles(show, query)),
            Select("doel", _("Doel"), _("alle doelen samen"), _purposes(show, query)),
            Select("klasse", _("Soort gegeven"), _("alle soorten"), _classes(query)),
        ),
        more=(
            Select("gebruik", _("Gebruik"), "", _uses(query)),
            Select("toon", _("Regels"), "", _rows(query)),
            Select("rollen", _("Kolommen"), "", _columns(query)),
        ),
        more_used=query != MatrixQuery(query.role, query.item, query.item_class, query.purpose),
        item=query.item.value if query.item and not query.role else "",
        on=query.on.isoformat() if query.on else "",
        first=show.history.versions[0].version.valid_from.isoformat(),
        filtered=query != MatrixQuery(),
    )


def _roles(show: OnShow, query: MatrixQuery) -> tuple[Option, ...]:
    return tuple(
        Option(role.value, reading.name, role is query.role, dutch=True)
        for role, reading in show.register.reading.roles.items()
    )


def _purposes(show: OnShow, query: MatrixQuery) -> tuple[Option, ...]:
    return tuple(
        Option(code, reading.name, code == query.purpose, dutch=True)
        for code, reading in show.register.reading.purposes.items()
    )


def _classes(query: MatrixQuery) -> tuple[Option, ...]:
    return tuple(Option(one.value, class_text(one), one is query.item_class) for one in ItemClass)


def _uses(query: MatrixQuery) -> tuple[Option, ...]:
    words = {Use.READ: _("lezen of meer"), Use.WRITE: _("schrijven")}
    return tuple(Option(use.value if use is Use.WRITE else "", words[use], use is query.use) for use in Use)


def _rows(query: MatrixQuery) -> tuple[Option, ...]:
    words = {Rows.ALL: _("alle gegevens"), Rows.VISIBLE: _("alleen wat mag")}
    return tuple(
        Option(rows.value if rows is Rows.VISIBLE else "", words[rows], rows is query.rows) for rows in Rows
    )


def _columns(query: MatrixQuery) -> tuple[Option, ...]:
    words = {
        Columns.RECIPIENTS: _("de ontvangers"),
        Columns.OTHERS: _("de overige rollen"),
        Columns.ALL: _("alle rollen"),
    }
    return tuple(
        Option(one.value if one is not Columns.RECIPIENTS else "", words[one], one is query.columns)
        for one in Columns
    )
