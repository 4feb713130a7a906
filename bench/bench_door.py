"""What the safeguards cost: door, policies, decryption and journal, on a list of fifty and on a dossier.

On its own PostgreSQL, where commits reach the disk, with sealed dossiers loaded by COPY; through the
door, as the application's role. Every way of asking takes its turn in every round, so that ratios hold where
milliseconds do not. Beside the clock stands the work: time of a core, of this process and of its server
process together, which other work on the machine hardly changes. A page is what it shows, before HTML.
Must never: measure a page with something switched off that the others still have to pay for.
Read next: ../hervat/cli/crowd_loading.py, `switched_off.py`, docs/security.md (what was found).
"""

import os
import random
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any, Final
from uuid import UUID

from bench.own_database import own_database, superuser_connection

SMALL: Final = 10_000
LARGE: Final = "HERVAT_BENCH_DOSSIERS"
ROUNDS: Final = 200
SECONDS: Final = 4.0
COMMANDERS: Final = 12
Figures = dict[str, object]
Page = Callable[[int], object]
NAMES: Final = ("yil", "jansen", "ber", "sanne", "el am", "noor sch", "kees b", "van den berg")


@dataclass(frozen=True, slots=True)
class Bench:
    """Who asks, and for what; made once, because the product can be imported only after the set-up."""

    on: date
    superuser: Any
    cases: list[list[str]]


def run() -> Figures:
    large = int(os.environ.get(LARGE, "100000"))
    with own_database() as cluster:
        from hervat.cli.crowd_loading import load_dossiers, load_units, tidy

        on, cores = datetime.now(UTC).date(), min(2, os.cpu_count() or 1)
        load_units()
        loaded = load_dossiers(min(SMALL, large), on=on, processes=cores)
        post_everybody(on)
        tidy()
        bench = Bench(on, superuser_connection(cluster), cases_of_commanders())
        figures: Figures = {"dossiers": loaded.dossiers, **_costs(bench)}
        small = _lists(bench)
        figures |= small
        if large > SMALL:
            loaded = load_dossiers(large, on=on, processes=cores)
            tidy()
            figures |= _grown(bench, small, large)
        return {**figures, **_loading(loaded), **_clients(bench)}


def _loading(loaded: Any) -> Figures:
    each = 1e6 / loaded.dossiers
    return {
        "loader_dossiers_per_second": round(loaded.per_second),
        "loader_making_and_sealing_us_of_a_core": round(loaded.making * each),
        "loader_sending_us_of_a_core": round(loaded.sending * each),
    }


def _costs(bench: Bench) -> Figures:
    """Each page whole, without one safeguard, and without any; what one adds is what its absence saves."""
    figures: Figures = {}
    for name, page, without_door in (
        ("caseload", lambda n: _list(bench, n), _list_of_permits(bench)),
        ("dossier", lambda n: _dossier(bench, n), _dossier_of_permits(bench)),
    ):
        took = _by_turns(bench, page, without_door)
        for what in ("clock", "work"):
            figures |= _compared(
                f"{name}_{what}", {way: [getattr(t, what) for t in all_] for way, all_ in took.items()}
            )
    return figures


def _compared(name: str, took: dict[str, list[float]]) -> Figures:
    """What each way took, what each safeguard adds, and what all add; differences within one round."""
    figures: Figures = {f"{name}_{way}_ms_p50": median(times) for way, times in took.items()}
    figures |= {f"{name}_{way}_ms_p99": quantiles(took[way], n=100)[98] for way in ("whole", "bare")}
    for way in took.keys() - {"whole"}:
        added = [one - other for one, other in zip(took["whole"], took[way], strict=True)]
        figures[f"{name}_{way.removeprefix('no_').replace('bare', 'all')}_adds_ms_p50"] = median(added)
    figures[f"{name}_whole_to_bare_ratio"] = median(took["whole"]) / median(took["bare"])
    return dict(sorted(figures.items()))


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one page: on the clock, and of a core."""

    clock: float
    work: float


def _by_turns(bench: Bench, page: Page, without_door: Page) -> dict[str, list[Took]]:
    from bench.switched_off import Off, no_journal, no_policies, no_sealing

    policies = no_policies(bench.superuser)
    ways: dict[str, tuple[Page, tuple[Off, ...]]] = {
        "whole": (page, ()),
        "no_door": (without_door, ()),
        "no_policies": (page, (policies,)),
        "no_sealing": (page, (no_sealing,)),
        "no_journal": (page, (no_journal,)),
        "bare": (without_door, (policies, no_sealing, no_journal)),
    }
    took: dict[str, list[Took]] = {way: [] for way in ways}
    for number in range(-10, ROUNDS):
        for way, (asked, off) in ways.items():
            once = _once(asked, abs(number), off)
            if number >= 0:
                took[way].append(once)
    return took


def _once(page: Page, number: int, off: Iterable[Any] = ()) -> Took:
    with ExitStack() as stack:
        for switch in off:
            stack.enter_context(switch())
        began, worked = perf_counter(), process_time() + _server_time()
        page(number)
        ended = perf_counter()
        return Took((ended - began) * 1000, (process_time() + _server_time() - worked) * 1000)


def _server_time() -> float:
    """Seconds that the server process of this connection ran; 0 where the machine does not tell."""
    from django.db import connection

    connection.ensure_connection()
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return 0.0
    return int(told.split()[0]) / 1e9


def _lists(bench: Bench) -> dict[str, float]:
    """Every way to a list, searching a name, and fixed work, by turns: milliseconds, median."""
    pages: dict[str, Page] = {
        # The same at any size: what it takes longer later, the machine was slower.
        "fixed_work": lambda _n: [hash(str(number)) for number in range(20_000)],
        "caseload_of_20_units": lambda n: _list(bench, n),
        "caseload_of_260_units": lambda _n: _wide(bench),
        "caseload_of_assignments": lambda n: _assigned(bench, n),
        "name_search_in_20_units": lambda n: _searched(bench, n, wide=False),
        "name_search_in_260_units": lambda n: _searched(bench, n, wide=True),
    }
    took: dict[str, list[Took]] = {name: [] for name in pages}
    for number in range(ROUNDS):
        for name, page in pages.items():
            took[name].append(_once(page, number))
    return {
        f"{name}_{what}_ms_p50": median(getattr(one, what) for one in times)
        for name, times in took.items()
        for what in ("clock", "work")
    }


def _grown(bench: Bench, small: dict[str, float], large: int) -> Figures:
    now = _lists(bench)
    return {
        **{f"{name}_at_{large}": took for name, took in now.items()},
        **{f"{name}_ratio_{large}_to_{SMALL}": took / small[name] for name, took in now.items()},
    }


def _clients(bench: Bench) -> Figures:
    """Lists and dossiers a second with one client and with eight, whole and bare."""
    from django.db import connections

    figures: Figures = {}
    rates: dict[tuple[int, bool], float] = {}
    permits = _list_of_permits(bench), _dossier_of_permits(bench)
    connections.close_all()
    bench.superuser.close()
    for clients in (1, 8):
        for bare in (False, True):
            rates[clients, bare] = _rate(bench, clients, permits if bare else None)
            name = f"pages_per_second_{clients}_clients_{'bare' if bare else 'whole'}"
            figures[name] = rates[clients, bare]
    figures["throughput_8_clients_to_1_whole"] = rates[8, False] / rates[1, False]
    figures["throughput_8_clients_whole_to_bare"] = rates[8, False] / rates[8, True]
    return figures


def _rate(bench: Bench, clients: int, permits: tuple[Page, Page] | None) -> float:
    fork = get_context("fork")
    start, done = fork.Barrier(clients), fork.SimpleQueue()
    made = [fork.Process(target=_client, args=(bench, permits, n, start, done)) for n in range(clients)]
    for process in made:
        process.start()
    total = sum(done.get() for _ in made)
    for process in made:
        process.join()
    return float(total / SECONDS)


def _client(bench: Bench, permits: tuple[Page, Page] | None, client: int, start: Any, done: Any) -> None:
    from bench.switched_off import no_journal, no_policies, no_sealing

    number = client * 1000
    with ExitStack() as stack:
        for off in (no_policies(bench.superuser), no_sealing, no_journal) if permits else ():
            stack.enter_context(off())
        listed, opened = permits or (lambda n: _list(bench, n), lambda n: _dossier(bench, n))
        listed(number)
        start.wait()
        until = perf_counter() + SECONDS
        first = number
        while perf_counter() < until:
            (opened if number % 2 else listed)(number)
            number += 1
    done.put(number - first)


def _list(bench: Bench, number: int) -> int:
    from hervat.dossiers.queries.caseload import caseload

    return len(caseload(_permit_for_list(bench, commander(number))).rows)


def _wide(bench: Bench) -> int:
    from hervat.dossiers.queries.caseload import caseload

    return len(caseload(_permit_for_list(bench, adviser())).rows)


def _assigned(bench: Bench, number: int) -> int:
    from hervat.cli.crowd_inventing import guide_code
    from hervat.dossiers.queries.caseload import caseload

    return len(caseload(_permit_for_list(bench, guide_code(number % 100))).rows)


def _searched(bench: Bench, number: int, *, wide: bool) -> int:
    from hervat.dossiers.queries.search import search

    who = adviser() if wide else commander(number)
    return len(search(_permit_for_list(bench, who), NAMES[number % len(NAMES)]))


def _dossier(bench: Bench, number: int) -> object:
    from hervat.dossiers.queries.overview import overview

    return overview(_permit_for_dossier(bench, number))


def _list_of_permits(bench: Bench) -> Page:
    """A list without the door: its permits were made before."""
    from hervat.dossiers.queries.caseload import caseload

    permits = [_permit_for_list(bench, commander(number)) for number in range(COMMANDERS)]
    return lambda number: len(caseload(permits[number % COMMANDERS]).rows)


def _dossier_of_permits(bench: Bench) -> Page:
    from hervat.dossiers.queries.overview import overview

    permits = [_permit_for_dossier(bench, number) for number in range(ROUNDS)]
    return lambda number: overview(permits[number % ROUNDS])


def _permit_for_list(bench: Bench, who: UUID) -> Any:
    from hervat.access import door
    from hervat.register.vocabulary import Operation

    return _let_in(door.caseload(_asked(bench, who, Operation.LIST_CASELOAD)))


def _permit_for_dossier(bench: Bench, number: int) -> Any:
    from hervat.access import door
    from hervat.register.vocabulary import Operation

    own = bench.cases[number % COMMANDERS]
    case = own[number // COMMANDERS % len(own)]
    return _let_in(door.enter(_asked(bench, commander(number), Operation.READ_DOSSIER), case))


def _asked(bench: Bench, who: UUID, operation: Any) -> Any:
    from hervat.access.asking import Asked
    from hervat.access.choosing import purposes_for
    from hervat.journal.actions.append import begin
    from hervat.register.vocabulary import Role, Source

    # With the acceptances of the demo more may be seen, so there is more to open.
    purpose = purposes_for(Role.COMMANDER, operation, bench.on)[0].id
    return Asked(
        user=who,
        operation=operation,
        purpose=purpose,
        on=bench.on,
        source=Source.WEB,
        trace=begin(),
        demo=True,
    )


def _let_in(answer: Any) -> Any:
    from hervat.register.permit import Permit

    if not isinstance(answer, Permit):
        raise TypeError(answer.reason.text)
    return answer


def commander(number: int) -> UUID:
    """Return the code of a commander, of one unit and what is below it."""
    return UUID(int=(0xC0 << 64) + number % COMMANDERS, version=4)


def adviser() -> UUID:
    """Return the code of a P&O adviser of all units of one part of Defence."""
    return UUID(int=0xAD << 64, version=4)


def post_everybody(on: date) -> None:
    """Give the commanders and the adviser their accounts and postings, as the owner."""
    from hervat.cli.crowd_inventing import UNITS_EACH, unit_id
    from hervat.register.vocabulary import Role

    for number in range(COMMANDERS):
        _post(commander(number), Role.COMMANDER, [unit_id(number % 7 + 1, number % UNITS_EACH + 1)], on)
    _post(adviser(), Role.PO_ADVISER, [unit_id(1, unit) for unit in range(1, UNITS_EACH + 1)], on)


def _post(code: UUID, role: Any, units: list[UUID], on: date) -> None:
    from hervat.organisation.models import Posting, User

    User.objects.using("owner").create(code=code, name="Bench", email=f"{code}@example.org")
    for unit in units:
        Posting.objects.using("owner").create(
            user_id=code,
            role=role.value,
            unit_id=unit,
            below=True,
            below_reason="Om te meten.",
            starts_on=date(on.year - 1, 1, 1),
            granted_by_kind="opdracht",
            granted_by="bench",
        )


def cases_of_commanders() -> list[list[str]]:
    """Return, for every commander, the numbers of open dossiers of their units, in a random order."""
    from hervat.access.ways import units_of
    from hervat.dossiers.models import Dossier
    from hervat.organisation.queries.standing import roles_on, unit_tree
    from hervat.register.vocabulary import Role

    found: list[list[str]] = []
    today = datetime.now(UTC).date()
    for number in range(COMMANDERS):
        units = units_of(Role.COMMANDER, roles_on(commander(number), today), unit_tree(), today)
        rows = Dossier.objects.using("owner").filter(unit__in=units, status="open")
        numbers = list(rows.order_by("id").values_list("case_number", flat=True)[:500])
        random.Random(number).shuffle(numbers)  # noqa: S311 - to measure with
        found.append(numbers)
    return found
