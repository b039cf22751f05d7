"""Finds texts that a comma inside braces has cut in pieces.

YAML reads `{id: b, text: Tunggu, lalu telepon}` as three keys. The author gets one message with the
whole text in quotation marks, however many commas the text has. If a mapping has one key per line,
a comma cuts nothing, and an unknown key is reported as usual.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import Any

from psm_course.authoring.problems import Finding, Path, shorten
from psm_course.authoring.yaml_source import Source, Tree

_LONGEST = 80


def with_whole_texts(source: Source, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Return the findings, but only one for each text that YAML splits at its commas.

    In `{id: b, text: Tunggu, lalu telepon}`, YAML reads `lalu telepon` as an unknown key. The one
    finding tells the author to put quotation marks around the whole text. All other findings are
    returned unchanged.
    """
    findings = list(findings)
    unknown = {
        finding.path
        for finding in findings
        if finding.on_key and finding.path[:-1] in source.in_braces
    }
    for finding in findings:
        if finding.path not in unknown or not finding.on_key:
            yield finding
            continue
        mapping: dict[str, Any] = _at(source.tree, finding.path[:-1])
        pieces = {
            key: value
            for key, value in mapping.items()
            if (*finding.path[:-1], key) in unknown and _is_piece(key, value)
        }
        key = str(finding.path[-1])
        before = _before(mapping, key)
        if (
            key not in pieces
            or not isinstance(mapping.get(before), str)
            or _is_number(mapping[before], key)
        ):
            yield finding
        # Only the first piece of a text is reported; its hint shows the whole text.
        elif before not in pieces:
            whole = reduce(_joined, _run_of_pieces(mapping, pieces, key), str(mapping[before]))
            yield replace(
                finding,
                hint=(
                    f"ada koma di dalam teks; beri tanda kutip: {before}:"
                    f" {_quoted(shorten(whole, _LONGEST))}"
                ),
            )


def _is_piece(key: str, value: Tree) -> bool:
    """True if this key is not a real key, but a piece of a text that has a comma.

    Such a "key" has no value, or it contains a space; a real key never contains a space.
    """
    return value == "" or " " in key


def _is_number(before: str, key: str) -> bool:
    """True if `before` and `key` are the two parts of a number such as `0,5`.

    `reading.unknown_key` gives the author a hint about such a number.
    """
    return key.isdecimal() and before.isdecimal()


def _before(mapping: dict[str, Any], key: str) -> str:
    keys = list(mapping)
    return keys[keys.index(key) - 1] if keys.index(key) else ""


def _run_of_pieces(mapping: dict[str, Any], pieces: dict[str, Tree], first: str) -> Iterator[str]:
    keys = list(mapping)
    for key in keys[keys.index(first) :]:
        if key not in pieces:
            return
        yield f"{key}: {pieces[key]}" if pieces[key] else key


def _joined(text: str, piece: str) -> str:
    """Return two pieces of a text as one, with the comma at which YAML cut the text.

    YAML also removed the space after the comma. The space is added again, but not between digits.
    """
    return (
        f"{text},{piece}" if text[-1:].isdecimal() and piece[:1].isdecimal() else f"{text}, {piece}"
    )


def _quoted(text: str) -> str:
    mark = "'" if '"' in text else '"'
    return f"{mark}{text}{mark}"


def _at(tree: Any, path: Path) -> Any:
    return reduce(getitem, path, tree)
