"""The embedded PostgreSQL: a cluster in the data home, for the demo and the tests.

Our own launcher over the programs that `binaries.py` found: a Unix socket in a private
folder and no network, SCRAM passwords in a 0600 file, checksums, one fixed collation. As
root it runs under an existing account without rights. Must never be used for real data of
people: nothing backs it up. Read next: `provision.py` (roles and databases inside it).
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from hervat.config.binaries import Binaries, find_binaries, within_reach
from hervat.config.home import CannotStart, make_folder, take_lock, unusable, write_private
from hervat.config.processes import Account, Child, as_account, start_child, unprivileged_account

SUPERUSER, OWNER, APPLICATION = "postgres", "hervat_owner", "hervat_app"
_SOCKET_FOLDER = "socket"
_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 103
_PATIENCE = 60.0
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "40",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_min_messages": "fatal",
    # A failing statement may hold somebody's data; the log of the server never quotes one.
    "log_min_error_statement": "panic",
}
_FAST_AND_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # It holds a transaction open at moments of its own, and the sealer waits for every transaction.
    "autovacuum": "off",
}


@dataclass
class Cluster:
    """A running PostgreSQL of our own."""

    binaries: Binaries
    sockets: Path
    passwords: dict[str, str]
    child: Child
    lock: int

    def url(self, role: str, database: str) -> str:
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={host}"

    def stop(self) -> None:
        self.child.stop(patience=20)
        if self.sockets.name != _SOCKET_FOLDER:
            shutil.rmtree(self.sockets, ignore_errors=True)
        os.close(self.lock)


def start_cluster(home: Path, *, durable: bool = True) -> Cluster:
    """Start the cluster of this data home, made the first time, and wait until it answers.

    Without `durable` a crash of the machine may lose it: for the tests.
    """
    account = unprivileged_account()
    binaries = within_reach(find_binaries(), home, account)
    lock = _take_over(home)
    try:
        return _start(home, binaries, account, lock, durable=durable)
    except OSError as error:
        os.close(lock)
        raise unusable(home, error) from None
    except BaseException:
        os.close(lock)
        raise


def _start(home: Path, binaries: Binaries, account: Account | None, lock: int, *, durable: bool) -> Cluster:
    _refuse_out_of_reach(home, account)
    passwords = _passwords(home)
    data = home / "cluster"
    if not data.exists():
        _create(data, binaries, account, passwords[SUPERUSER])
    _refuse_another_version(data, binaries)
    sockets = _socket_folder(home, account)
    # Nothing of this cluster runs, for we hold its lock: what a killed run left is stale,
    # even when its process number has meanwhile been given to another process.
    for stale in (data / "postmaster.pid", sockets / _SOCKET, sockets / f"{_SOCKET}.lock"):
        stale.unlink(missing_ok=True)
    settings = _SETTINGS if durable else _SETTINGS | _FAST_AND_FORGETFUL
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    write_private(home / "postgresql.log", "")
    with (home / "postgresql.log").open("ab") as log:
        child = start_child(
            [binaries.program("postgres"), "-D", data, "-k", sockets, *options],
            stop_with=signal.SIGINT,
            account=account,
            environment=_environment(),
            output=log,
            keep_open=[lock],
        )
    cluster = Cluster(binaries, sockets, passwords, child, lock)
    try:
        _wait_until_ready(cluster, home / "postgresql.log")
    except BaseException:
        child.stop(patience=5)
        raise
    return cluster


def _take_over(home: Path) -> int:
    """Hold the cluster's lock; stop a PostgreSQL that a killed run left behind."""
    path = home / "cluster.lock"
    # Its guard is stopping it at this very moment, normally.
    lock = take_lock(path, patience=3)
    if lock is None:
        _ask_to_stop(home / "cluster" / "postmaster.pid")
        lock = take_lock(path, patience=20)
    if lock is None:
        raise CannotStart(
            f"Een PostgreSQL in {home} draait nog en stopt niet. Stop dat proces en start opnieuw."
        )
    return lock


def _ask_to_stop(pid_file: Path) -> None:
    try:
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
    except (OSError, ValueError, IndexError):
        return


def _refuse_out_of_reach(home: Path, account: Account | None) -> None:
    if account is None:
        return
    enter = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(home)]
    if subprocess.run(enter, capture_output=True, check=False, cwd="/", **as_account(account)).returncode:  # noqa: S603
        raise CannotStart(
            f"Het account {account.name}, waaronder PostgreSQL draait, kan niet in {home} komen. "
            "Kies met HERVAT_HOME een map waar elk account doorheen kan, bijvoorbeeld onder /var/lib."
        )


def _passwords(home: Path) -> dict[str, str]:
    path = home / "passwords.json"
    if path.exists():
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return found
    if (home / "cluster").exists():
        raise CannotStart(f"In {home} ontbreken de wachtwoorden. {_start_afresh(home)}")
    made = {role: secrets.token_urlsafe(32) for role in (SUPERUSER, OWNER, APPLICATION)}
    write_private(path, json.dumps(made))
    return made


def _create(data: Path, binaries: Binaries, account: Account | None, password: str) -> None:
    """Make the cluster beside its place and move it there whole, so that half of one never counts."""
    draft = data.with_name("cluster.half")
    if draft.exists():
        shutil.rmtree(draft)
    make_folder(draft)
    password_file = draft / "password"
    write_private(password_file, password)
    _give(account, draft, password_file)
    command = [str(binaries.program("initdb")), "-D", str(draft / "data"), f"--pwfile={password_file}"]
    answer = subprocess.run(  # noqa: S603
        [*command, f"--username={SUPERUSER}", *_shape(binaries)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=_environment(),
        start_new_session=True,
        **as_account(account),
    )
    if answer.returncode != 0:
        raise CannotStart(f"PostgreSQL kan in {data.parent} niet beginnen: {_last_line(answer.stderr)}")
    (draft / "data").rename(data)
    shutil.rmtree(draft)


def _shape(binaries: Binaries) -> list[str]:
    """One order of letters on every machine: that of the code points, never of the system's locale."""
    if binaries.major >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        locale = ["--locale=C", f"--lc-ctype={_utf8_letters()}"]
    methods = ["--auth-local=scram-sha-256", "--auth-host=reject"]
    return ["--encoding=UTF8", "--data-checksums", "--no-instructions", *locale, *methods]


def _utf8_letters() -> str:
    import locale

    before = locale.setlocale(locale.LC_CTYPE)
    try:
        return locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _give(account: Account | None, *paths: Path) -> None:
    if account is not None:
        for path in paths:
            os.chown(path, account.uid, account.gid)


def _refuse_another_version(data: Path, binaries: Binaries) -> None:
    try:
        made_by = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError:
        raise CannotStart(f"De map {data} is beschadigd. {_start_afresh(data.parent)}") from None
    if made_by != str(binaries.major):
        raise CannotStart(
            f"De gegevens in {data.parent} zijn gemaakt door PostgreSQL {made_by}, maar hier draait "
            f"{binaries.major}. Wijs met HERVAT_POSTGRES versie {made_by} aan (system, wheel of een map). "
            f"{_start_afresh(data.parent)}"
        )


def _start_afresh(home: Path) -> str:
    return f'Of begin opnieuw, zonder deze gegevens: rm -r "{home}"'


def _socket_folder(home: Path, account: Account | None) -> Path:
    """A folder only the server's account can enter; elsewhere when the path would be too long."""
    folder = home / _SOCKET_FOLDER
    if len(os.fsencode(folder / _SOCKET)) > _LONGEST_SOCKET_PATH:
        folder = Path("/tmp", f"hervat-{os.geteuid()}-{secrets.token_hex(6)}")  # noqa: S108
    made = not folder.exists()
    make_folder(folder)
    if made:
        _give(account, folder)
    return folder


def _environment() -> dict[str, str]:
    """Nothing of ours: a stray PGDATA or a locale that is not installed would change what happens."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _wait_until_ready(cluster: Cluster, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not cluster.child.has_stopped():
        try:
            with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
                _create_roles(connection, cluster.passwords)
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    reason = _last_line(log.read_text(encoding="utf-8", errors="replace"))
    raise CannotStart(f"PostgreSQL start niet: {reason}. Het logboek staat in {log}")


def _create_roles(connection: psycopg.Connection, passwords: dict[str, str]) -> None:
    """Make the two roles, and give them the passwords of this data home. The application owns nothing."""
    rights = {OWNER: sql.SQL("CREATEDB"), APPLICATION: sql.SQL("NOCREATEDB")}
    known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for role, right in rights.items():
        verb = sql.SQL("ALTER" if role in known else "CREATE")
        connection.execute(
            sql.SQL(
                "{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {} PASSWORD {}"
            ).format(verb, sql.Identifier(role), right, sql.Literal(passwords[role]))
        )


def _last_line(text: str) -> str:
    """The last thing a program said, without the words around it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if "FATAL" in line or "error:" in line] or lines
    return said[-1] if said else "het zegt niet waarom"
