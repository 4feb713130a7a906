"""Situations for Hypothesis: any mix of spells, leave and facts that the law accepts."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from hervat.law.facts import Correction, Facts, Leave, Resumption, Sanction, Situation, Spell
from hervat.law.reading import FACT_DAYS
from hervat.law.vocabulary import LeaveKind, Notice, Regime, SameCause, SanctionKind

FIRST, LAST = date(2015, 1, 1), date(2030, 12, 31)
DAYS = st.dates(FIRST, LAST)


@st.composite
def spells(draw: st.DrawFn, *, at_most: int = 5) -> tuple[Spell, ...]:
    """Spells in order, the gaps around the boundary of four weeks on purpose; the last may be open."""
    day, found = draw(st.dates(FIRST, date(2026, 12, 31))), []
    for _ in range(draw(st.integers(1, at_most))):
        fit = day + timedelta(draw(st.integers(1, 300)))
        found.append(Spell(day, fit))
        day = fit + timedelta(draw(st.sampled_from((0, 1, 14, 26, 27, 28, 29, 60, 150))))
    if draw(st.booleans()):
        found[-1] = Spell(found[-1].first_sick_day, None)
    return tuple(found)


@st.composite
def leaves(draw: st.DrawFn, around: tuple[Spell, ...]) -> tuple[Leave, ...]:
    """Leave that begins near an edge of a spell: adjacent, overlapping, inside, or just off."""
    edges = [day for spell in around for day in (spell.first_sick_day, spell.first_fit_day) if day]
    day, found = date.min, []
    for edge in draw(st.lists(st.sampled_from(edges), max_size=3)):
        first = edge + timedelta(draw(st.integers(-40, 40)))
        last = first + timedelta(draw(st.sampled_from((0, 6, 27, 41, 111))))
        if first > day:
            found.append(
                Leave(first, last, draw(st.sampled_from(SameCause)), draw(st.sampled_from(LeaveKind)))
            )
            day = last
    return tuple(found)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    known: dict[str, Any] = {
        name: draw(DAYS)
        for name in draw(st.sets(st.sampled_from(FACT_DAYS)))
        if name not in {"repair_reported_on", "finding_on", "voluntary_extension_last_day"}
    }
    if "voluntary_extension_requested_on" in known and draw(st.booleans()):
        asked = known["voluntary_extension_requested_on"]
        known["voluntary_extension_last_day"] = asked + timedelta(draw(st.integers(0, 900)))
    if draw(st.booleans()):
        known |= draw(sanctions())
    notice = draw(st.sampled_from(Notice))
    if notice is Notice.RECEIVED:
        known["uwv_notice_received_on"] = draw(DAYS)
    return Facts(**known, uwv_notice=notice)


@st.composite
def sanctions(draw: st.DrawFn) -> dict[str, object]:
    decided = draw(DAYS)
    kind, weeks = draw(st.none() | st.sampled_from(SanctionKind)), draw(st.none() | st.integers(1, 52))
    found: dict[str, object] = {"sanction": Sanction(decided, weeks, kind)}
    if draw(st.booleans()):
        reported = decided + timedelta(draw(st.integers(0, 300)))
        found["repair_reported_on"] = reported
        if draw(st.booleans()):
            found["finding_on"] = reported + timedelta(draw(st.integers(0, 60)))
    return found


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    sick = draw(spells())
    parts = st.builds(Resumption, DAYS, st.integers(0, 100))
    first = sick[0]
    wrong = None
    if first.first_fit_day is None and draw(st.booleans()):
        wrong = Correction(first.first_sick_day, draw(DAYS), "verkeerd gemeld")
    return Situation(
        spells=sick,
        leaves=draw(leaves(sick)),
        resumptions=tuple(draw(st.lists(parts, max_size=2))),
        facts=draw(facts()),
        correction=wrong,
        regime=draw(st.sampled_from(Regime)),
    )
