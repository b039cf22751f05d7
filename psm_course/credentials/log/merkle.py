"""The Merkle tree over a log (RFC 6962): its root, and proofs that an entry is in the log.

`store.tree` stores the tree.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

# A function of `start` and `stop`: the root over the leaves from `start` up to but without `stop`.
RootBetween = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry, as a leaf of the tree."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node that has these two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree to which leaves are appended; only the roots of its complete subtrees are stored.

    The number of stored roots is the number of digits 1 in the tree's size written in binary. For
    example, a tree of 6 leaves (110 in binary) has two: the root of the first four leaves, and the
    root of the next two.
    """

    def __init__(self) -> None:
        self._halves: list[tuple[int, bytes]] = []  # height and root, the highest first

    def append(self, root: bytes, height: int = 0) -> None:
        """Append the next leaf, or a complete subtree of 2^height leaves.

        `root` is the hash of the leaf or the root of the subtree. The number of leaves before a
        subtree must be a multiple of 2^height.
        """
        while self._halves and self._halves[-1][0] == height:
            root, height = node_hash(self._halves.pop()[1], root), height + 1
        self._halves.append((height, root))

    def root(self) -> bytes:
        """Return the root over everything appended until now; more leaves may be appended later."""
        if not self._halves:
            return EMPTY
        *before, (_, root) = self._halves
        for _, left in reversed(before):
            root = node_hash(left, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes."""
    tree = Growing()
    for each in leaf_hashes:
        tree.append(each)
    return tree.root()


# ---- an entry is in the tree ---------------------------------------------------------------------


def inclusion_proof(index: int, size: int, root_between: RootBetween) -> tuple[bytes, ...]:
    """Return the proof that a leaf (index from 0) is in a tree of `size` leaves.

    The proof is a list of hashes: at each node on the way from the leaf up to the root, the hash of
    the neighbour subtree. `root_between(start, stop)` must return the root over the leaves from
    index `start` up to index `stop`, without the leaf at `stop`.

    Raises:
        ValueError: the tree of this size has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    start, stop, beside = 0, size, list[bytes]()
    while stop - start > 1:
        middle = start + _left_half(stop - start)
        if index < middle:
            beside.append(root_between(middle, stop))
            stop = middle
        else:
            beside.append(root_between(start, middle))
            start = middle
    return tuple(reversed(beside))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """True if `proof` shows that a leaf is at this index in the tree with this size and root.

    `leaf` is the leaf's hash. The method is that of RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def _left_half(size: int) -> int:
    """Return the number of leaves in the left subtree of a tree of `size` leaves.

    This is the largest power of two below `size`, which must be at least 2.
    """
    return 1 << (size - 1).bit_length() - 1
