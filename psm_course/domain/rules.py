"""The rules of a course as a cohort adopted them: their version, and their differences."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from pydantic.fields import FieldInfo

from psm_course.authoring.canonical import canonical_json
from psm_course.authoring.fields import Model
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirement import Programme, Variants
from psm_course.domain.requirements import KINDS

# The lists of `course.yml` that judging reads, and what one of each is called.
_JUDGING = {"sessions": "sesi", "completion": "syarat", "rubric": "kriteria"}


@dataclass(frozen=True)
class Rules:
    """The rules of an adopted course: its file, quiz titles by id, and items with variants."""

    course: CourseFile
    quiz_titles: Mapping[str, str]
    variants: Variants = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """The version of these rules: 12 hex digits that change whenever a rule changes."""
        return version_of(self.course)

    @cached_property
    def programme(self) -> Programme:
        """The facts about the course that are needed to judge if a requirement is met."""
        return Programme(
            self.course.hours,
            self.course.sessions,
            self.course.rubric,
            self.quiz_titles,
            self.variants,
        )


def version_of(file: CourseFile) -> str:
    """Compute the version of a course file's rules: 12 hex digits.

    The digits change if a session, a requirement or a criterion changes, and in no other case.
    """
    return hashlib.sha256(canonical_json(_judging(file)).encode()).hexdigest()[:12]


def _judging(file: CourseFile) -> dict[str, Any]:
    """Return the parts of a course file that judging reads: sessions, requirements and rubric.

    Fields at their default value are left out. So if a later version of the program adds a field,
    the version of the rules of old course files does not change.
    """
    written = file.model_dump(mode="json", exclude_defaults=True)
    return {part: written.get(part, []) for part in _JUDGING}


def differences(old: CourseFile, new: CourseFile) -> Iterator[str]:
    """Yield the changes from old to new rules: Indonesian sentences in the order of the file."""
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
            yield (
                f"{fields[key].title} {_shown(before.get(key), words)} →"
                f" {_shown(after.get(key), words)}"
            )


def _words(key: str, field: FieldInfo) -> Mapping[str, Any]:
    """Return the Indonesian word for each value of a field, such as `counts`: `dihitung hadir`.

    Empty if the field may have any value, such as a title. `key` is the name of the field. For
    `kind` these are the words for the kinds of requirement.
    """
    if key == "kind":
        return {name: kind.word for name, kind in KINDS.items()}
    extra = field.json_schema_extra
    return (
        cast("Mapping[str, Any]", extra["words"])
        if isinstance(extra, dict) and "words" in extra
        else {}
    )


def _shown(value: Any, words: Mapping[str, Any]) -> str:
    if value is None:
        return "-"
    return ", ".join(value) if isinstance(value, list) else words.get(value, str(value))
