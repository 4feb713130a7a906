"""The tree is that of RFC 9162: the published vectors of Certificate Transparency, and a naive tree.

The vectors are those of github.com/transparency-dev/merkle (testonly/constants.go, reference_test.go), which
come from google/certificate-transparency. The naive tree is the definition of RFC 9162, 2.1, word for word.
"""

import doctest
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import pytest

from hervat.journal.rules import tree
from hervat.journal.rules.tree import (
    EMPTY_ROOT,
    Frontier,
    TreeError,
    check_consistency,
    check_inclusion,
    consistency_proof,
    hash_leaf,
    inclusion_proof,
    node_hash,
    root_at,
    root_of,
)

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
NODES = {
    (0, 0): "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    (0, 1): "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    (0, 4): "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    (1, 0): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (1, 1): "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    (1, 2): "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    (1, 3): "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    (2, 0): "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 1): "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}
INCLUSIONS = {
    (0, 1): [],
    (0, 2): [(0, 1)],
    (1, 2): [(0, 0)],
    (2, 3): [(1, 0)],
    (1, 5): [(0, 0), (1, 1), (0, 4)],
    (0, 8): [(0, 1), (1, 1), (2, 1)],
    (5, 8): [(0, 4), (1, 3), (2, 0)],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [(0, 1), (1, 1), (2, 1)],
    (2, 5): [(1, 1), (0, 4)],
    (6, 8): [(1, 2), (1, 3), (2, 0)],
}
PUBLISHED = [hash_leaf(bytes.fromhex(content)) for content in INPUTS]
LEAVES = [hash_leaf(number.to_bytes(4, "big")) for number in range(131)]


@cache
def naive_root(start: int, end: int) -> bytes:
    """MTH of RFC 9162, 2.1.1."""
    if start == end:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    split = start + naive_split(end - start)
    return sha256(b"\x01" + naive_root(start, split) + naive_root(split, end)).digest()


def naive_split(count: int) -> int:
    """The largest power of two smaller than count."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def naive_path(index: int, start: int, end: int) -> list[bytes]:
    """PATH of RFC 9162, 2.1.3.1."""
    if end - start == 1:
        return []
    split = start + naive_split(end - start)
    if index < split:
        return [*naive_path(index, start, split), naive_root(split, end)]
    return [*naive_path(index, split, end), naive_root(start, split)]


def naive_subproof(old: int, start: int, end: int, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, 2.1.4.1."""
    if old == end:
        return [] if whole else [naive_root(start, end)]
    split = start + naive_split(end - start)
    if old <= split:
        return [*naive_subproof(old, start, split, whole), naive_root(split, end)]
    return [*naive_subproof(old, split, end, False), naive_root(start, split)]


def subtree(height: int, index: int) -> bytes:
    return root_of(LEAVES[index << height : (index + 1) << height])


def published_subtree(height: int, index: int) -> bytes:
    return root_of(PUBLISHED[index << height : (index + 1) << height])


def node(place: tuple[int, int]) -> bytes:
    return bytes.fromhex(NODES[place])


def broken(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with one bit the other way, one hash less, one more, or two swapped."""
    for at, content in enumerate(proof):
        yield [*proof[:at], bytes([content[0] ^ 1]) + content[1:], *proof[at + 1 :]]
        yield [*proof[:at], content[:-1] + bytes([content[-1] ^ 0x80]), *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
        yield [*proof[:at], content, *proof[at:]]
        yield [*proof[:at], content[:-1], *proof[at + 1 :]]
    yield [*proof, EMPTY_ROOT]
    if len(proof) > 1:
        yield proof[::-1]


def test_the_examples_hold() -> None:
    assert doctest.testmod(tree).failed == 0


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int) -> None:
    frontier = Frontier()
    frontier.extend(PUBLISHED[:size])

    assert root_of(PUBLISHED[:size]).hex() == ROOTS[size]
    assert root_at(size, published_subtree).hex() == ROOTS[size]
    assert frontier.root().hex() == ROOTS[size]


def test_the_published_nodes() -> None:
    assert {place: published_subtree(*place).hex() for place in NODES} == NODES


@pytest.mark.parametrize(("index", "size"), INCLUSIONS)
def test_the_published_inclusion_proofs(index: int, size: int) -> None:
    proof = [node(place) for place in INCLUSIONS[index, size]]
    root = bytes.fromhex(ROOTS[size])

    assert inclusion_proof(index, size, published_subtree) == proof
    assert check_inclusion(PUBLISHED[index], index, size, proof, root)
    assert not check_inclusion(PUBLISHED[index - 1 if index else 1], index, size, proof, root)


@pytest.mark.parametrize(("old", "new"), CONSISTENCIES)
def test_the_published_consistency_proofs(old: int, new: int) -> None:
    proof = [node(place) for place in CONSISTENCIES[old, new]]
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])

    assert consistency_proof(old, new, published_subtree) == proof
    assert check_consistency(old, new, *roots, proof)
    assert not check_consistency(old, new, bytes(32), roots[1], proof)
    assert not check_consistency(old, new, roots[0], bytes(32), proof)


def agree_at(size: int) -> None:
    """Everything about the tree of this size is as the naive tree says."""
    root = naive_root(0, size)
    assert root_of(LEAVES[:size]) == root_at(size, subtree) == root
    for index in range(size):
        proof = inclusion_proof(index, size, subtree)
        assert proof == naive_path(index, 0, size)
        assert check_inclusion(LEAVES[index], index, size, proof, root)
    for old in range(1, size + 1):
        proof = consistency_proof(old, size, subtree)
        assert proof == naive_subproof(old, 0, size, True)
        assert check_consistency(old, size, naive_root(0, old), root, proof)


@pytest.mark.parametrize("size", [*range(18), 31, 32, 33, 63, 64, 65])
def test_the_naive_tree_agrees(size: int) -> None:
    agree_at(size)


@pytest.mark.thorough
@pytest.mark.parametrize("size", range(131))
def test_the_naive_tree_agrees_at_every_size(size: int) -> None:
    agree_at(size)


def refused_at(size: int) -> None:
    """No proof holds that was changed, or that is held against another place, size or root."""
    root = naive_root(0, size)
    for index in range(size):
        proof = inclusion_proof(index, size, subtree)
        asked = [(LEAVES[index], index, size, bad, root) for bad in broken(proof)]
        asked += [(LEAVES[index], other, size, proof, root) for other in range(size) if other != index]
        asked += [(LEAVES[-1], index, size, proof, root), (LEAVES[index], index, size, proof, EMPTY_ROOT)]
        assert [arguments for arguments in asked if check_inclusion(*arguments)] == []
    for old in range(1, size):
        proof, old_root = consistency_proof(old, size, subtree), naive_root(0, old)
        growths = [(old, size, old_root, root, bad) for bad in broken(proof)]
        growths += [(other, size, old_root, root, proof) for other in range(1, size + 1) if other != old]
        growths += [(old, size, root, root, proof), (old, size, old_root, old_root, proof)]
        assert [arguments for arguments in growths if check_consistency(*arguments)] == []


@pytest.mark.parametrize("size", [1, 2, 7, 8, 13])
def test_a_proof_that_was_touched_proves_nothing(size: int) -> None:
    refused_at(size)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [*range(1, 40), 64, 65, 100, 127, 128, 129, 130])
def test_a_proof_that_was_touched_proves_nothing_at_many_sizes(size: int) -> None:
    refused_at(size)


def test_an_empty_tree_begins_every_tree_and_a_tree_begins_itself() -> None:
    root = naive_root(0, 5)

    assert check_consistency(0, 5, EMPTY_ROOT, root, [])
    assert check_consistency(5, 5, root, root, [])
    assert check_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not check_consistency(0, 5, root, root, [])
    assert not check_consistency(0, 0, EMPTY_ROOT, root, [])
    assert not check_consistency(0, 5, EMPTY_ROOT, root, [root])
    assert not check_consistency(5, 5, root, root, [root])
    assert not check_consistency(4, 5, root, root, [])


def test_nonsense_is_false_and_never_an_exception() -> None:
    leaf, huge = LEAVES[0], 1 << 4000
    sizes = [(-1, 1), (0, 0), (1, 1), (2, 1), (0, -1), (huge, 1), (0, huge), (huge - 1, huge)]

    assert not any(check_inclusion(leaf, *size, [leaf] * count, leaf) for size in sizes for count in range(3))
    assert not any(
        check_consistency(*size, leaf, leaf, [leaf] * count)
        for size in [(-1, 1), (2, 1), (-2, -1), (1, huge), (huge - 1, huge)]
        for count in range(3)
    )
    for bad in (b"", leaf[:-1], leaf + b"\0"):
        assert not check_inclusion(bad, 0, 1, [], bad)
        assert not check_inclusion(leaf, 0, 2, [bad], node_hash(leaf, bad))
        assert not check_consistency(1, 1, bad, bad, [])


def test_a_node_cannot_pass_for_a_leaf() -> None:
    pair = LEAVES[0] + LEAVES[1]

    assert node_hash(*LEAVES[:2]) != hash_leaf(pair) != sha256(pair).digest()


@pytest.mark.parametrize("first", [0, 1, 2, 3, 7, 8, 64, 100, 130])
def test_a_frontier_grows_from_where_it_was_saved(first: int) -> None:
    before = Frontier()
    before.extend(LEAVES[:first])
    after = Frontier(before.size, before.peaks)
    after.extend(LEAVES[first:])

    assert (after.size, after.root()) == (131, naive_root(0, 131))
    assert (before.size, before.root()) == (first, naive_root(0, first))


def test_a_question_without_an_answer_is_refused() -> None:
    inclusion_proof(0, 1, subtree)
    for index, size in ((-1, 1), (1, 1), (0, 0)):
        with pytest.raises(TreeError):
            inclusion_proof(index, size, subtree)
    consistency_proof(1, 2, subtree)
    for old, new in ((3, 2), (-1, 2)):
        with pytest.raises(TreeError):
            consistency_proof(old, new, subtree)
    with pytest.raises(TreeError):
        Frontier(3, [LEAVES[0]])
