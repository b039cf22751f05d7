"""The items that a quiz takes from other quizzes: `pool` names their files, in the same folder."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from psm_course.authoring.fields import is_id
from psm_course.authoring.memory import Memory
from psm_course.authoring.problems import Finding, Path, shorten
from psm_course.authoring.yaml_source import read_file
from psm_course.content.quiz import QuizHeader
from psm_course.content.quiz_files.items import items_once
from psm_course.items.base import BaseItem


def pool_names(tree: dict[str, Any]) -> list[str]:
    """Return the names under `pool` that are valid ids."""
    pool = tree.get("pool")
    return [name for name in (pool if isinstance(pool, list) else [pool]) if is_id(name)]


def pool_file(path: FilePath, name: str) -> FilePath | None:
    """Return the file of the quiz `name` in the folder of the quiz file `path`.

    None if there is no such file.
    """
    candidates = (path.with_name(f"{name}.{ending}") for ending in ("yml", "yaml"))
    return next((file for file in candidates if file.is_file()), None)


def pooled_items(
    path: FilePath,
    header: QuizHeader | None,
    tree: dict[str, Any],
    beside_others: bool,
    memory: Memory,
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    """Return the items that a quiz takes from the quizzes named by its `pool`.

    If the header has `form` (a or b: one of two forms of a test), only items with the same `form`
    are taken.

    Args:
        path: the quiz file; the other quizzes are in the same folder.
        header: the header of the quiz; None if the header cannot be read.
        tree: the content of the quiz file.
        beside_others: True if the whole folder is being read. Mistakes in the other files are then
            not reported here, because they are reported when those files are read.
        memory: a cache, so that an unchanged file of the pool is not read again.

    Returns:
        The items, each with its index in its own file, and the findings about `pool`.
    """
    if "items" in tree:
        return [], [Finding(("pool",), "ada pool dan juga items", "pilih salah satu")]
    form = header.form if header else None
    items: list[tuple[int, BaseItem]] = []
    findings: list[Finding] = []
    variants: Counter[str] = Counter()
    for place, name in enumerate(pool_names(tree)):
        at: Path = ("pool", place) if isinstance(tree["pool"], list) else ("pool",)
        found, wrong = _items_of(path, name, tree.get("id"), at, beside_others, memory)
        chosen = [(index, item) for index, item in found if form is None or item.form == form]
        variants.update({item.variants for _, item in chosen if item.variants})
        items += chosen
        findings += wrong
    if form and not items and not findings and header and header.pool:
        findings.append(
            Finding(
                ("form",),
                f'tidak ada butir dengan form "{form}" di pool',
                "beri butir banknya form: a atau b",
            )
        )
    # Split over two banks, the set could be in a test twice, once from each.
    findings += [
        Finding(
            ("pool",),
            f'variants "{name}" ada di lebih dari satu bank',
            "beri salah satunya nama lain",
        )
        for name, banks in variants.items()
        if banks > 1
    ]
    return items, findings + list(_shared_ids(items))


def _shared_ids(items: list[tuple[int, BaseItem]]) -> Iterator[Finding]:
    counts = Counter(item.id for _, item in items)
    for name in [name for name, count in counts.items() if count > 1]:
        yield Finding(
            ("pool",),
            f'butir "{shorten(name)}" ada di lebih dari satu bank',
            "beri salah satunya id lain",
        )


def _items_of(
    path: FilePath, pool: str, own: Any, at: Path, beside_others: bool, memory: Memory
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    other = pool_file(path, pool)
    if pool == own or other is None:
        return [], [
            Finding(
                at,
                f'kuis "{shorten(pool)}" tidak ada di folder ini',
                "tulis id kuis lain di folder yang sama",
            )
        ]
    draws_itself, items, is_faulty = memory.recall_of_files(
        "pool", [other], partial(_read_pool, other)
    )
    if draws_itself:
        return [], [
            Finding(
                at,
                f'kuis "{shorten(pool)}" tidak mempunyai items sendiri',
                "tunjuk kuis yang menulis butirnya sendiri",
            )
        ]
    if is_faulty:
        finding = Finding(
            at, f'kuis "{shorten(pool)}" masih bermasalah', f"perbaiki dulu {other.name}"
        )
        return [], [] if beside_others else [finding]
    return items, []


def _read_pool(file: FilePath) -> tuple[bool, list[tuple[int, BaseItem]], bool]:
    """Read the file of a pool.

    Returns three values: True if this file takes its own items from another pool (it has the key
    `pool`, which is not allowed); the items of the file, each with its index; True if the file has
    mistakes.
    """
    source = read_file(file, file.name)
    if not isinstance(source.tree, dict):
        return False, [], bool(source.problems)
    if "pool" in source.tree:
        return True, [], False
    items, findings = items_once(source, source.tree)
    return False, items, bool(findings or source.problems)
