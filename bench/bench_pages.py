"""What pages take at very many dossiers: on the server, in questions to the database, and over the wire.

A demo of its own, as `hervat demo load` leaves it, asked as its users ask: first in this process, where the
work of a core can be told from the clock, then over HTTP by twenty at once with gunicorn on two workers.
Everything included: session, door, policies, sealing, log and HTML. HERVAT_BENCH_PAGES is how many dossiers.
Must never: ask a page as somebody who would see nothing. Read next: `bench_door.py`, docs/security.md.
"""

import http.client
import os
import random
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any, Final

DOSSIERS: Final = "HERVAT_BENCH_PAGES"
ROUNDS: Final = 120
USERS: Final = 20
SECONDS: Final = 20.0
WORKERS: Final = "2"
Figures = dict[str, object]
Ask = Callable[[int], Any]
_LINKED: Final = re.compile(r'(?:href|src)="(/static/[^"#]+)"')
_NO_QUERY: Final = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT pg_backend_pid")
_NAMES: Final = ("jansen", "berg", "sanne", "noor", "el am", "kees", "dijk")


def run() -> Figures:
    count = int(os.environ.get(DOSSIERS, "10000"))
    with own_demo() as home:
        figures = _loaded(count)
        cases = _everybody()
        pages = {name: _asking(ask) for name, ask in _pages(cases).items()}
        figures |= _by_turns(pages)
        figures |= {f"{name}_queries": _queries(ask) for name, ask in pages.items()}
        return figures | _over_http(home, cases)


@contextmanager
def own_demo() -> Iterator[Path]:
    """Make a demo in a folder of its own, and throw it away afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hervat.config.settings"
    for name in [name for name in os.environ if name.startswith("HERVAT_") and "BENCH" not in name]:
        del os.environ[name]
    from hervat.cli.demo import prepare, set_environment, use_database

    home = Path(tempfile.mkdtemp(prefix="hervat-bench-"))
    home.chmod(0o711)
    with ExitStack() as running:
        running.callback(shutil.rmtree, home)
        use_database(home, running)
        set_environment(home)
        prepare(home)
        yield home


def _loaded(count: int) -> Figures:
    from django.db import connection

    from hervat.cli.crowd_loading import load_dossiers, load_units, tidy

    load_units()
    before = _size()
    cores = min(2, os.cpu_count() or 1)
    loaded = load_dossiers(count, on=_today(), processes=cores, with_course=True)
    tidy()
    grown = _size() - before
    connection.close()
    each = 1e6 / loaded.dossiers
    return {
        "dossiers": loaded.dossiers,
        "loader_dossiers_per_second": round(loaded.per_second),
        "loader_making_and_sealing_us_of_a_core": round(loaded.making * each),
        "loader_sending_us_of_a_core": round(loaded.sending * each),
        "loader_indexing_seconds": loaded.indexing,
        "database_bytes_per_dossier": round(grown / loaded.dossiers),
    }


def _size() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _everybody() -> list[list[str]]:
    """Post the commanders and the adviser; return the case numbers of each commander."""
    from bench.bench_door import cases_of_commanders, post_everybody

    post_everybody(_today())
    return cases_of_commanders()


def _pages(cases: list[list[str]]) -> dict[str, tuple[Any, Callable[[int], dict[str, Any]]]]:
    """Each page: who asks, and for what."""
    from bench.bench_door import adviser, commander

    def of_commander(path: str) -> tuple[Any, Callable[[int], dict[str, Any]]]:
        return commander, lambda _: {"path": path}

    return {
        "caseload": of_commander("/caseload/"),
        "caseload_late": of_commander("/caseload/?termijn=te-laat"),
        "caseload_by_week": of_commander("/caseload/?van-week=20&tot-week=60&status=ziek"),
        "caseload_searched": (
            commander,
            lambda n: {"path": "/caseload/", "data": {"tekst": _NAMES[n % len(_NAMES)], "op": ""}},
        ),
        "caseload_of_a_part_of_defence": (lambda _: adviser(), lambda _: {"path": "/caseload/"}),
        "now": of_commander("/nu/"),
        "now_of_a_part_of_defence": (lambda _: adviser(), lambda _: {"path": "/nu/"}),
        "dossier": (commander, lambda n: {"path": f"/dossier/{_case(cases, n)}/"}),
    }


def _case(cases: list[list[str]], number: int) -> str:
    own = cases[number % len(cases)]
    return own[number // len(cases) % len(own)]


def _asking(page: tuple[Any, Callable[[int], dict[str, Any]]]) -> Ask:
    """Return how to ask a page in this process, each user with a session of their own."""
    who, what = page
    clients: dict[Any, Any] = {}

    def ask(number: int) -> Any:
        code, asked = who(number), what(number)
        client = clients.get(code) or clients.setdefault(code, logged_in(code))
        answer = client.post(**asked) if "data" in asked else client.get(**asked)
        if answer.status_code != 200:
            raise RuntimeError(f"{asked['path']}: {answer.status_code}")
        return answer

    return ask


def logged_in(code: Any) -> Any:
    """Return a browser in which somebody is logged in as in a demo."""
    from django.conf import settings
    from django.contrib.auth import login
    from django.test import Client, RequestFactory

    from hervat.organisation.models import User
    from hervat.web.login import demo_mark
    from hervat.web.login.sessions import start

    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    request = RequestFactory().get("/")
    request.session = client.session
    login(request, User.objects.get(code=code), backend=settings.AUTHENTICATION_BACKENDS[0])
    start(request)
    request.session[demo_mark.MARK] = True
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


def _by_turns(pages: dict[str, Ask]) -> Figures:
    """Every page takes its turn in every round: milliseconds on the clock, and of a core."""
    from bench.bench_import import server_time

    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
    for number in range(-12, ROUNDS):
        for name, ask in pages.items():
            began, worked, served = perf_counter(), process_time(), server_time()
            ask(number + 12)
            once = (perf_counter() - began, process_time() - worked, server_time() - served)
            if number >= 0:
                took[name].append(once)
    figures: Figures = {}
    for name, times in took.items():
        for what, place in (("clock", 0), ("process", 1), ("database", 2)):
            milliseconds = [1000 * one[place] for one in times]
            figures[f"{name}_{what}_ms_p50"] = median(milliseconds)
            figures[f"{name}_{what}_ms_p95"] = quantiles(milliseconds, n=20)[-1]
    return figures


def _queries(ask: Ask) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask(0)
    # What begins and ends a transaction, and what names the permit in it, is no question.
    return sum(1 for one in asked.captured_queries if not one["sql"].lstrip().startswith(_NO_QUERY))


def _over_http(home: Path, cases: list[list[str]]) -> Figures:
    """What crosses the wire, and how long it takes when twenty ask at once."""
    from django.db import connections

    from bench.bench_door import commander
    from hervat.config.serving import reserve_port, start_server, take_place, wait_until_it_answers

    cookies = [_cookie(logged_in(commander(number))) for number in range(USERS)]
    connections.close_all()
    os.environ["WEB_CONCURRENCY"] = WORKERS
    with reserve_port(0) as reserved:
        port = reserved.getsockname()[1]
        place = take_place(home)
        server = start_server(reserved, place)
        try:
            wait_until_it_answers(server, port, stopped=lambda: False)
            paths = {"caseload": "/caseload/", "now": "/nu/", "dossier": f"/dossier/{_case(cases, 0)}/"}
            figures = _first_visits(port, cookies[0], paths)
            return figures | _at_once(port, cookies, cases)
        finally:
            server.stop(patience=5)
            os.close(place)


def _cookie(client: Any) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _first_visits(port: int, cookie: str, paths: dict[str, str]) -> Figures:
    """Kilobytes of a first visit as they cross, headers apart: HTML, styles and scripts; and the font."""
    figures: Figures = {}
    for name, path in paths.items():
        html, sent = _fetch(port, cookie, path, "gzip")
        linked = sorted(set(_LINKED.findall(html)))
        sizes = {one: _fetch(port, cookie, one, "br, gzip")[1] for one in linked}
        fonts = sum(size for one, size in sizes.items() if one.endswith((".woff2", ".woff")))
        figures[f"{name}_first_visit_kb"] = (sent + sum(sizes.values()) - fonts) / 1000
        figures[f"{name}_html_kb"] = sent / 1000
        figures[f"{name}_font_kb"] = fonts / 1000
    return figures


def _fetch(port: int, cookie: str, path: str, accepts: str) -> tuple[str, int]:
    import gzip

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": accepts})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    is_html = (answer.headers["Content-Type"] or "").startswith("text/html")
    text = gzip.decompress(body) if is_html and answer.headers["Content-Encoding"] == "gzip" else body
    return (text.decode() if is_html else ""), len(body)


def _at_once(port: int, cookies: list[str], cases: list[list[str]]) -> Figures:
    """Twenty users who each ask the next page as soon as they have one."""
    took: dict[str, list[float]] = {"caseload": [], "now": [], "dossier": []}
    until = perf_counter() + SECONDS
    users = [
        threading.Thread(target=_use, args=(port, cookie, number, cases, until, took))
        for number, cookie in enumerate(cookies)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    figures: Figures = {
        "at_once_users": USERS,
        "at_once_pages_per_second": sum(map(len, took.values())) / SECONDS,
    }
    took["all"] = [one for of_page in took.values() for one in of_page]
    for name, times in took.items():
        p50, p95 = median(times), quantiles(times, n=20)[-1]
        figures |= {
            f"at_once_{name}_ms_p50": p50 * 1000,
            f"at_once_{name}_ms_p95": p95 * 1000,
            f"at_once_{name}_p95_to_p50": p95 / p50,
        }
    return figures


def _use(
    port: int, cookie: str, number: int, cases: list[list[str]], until: float, took: dict[str, list[float]]
) -> None:
    chance = random.Random(number)  # noqa: S311 - to measure with
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while perf_counter() < until:
        own = cases[number % len(cases)]
        pages = {"caseload": "/caseload/", "now": "/nu/", "dossier": f"/dossier/{chance.choice(own)}/"}
        name = chance.choice(sorted(pages))
        began = perf_counter()
        connection.request("GET", pages[name], headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{name}: {answer.status}")
        took[name].append(perf_counter() - began)


def _today() -> Any:
    return datetime.now(UTC).date()
