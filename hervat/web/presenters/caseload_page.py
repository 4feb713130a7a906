"""The page around a list of courses: whose it is, what is chosen, and what helps where nothing is found.

Must never: leave somebody with an empty page and nothing to do next. Read next: `caseload.py`,
`caseload_filters.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hervat.course.queries.caseload import COUNTED_TO, Counters
from hervat.course.queries.taking import MOST_TAKEN
from hervat.dossiers.queries.rows import Row
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.web.presenters.awaiting import AwaitingView, present_awaiting
from hervat.web.presenters.caseload import CaseTable, Option, role_options, search_options
from hervat.web.presenters.caseload_filters import (
    CounterView,
    FiltersView,
    address,
    number_text,
    present_counters,
    present_filters,
)
from hervat.web.presenters.facts import role_name
from hervat.web.presenters.words import day_text
from hervat.web.work.filters import ListQuery, Offered
from hervat.web.work.looking import Looking


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadPage:
    """The page. `nothing` is what to say without rows; `instead_of` for whom somebody stands in.

    `most_taken` is empty where the list is no file.
    """

    role: str
    role_code: str
    roles: tuple[Option, ...]
    instead_of: str
    colleagues: tuple[Option, ...]
    counters: tuple[CounterView, ...]
    filters: FiltersView
    searches: tuple[Option, ...]
    searched: bool
    fault: str
    table: CaseTable
    count: str
    on: str
    first_href: str
    next_href: str
    nothing: str
    by_assignment: bool
    given: Mapping[str, str]
    most_taken: str
    awaiting: tuple[AwaitingView, ...]


def present_page(
    seen: Looking,
    offered: Offered,
    asked: ListQuery,
    table: CaseTable,
    *,
    counters: Counters | None = None,
    awaiting: Iterable[Row] = (),
    after: str = "",
    later: bool = False,
    searched: bool = False,
    by: str = "",
    fault: str = "",
) -> CaseloadPage:
    """Format a page of the list, or what a search found."""
    permit, kept = seen.permit, kept_in(seen.permit)
    return CaseloadPage(
        role=role_name(permit.role),
        role_code=permit.role.value if permit.role else "",
        roles=role_options(seen.roles, permit.role),
        instead_of=seen.instead_of,
        colleagues=colleague_options(seen),
        counters=present_counters(counters, asked, kept) if counters else (),
        filters=present_filters(asked, offered, kept),
        searches=search_options(permit, by),
        searched=searched,
        fault=fault,
        table=table,
        count=_count(len(table.rows), counters, whole=not after and not later),
        on=day_text(permit.on),
        first_href=address(kept, asked.given) if later else "",
        next_href=address(kept, {**asked.given, "na": after}) if after else "",
        nothing="" if table.rows else _nothing(permit, asked, later=later, searched=searched, fault=fault),
        by_assignment=not permit.units,
        given=asked.given,
        awaiting=present_awaiting(permit, awaiting, seen.tree),
        most_taken=f"{MOST_TAKEN:,}".replace(",", ".") if counters and table.rows else "",
    )


def kept_in(permit: Permit) -> Mapping[str, str]:
    """Return what every address of this list carries along: the role, and for whom somebody stands in."""
    kept = {"rol": permit.role.value} if permit.role else {}
    return kept | ({"namens": str(permit.principal)} if permit.principal else {})


def colleague_options(seen: Looking) -> tuple[Option, ...]:
    """Return whose list somebody may choose: their own, or that of a colleague they stand in for."""
    if not seen.colleagues:
        return ()
    chosen = seen.permit.principal
    mine = Option("", _("mijn eigen lijst"), chosen is None)
    return (mine, *(Option(str(one), name, one == chosen) for one, name in seen.colleagues.items()))


def _count(shown: int, counters: Counters | None, *, whole: bool) -> str:
    total = counters.chosen.value if counters and isinstance(counters.chosen, Shown) else None
    if whole or total is None:
        return ngettext("%(count)s dossier", "%(count)s dossiers", shown) % {"count": shown}
    found = number_text(total) if total >= COUNTED_TO else str(total)
    return _("%(shown)s dossiers op deze bladzijde, van %(total)s") % {"shown": shown, "total": found}


def _nothing(permit: Permit, asked: ListQuery, *, later: bool, searched: bool, fault: str) -> str:
    if fault:
        return _("Er is niets gezocht. Verbeter wat u zoekt en probeer het opnieuw.")
    if searched:
        return _(
            "In uw lijst is niemand gevonden. Kijk na wat u typte, of kies een andere rol. "
            "Wie niet in uw lijst staat, vindt u hier niet."
        )
    if later:
        return _("Hier eindigt de lijst.")
    if asked.filtered:
        return _("Met deze filters is er niemand. Wis een filter, of toon alles.")
    if permit.units:
        return _(
            "In uw eenheid loopt nu geen dossier. Een dossier wordt geopend door een ziekmelding in het "
            "personeelssysteem."
        )
    return _(
        "Er is nu geen dossier aan u toegewezen. Een P&O-adviseur, commandant of medewerker van het "
        "DCR kan u voorstellen; u vindt dat dan onder Voorstellen."
    )
