"""To seal and verify with: a signer, lines that commit, and lines of long ago."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.db import transaction

from hervat.journal.actions.append import append
from hervat.journal.actions.seal import Sealed, seal
from hervat.journal.queries.findings import Kind, Report
from hervat.journal.queries.verify import verify
from hervat.journal.rules.copy_rows import COLUMNS
from hervat.journal.rules.notes import Signer, new_key

from .examples import a_line

SIGNER = Signer.parse(new_key("logboek.test"))
NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
_COLUMNS = ", ".join(COLUMNS)


def write(count: int = 1, **changes: Any) -> None:
    """Append lines as the application does, and commit."""
    with transaction.atomic():
        append([a_line(**changes) for _ in range(count)])


def copy_line(connection: psycopg.Connection, **given: str) -> int:
    """Write a copy of the first line, as whoever is connected; `given` columns as SQL."""
    names, values = (", ".join(part) for part in ([*given, _COLUMNS], [*given.values(), _COLUMNS]))
    overriding = "OVERRIDING SYSTEM VALUE" if "id" in given else ""
    row = connection.execute(
        f"INSERT INTO journal_line ({names}) {overriding} "  # noqa: S608
        f"SELECT {values} FROM journal_line ORDER BY id LIMIT 1 RETURNING id"
    ).fetchone()
    assert row is not None
    return int(row[0])


def write_long_ago(owner: psycopg.Connection, *moments: datetime) -> list[int]:
    """Write lines of another month, as only the owner can."""
    for moment in moments:
        owner.execute("SELECT journal_open_month(%s)", [moment.date()])
    return [copy_line(owner, logged_at=f"'{moment.isoformat()}'") for moment in moments]


def seal_now(*folders: Path, at: datetime = NOW, **options: Any) -> Sealed:
    return seal(signer=SIGNER, folders=folders, at=at, **options)


def verified(*folders: Path, signers: Sequence[Signer] = (SIGNER,)) -> Report:
    """Verify, against every file of these folders."""
    texts = [path.read_text() for folder in folders for path in sorted(folder.iterdir())]
    return verify(verifiers=[signer.verifier for signer in signers], checkpoints=texts)


def kinds(report: Report) -> set[Kind]:
    return {finding.kind for finding in report.findings}


@contextmanager
def unguarded(superuser: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """Whoever has the whole database in hand: no trigger fires."""
    superuser.execute("SET session_replication_role = replica")
    yield superuser
    superuser.execute("RESET session_replication_role")


def sealed_ids(connection: psycopg.Connection) -> list[int]:
    """The lines in the order of the tree."""
    rows = connection.execute(
        "SELECT line FROM journal_tile, unnest(lines) WITH ORDINALITY AS named (line, place) "
        "WHERE level = 0 ORDER BY index, place"
    )
    return [row[0] for row in rows]
