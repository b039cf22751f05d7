"""Finds all nodes of a page that contain a given node."""

from collections.abc import Iterator

from docutils import nodes


def nodes_above(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the nodes that contain this one, from its parent up to the document."""
    while node.parent is not None:
        node = node.parent
        yield node
