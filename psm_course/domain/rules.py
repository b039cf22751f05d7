"""The rules of a course as a cohort adopted them: frozen as JSON, named by a version, and compared with others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psm_course.content.course import CourseFile
from psm_course.domain.register import OUTCOMES

# The lists of `course.yml` that judging reads, and what one of each is called.
_JUDGING = {"sessions": "sesi", "completion": "syarat", "rubric": "kriteria"}
# What is asked of one of each, and the words of ours that may be the answer.
_ASKED = {
    "title": "judul",
    "day": "hari",
    "hours": "JP",
    "module": "modul",
    "kind": "jenis",
    "towards": "untuk",
    "share": "persen",
    "excused": "izin",
    "quizzes": "kuis",
    "levels": "arti tingkat",
    "minimum": "tingkat yang cukup",
}
_WORDS: dict[str, Mapping[Any, str]] = {
    "towards": OUTCOMES,
    "excused": {"counts": "dihitung hadir", "absent": "tidak dihitung hadir"},
    "kind": {
        "attendance": "kehadiran",
        "practised": "latihan diserahkan",
        "taken": "kuis dikerjakan",
        "passed": "kuis lulus",
        "no_critical": "tanpa kesalahan berbahaya",
        "observed": "pengamatan",
    },
}


@dataclass(frozen=True)
class Rules:
    """What judging needs to know of the course: its file as adopted, and the titles of its quizzes today."""

    course: CourseFile
    quiz_titles: Mapping[str, str]

    @cached_property
    def version(self) -> str:
        return version_of(self.course)

    def title(self, quiz: str) -> str:
        return self.quiz_titles.get(quiz, quiz)


def freeze(file: CourseFile) -> str:
    """`course.yml` as JSON; `thaw` gives the same file back."""
    return file.model_dump_json(exclude_none=True)


def thaw(frozen: str) -> CourseFile:
    return CourseFile.model_validate_json(frozen)


def version_of(file: CourseFile) -> str:
    """Twelve hexadecimal digits that change when a session, a requirement or the rubric does, and with nothing else."""
    canonical = json.dumps(_judging(file), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _judging(file: CourseFile) -> dict[str, Any]:
    """Without what stands at its default, so that a key which a later program knows does not rename rules that lack it."""
    written = file.model_dump(mode="json", exclude_defaults=True)
    return {part: written.get(part, []) for part in _JUDGING}


def differences(old: CourseFile, new: CourseFile) -> Iterator[str]:
    """What the new rules say otherwise, one sentence each, in the order of the file."""
    before, after = _judging(old), _judging(new)
    for part, called in _JUDGING.items():
        had, has = ({one["id"]: one for one in side[part]} for side in (before, after))
        yield from (f"{called} {name} dihapus" for name in had if name not in has)
        for name, one in has.items():
            if name not in had:
                yield f"{called} {name} ditambahkan: {one['title']}"
            else:
                yield from (f"{called} {name}: {change}" for change in _changes(had[name], one))


def _changes(had: Mapping[str, Any], has: Mapping[str, Any]) -> Iterator[str]:
    for key in [*had, *(key for key in has if key not in had)]:
        if had.get(key) != has.get(key):
            yield f"{_ASKED[key]} {_shown(key, had.get(key))} → {_shown(key, has.get(key))}"


def _shown(key: str, value: Any) -> str:
    if value is None:
        return "-"
    return ", ".join(value) if isinstance(value, list) else _WORDS.get(key, {}).get(value, str(value))
