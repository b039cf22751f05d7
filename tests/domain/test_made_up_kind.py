"""A kind of requirement is one file: a made-up one goes the whole way, known by its file alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from dirty_equals import Contains

from psm_course.checking.check import check_course
from psm_course.content.course import read_course
from psm_course.domain.course_file import CourseFile
from psm_course.domain.requirements import KINDS, kind_in
from psm_course.domain.rules import differences, version_of
from psm_course.registrar.completion.judging import standing_of
from psm_course.store.engine import Store
from tests import builders
from tests.databases import file_store
from tests.domain.made_up import repeated
from tests.register_builders import (
    COMPLETION,
    NOW,
    a_cohort,
    a_course,
    a_course_file,
    a_hand_in,
    adopts,
    hands_in,
)

__all__ = ["file_store"]
TWICE = {
    "id": "ulang",
    "kind": "repeated",
    "quizzes": ["tes-awal"],
    "times": "2",
    "title": "Mengulang",
}
LINE = "modules/course.yml:11"


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "repeated", kind_in(repeated))


def a_root(tmp_path: Path, written: str) -> Path:
    """A course whose second requirement is of the made-up kind."""
    root = builders.a_course(tmp_path)
    builders.edit(root, "modules/course.yml", "kind: passed,", f"kind: repeated,{written}")
    return root


def test_its_fields_are_read_from_the_course(tmp_path: Path) -> None:
    course, found = read_course(a_root(tmp_path, " times: 3,"))

    assert found == []
    assert course is not None
    read = course.file.completion[1]
    assert isinstance(read, repeated.Repeated)
    assert (read.id, read.quizzes, read.times) == ("lulus", ("tes-akhir",), 3)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", (f'{LINE}:5: syarat "lulus":', 'belum ada "times"', "tambahkan baris times")),
        (" times: dua,", (f'{LINE}:40: syarat "lulus", times:', '"dua" bukan angka')),
        (" tims: 2,", (f'{LINE}:33: syarat "lulus":', '"tims" tidak dikenal', 'Anda "times"?')),
        (
            " times: 2, share: 5,",
            (f'{LINE}:50: syarat "lulus", share:', "tidak berlaku untuk repeated", "hapus share"),
        ),
    ],
)
def test_its_mistakes_are_said_at_their_lines(
    tmp_path: Path, written: str, said: tuple[str, ...]
) -> None:
    assert [str(problem) for problem in read_course(a_root(tmp_path, written))[1]] == [
        Contains(*said)
    ]


def test_what_it_could_never_meet_is_said(tmp_path: Path) -> None:
    root = a_root(tmp_path, " times: 3,")
    builders.edit(root, "quizzes/tes-akhir.yml", "pass_mark: 70\n", "pass_mark: 70\nattempts: 2\n")

    assert [str(problem) for problem in check_course(root, date(2026, 11, 24)).problems] == [
        Contains(
            f'{LINE}:40: syarat "lulus", times:',
            '"tes-akhir"',
            "dikerjakan 2 kali",
            "kurangi times",
        )
    ]


def test_it_is_frozen_and_compared() -> None:
    once, twice = (a_course_file(completion=[TWICE | {"times": times}]) for times in ("1", "2"))
    taken = a_course_file(
        completion=[{"id": "ulang", "kind": "taken", "quizzes": ["tes-awal"], "title": "Mengulang"}]
    )

    assert CourseFile.model_validate_json(twice.model_dump_json()) == twice
    assert len({version_of(rules) for rules in (once, twice, taken)}) == 3
    assert list(differences(once, twice)) == ["syarat ulang: banyaknya 1 → 2"]
    assert list(differences(taken, twice)) == [
        "syarat ulang: jenis kuis dikerjakan → kuis diulang",
        "syarat ulang: banyaknya - → 2",
    ]


def test_it_is_judged_with_reasons_and_a_next_step(file_store: Store) -> None:
    course = a_course(completion=[*COMPLETION[:1], TWICE])
    a_cohort(file_store, "Siti Rahayu")
    adopts(file_store, course)
    hands_in(file_store, course, a_hand_in("D26-001", "tes-awal"))

    assert standing_of(file_store, course, "D26", "D26-001", NOW).as_json()["requirements"][1] == {
        "id": "ulang",
        "met": False,
        "evidence": "Tes Awal 1 kali",
        "needed": "masing-masing 2 kali",
        "next_step": "Kerjakan lagi Tes Awal.",
    }


# ---- a kind that is not whole --------------------------------------------------------------------


def a_file(code: str) -> ModuleType:
    """A file `half.py` with this code."""
    module = ModuleType("psm_course.domain.requirements.half")
    module.__dict__.update(vars(repeated))
    del module.__dict__["Repeated"]
    module.__dict__["__name__"] = "psm_course.domain.requirements.half"
    exec(code, module.__dict__)  # noqa: S102 - our own code, two lines up
    return module


HALF = "class Half(Requirement):\n    word = 'setengah'\n    needs = may = ()\n"
WHOLE = (
    f"{HALF}    by_passing_one = False\n    def judge(self, programme, facts): ...\n    def"
    " traps(self, quizzes): ...\n"
)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (HALF, 'requirement kind "half" does not answer: judge, traps, by_passing_one'),
        (f"{WHOLE}    more: int = 0", 'requirement kind "half" does not answer: the title of more'),
        (
            "",
            (
                'requirement kind "half": the file declares 0 subclasses of Requirement; it must'
                " be one"
            ),
        ),
    ],
)
def test_a_kind_that_misses_an_answer_fails_with_its_name_and_what_is_missing(
    code: str, said: str
) -> None:
    with pytest.raises(TypeError) as failed:
        kind_in(a_file(code))

    assert str(failed.value) == said
