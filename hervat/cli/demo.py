"""`hervat demo`: a database and the pages on this machine, with one command.

Starts the embedded PostgreSQL (or uses the server that the environment names), creates
and migrates the database, seals its log, does the background's work, and serves on the loopback
address until Ctrl-C or SIGTERM; then all stop, the last one first. Must never listen elsewhere, nor
call a database that was already there a demo.
Read next: `../config/postgres.py`, `demo_sealing.py`, `demo_work.py`.
"""

import argparse
import os
import shlex
import signal
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from hervat.cli import demo_feed, demo_load
from hervat.cli.demo_population import start_population
from hervat.cli.demo_sealing import NOT_SEALED, start_sealer, watch
from hervat.cli.demo_sealing import STOPPED as NO_SEALER
from hervat.cli.demo_work import STOPPED as NO_WORKER
from hervat.cli.demo_work import start_worker
from hervat.cli.parser import in_range

if TYPE_CHECKING:
    from collections.abc import Callable

    from hervat.config.postgres import Cluster
    from hervat.config.processes import Child

_BOTH = ("HERVAT_DATABASE_URL", "HERVAT_OWNER_DATABASE_URL")
# The key that signs is the sealer's alone.
_NOT_TOLD = frozenset({"HERVAT_JOURNAL_KEY"})
_NO_DEMO = "Let op: deze database is niet door demo gemaakt; wat alleen voor de demo is, blijft uit."


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("demo", help="start Hervat op deze computer, met een eigen database")
    parser.add_argument(
        "--port", type=in_range(0, 65535), default=8000, metavar="N", help="de poort (standaard 8000)"
    )
    parser.add_argument(
        "--small",
        action="store_true",
        help="alleen de mensen van 'Wie wilt u zijn?', zonder de eenheden om hen heen te vullen",
    )
    parser.add_argument(
        "--env",
        action="store_true",
        help="toon de instellingen van de demo die draait, voor andere opdrachten",
    )
    parser.set_defaults(run=run)
    verbs = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT")
    demo_feed.add_to(verbs)
    demo_load.add_to(verbs)


def run(arguments: argparse.Namespace) -> int:
    """Serve until somebody stops us; a reason not to start is one line, and exit 1."""
    from django.core.exceptions import ImproperlyConfigured

    if arguments.env:
        return _show_environment()
    # Also in the background of a script, where SIGINT is ignored: whoever stops us means it.
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        with ExitStack() as running:
            _serve(arguments.port, stop, running, small=arguments.small)
    except ImproperlyConfigured as error:
        print(f"hervat demo: {error}", file=sys.stderr)
        return 1
    return 0


def _serve(port: int, stop: threading.Event, running: ExitStack, *, small: bool) -> None:
    from hervat.config.home import data_home, open_home
    from hervat.config.serving import reserve_port, start_server, take_place, wait_until_it_answers

    home = open_home(data_home())
    take_the_only_place(home, running)
    place = take_place(home)
    running.callback(os.close, place)
    reserved = running.enter_context(reserve_port(port))
    address = f"http://127.0.0.1:{reserved.getsockname()[1]}/"
    cluster = use_database(home, running)
    set_environment(home)
    is_demo = prepare(home)
    sealer = start_sealer(home, running, is_demo=is_demo)
    os.environ["HERVAT_PUBLIC_ADDRESS"] = address
    worker = start_worker(running)
    server = start_server(reserved, place)
    running.callback(server.stop, patience=5)
    wait_until_it_answers(server, reserved.getsockname()[1], stopped=stop.is_set)
    (home / "address").write_text(address, encoding="ascii")
    _keep_environment(home, running)
    if is_demo and not small:
        start_population(home)
    if not stop.is_set():
        print(f"Hervat draait op {address} (stoppen: Ctrl-C)", flush=True)
        for notice in [*([] if is_demo else [_NO_DEMO]), *([] if sealer else [NOT_SEALED])]:
            print(notice, flush=True)
    _wait(stop, server, cluster, watch((sealer, NO_SEALER), (worker, NO_WORKER)))


def _keep_environment(home: Path, running: ExitStack) -> None:
    """Keep what other commands need to reach this demo, for as long as it runs."""
    from hervat.config.home import write_private

    kept = home / "environment"
    names = sorted(name for name in os.environ if name.startswith("HERVAT_") and name not in _NOT_TOLD)
    write_private(kept, "".join(f"export {name}={shlex.quote(os.environ[name])}\n" for name in names))
    running.callback(kept.unlink, missing_ok=True)


def _show_environment() -> int:
    from hervat.config.home import data_home

    try:
        print((data_home() / "environment").read_text(encoding="utf-8"), end="")
    except OSError:
        print("hervat demo: de demo van deze map draait niet. Start haar eerst: ./dev demo", file=sys.stderr)
        return 1
    return 0


def take_the_only_place(home: Path, running: ExitStack) -> None:
    """Hold the place of the one demo of this data home, or say that there is one."""
    from hervat.config.home import CannotStart, take_lock

    lock = take_lock(home / "demo.lock")
    if lock is None:
        address = home / "address"
        where = f" op {address.read_text(encoding='ascii')}" if address.exists() else ""
        raise CannotStart(f"De demo van deze map draait al{where}. Stop die eerst (Ctrl-C).")
    running.callback(os.close, lock)
    (home / "address").unlink(missing_ok=True)


def use_database(home: Path, running: ExitStack) -> "Cluster | None":
    """Start the embedded PostgreSQL, unless the environment names a server."""
    from hervat.config.environment import refuse_to_serve_without
    from hervat.config.postgres import APPLICATION, OWNER, start_cluster

    if any(os.environ.get(name) for name in _BOTH):
        refuse_to_serve_without(*_BOTH)
        return None
    cluster = start_cluster(home)
    running.callback(cluster.stop)
    for name, role in zip(_BOTH, (APPLICATION, OWNER), strict=True):
        os.environ[name] = cluster.url(role, "hervat")
    return cluster


def set_environment(home: Path) -> None:
    """What a demo differs in: no TLS, so nothing but this machine."""
    from hervat.config.home import own_keys, own_secret

    for name, value in {"HERVAT_SECRET_KEY": own_secret(home), **own_keys(home)}.items():
        if not os.environ.get(name):
            os.environ[name] = value
    os.environ["DJANGO_SETTINGS_MODULE"] = "hervat.config.settings"
    os.environ["HERVAT_PLAIN_HTTP"] = "1"
    os.environ["HERVAT_STATIC_ROOT"] = str(home / "static")
    for elsewhere in ("HERVAT_ALLOWED_HOSTS", "HERVAT_BEHIND_PROXY"):
        os.environ.pop(elsewhere, None)


def prepare(home: Path) -> bool:
    """Create and migrate the database, collect the static files; return whether it is a demo."""
    import django
    from django.conf import settings
    from django.db import connections

    django.setup()
    from hervat.cli.demo_load import mend
    from hervat.cli.demo_people import fill_demo
    from hervat.config.demo import is_demo
    from hervat.config.provision import create_database, migrate
    from hervat.config.serving import collect_static
    from hervat.dossiers.actions.door_key import keep_door_key
    from hervat.journal.actions.months import open_months

    owner, application = settings.DATABASES["owner"], settings.DATABASES["default"]
    create_database(owner, application)
    migrate(owner, application)
    keep_door_key(settings.DOOR_KEY)
    open_months()
    mend()
    collect_static(home, Path(settings.STATIC_ROOT))
    try:
        if is_demo():
            fill_demo()
        return is_demo()
    finally:
        connections.close_all()


def _wait(
    stop: threading.Event, server: "Child", cluster: "Cluster | None", look_at_others: "Callable[[], None]"
) -> None:
    from hervat.config.home import CannotStart

    while not stop.is_set():
        look_at_others()
        if server.has_stopped():
            raise CannotStart("De webserver is gestopt; waarom, staat hierboven.")
        if cluster and cluster.child.has_stopped():
            raise CannotStart("PostgreSQL is gestopt; waarom, staat in het logboek postgresql.log.")
        time.sleep(0.2)
