"""The item types. Every folder here is one type; code outside the folder never names the type."""

from importlib import import_module
from pkgutil import iter_modules

from psm_course.authoring.reading import ELEMENTS
from psm_course.items.base import ItemType

# Every type by its name, in the order in which people read of them.
TYPES: dict[str, ItemType] = {}


def register(kind: ItemType) -> None:
    """Add an item type to `TYPES`, and its words for elements of lists to `ELEMENTS`.

    The attribute `elements` of `kind.model` has these Indonesian words by field name. For example,
    error messages call an element of the field `pairs` "pasangan". Tests call this function to add
    an item type of their own.
    """
    TYPES[kind.name] = kind
    ELEMENTS.maps.append(dict(kind.model.elements))


_FOLDERS = [
    import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.ispkg
]
for _kind in sorted((folder.TYPE for folder in _FOLDERS), key=lambda kind: kind.place):
    register(_kind)
