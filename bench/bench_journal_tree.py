"""How fast lines are sealed and the whole log is verified, and what a proof costs in a large tree.

Its own PostgreSQL, as in production. The lines are real; of the large tree only the tiles are, for a proof
reads nothing else: random leaves between real lines at either end. HERVAT_BENCH_LEAVES=10000000 makes it as
large as the target says (minutes); by itself it is a million.
"""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from django.db import connections, transaction

from bench.own_database import own_database
from hervat.journal.actions.append import append
from hervat.journal.actions.leaves import Leaf, place
from hervat.journal.actions.seal import seal
from hervat.journal.queries.heads import heads, newest_head, plain_cursor
from hervat.journal.queries.proofs import consistency, prove
from hervat.journal.queries.verify import verify
from hervat.journal.rules.notes import Checkpoint, Signer, new_key, sealed, sign
from tests.journal.examples import a_line

LINES = 65_536
PAGE = 4_096
ROUNDS = 3
PROOFS = 300
LEAVES = int(os.environ.get("HERVAT_BENCH_LEAVES", "1000000"))
_CHUNK = 65_536
_SIGNER = Signer.parse(new_key("logboek.bench"))
_FIRST_ID = 10**9

Figures = dict[str, object]


def run() -> Figures:
    with own_database(), TemporaryDirectory(prefix="hervat-bench-") as place:
        folder = Path(place)
        return {**_sealing(folder), **_verifying(folder), **_proving(folder)}


def _sealing(folder: Path) -> Figures:
    rates = []
    for _ in range(ROUNDS):
        _write(LINES)
        rates.append(LINES / _seconds(lambda: _seal(folder)))
    few = []
    for _ in range(20):
        _write(1_000)
        few.append(1_000 / _seconds(lambda: _seal(folder)))
    return {
        "sealed_lines_per_second_median": round(median(rates)),
        "sealed_lines_per_second_best": round(max(rates)),
        "sealed_a_thousand_lines_per_second_median": round(median(few)),
    }


def _verifying(folder: Path) -> Figures:
    texts = [path.read_text() for path in folder.iterdir()]
    rates = []
    for _ in range(ROUNDS):
        began = perf_counter()
        report = verify(verifiers=[_SIGNER.verifier], checkpoints=texts)
        rates.append(report.lines / (perf_counter() - began))
        assert report.good  # noqa: S101 - a figure of a broken log says nothing
    return {
        "verified_lines": report.lines,
        "verified_lines_per_second_median": round(median(rates)),
        "verified_lines_per_second_best": round(max(rates)),
    }


def _proving(folder: Path) -> Figures:
    real = _size()
    _plant(LEAVES - real - 1_000)
    _write(1_000)
    _seal(folder)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE journal_tile")
        cursor.execute("SELECT pg_total_relation_size('journal_tile')")
        (tiles,) = cursor.fetchone()
    chance = random.Random(2599)  # noqa: S311 - to measure with, not to hide
    lines = [chance.randrange(1, real) for _ in range(PROOFS)]
    sizes = [head.size for head in heads()]
    pairs = [tuple(sorted(chance.sample(sizes, 2))) for _ in range(PROOFS)]
    proofs = [prove(line) for line in lines[:50]]
    return {
        "leaves": _size(),
        **_times("proof", [lambda line=line: prove(line) for line in lines]),
        "proof_bytes_most": max(len(proof.to_json().encode()) for proof in proofs),
        "proofs_hold": all(proof.check([_SIGNER.verifier]).good for proof in proofs),
        **_times("consistency", [lambda pair=pair: consistency(*pair) for pair in pairs]),
        "consistency_bytes_most": max(len(consistency(*pair).to_json().encode()) for pair in pairs[:50]),
        "tree_bytes_per_leaf": round(tiles / _size(), 1),
    }


def _plant(count: int) -> None:
    """Add random leaves under one head, as if so many lines were sealed."""
    now = datetime.now(UTC)
    size = _size()
    with transaction.atomic(using="owner"), plain_cursor("owner") as cursor:
        last = newest_head(cursor)
        assert last is not None  # noqa: S101
        for start in range(0, count, _CHUNK):
            end = min(count, start + _CHUNK)
            noise = os.urandom(32 * (end - start))
            leaves = [
                Leaf(_FIRST_ID + start + at, 0, now, noise[32 * at : 32 * at + 32])
                for at in range(end - start)
            ]
            root = place(cursor, size + start, leaves)
        note = sign(Checkpoint(_SIGNER.name, size + count, root, (sealed(now),)), _SIGNER)
        mark = (now, last.cluster, last.floor, last.upto_xid, last.upto_id)
        cursor.execute(
            "INSERT INTO journal_head (size, root, note, sealed_at, cluster, floor, upto_xid, upto_id) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s::text::xid8, %s)",
            [size + count, root, note, *mark],
        )


def _write(count: int) -> None:
    for start in range(0, count, PAGE):
        with transaction.atomic():
            append([a_line() for _ in range(min(PAGE, count - start))])


def _seal(folder: Path) -> None:
    seal(signer=_SIGNER, folders=[folder], at=datetime.now(UTC))


def _size() -> int:
    with plain_cursor("owner") as cursor:
        head = newest_head(cursor)
    return head.size if head else 0


def _times(name: str, questions: list[Callable[[], object]]) -> Figures:
    questions[0]()
    milliseconds = [_seconds(question) * 1000 for question in questions]
    return {
        f"{name}_ms_median": round(median(milliseconds), 2),
        f"{name}_ms_p95": round(quantiles(milliseconds, n=20)[-1], 2),
    }


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
