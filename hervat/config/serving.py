"""Serving the pages on this machine only, for the demo: the port, the static files, gunicorn.

Must never listen on anything but the loopback address: the demo has no TLS. In production
gunicorn serves `hervat.config.wsgi` behind a proxy. Read next: `../cli/demo.py`.
"""

import errno
import hashlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from hervat.config.home import CHECKOUT, CannotStart, take_lock, write_private
from hervat.config.processes import Child, start_child

LOOPBACK = "127.0.0.1"
_PATIENCE = 30.0
# The owner's rights and the key that seals stay with us, and what would change how gunicorn starts stays out.
_NOT_FOR_THE_SERVER = ("HERVAT_OWNER_DATABASE_URL", "HERVAT_JOURNAL_KEY", "GUNICORN_CMD_ARGS")


def take_place(home: Path) -> int:
    """Wait until the server of a run that was killed is gone; its lock is ours, and then our server's."""
    lock = take_lock(home / "server.lock", patience=10)
    if lock is None:
        raise CannotStart("De webserver van een vorige keer stopt niet. Stop dat proces en start opnieuw.")
    return lock


def reserve_port(port: int) -> socket.socket:
    """Hold the port, without answering yet; gunicorn takes this very socket over."""
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind((LOOPBACK, port))
    except OSError as error:
        reserved.close()
        why = {errno.EADDRINUSE: "is bezet", errno.EACCES: "mag alleen root gebruiken"}
        other = port + 1 if 1024 <= port < 65535 else 8001
        raise CannotStart(
            f"Poort {port} {why.get(error.errno or 0, 'is niet te gebruiken')}. "
            f"Kies een andere: ./dev demo --port {other}"
        ) from None
    return reserved


def collect_static(home: Path, target: Path) -> None:
    """Collect the static files under their hashed names, when one of them changed."""
    mark, wanted = home / "static.digest", _digest_of_static_files()
    if target.is_dir() and mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    write_private(mark, wanted)


def start_server(reserved: socket.socket, place: int) -> Child:
    """Start gunicorn on the reserved port; it stops by itself when we are gone."""
    descriptor = reserved.fileno()
    command = [sys.executable, "-P", "-m", "gunicorn", "hervat.config.wsgi", f"--bind=fd://{descriptor}"]
    options = ["--no-control-socket", "--worker-class=gthread", "--threads=4"]
    options += ["--graceful-timeout=3", "--log-level=warning"]
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_THE_SERVER}
    return start_child(
        [*command, *options],
        stop_with=signal.SIGTERM,
        environment=environment,
        keep_open=[descriptor, place],
        folder=CHECKOUT,
    )


def wait_until_it_answers(server: Child, port: int, *, stopped: Callable[[], bool]) -> None:
    """Return when a page is really served, or when somebody stopped us."""
    until = time.monotonic() + _PATIENCE
    while not stopped() and not _answers(port):
        if server.has_stopped():
            raise CannotStart("De webserver stopte meteen; waarom, staat hierboven.")
        if time.monotonic() > until:
            raise CannotStart(f"De webserver antwoordt niet binnen {_PATIENCE:.0f} seconden.")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _digest_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
