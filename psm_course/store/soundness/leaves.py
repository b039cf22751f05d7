"""Builds the log's tree again from its entries: all nodes, and the roots at wanted sizes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from psm_course.credentials.log.merkle import Growing, leaf_hash, root_of
from psm_course.store.tree import WIDTH


@dataclass(slots=True)
class Leaves:
    """The tree of one epoch, built entry by entry.

    `wanted` contains sizes of the tree; `roots` gets the root of the tree at each of these sizes.
    """

    epoch: int
    origin: str
    wanted: Collection[int] = ()
    size: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    _tree: Growing = field(default_factory=Growing)
    _begun: list[list[bytes]] = field(default_factory=list)

    @property
    def root(self) -> bytes:
        """The root over all leaves that were added until now (32 bytes)."""
        return self._tree.root()

    def append(self, entry: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add the next entry; yields level, index and hash of every node that is now complete.

        Only nodes of level 1 and higher are yielded, because the table `log_node` stores only
        these.
        """
        leaf = leaf_hash(entry)
        self._tree.append(leaf)
        self.size += 1
        if self.size in self.wanted:
            self.roots[self.size] = self.root
        yield from self._filled(0, leaf)

    def _filled(self, level: int, below: bytes) -> Iterator[tuple[int, int, bytes]]:
        if level == len(self._begun):
            self._begun.append([])
        begun = self._begun[level]
        begun.append(below)
        if len(begun) == WIDTH:
            root = root_of(begun)
            begun.clear()
            yield level + 1, self.size // WIDTH ** (level + 1) - 1, root
            yield from self._filled(level + 1, root)
