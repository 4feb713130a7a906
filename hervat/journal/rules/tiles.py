"""The hashes of the tree in tiles of 256, as C2SP tlog-tiles lays them out: about 33 bytes a leaf.

A tile at level 0 holds the hashes of leaves; at level L each entry is the root of the perfect subtree of
256**L leaves, so of one full tile below it. A full tile never changes; only the last of each level grows.
Must never: answer from a tile that lacks the hash (a shorter list would give another, wrong root).
Read next: `tree.py`, https://c2sp.org/tlog-tiles.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hervat.journal.rules.tree import Subtree, TreeError, root_of

WIDTH = 256
_HEIGHT = 8  # of the subtree that a full tile is


@dataclass(frozen=True, slots=True)
class Tile:
    """Up to 256 hashes of one level, in order from the left."""

    level: int
    index: int
    hashes: tuple[bytes, ...]


def grow(edge: Mapping[int, Tile], size: int, leaves: Sequence[bytes]) -> list[Tile]:
    """Return every tile that changes or begins when `leaves` join a tree of `size`, level by level.

    `edge` has the last tile of each level; one that is full or absent is not needed.
    """
    grown: list[Tile] = []
    level, position, hashes = 0, size, tuple(leaves)
    while hashes:
        tiles = _fill(level, position, _edge(edge, level, position) + hashes)
        grown += tiles
        hashes = tuple(root_of(tile.hashes) for tile in tiles if len(tile.hashes) == WIDTH)
        level, position = level + 1, position // WIDTH
    return grown


def subtrees(tile: Callable[[int, int], Sequence[bytes]]) -> Subtree:
    """Return how to find the hash of a perfect subtree, given `tile(level, index)` -> its hashes."""
    read = lru_cache(maxsize=64)(tile)  # a proof asks each tile of its path up to eight times

    def subtree(height: int, index: int) -> bytes:
        level, above = divmod(height, _HEIGHT)
        number, start = divmod(index << above, WIDTH)
        entries = read(level, number)[start : start + (1 << above)]
        if len(entries) != 1 << above:
            raise TreeError(f"Tegel {number} van niveau {level} is niet zo lang als de boom zegt.")
        return root_of(entries)

    return subtree


def _edge(edge: Mapping[int, Tile], level: int, position: int) -> tuple[bytes, ...]:
    index, width = divmod(position, WIDTH)
    if not width:
        return ()

    last = edge.get(level)
    if last is None or last.index != index or len(last.hashes) != width:
        raise TreeError(f"De laatste tegel van niveau {level} past niet bij {position} hashes.")
    return last.hashes


def _fill(level: int, position: int, hashes: tuple[bytes, ...]) -> list[Tile]:
    first = position // WIDTH
    return [Tile(level, first + at // WIDTH, hashes[at : at + WIDTH]) for at in range(0, len(hashes), WIDTH)]
