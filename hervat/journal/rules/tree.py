"""The Merkle tree over the lines: roots, and proofs that a line is in it or that it only grew (RFC 9162).

The tree is told by the hashes of its leaves and by a function that gives the hash of any perfect subtree, so
a proof at ten million leaves reads a few tiles and no leaf. What checks a proof is total: nonsense is False,
never an exception. Must never: hash a leaf and a node alike (2.1.1), or else a node can pass for a leaf.
Read next: `tiles.py` (how the hashes are kept), `proofs.py` (the files), docs/journal.md.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""(height, index) -> the hash of the perfect subtree of 2**height leaves, the `index`th from the left."""


class TreeError(ValueError):
    """A question about a tree that has no answer: a leaf beyond its end, or a hash that is not kept."""


def hash_leaf(data: bytes) -> bytes:
    """Return the hash of a leaf with this content (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + data).digest()


def leaf_hash(salt: bytes, line: bytes) -> bytes:
    """Return the leaf of a line. The salt is why nobody can guess a line back once it is gone.

    >>> leaf_hash(bytes(16), b'{"id":7}').hex()[:8]
    '8065ef60'
    """
    return hash_leaf(sha256(salt + line).digest())


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees together (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over these hashes of leaves; pairing per level gives the tree of 2.1.1."""
    if not leaves:
        return EMPTY_ROOT

    row = list(leaves)
    while len(row) > 1:
        pairs = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(row) & ~1 :]  # an odd one out goes up as it is
    return row[0]


class Frontier:
    """The right edge of a tree that grows: one hash for every perfect subtree, the largest first.

    Adding a million leaves keeps twenty hashes. `size` and `peaks` are all there is to save.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size < 0 or len(peaks) != size.bit_count():
            raise TreeError(f"Bij {size} bladen horen niet {len(peaks)} hashes.")
        self.size = size
        self._peaks = list(peaks)

    @property
    def peaks(self) -> tuple[bytes, ...]:
        return tuple(self._peaks)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add the hashes of leaves on the right."""
        peaks, size = self._peaks, self.size
        for leaf in leaves:
            merging, here = size, leaf
            while merging & 1:
                here = sha256(b"\x01" + peaks.pop() + here).digest()  # node_hash, without the call
                merging >>= 1
            peaks.append(here)
            size += 1
        self.size = size

    def root(self) -> bytes:
        return _fold(self._peaks)


def root_at(size: int, subtree: Subtree) -> bytes:
    """Return the root of the tree as it was at `size` leaves."""
    return _span(0, size, subtree)


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the path of a leaf to the root at `size`, from below (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise TreeError(f"Er is geen blad {index} in een boom van {size} bladen.")

    path = []
    start, end = 0, size
    while end - start > 1:
        split = start + _half(end - start)
        if index < split:
            path.append(_span(split, end, subtree))
            end = split
        else:
            path.append(_span(start, split, subtree))
            start = split
    return path[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Return the hashes that show that the tree of `old` leaves begins that of `new` (RFC 9162, 2.1.4.1)."""
    if not 0 <= old <= new:
        raise TreeError(f"Een boom van {new} bladen kan niet beginnen met {old} bladen.")
    if old in (0, new):
        return []

    path = []
    start, end = 0, new
    while old != end:
        split = start + _half(end - start)
        if old <= split:
            path.append(_span(split, end, subtree))
            end = split
        else:
            path.append(_span(start, split, subtree))
            start = split
    if start:  # otherwise this subtree is the old tree, whose root the reader has
        path.append(_span(start, end, subtree))
    return path[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether `leaf` is the `index`th leaf of the tree with this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False

    here, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            computed = node_hash(sibling, computed)
            here, last = _skip_to_sibling(here, last)
        else:
            computed = node_hash(computed, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and computed == root


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the tree of `old` leaves is the beginning of that of `new` (RFC 9162, 2.1.4.2).

    The RFC leaves out what needs no proof: an empty tree begins every tree, a tree begins itself.
    """
    if not 0 <= old <= new or not _are_hashes([old_root, new_root, *proof]):
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    if old == new:
        return not proof and old_root == new_root
    if not proof:
        return False

    power_of_two = old & (old - 1) == 0
    path = [old_root, *proof] if power_of_two else list(proof)
    return _leads_to(path, old, new) == (old_root, new_root)


def _leads_to(path: Sequence[bytes], old: int, new: int) -> tuple[bytes, bytes] | None:
    """Return the two roots that the path of a consistency proof gives (2.1.4.2, steps 3 to 7)."""
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1

    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            here, last = _skip_to_sibling(here, last)
        else:
            second = node_hash(second, sibling)
        here, last = here >> 1, last >> 1
    return (first, second) if last == 0 else None


def _skip_to_sibling(here: int, last: int) -> tuple[int, int]:
    """Go up past the levels where the last node of an odd row has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _half(count: int) -> int:
    """Return the largest power of two below `count`: where a tree of that many leaves is split."""
    return 1 << (count - 1).bit_length() - 1


def _span(start: int, end: int, subtree: Subtree) -> bytes:
    """Return the hash of the leaves from `start` to `end`, a range that a split of the tree gives."""
    peaks = []
    while start < end:
        height = (end - start).bit_length() - 1
        peaks.append(subtree(height, start >> height))
        start += 1 << height
    return _fold(peaks)


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT

    *larger, root = peaks
    for peak in reversed(larger):
        root = node_hash(peak, root)
    return root


def _are_hashes(values: Sequence[object]) -> bool:
    return all(isinstance(value, bytes) and len(value) == HASH_SIZE for value in values)
