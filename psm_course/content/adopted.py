"""The adopted course: the version that counts for a cohort, written as JSON and named by a digest.

The JSON can be read back, and compared with another version.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from psm_course.authoring.canonical import canonical_json, json_digest
from psm_course.authoring.fields import Model
from psm_course.content.course import Course, Module, ModuleFile
from psm_course.content.help.contacts import Contact
from psm_course.content.quiz import Quiz, QuizHeader
from psm_course.content.region import Region
from psm_course.domain.course_file import CourseFile
from psm_course.domain.rules import differences as rule_differences
from psm_course.items import TYPES
from psm_course.items.base import BaseItem

Json = dict[str, Any]
# Write all values, or only those that differ from their default.
Keep = Literal["all", "what differs"]


# ---- frozen and thawed ---------------------------------------------------------------------------


def freeze(course: Course) -> str:
    """Return the whole course as JSON, with the answer keys of its tests. `thaw` reads this JSON.

    Default values are written too, because a later program may have other defaults.
    """
    return canonical_json(_tree(course, "all"))


def thaw(frozen: str) -> Course:
    """Read a course from the JSON that `freeze` wrote."""
    tree = json.loads(frozen)
    quizzes = [_thaw_quiz(quiz) for quiz in tree["quizzes"]]
    return Course(
        CourseFile.model_validate(tree["course"]),
        tuple(
            Module(each["folder"], ModuleFile.model_validate(each["module"]))
            for each in tree["modules"]
        ),
        {quiz.id: quiz for quiz in quizzes},
        tuple(Contact.model_validate(each) for each in tree["contacts"]),
        Region.model_validate(tree["region"]),
    )


def _thaw_quiz(tree: Json) -> Quiz:
    # No validation by the rules of a quiz file: what was adopted once stays readable
    # when rules are added.
    items = (TYPES[item["type"]].model.model_validate(item) for item in tree["items"])
    return Quiz(QuizHeader.model_validate(tree["header"]), tuple(items))


def digest_of(course: Course) -> str:
    """Return `sha256:…`, a digest of everything in the course.

    Default values are left out. So the digest stays the same if a later version of the program adds
    a field.
    """
    return json_digest(_tree(course, "what differs"))


def site_digest(course: Course) -> str:
    """Return `sha256:…`, a digest of the course file and of what the quizzes show on the site.

    The digest does not depend on the answers of tests, so the site may publish it.
    """
    # Digests instead of quizzes: they depend on no key, so neither does this.
    shown = {name: quiz.digest for name, quiz in sorted(course.quizzes.items())}
    return json_digest({"course": _dumped(course.file, "what differs"), "quizzes": shown})


def _tree(course: Course, keep: Keep) -> Json:
    return {
        "course": _dumped(course.file, keep),
        "modules": [
            {"folder": each.folder, "module": _dumped(each.file, keep)} for each in course.modules
        ],
        "quizzes": [
            {
                "header": _dumped(quiz.header, keep),
                "items": [_dumped(item, keep) for item in quiz.items],
            }
            for quiz in course.quizzes.values()
        ],
        "contacts": [_dumped(each, keep) for each in course.contacts],
        "region": _dumped(course.region, keep),
    }


def _dumped(value: Model, keep: Keep) -> Json:
    return value.model_dump(mode="json", exclude_none=True, exclude_defaults=keep == "what differs")


# ---- compared ------------------------------------------------------------------------------------


def differences(old: Course, new: Course) -> Iterator[str]:
    """Yield the changes from the old to the new version, one Indonesian sentence for each.

    The two versions are compared in everything that the office reads: title, hours and other facts
    of the course, its rules, quizzes, slots, modules and objectives, help numbers, region.
    """
    for key, called in _CALLED.items():
        was, now = getattr(old.file, key), getattr(new.file, key)
        if was != now:
            yield f"{called} {was or '-'} → {now or '-'}"
    yield from rule_differences(old.file, new.file)
    yield from _quiz_differences(old.quizzes, new.quizzes)
    for part, before, after in (
        ("rehat, makan, tes dan pintu", old.file.slots, new.file.slots),
        (
            "modul dan tujuan belajar",
            *([(each.folder, each.file) for each in course.modules] for course in (old, new)),
        ),
        ("nomor bantuan", old.contacts, new.contacts),
        ("wilayah", old.region, new.region),
    ):
        if before != after:
            yield f"{part} berubah"


_CALLED = {
    "title": "nama kursus",
    "organiser": "penyelenggara",
    "hours": "jumlah JP",
    "minutes_per_hour": "menit dalam satu JP",
    "record_number": "pola nomor sertifikat",
    "day_from": "jam paling awal",
    "day_to": "jam paling akhir",
}


def _quiz_differences(old: Mapping[str, Quiz], new: Mapping[str, Quiz]) -> Iterator[str]:
    yield from (f"kuis {name} dihapus" for name in old if name not in new)
    for name, quiz in new.items():
        if name not in old:
            yield f"kuis {name} ditambahkan: {quiz.header.title}, {len(quiz.items)} butir"
        elif changes := quiz_changes(old[name], quiz):
            yield f"kuis {name}: {'; '.join(changes)}"


def quiz_changes(old: Quiz, new: Quiz) -> tuple[str, ...]:
    """Return the changes from the old to the new version of one quiz, as Indonesian phrases.

    There is a phrase for each changed field of the header. Then come the numbers of items that were
    added, removed, changed in the answer key, and changed in the words: a phrase for each number
    that is not 0. Empty if only the order of items differs.
    """
    return (*_header_changes(old, new), *_item_changes(old, new))


def _header_changes(old: Quiz, new: Quiz) -> Iterator[str]:
    was, now = (_dumped(quiz.header, "what differs") for quiz in (old, new))
    for key in [*was, *(key for key in now if key not in was)]:
        if was.get(key) != now.get(key):
            yield f"{key} {was.get(key, '-')} → {now.get(key, '-')}"


def _item_changes(old: Quiz, new: Quiz) -> Iterator[str]:
    """Yield the counts of added, removed and changed items, as Indonesian phrases."""
    was, now = ({item.id: item for item in quiz.items} for quiz in (old, new))
    happened = Counter("dihapus" for name in was if name not in now)
    happened.update(_change(was.get(name), item) for name, item in now.items())
    yield from (f"{happened[what]} butir {what}" for what in _HAPPENED if happened[what])


_HAPPENED = ("ditambahkan", "dihapus", "berubah kuncinya", "berubah kalimatnya")


def _change(old: BaseItem | None, new: BaseItem) -> str:
    """Return the Indonesian words for how an item changed; empty if it is unchanged.

    `old` is None for a new item. If both the answer key and the words have changed, only the change
    of the key is named.
    """
    if old is None:
        return "ditambahkan"
    if old.scoring_data() != new.scoring_data():
        return "berubah kuncinya"
    return "" if old == new else "berubah kalimatnya"
