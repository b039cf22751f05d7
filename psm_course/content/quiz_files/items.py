"""Reads the items written in a quiz file, each by the model of its type."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from psm_course.authoring.problems import Finding, Path, did_you_mean, shorten, suggest
from psm_course.authoring.reading import broken_rules, element_word, read_model, unknown_key
from psm_course.authoring.texts import placed_texts
from psm_course.authoring.yaml_source import Source
from psm_course.content.quiz import QuizFile
from psm_course.items import TYPES
from psm_course.items.base import BaseItem


def items_once(
    source: Source, tree: dict[str, Any]
) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    """Return the items of a file, each with its index in the list, and the findings about them.

    The items of a `Source` are read only once, because the bank and all tests that draw from it
    need them.

    Args:
        source: the quiz file; the result is stored in it (`made`).
        tree: the content of the file.
    """
    if "items" not in source.made:
        source.made["items"] = _read_items(tree)
    items, findings = source.made["items"]
    # Copies: callers add to these lists, and the next test that draws from the bank reads them
    # again.
    return [*items], [*findings]


def _read_items(tree: dict[str, Any]) -> tuple[list[tuple[int, BaseItem]], list[Finding]]:
    raw = tree.get("items")
    if raw is None:
        # A misspelt key is said already, by reading the header.
        is_said = any(
            key not in QuizFile.model_fields and did_you_mean(key, ("items", "pool"))
            for key in tree
        )
        return [], (
            []
            if is_said
            else [Finding((), 'belum ada "items"', "tambahkan items: dengan sedikitnya satu butir")]
        )
    if not isinstance(raw, list) or not raw:
        return [], [
            Finding(
                ("items",),
                "masih kosong" if raw in ("", []) else "di sini harus ada daftar butir",
                "awali setiap butir dengan - id: …",
            )
        ]
    items: list[tuple[int, BaseItem]] = []
    findings: list[Finding] = []
    for index, tree_of_item in enumerate(raw):
        item, wrong_here = _read_item(tree_of_item, ("items", index))
        findings += wrong_here
        if item:
            items.append((index, item))
    return items, findings + list(_repeated_ids(raw))


def _repeated_ids(items: list[Any]) -> Iterator[Finding]:
    """Report ids that occur twice in one list: in the list of items, or in a list within an item.

    Items that cannot be read are searched too.
    """
    seen: set[Path] = set()
    for path, text in placed_texts(items, ("items",)):
        *within, place, key = path
        if key == "id" and isinstance(place, int) and text:
            if (*within, text) in seen:
                yield _repeated(path, text)
            seen.add((*within, text))


def _repeated(path: Path, identity: str) -> Finding:
    if len(path) == 3:
        return Finding(
            path,
            f'id "{shorten(identity)}" sudah dipakai butir lain',
            "beri id lain; id butir tunggal di satu berkas",
        )
    return Finding(
        path,
        f'id "{shorten(identity)}" sudah dipakai di {element_word(path[:-3])} ini',
        "beri id lain",
    )


def _read_item(tree: Any, at: Path) -> tuple[BaseItem | None, list[Finding]]:
    if not isinstance(tree, dict):
        return None, [
            Finding(
                at, "butir harus berisi kunci-kunci", "mulai dengan - id: …, type: …, prompt: …"
            )
        ]
    kind = tree.get("type")
    if kind is None:
        # Without a type no field can be judged; a misspelt "type" is the likeliest cause.
        wrong = next((key for key in tree if did_you_mean(key, ["type"])), None)
        if wrong:
            return None, [unknown_key((*at, wrong), wrong, "type")]
        return None, [Finding(at, 'belum ada "type"', f"pilih salah satu: {', '.join(TYPES)}")]
    if not isinstance(kind, str) or kind not in TYPES:
        return None, [
            Finding(
                (*at, "type"),
                f'jenis butir "{shorten(str(kind))}" tidak dikenal',
                suggest(str(kind), TYPES, f"pilih salah satu: {', '.join(TYPES)}"),
            )
        ]
    model = TYPES[kind].model
    item, findings = read_model(model, tree, at)
    broken = item.rules() if item else broken_rules(model, tree, lambda reading: reading.rules())
    return item, findings + [replace(finding, path=at + finding.path) for finding in broken]
