"""Reads a quiz file, and finds every problem in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath
from typing import Any

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.authoring.problems import Finding, Problem, has_errors
from psm_course.authoring.reading import broken_rules, locate, read_model
from psm_course.authoring.yaml_source import Source, read_file
from psm_course.content.quiz import Quiz, QuizFile, QuizHeader
from psm_course.content.quiz_files.items import items_once
from psm_course.content.quiz_files.pool import pool_file, pool_names, pooled_items
from psm_course.items.base import BaseItem


@dataclass(frozen=True)
class QuizRead:
    """The result of reading a quiz file.

    Attributes:
        source: the file, with the lines of its values.
        quiz: the quiz; None if it cannot be graded.
        problems: all problems, sorted.
        header: the header of the file; None if it has mistakes.
        readable: the readable items written in this file, each with its index.
        pooled: True if the items come from other files.
        pool_files: the other files from which the items come.
    """

    source: Source
    quiz: Quiz | None
    problems: tuple[Problem, ...]
    header: QuizHeader | None = None
    readable: tuple[tuple[int, BaseItem], ...] = ()
    pooled: bool = False
    pool_files: tuple[FilePath, ...] = ()

    @property
    def written_id(self) -> str | None:
        """The id written in the file, even if the quiz cannot be graded; None if there is no id."""
        return written_id(self.source)


def written_id(source: Source) -> str | None:
    """Return the id written in a quiz file, even if the quiz cannot be graded.

    None if the file has no id.
    """
    identity = source.tree.get("id") if isinstance(source.tree, dict) else None
    return identity.strip() if isinstance(identity, str) else None


def read_quiz(
    path: FilePath,
    shown_as: str | None = None,
    beside_others: bool = False,
    memory: Memory = NOTHING_KEPT,
) -> QuizRead:
    """Read one quiz file; return the quiz with all its problems.

    Args:
        path: the file.
        shown_as: the file's name in messages; None: messages show the path.
        beside_others: True if the whole folder is being read. Mistakes in the files of a `pool` are
            then not reported here, because they are reported when those files are read.
        memory: a cache, so that an unchanged file of the pool is not read again.
    """
    source = read_file(path, shown_as or str(path))
    if isinstance(source.tree, dict):
        return _read_tree(path, source, source.tree, beside_others, memory)
    if source.tree is not None:
        source.add(
            source.position(()),
            "berkas kuis harus berisi kunci-kunci",
            "mulai dengan id: …, title: …, use: …, items:",
        )
    return QuizRead(source, None, tuple(source.problems))


def _read_tree(
    path: FilePath, source: Source, tree: dict[str, Any], beside_others: bool, memory: Memory
) -> QuizRead:
    # Items are read by their own models, so that one broken item does not hide the others.
    known = {name: value for name, value in tree.items() if name != "items"}
    header, findings = read_model(QuizHeader, known, guess_from=QuizFile)
    pooled = "pool" in tree
    if pooled:
        readable, more = pooled_items(path, header, tree, beside_others, memory)
    else:
        readable, more = items_once(source, tree)
    findings += more
    written = tree.get("items")
    count = len(written) if isinstance(written, list) else len(readable)
    # Of each set of variants every sitting gets one: the set counts as one item, always drawn.
    pinned = {item.variants for _, item in readable if item.variants}
    one_of = sum(item.variants is not None for _, item in readable)
    ask = partial(_header_findings, count=count - one_of + len(pinned), pinned=len(pinned))
    # A header with mistakes can still show that its draw is impossible.
    findings += ask(header) if header else broken_rules(QuizHeader, known, ask)
    problems = source.problems + locate(source, findings)
    items = tuple(item for _, item in readable)
    quiz = Quiz(header, items) if header and items and not has_errors(problems) else None
    own = () if pooled else tuple(readable)
    files = tuple(found for name in pool_names(tree) if (found := pool_file(path, name)))
    return QuizRead(source, quiz, tuple(sorted(problems)), header, own, pooled, files)


def _header_findings(header: QuizHeader, count: int, pinned: int) -> Iterator[Finding]:
    if header.draw and count and header.draw > count:
        yield Finding(
            ("draw",),
            f"mengundi {header.draw} butir dari {count}",
            "kurangi draw atau tambah butir",
        )
    if header.draw and pinned > header.draw:
        yield Finding(
            ("draw",),
            f"mengundi {header.draw} butir, padahal {pinned} butir harus selalu keluar",
            "tambah draw",
        )
    if header.form and not header.pool:
        yield Finding(
            ("form",),
            "form hanya berlaku bersama pool",
            "hapus form, atau ambil butir dari bank dengan pool",
        )
    if header.draw_by and not header.draw:
        yield Finding(
            ("draw_by",),
            "draw_by tanpa draw tidak mengundi apa pun",
            "tambahkan draw: …, atau hapus draw_by",
        )
