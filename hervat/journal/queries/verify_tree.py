"""The tree once more from its leaves, and every signed head and kept checkpoint against it.

One pass over the tiles in order, with memory for the right edge only. A head is looked at when its size is
reached. Must never: take a hash from the database that it could have computed, except past a tile that is
gone, and then it says so. Read next: `verify.py`, `../rules/tree.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from hervat.journal.queries.findings import Findings, Kind, Restore
from hervat.journal.queries.heads import HeadView
from hervat.journal.rules.notes import Checkpoint, NoteError, Verifier, open_checkpoint
from hervat.journal.rules.tiles import WIDTH
from hervat.journal.rules.tree import Frontier, root_of

_RESTORED = re.compile(r"restored (\d{1,18}) (\d{1,18}) \S{44}", re.ASCII)

Hashes = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was kept elsewhere, and is signed by a known key."""

    note: str
    checkpoint: Checkpoint

    @property
    def size(self) -> int:
        return self.checkpoint.size


Claim = HeadView | Kept


class GrowingTree:
    """The tree as the leaves come by: the root at any size that is asked in order.

    Full tiles are folded into one hash, so that the edge is that of a tree of tiles and one of leaves.
    """

    def __init__(self, kept: Callable[[int, int], Sequence[bytes]], findings: Findings) -> None:
        self._kept, self._findings = kept, findings
        self._tiles, self._leaves = Frontier(), Frontier()
        self._rows: list[list[bytes]] = []
        self._counts: list[int] = []
        self.broken = False

    @property
    def size(self) -> int:
        return self._tiles.size * WIDTH + self._leaves.size

    def root(self) -> bytes:
        return Frontier(self.size, (*self._tiles.peaks, *self._leaves.peaks)).root()

    def add_tile(self, hashes: Hashes) -> None:
        """Add a whole tile: the usual case, and twice as fast as leaf by leaf."""
        if len(hashes) == WIDTH and not self._leaves.size:
            self._close(root_of(hashes))
        else:
            self.add(hashes)

    def add(self, hashes: Sequence[bytes]) -> None:
        """Add leaves up to the end of the tile at most."""
        self._leaves.extend(hashes)
        if self._leaves.size == WIDTH:
            root = self._leaves.root()
            self._leaves = Frontier()
            self._close(root)

    def skip_tile(self, index: int) -> None:
        """Go on past a tile that is gone or damaged, by the hash of it one level up."""
        above = self._kept(1, index // WIDTH)
        if index % WIDTH >= len(above):
            self.broken = True
            return
        self._leaves = Frontier()
        self._close(above[index % WIDTH])

    def finish(self) -> int:
        """Compare what is left of each level; return how many tiles there are above the leaves."""
        for level in range(len(self._rows)):
            if self._rows[level]:
                self._compare(level)
        return sum(self._counts)

    def _close(self, root: bytes) -> None:
        self._tiles.extend([root])
        level, node = 0, root
        while True:
            if level == len(self._rows):
                self._rows.append([])
                self._counts.append(0)
            self._rows[level].append(node)
            if len(self._rows[level]) < WIDTH:
                return
            node = root_of(self._rows[level])
            self._compare(level)
            level += 1

    def _compare(self, level: int) -> None:
        index = self._counts[level]
        if tuple(self._kept(level + 1, index)) != tuple(self._rows[level]):
            self._findings.add(Kind.TILE, what=f"tegel {index} van niveau {level + 1}")
        self._rows[level] = []
        self._counts[level] += 1


class Claims:
    """What was ever signed about this log, by size: heads in the database, and checkpoints kept elsewhere."""

    def __init__(
        self,
        heads: Iterator[HeadView],
        kept: Sequence[Kept],
        verifiers: Sequence[Verifier],
        findings: Findings,
        on_head: Callable[[HeadView, Checkpoint, int], None],
    ) -> None:
        self._verifiers, self._findings, self._on_head = verifiers, findings, on_head
        both: Iterator[Claim] = merge(heads, kept, key=_size_of)
        self._groups = ((size, list(claims)) for size, claims in groupby(both, key=_size_of))
        self._next = next(self._groups, None)
        self._last: HeadView | None = None
        self.heads = 0
        self.restores: list[Restore] = []
        self.lost = 0

    @property
    def next_size(self) -> int | None:
        return self._next[0] if self._next else None

    def hold_to(self, root: bytes | None) -> None:
        """Compare everything that was signed at the next size with this root; None where there is none."""
        if self._next is None:
            return
        _, claims = self._next
        heads = [claim for claim in claims if isinstance(claim, HeadView)]
        for head in heads:
            self._hold_head(head, root)
        notes = {head.note for head in heads}
        for claim in claims:
            if isinstance(claim, Kept) and claim.note not in notes:
                self._hold_kept(claim, root)
        self._next = next(self._groups, None)

    def _hold_head(self, head: HeadView, root: bytes | None) -> None:
        self.heads += 1
        signed = self._opened(head)
        last, self._last = self._last, head
        if last is not None and head.number <= last.number:
            self._findings.add(Kind.HEAD, size=head.size, what="het staat niet in de volgorde van de boom")
        if signed is None:
            return
        if (signed.size, signed.root) != (head.size, head.root):
            self._findings.add(Kind.HEAD, size=head.size, what="de tekst zegt iets anders dan de kolommen")
        if last is not None and last.size == head.size and len(signed.extensions) < 2:
            self._findings.add(Kind.HEAD, size=head.size, what="het is er twee keer")
        if root is None:
            self._findings.add(Kind.TRUNCATED, size=head.size)
        elif root != signed.root:
            self._findings.add(Kind.ROOT, size=head.size)
        self.restores += _restores(signed)
        self._on_head(head, signed, last.size if last else 0)

    def _opened(self, head: HeadView) -> Checkpoint | None:
        try:
            return open_checkpoint(head.note, self._verifiers)
        except NoteError as error:
            self._findings.add(Kind.SIGNATURE, size=head.size, what=str(error).rstrip("."))
            return None

    def _hold_kept(self, kept: Kept, root: bytes | None) -> None:
        """A checkpoint that the database does not have: lost with a restore, or somebody cut or rewrote."""
        if any(_explains(restore, kept.checkpoint) for restore in self.restores):
            self.lost += 1
        elif root is None:
            self._findings.add(Kind.TRUNCATED, size=kept.size)
        elif root != kept.checkpoint.root:
            self._findings.add(Kind.REWRITTEN, size=kept.size)
        else:
            self._findings.add(Kind.HEAD_MISSING, size=kept.size)


def _size_of(claim: Claim) -> int:
    return claim.size


def walk(tiles: Iterator[tuple[int, Hashes]], tree: GrowingTree, claims: Claims, findings: Findings) -> None:
    """Grow the tree by the tiles, and hold every claim to its root at that size."""
    _hold_all(claims, tree, 0)
    for index, hashes in tiles:
        while tree.size // WIDTH < index and not tree.broken:
            findings.add(Kind.TILE, what=f"tegel {tree.size // WIDTH} van niveau 0 ontbreekt")
            tree.skip_tile(tree.size // WIDTH)
        if tree.broken:
            break
        _add(index, hashes, tree, claims)
    while claims.next_size is not None:
        claims.hold_to(None)


def _add(index: int, hashes: Hashes, tree: GrowingTree, claims: Claims) -> None:
    start, end = index * WIDTH, index * WIDTH + len(hashes)
    while (size := claims.next_size) is not None and size < end:
        if size > tree.size:
            tree.add(hashes[tree.size - start : size - start])
        claims.hold_to(tree.root() if tree.size == size else None)
    tree.add_tile(hashes) if tree.size == start else tree.add(hashes[tree.size - start :])
    _hold_all(claims, tree, end)


def _restores(signed: Checkpoint) -> Iterator[Restore]:
    reasons = [line.removeprefix("reason ") for line in signed.extensions if line.startswith("reason ")]
    for line in signed.extensions:
        if found := _RESTORED.fullmatch(line):
            yield Restore(int(found[1]), int(found[2]), signed.sealed_at, "".join(reasons))


def _explains(restore: Restore, lost: Checkpoint) -> bool:
    """Whether a checkpoint is from what was lost: longer than what came back, and signed before it did."""
    if not restore.kept < lost.size <= restore.lost:
        return False
    return restore.at is None or lost.sealed_at is None or lost.sealed_at <= restore.at


def _hold_all(claims: Claims, tree: GrowingTree, size: int) -> None:
    while claims.next_size is not None and claims.next_size <= size:
        claims.hold_to(tree.root() if claims.next_size == tree.size else None)
