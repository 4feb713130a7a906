"""How fast a timeline is computed: bare, with reasons, and from a line of JSON to a line of JSON.

Beside them the bare cost of the same number of date additions: what no rule in Python can beat. Three
situations by turns, from a fixed seed: unbroken, broken twice, and around a leave with facts known. A
timeline counts only when it was looked at, so each loop adds up the days of its steps.
"""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from hervat.law.facts import Facts, Leave, Situation, Spell
from hervat.law.reading import read_situation, write_situation
from hervat.law.timeline import timeline
from hervat.law.vocabulary import SameCause
from hervat.law.writing import timeline_data

ROUNDS = 5
COUNT = 3_000
ON = date(2026, 11, 23)


def run() -> dict[str, object]:
    situations = _situations()
    lines = [json.dumps(write_situation(situation, ON)) for situation in situations]
    additions = [(one.spells[0].first_sick_day, _dates_of(one)) for one in situations]
    bare = _seconds(lambda: sum(_look(one, with_reasons=False) for one in situations))
    reasoned = _seconds(lambda: sum(_look(one, with_reasons=True) for one in situations))
    through = _seconds(lambda: sum(len(_answer(line)) for line in lines))
    added = _seconds(lambda: sum(_add(first, count) for first, count in additions))
    return {
        **_speed("bare_timelines", bare),
        **_speed("timelines_with_reasons", reasoned),
        **_speed("json_lines_in_and_out", through),
        **_speed("date_additions_of_a_timeline", added),
        "dates_per_timeline": sum(count for _, count in additions) / COUNT,
        "bare_to_date_additions_ratio": median(bare) / median(added),
        "reasons_to_date_additions_ratio": median(reasoned) / median(added),
    }


def _situations() -> list[Situation]:
    chance = random.Random(2599)  # noqa: S311 - a benchmark, no secret
    kinds = (_unbroken, _broken, _around_leave)
    return [
        kinds[number % 3](date(2015, 1, 1) + timedelta(chance.randrange(4000))) for number in range(COUNT)
    ]


def _unbroken(first: date) -> Situation:
    return Situation((Spell(first),))


def _broken(first: date) -> Situation:
    fit, again = first + timedelta(100), first + timedelta(200)
    return Situation(
        (Spell(first, fit), Spell(fit + timedelta(27), again), Spell(again + timedelta(14))),
        facts=Facts(opinion_given_on=first + timedelta(30)),
    )


def _around_leave(first: date) -> Situation:
    fit = first + timedelta(120)
    leave = Leave(fit, fit + timedelta(111), SameCause.YES)
    facts = Facts(opinion_given_on=first + timedelta(39), plan_agreed_on=first + timedelta(50))
    return Situation((Spell(first, fit), Spell(fit + timedelta(112))), (leave,), facts=facts)


def _look(situation: Situation, *, with_reasons: bool) -> int:
    latest = timeline(situation, on=ON, with_reasons=with_reasons).latest
    return sum(step.due_on.toordinal() + len(step.why) for step in latest.steps)


def _answer(line: str) -> str:
    situation, on = read_situation(json.loads(line))
    return json.dumps(timeline_data(timeline(situation, on=on or ON)), ensure_ascii=False)


def _dates_of(situation: Situation) -> int:
    """Count every date that a timeline gives for its latest case."""
    latest = timeline(situation, on=ON, with_reasons=False).latest
    of_steps = sum(
        1 for s in latest.steps for day in (s.due_on, s.opens_on, s.legal_limit, s.hard_limit) if day
    )
    return of_steps + 2 * len(latest.milestones) + 5


def _add(first: date, count: int) -> int:
    return sum((first + timedelta(days=number)).toordinal() for number in range(count))


def _seconds(work: Callable[[], object]) -> list[float]:
    """Time some rounds, after one that reads the law from its files."""
    work()
    found = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return found


def _speed(name: str, seconds: list[float]) -> dict[str, object]:
    return {
        f"{name}_per_second_median": round(COUNT / median(seconds)),
        f"{name}_per_second_slowest": round(COUNT / max(seconds)),
    }
