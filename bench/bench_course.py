"""What a course costs: planning many dossiers again, recording one fact after another, and its pages.

On its own PostgreSQL, where commits reach the disk, with sealed dossiers loaded by COPY, through the door as
the application's role. Must never: record under a permit that the door did not give.
Read next: `bench_door.py`, ../hervat/cli/crowd_loading.py, docs/course.md (what was found).
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any, Final
from uuid import UUID

from bench.bench_door import (
    COMMANDERS,
    LARGE,
    Bench,
    _permit_for_dossier,
    _permit_for_list,
    adviser,
    cases_of_commanders,
    commander,
    post_everybody,
)
from bench.own_database import own_database, superuser_connection

ROUNDS: Final = 200
RECORDED: Final = 1000
AT_ONCE: Final = 40
Figures = dict[str, object]


def run() -> Figures:
    many = int(os.environ.get(LARGE, "10000"))
    with own_database() as cluster:
        from hervat.cli.crowd_loading import load_dossiers, load_units, tidy

        on, cores = datetime.now(UTC).date(), min(2, os.cpu_count() or 1)
        load_units()
        loaded = load_dossiers(many, on=on, processes=cores)
        post_everybody(on)
        tidy()
        bench = Bench(on, superuser_connection(cluster), cases_of_commanders())
        figures: Figures = {"dossiers": loaded.dossiers}
        figures |= _replanned("planned_first", on)
        tidy()
        figures |= _replanned("planned_again", on)
        figures |= _recorded(on)
        tidy()
        return figures | _pages(bench)


def _replanned(name: str, on: date) -> Figures:
    start, work = perf_counter(), process_time()
    *_, done = replans(on)
    took = perf_counter() - start
    return {
        f"{name}_dossiers": done,
        f"{name}_per_second": done / took,
        f"{name}_process_ms_each": (process_time() - work) * 1000 / max(1, done),
    }


def replans(on: date) -> Iterator[int]:
    """Plan every open dossier again, a few units at a time, and tell how many were done so far."""
    from hervat.course.actions.replanning import replan
    from hervat.organisation.queries.standing import unit_tree

    units, done = sorted(unit_tree().units), 0
    for first in range(0, len(units), AT_ONCE):
        progress = None
        for progress in replan(permit=_job(on, frozenset(units[first : first + AT_ONCE]))):
            yield done + progress.done
        done += progress.done if progress else 0


def _recorded(on: date) -> Figures:
    """Facts one by one, each with its planning and its log, in dossiers all over."""
    from hervat.course.actions.recording import record
    from hervat.course.rules.values import NewFact
    from hervat.course.rules.vocabulary import Kind
    from hervat.dossiers.models import Dossier

    dossiers = Dossier.objects.using("owner").filter(status="open").order_by("id")
    day = on - timedelta(days=1)
    took: list[float] = []
    work = process_time()
    for dossier, unit in dossiers.values_list("id", "unit_id")[:RECORDED]:
        permit = _job(on, frozenset({unit}))
        start = perf_counter()
        fact = NewFact(Kind.PERCENTAGE, day, None, 50)
        record(permit=permit, expected_version=None, facts=[fact], dossier=dossier)
        took.append(perf_counter() - start)
    return {
        "recorded_ms_p50": median(took) * 1000,
        "recorded_ms_p95": quantiles(took, n=20)[-1] * 1000,
        "recorded_per_second": len(took) / sum(took),
        "recorded_process_ms_each": (process_time() - work) * 1000 / len(took),
    }


def _pages(bench: Bench) -> Figures:
    from hervat.course.queries.caseload import Sort, caseload, counters
    from hervat.course.queries.course import course
    from hervat.course.queries.due import due_list

    def listed(number: int) -> Any:
        return _permit_for_list(bench, commander(number))

    pages: dict[str, Callable[[int], Any]] = {
        "course": lambda number: course(_permit_for_dossier(bench, number)),
        "caseload_next_due": lambda number: caseload(listed(number), sort=Sort.NEXT_DUE),
        "caseload_wide": lambda number: caseload(_permit_for_list(bench, adviser()), sort=Sort.NEXT_DUE),
        "counters": lambda number: counters(listed(number)),
        "due_list": lambda number: due_list(listed(number), bench.on),
        "due_list_wide": lambda number: due_list(_permit_for_list(bench, adviser()), bench.on),
    }
    found: Figures = {}
    for name, page in pages.items():
        page(0)
        took = [_seconds(page, number) for number in range(ROUNDS)]
        found |= {f"{name}_ms_p50": median(took) * 1000, f"{name}_ms_p99": quantiles(took, n=100)[-1] * 1000}
    return found


def _seconds(page: Callable[[int], Any], number: int) -> float:
    start = perf_counter()
    page(number % (COMMANDERS * 20))
    return perf_counter() - start


def _job(on: date, units: frozenset[UUID]) -> Any:
    """The permit of a job for some units, as the door gives it."""
    from hervat.access import door
    from hervat.access.jobs import Job
    from hervat.journal.actions.append import begin
    from hervat.register.model import PurposeId
    from hervat.register.vocabulary import Item, Operation

    items = frozenset({Item.SICKNESS_ABSENCE, Item.CASE_NUMBER})
    operations = frozenset({Operation.KEEP_DOSSIER, Operation.REPORT_SICKNESS})
    job = Job("opnieuw-plannen", operations, items, items)
    return door.for_job(job, PurposeId("wettelijke-plicht"), on=on, trace=begin(), units=units, demo=True)
