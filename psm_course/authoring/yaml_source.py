"""Reads a YAML file as text values with their lines and columns.

No type of a value is guessed: every scalar (single value) stays text.

The reader uses parser events instead of PyYAML's constructors. So duplicate keys, anchors, tags and
deep nesting are reported at their place, and no file can create anything but text, lists and
mappings.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from psm_course.authoring.problems import Path, Problem, shorten
from psm_course.authoring.yaml_errors import cause_of, position_of, problem_of

Tree = str | list["Tree"] | dict[str, "Tree"]

LARGEST = 1024 * 1024
DEEPEST = 20

# Control characters but for line ends and tabs, and halves of characters.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Source:
    """One file: its content, the position of each path, and the problems of the YAML itself.

    Attributes:
        file: the name of the file in messages.
        tree: the content; None if the file is empty or cannot be read.
        positions: line and column, both from 1, of the value at each path.
        key_positions: line and column of the key at each path.
        broken: paths whose YAML is wrong.
        in_braces: paths of mappings written as `{key: value}`.
        problems: mistakes of the YAML itself.
        made: a cache in which other modules store results that they computed from `tree`. The
            keys are names of results; for example, "items" are the items of a quiz file.
    """

    file: str
    tree: Tree | None = None
    positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    key_positions: dict[Path, tuple[int, int]] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)
    in_braces: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    # Made from the tree alone; kept with it, however often the file is read.
    made: dict[str, Any] = field(default_factory=dict)

    def position(self, path: Path, on_key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at a path.

        If nothing is written at the path, the position of the nearest value above it is returned.

        Args:
            path: the keys that lead to the value from the top of the file.
            on_key: return the position of the value's key instead, if it has one.
        """
        if on_key and path in self.key_positions:
            return self.key_positions[path]
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def is_broken(self, path: Path) -> bool:
        """True if an error of the YAML at this path, or above it, has been reported."""
        return any(path[:length] in self.broken for length in range(len(path) + 1))

    def add(self, position: tuple[int, int], message: str, hint: str) -> None:
        """Add an error of the YAML itself to the problems of this source."""
        self.problems.append(Problem(self.file, *position, "error", "", message, hint))


def read_file(path: FilePath, shown_as: str) -> Source:
    """Read a YAML file from disk.

    Size and encoding are checked too. `shown_as` is the name of the file in messages. Nothing is
    raised: problems are in the returned source.
    """
    source = Source(shown_as)
    try:
        with path.open("rb") as stream:
            # One byte more than allowed tells that it is too large, however large it is.
            raw = stream.read(LARGEST + 1)
    except OSError:
        source.add((1, 1), "berkas tidak dapat dibuka", "periksa nama dan izin berkasnya")
        return source
    if len(raw) > LARGEST:
        source.add((1, 1), "berkas lebih besar dari 1 MB", "pecah menjadi beberapa berkas")
        return source
    found = _read_before(raw)
    # A copy: files with equal bytes share the reading, not the name.
    return replace(
        found,
        file=shown_as,
        problems=[replace(problem, file=shown_as) for problem in found.problems],
    )


@lru_cache(maxsize=128)
def _read_before(raw: bytes) -> Source:
    """Read the YAML in a file's bytes; equal bytes are read once and then give the same source.

    This saves time because a bank (a pool of items) is read for every test that draws from it.
    """
    source = Source("")
    text = decode(raw, source)
    return source if text is None else read_text(text, source)


def decode(raw: bytes, source: Source) -> str | None:
    r"""Return a file's bytes as text with `\n` line ends.

    If the bytes are not UTF-8, the result is None, and a problem is added to `source`.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        source.add(
            _after(raw[: error.start].decode("utf-8")),
            "berkas ini bukan UTF-8 (ada huruf dari penyandian lain, misalnya Latin-1 atau UTF-16)",
            'simpan ulang dengan pilihan "UTF-8"',
        )
        return None


def _after(before: str) -> tuple[int, int]:
    """Return line and column (from 1) of the place directly after the text `before`."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def read_text(text: str, source: Source) -> Source:
    """Read YAML text into `source`, with its values, positions and problems; returns `source`."""
    # PyYAML takes minutes for millions of brackets; a course file has some hundreds.
    if text.count("[") + text.count("{") > 200_000:
        source.add((1, 1), "berkas ini bukan berkas kuis yang wajar", "periksa isinya")
        return source
    loader: yaml.SafeLoader | None = None
    try:
        quick = _quick_events(text)
        loader = None if quick else yaml.SafeLoader(text)
        _Builder(source).build(iter(quick) if loader is None else _events(loader))
    except yaml.MarkedYAMLError as error:
        line, column = position_of(error)
        before = text.split("\n")[line - 1][: column - 1]
        source.add((line, column), *cause_of(problem_of(error, before)))
    except OverflowError:
        # PyYAML makes a letter of `\\U99999999` without looking; only the reader's own position
        # tells where.
        source.add((loader.line + 1, 1) if loader else (1, 1), *cause_of("escape"))
    except yaml.reader.ReaderError as error:
        source.add(_after(text[: error.position]), *cause_of(error.reason))
    except _TooDeep as error:
        source.add(
            error.args[0],
            "isi bersarang terlalu dalam",
            f"paling banyak {DEEPEST} tingkat; periksa kurung dan indentasinya",
        )
    if source.tree is None and not source.problems:
        source.add((1, 1), "berkas ini kosong", "isi menurut contoh di halaman format kuis")
    return source


def _quick_events(text: str) -> list[Event]:
    """Return the parser's events from libyaml, in a tenth of the time of PyYAML's own reader.

    The result is empty if libyaml fails, or if it may accept a text that PyYAML's reader refuses.
    The caller then uses PyYAML's reader, which tells where the mistake is. Decision 0095 names such
    texts: tabs, byte order marks, and "?" in braces.
    """
    if "\t" in text or "\ufeff" in text or not yaml.__with_libyaml__:
        return []
    try:
        events: list[Event] = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError, OverflowError):
        return []
    return [] if _has_question_in_braces(events) else events


def _has_question_in_braces(events: list[Event]) -> bool:
    depth = 0
    for event in events:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += bool(depth or event.flow_style)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= bool(depth)
        elif isinstance(event, ScalarEvent) and depth and not event.style and "?" in event.value:
            return True
    return False


def _events(loader: yaml.SafeLoader) -> Iterator[Event]:
    while loader.check_event():
        yield loader.get_event()  # type: ignore[no-untyped-call]


class _TooDeep(Exception):
    """Ends the recursion of `_Builder` when the nesting is deeper than `DEEPEST`."""


class _Builder:
    """Turns parser events into a tree, and records the position of each value.

    YAML that no file of a course needs, such as anchors and tags, is reported as a mistake.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.anchors: set[str] = set()

    def build(self, events: Iterator[Event]) -> None:
        """Build `source.tree` from the events of a file.

        A file may have only one YAML document: a second document is reported and not read. The tree
        is None if the file is empty.
        """
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.source.add(
                        _at(event),
                        "ada dokumen kedua sesudah ---",
                        "satu berkas berisi satu dokumen; hapus ---",
                    )
                    return
            elif isinstance(
                event, ScalarEvent | SequenceStartEvent | MappingStartEvent | AliasEvent
            ):
                tree = self._value(event, events, ())
                self.source.tree = None if tree == "" else tree

    def _value(self, event: Event, events: Iterator[Event], path: Path) -> Tree:
        self.source.positions[path] = _at(event)
        if len(path) > DEEPEST:
            raise _TooDeep(_at(event))
        self._refuse_anchor_and_tag(event, path)
        if isinstance(event, MappingStartEvent):
            if event.flow_style:
                self.source.in_braces.add(path)
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        self.source.broken.add(path)
        return ""

    def _scalar(self, event: ScalarEvent, path: Path) -> str:
        r"""Return a scalar (a single value) as text; report a scalar that no page can show.

        Escapes such as `\ud800` can give half characters (surrogates) and control characters.
        """
        if _UNSHOWN.search(event.value):
            self.source.broken.add(path)
            self.source.add(_at(event), *cause_of("escape"))
        return str(event.value)

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Tree]:
        values: list[Tree] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            values.append(self._value(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, events, path)
            value_event = next(events)
            if key is None or key in values:
                # Read on under a name that no path has, so that mistakes inside the repeated value
                # are found too.
                self._duplicate(event, key, path)
                self._value(value_event, events, (*path, f"{key} (ulangan)"))
                continue
            self.source.key_positions[(*path, key)] = _at(event)
            values[key] = self._value(value_event, events, (*path, key))
        return values

    def _key(self, event: Event, events: Iterator[Event], path: Path) -> str | None:
        if isinstance(event, ScalarEvent):
            return str(event.value)
        self._value(event, events, (*path, "?"))
        self.source.add(_at(event), "kunci harus berupa satu kata", "tulis sebagai kunci: isi")
        return None

    def _duplicate(self, event: Event, key: str | None, path: Path) -> None:
        if key is not None:
            first = self.source.key_positions[(*path, key)][0]
            self.source.add(
                _at(event),
                f'kunci "{shorten(key)}" tertulis dua kali (pertama di baris {first})',
                "hapus salah satu",
            )

    def _refuse_anchor_and_tag(self, event: Event, path: Path) -> None:
        anchor = getattr(event, "anchor", None)
        if isinstance(event, AliasEvent):
            if anchor not in self.anchors:
                self.source.add(
                    _at(event),
                    f'"*{anchor}" di awal teks dibaca sebagai rujukan',
                    "beri tanda kutip pada teksnya",
                )
            return
        if anchor:
            self.anchors.add(anchor)
            self.source.broken.add(path)
            self.source.add(
                _at(event),
                f'jangkar "&{anchor}" tidak dipakai di berkas ini',
                "tulis isinya utuh di setiap tempat, tanpa & dan *",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self.source.broken.add(path)
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self.source.add(
                _at(event),
                f'tanda "{shorten(written)}" tidak dipakai di berkas ini',
                "hapus tanda yang diawali !",
            )


def _at(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
