"""How fast the register decides: whole dossiers as projections, single items, and what starting costs.

A decision counts only when it was looked at, so each loop asks for the type of every answer. Beside
each stands the same loop over a plain dictionary: what no table in Python can beat. Random questions
from a fixed seed, over every role, use, purpose and day since the first version.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import perf_counter

from hervat.register import in_force, loading
from hervat.register.decisions import ITEMS, Allowed, Decision, Decisions
from hervat.register.history import History
from hervat.register.model import Acceptance, PurposeId
from hervat.register.vocabulary import Item, Role, Use

ROUNDS = 7
DOSSIERS = 20_000
SINGLE = 200_000
DAYS = 5 * 365

Dossier = tuple[Role, Use, PurposeId, date]
Single = tuple[Role, Item, Use, PurposeId, date]


def run() -> dict[str, object]:
    history = in_force.history()
    decisions = _with_everything_accepted(history)
    dossiers, singles = _questions(history)
    table = {
        (role, use, purpose): decisions.project(role, use, purpose, on) for role, use, purpose, on in dossiers
    }
    cells = {
        (role, item, use, purpose): decisions.decide(role, item, use, purpose, on)
        for role, item, use, purpose, on in singles
    }
    count = DOSSIERS * len(ITEMS)
    projected = _seconds(lambda: _project(decisions, dossiers))
    looked_up = _seconds(lambda: _look_up_dossiers(table, dossiers))
    single = _seconds(lambda: _decide(decisions, singles))
    bare = _seconds(lambda: _look_up(cells, singles))
    return {
        "items_per_dossier": len(ITEMS),
        **_speed("projected_decisions", count, projected),
        **_speed("projected_decisions_of_bare_dict", count, looked_up),
        "projection_to_bare_dict_ratio": median(projected) / median(looked_up),
        **_speed("single_decisions", SINGLE, single),
        **_speed("single_lookups_of_bare_dict", SINGLE, bare),
        "single_to_bare_dict_ratio": median(single) / median(bare),
        "cold_projection_ms_median": median(_cold(history)) * 1000,
        "load_register_ms_median": median(_seconds(lambda: loading.load_history(loading.OWN_ENTRY), 3))
        * 1000,
    }


def _with_everything_accepted(history: History) -> Decisions:
    latest = history.latest
    day, number = latest.version.valid_from, latest.version.number
    return Decisions(
        history,
        [Acceptance(point, number, "Bench", day, "Om te meten.", demo=False) for point in latest.open_points],
    )


def _questions(history: History) -> tuple[list[Dossier], list[Single]]:
    chance = random.Random(2599)  # noqa: S311 - to measure with, not to hide
    roles, uses, purposes = list(Role), list(Use), list(history.latest.reading.purposes)
    first = history.versions[0].version.valid_from

    def dossier() -> Dossier:
        on = first + timedelta(days=chance.randrange(DAYS))
        return chance.choice(roles), chance.choice(uses), chance.choice(purposes), on

    dossiers = [dossier() for _ in range(DOSSIERS)]
    singles = [
        (role, chance.choice(ITEMS), use, purpose, on)
        for role, use, purpose, on in (dossier() for _ in range(SINGLE))
    ]
    return dossiers, singles


def _project(decisions: Decisions, questions: list[Dossier]) -> int:
    allowed = 0
    for role, use, purpose, on in questions:
        for decision in decisions.project(role, use, purpose, on):
            if type(decision) is Allowed:
                allowed += 1
    return allowed


def _look_up_dossiers(
    table: dict[tuple[Role, Use, PurposeId], tuple[Decision, ...]], questions: list[Dossier]
) -> int:
    allowed = 0
    for role, use, purpose, _ in questions:
        for decision in table[role, use, purpose]:
            if type(decision) is Allowed:
                allowed += 1
    return allowed


def _decide(decisions: Decisions, questions: list[Single]) -> int:
    allowed = 0
    for role, item, use, purpose, on in questions:
        if type(decisions.decide(role, item, use, purpose, on)) is Allowed:
            allowed += 1
    return allowed


def _look_up(table: dict[tuple[Role, Item, Use, PurposeId], Decision], questions: list[Single]) -> int:
    allowed = 0
    for role, item, use, purpose, _ in questions:
        if type(table[role, item, use, purpose]) is Allowed:
            allowed += 1
    return allowed


def _cold(history: History) -> list[float]:
    """Every first question of a fresh process: a projection that must still be worked out."""
    decisions = _with_everything_accepted(history)
    day = history.latest.version.valid_from
    return [
        _once(partial(decisions.project, role, use, purpose, day))
        for role in Role
        for use in Use
        for purpose in history.latest.reading.purposes
    ]


def _seconds(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    return [_once(work) for _ in range(rounds)]


def _once(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _speed(name: str, count: int, seconds: list[float]) -> dict[str, object]:
    return {
        f"{name}_per_second_median": round(count / median(seconds)),
        f"{name}_per_second_best": round(count / min(seconds)),
    }
