"""Places leaves in the tree: the tiles that grow, and the root over all of them.

In the transaction of the caller, who holds the lock of the sealer. A tile of leaves names its lines, so that
whoever has a line finds its leaf, and whoever verifies finds the line of each leaf.
Must never: be called twice with the same line. Read next: `seal.py`, `../rules/tiles.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

from hervat.journal.queries.heads import apart, tile_reader
from hervat.journal.rules.tiles import WIDTH, Tile, grow, subtrees
from hervat.journal.rules.tree import root_at

_EDGE = (
    "SELECT hashes, lines, logged_from, logged_to FROM public.journal_tile WHERE level = %s AND index = %s"
)
_WRITE = """
INSERT INTO public.journal_tile (level, index, hashes, lines, span, logged_from, logged_to)
VALUES (%s, %s, %s, %s::bigint[], int8range(%s, %s, '[]'), %s, %s)
ON CONFLICT (level, index) DO UPDATE SET
    hashes = EXCLUDED.hashes, lines = EXCLUDED.lines, span = EXCLUDED.span,
    logged_from = EXCLUDED.logged_from, logged_to = EXCLUDED.logged_to
"""
_WRITE_NODES = """
INSERT INTO public.journal_tile (level, index, hashes) VALUES (%s, %s, %s)
ON CONFLICT (level, index) DO UPDATE SET hashes = EXCLUDED.hashes
"""


class Leaf(NamedTuple):
    """The hash of a line, and what places it: a row as PostgreSQL gives it. There are very many."""

    id: int
    xid: str
    logged_at: datetime
    hash: bytes


@dataclass(frozen=True, slots=True)
class _Names:
    """Which lines a tile of leaves is of, and between which moments they were logged."""

    lines: tuple[int, ...] = ()
    moments: tuple[datetime, ...] = ()

    def with_leaves(self, leaves: Sequence[Leaf]) -> "_Names":
        moments = (*self.moments, *(leaf.logged_at for leaf in leaves))
        return _Names((*self.lines, *(leaf.id for leaf in leaves)), (min(moments), max(moments)))


def place(cursor: Any, size: int, leaves: Sequence[Leaf]) -> bytes:
    """Add the leaves to a tree of `size`; return its root. Raises `TreeError` when a tile does not fit."""
    edge, names = _edge(cursor, size)
    grown = {(tile.level, tile.index): tile for tile in grow(edge, size, [leaf.hash for leaf in leaves])}
    _write(cursor, size, leaves, grown, names)
    kept = tile_reader(cursor)

    def hashes(level: int, index: int) -> Sequence[bytes]:
        tile = grown.get((level, index))
        return tile.hashes if tile else kept(level, index)

    return root_at(size + len(leaves), subtrees(hashes))


def _edge(cursor: Any, size: int) -> tuple[dict[int, Tile], _Names]:
    """Return the tiles at the right edge that are not full, and the lines of the lowest."""
    edge, names = {}, _Names()
    for level, index in _edge_places(size):
        cursor.execute(_EDGE, [level, index])
        row = cursor.fetchone()
        if row is not None:
            edge[level] = Tile(level, index, apart(bytes(row[0])))
        if row is not None and level == 0:
            names = _Names(tuple(row[1]), row[2:])
    return edge, names


def _edge_places(size: int) -> Iterator[tuple[int, int]]:
    for level in count():
        index, width = divmod(size, WIDTH)
        if not size:
            return
        if width:
            yield level, index
        size = index


def _write(
    cursor: Any, size: int, leaves: Sequence[Leaf], grown: Mapping[Any, Tile], edge: _Names
) -> None:  # fmt: skip
    tiles, nodes = [], []
    for tile in grown.values():
        hashes = b"".join(tile.hashes)
        if tile.level:
            nodes.append((tile.level, tile.index, hashes))
            continue
        start = tile.index * WIDTH - size
        before = edge if start < 0 else _Names()
        named = before.with_leaves(leaves[max(0, start) : start + WIDTH])
        ends = min(named.lines), max(named.lines)
        tiles.append((0, tile.index, hashes, list(named.lines), *ends, *named.moments))
    cursor.executemany(_WRITE, tiles)
    cursor.executemany(_WRITE_NODES, nodes)
