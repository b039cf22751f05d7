"""The rules of a course as a cohort adopted them: frozen as JSON, named by a version, and compared with others."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from pydantic.fields import FieldInfo

from psm_course.authoring.fields import Model
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirement import Programme, Variants
from psm_course.domain.requirements import KINDS

# The lists of `course.yml` that judging reads, and what one of each is called.
_JUDGING = {"sessions": "sesi", "completion": "syarat", "rubric": "kriteria"}


@dataclass(frozen=True)
class Rules:
    """What judging needs to know of the course: its file as adopted, and of its quizzes the titles and which items are variants."""

    course: CourseFile
    quiz_titles: Mapping[str, str]
    variants: Variants = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        return version_of(self.course)

    @cached_property
    def programme(self) -> Programme:
        return Programme(self.course.hours, self.course.sessions, self.course.rubric, self.quiz_titles, self.variants)


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
    for part, called in _JUDGING.items():
        had, has = ({one.id: one for one in getattr(side, part)} for side in (old, new))
        yield from (f"{called} {name} dihapus" for name in had if name not in has)
        for name, one in has.items():
            if name not in had:
                yield f"{called} {name} ditambahkan: {one.title}"
            else:
                yield from (f"{called} {name}: {change}" for change in _changes(had[name], one))


def _changes(had: Model, has: Model) -> Iterator[str]:
    before, after = (one.model_dump(mode="json", exclude_defaults=True) for one in (had, has))
    fields = {**type(had).model_fields, **type(has).model_fields}
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            words = _words(key, fields[key])
            yield f"{fields[key].title} {_shown(before.get(key), words)} → {_shown(after.get(key), words)}"


def _words(key: str, field: FieldInfo) -> Mapping[str, Any]:
    """What we call those values of a field that are words of the program."""
    if key == "kind":
        return {name: kind.word for name, kind in KINDS.items()}
    extra = field.json_schema_extra
    return cast("Mapping[str, Any]", extra["words"]) if isinstance(extra, dict) and "words" in extra else {}


def _shown(value: Any, words: Mapping[str, Any]) -> str:
    if value is None:
        return "-"
    return ", ".join(value) if isinstance(value, list) else words.get(value, str(value))
