"""Checks variants (items that replace each other): only their words may differ.

Otherwise a draw would not be fair. And after a critical error in one item, a learner could pass
with a right answer to an item about something else.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from psm_course.authoring.problems import Finding
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items.base import BaseItem

# What the items of one name have in common, and what it is called.
_ALIKE = {"type": "type", "objective": "tujuan", "form": "form", "points": "nilai"}

Placed = Mapping[int, BaseItem]


def variant_findings(read: QuizRead) -> Iterator[Finding]:
    """Report variants that cannot replace each other: type, objective, form or points differ.

    Also reported are variants in a practice quiz, an item id that is also a name of variants, and
    the old key `always`. Only variants written in this quiz file are compared.
    """
    items = dict(read.readable)
    yield from _old_keys(read)
    for name, those in variants_of(read).items():
        if read.header is not None and read.header.use == "practice":
            yield Finding(
                ("items", next(iter(those)), "variants"),
                "latihan menunjukkan semua butirnya, jadi tidak punya variants",
                "hapus variants",
            )
        for key, called in _ALIKE.items():
            first, *others = ((index, getattr(item, key)) for index, item in those.items())
            for index, value in others:
                if value != first[1]:
                    yield Finding(
                        ("items", index, "variants"),
                        f'{called} butir ini lain dari butir pertama dengan variants "{name}"',
                        f"samakan {called}-nya, atau beri variants lain",
                    )
        for index, item in items.items():
            if item.id == name and index not in those:
                yield Finding(
                    ("items", index, "id"),
                    f'"{name}" adalah id butir ini dan juga variants butir lain',
                    "beri variants itu nama lain",
                )


def variants_of(read: QuizRead) -> dict[str, Placed]:
    """Return the items of a file that have variants, by the name that they have under `variants`.

    The value for each name is a mapping from an item's place in the file (from 0) to the item.
    """
    found: dict[str, dict[int, BaseItem]] = defaultdict(dict)
    for index, item in read.readable:
        if item.variants:
            found[item.variants][index] = item
    return dict(found)


def _old_keys(read: QuizRead) -> Iterator[Finding]:
    """Report `always: yes`, the old way to give an item to everybody.

    An item with this key can still be read, as a set of only one variant, because cohorts have
    adopted courses with this key.
    """
    written = read.source.tree.get("items") if isinstance(read.source.tree, dict) else None
    for index, item in enumerate(written if isinstance(written, list) else []):
        if isinstance(item, dict) and "always" in item:
            yield Finding(
                ("items", index, "always"),
                "always sudah diganti variants",
                "hapus always, dan beri butirnya variants: …",
            )
