"""What can be read in nested data: the view of a quiz, the facts of a record."""

from collections.abc import Iterator, Mapping, Sequence


def texts_in(value: object) -> Iterator[str]:
    """Every text of a value, however deep; not the names of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from texts_in(inner)


def names_in(value: object) -> frozenset[str]:
    """Every name of a field in a value, however deep."""
    if isinstance(value, Mapping):
        return frozenset(value).union(*map(names_in, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return frozenset().union(*map(names_in, value))
    return frozenset()
