"""Everything that a node of a page stands in."""

from collections.abc import Iterator

from docutils import nodes


def nodes_above(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the nodes that contain this one, from its parent up to the document."""
    while node.parent is not None:
        node = node.parent
        yield node
