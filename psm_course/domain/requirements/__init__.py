"""The kinds of requirement, one file each, named as in `course.yml`.

To add a kind, add a file to this folder; nothing else has to be changed.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from psm_course.domain.requirement import Requirement

ANSWERS = ("by_passing_one", "may", "needs", "word")


def kind_in(module: ModuleType) -> type[Requirement]:
    """Return the kind of requirement that a file declares.

    Raises:
        TypeError: the file declares no kind, or its kind lacks a required attribute; the message
            names the attribute.
    """
    name = module.__name__.rpartition(".")[2]
    declared = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__
    ]
    kinds = [each for each in declared if issubclass(each, Requirement)]
    if len(kinds) != 1:
        raise TypeError(
            f'requirement kind "{name}": the file declares {len(kinds)} subclasses of Requirement;'
            " it must be one"
        )
    missing = [
        *sorted(kinds[0].__abstractmethods__),
        *(answer for answer in ANSWERS if not hasattr(kinds[0], answer)),
    ]
    missing += [
        f"the title of {field}"
        for field, declared in kinds[0].model_fields.items()
        if field != "id" and not declared.title
    ]
    if missing:
        raise TypeError(f'requirement kind "{name}" does not answer: {", ".join(missing)}')
    return kinds[0]


KINDS: dict[str, type[Requirement]] = {
    found.name: kind_in(import_module(f"{__name__}.{found.name}"))
    for found in iter_modules(__path__)
}
