"""What somebody else changed while a form stood open, beside what was typed in it.

Must never: name a field that the permit may not see, or its value. Read next: `../dossiers/changing.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hervat.dossiers.actions.recording import Changed, StaleDossier
from hervat.dossiers.queries.rows import Row
from hervat.dossiers.rules.values import Value
from hervat.dossiers.rules.vocabulary import Field
from hervat.web.presenters.facts import Said, field_name, role_name, say, say_value


@dataclass(frozen=True, slots=True)
class ChangedView:
    """A field that changed: what stands there now, in which role and when, and what was typed."""

    name: str
    said: Said
    role: str
    at: str
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaleView:
    """Why nothing was recorded, and what changed."""

    text: str
    changes: tuple[ChangedView, ...]


def present_stale(stale: StaleDossier, row: Row, typed: Mapping[Field, Value | None]) -> StaleView:
    """Format what changed since the form was opened."""
    return StaleView(str(stale), tuple(_changed(change, row, typed) for change in stale.changes))


def _changed(change: Changed, row: Row, typed: Mapping[Field, Value | None]) -> ChangedView:
    at = date_format(localtime(change.at), "j b Y, H:i")
    role = role_name(change.role)
    if change.field is None:
        return ChangedView(
            _("Een gegeven dat uw rol niet ziet"), Said(hidden=_("niet zichtbaar")), role, at, ()
        )
    value = typed.get(change.field)
    return ChangedView(
        field_name(change.field),
        say(row.facts[change.field]),
        role,
        at,
        say_value(value) if value is not None else (),
    )
