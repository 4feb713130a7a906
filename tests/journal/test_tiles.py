"""Tiles give the same tree, however it grew, and never a hash that they do not hold."""

import pytest

from hervat.journal.rules.tiles import WIDTH, Tile, grow, subtrees
from hervat.journal.rules.tree import (
    TreeError,
    check_consistency,
    check_inclusion,
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    root_at,
    root_of,
)

LEAVES = [hash_leaf(number.to_bytes(4, "big")) for number in range(1200)]


class Kept:
    """The tiles that a tree kept, and how many were read."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], Tile] = {}
        self.size = 0
        self.read = 0

    def add(self, leaves: list[bytes]) -> list[Tile]:
        edge = {level: self.tiles[level, index] for level, index in sorted(self.tiles)}  # the last wins
        grown = grow(edge, self.size, leaves)
        self.tiles |= {(tile.level, tile.index): tile for tile in grown}
        self.size += len(leaves)
        return grown

    def tile(self, level: int, index: int) -> tuple[bytes, ...]:
        self.read += 1
        return self.tiles[level, index].hashes


def grown_by(steps: list[int], leaves: list[bytes]) -> Kept:
    kept = Kept()
    for step in steps:
        kept.add(leaves[kept.size : kept.size + step])
    return kept


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, 1200])
def test_the_root_from_tiles_is_the_root_of_the_leaves(size: int) -> None:
    kept = grown_by([size], LEAVES)

    assert root_at(size, subtrees(kept.tile)) == root_of(LEAVES[:size])


@pytest.mark.parametrize("steps", [[1] * 600, [255, 1, 1, 343], [256, 344], [600], [100] * 6, [0, 600, 0]])
def test_the_tiles_do_not_depend_on_the_steps_in_which_the_tree_grew(steps: list[int]) -> None:
    assert grown_by(steps, LEAVES).tiles == grown_by([600], LEAVES).tiles


def test_only_the_edge_changes() -> None:
    kept = grown_by([511], LEAVES)
    grown = kept.add(LEAVES[511:513])

    assert [(tile.level, tile.index, len(tile.hashes)) for tile in grown] == [
        (0, 1, 256),
        (0, 2, 1),
        (1, 0, 2),
    ]
    assert kept.add([]) == []


def test_an_entry_of_a_higher_tile_is_the_root_of_a_full_tile_below() -> None:
    kept = grown_by([513], LEAVES)

    assert kept.tiles[1, 0].hashes == (root_of(LEAVES[:256]), root_of(LEAVES[256:512]))


@pytest.mark.thorough
@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 66_000])
def test_the_third_level_begins_at_256_times_256(size: int) -> None:
    leaves = [hash_leaf(number.to_bytes(4, "big")) for number in range(size)]
    kept = grown_by([65_000, size - 65_000], leaves)

    assert kept.tiles == grown_by([size], leaves).tiles
    assert root_at(size, subtrees(kept.tile)) == root_of(leaves)
    assert ((2, 0) in kept.tiles) == (size >= 65_536)
    for index in (0, 255, 256, 65_279, 65_280, size - 1):
        proof = inclusion_proof(index, size, subtrees(kept.tile))
        assert check_inclusion(leaves[index], index, size, proof, root_of(leaves))


def test_a_proof_reads_few_tiles_and_each_once() -> None:
    kept = grown_by([1200], LEAVES)
    root = root_of(LEAVES)

    for index in (0, 255, 256, 1023, 1024, 1199):
        kept.read = 0
        proof = inclusion_proof(index, 1200, subtrees(kept.tile))
        assert check_inclusion(LEAVES[index], index, 1200, proof, root)
        assert kept.read <= 3
    for old in (1, 255, 256, 257, 1199):
        proof = consistency_proof(old, 1200, subtrees(kept.tile))
        assert check_consistency(old, 1200, root_of(LEAVES[:old]), root, proof)


def test_a_tile_that_is_too_short_gives_no_hash_rather_than_a_wrong_one() -> None:
    kept = grown_by([300], LEAVES)
    root_at(300, subtrees(kept.tile))
    kept.tiles[0, 1] = Tile(0, 1, kept.tiles[0, 1].hashes[:43])

    with pytest.raises(TreeError, match="Tegel 1 van niveau 0"):
        root_at(300, subtrees(kept.tile))


def test_a_tree_does_not_grow_from_an_edge_that_is_not_its_own() -> None:
    last = Tile(0, 1, tuple(LEAVES[WIDTH:300]))
    above = Tile(1, 0, (root_of(LEAVES[:WIDTH]),))
    assert len(grow({0: last, 1: above}, 300, LEAVES[300:600])) == 3

    for edge in ({}, {0: Tile(0, 0, last.hashes)}, {0: Tile(0, 1, last.hashes[:-1])}):
        with pytest.raises(TreeError, match="niveau 0"):
            grow(edge, 300, LEAVES[300:301])
    with pytest.raises(TreeError, match="niveau 1"):
        grow({0: last}, 300, LEAVES[300:600])
