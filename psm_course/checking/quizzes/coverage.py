"""Checks that a course has enough items for each module, objective and test form (a or b).

The module also checks that choices have feedback. In a bank, an item with a dangerous mistake must
have variants: every sitting gets one of the variants, but may miss an item without variants.

Only a course that has item banks (`use: bank`) is checked, because a course without banks is still
small. For such a course too, `psm check` prints the table with the points that guessing gets.
All problems are warnings: the course works, but its tests measure less than they could.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from psm_course.authoring.problems import Finding, Problem
from psm_course.authoring.reading import locate
from psm_course.checking.quizzes.variants import variants_of
from psm_course.content.course import CourseFolder, ModuleFolder
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items.base import BaseItem

FEWEST_OF_AN_OBJECTIVE = 2
FEWEST_IN_A_BANK = 12
FEWEST_TO_PRACTISE = 10
FEWEST_VARIANTS = 3


def keeps_banks(course: CourseFolder) -> bool:
    """True if the course has at least one item bank."""
    return any(quiz.header.use == "bank" for quiz in course.quizzes.values())


def coverage_problems(course: CourseFolder) -> Iterator[Problem]:
    """Yield warnings about missing items.

    No warnings for a course without banks, or if one of its quizzes cannot be read.
    """
    # A quiz that cannot be read may hold the very items that are missed;
    # its own problem is said already.
    if not keeps_banks(course) or not all(read.quiz for read in course.quiz_reads):
        return
    banked, practised = _items(course, "bank"), _items(course, "practice")
    in_two_forms = _items(course, "bank", without=_drawn_in_one_form(course))
    for module in course.modules:
        yield from locate(module.source, _module_findings(module, banked, practised))
        yield from locate(module.source, _objective_findings(module, in_two_forms))
    for read in course.quiz_reads:
        yield from locate(read.source, _item_findings(read))


def _items(course: CourseFolder, use: str, without: frozenset[str] = frozenset()) -> list[BaseItem]:
    return [
        item
        for quiz in course.quizzes.values()
        if quiz.header.use == use and quiz.id not in without
        for item in quiz.items
    ]


def _drawn_in_one_form(course: CourseFolder) -> frozenset[str]:
    """Return the ids of banks from which tests draw items of only one form (a or b).

    Such a bank needs no items of the other form. An example is the bank of a test that people take
    instead of another test.
    """
    forms: dict[str, set[str | None]] = defaultdict(set)
    for quiz in course.quizzes.values():
        for bank in quiz.header.pool or ():
            forms[bank].add(quiz.header.form)
    # Only one form is ever asked, so nobody can get the other by chance.
    return frozenset(bank for bank, drawn in forms.items() if len(drawn) == 1 and None not in drawn)


def _module_findings(
    module: ModuleFolder, banked: list[BaseItem], practised: list[BaseItem]
) -> Iterator[Finding]:
    own = {objective.id for objective in module.file.objectives}
    for items, fewest, what, hint in (
        (banked, FEWEST_IN_A_BANK, "butir tes", "tambahkan di bank soalnya"),
        (practised, FEWEST_TO_PRACTISE, "butir latihan", "tambahkan di latihannya"),
    ):
        count = sum(item.objective in own for item in items)
        if count < fewest:
            yield Finding(
                ("title",),
                f"modul ini baru punya {count} {what}, kurang dari {fewest}",
                hint,
                "warning",
            )


def _objective_findings(module: ModuleFolder, banked: list[BaseItem]) -> Iterator[Finding]:
    # Variants count as one: nobody gets two of them.
    measures = {
        (item.variants is None, item.stands_for, item.objective, item.form) for item in banked
    }
    forms = Counter((objective, form) for _, _, objective, form in measures)
    pinned = Counter((objective, form) for alone, _, objective, form in measures if not alone)
    for index, objective in enumerate(module.file.objectives):
        in_a, in_b, in_none = (forms[objective.id, form] for form in ("a", "b", None))
        count = in_a + in_b + in_none
        if 0 < count < FEWEST_OF_AN_OBJECTIVE:  # none at all is an error of its own
            yield Finding(
                ("objectives", index),
                f"tujuan ini baru diukur {count} butir bank, kurang dari {FEWEST_OF_AN_OBJECTIVE}",
                "tambahkan butir di bank soalnya",
                "warning",
            )
        if in_none:
            yield Finding(
                ("objectives", index),
                f"{in_none} butir bank tujuan ini tanpa form",
                "tambahkan form: a atau form: b",
                "warning",
            )
        if in_a != in_b:
            yield Finding(
                ("objectives", index),
                f"tujuan ini diukur {in_a} butir form a dan {in_b} butir form b",
                "samakan: setiap butir punya pasangan yang setara",
                "warning",
            )
        if pinned[objective.id, "a"] != pinned[objective.id, "b"]:
            yield Finding(
                ("objectives", index),
                f"yang selalu keluar: {pinned[objective.id, 'a']} di form a,"
                f" {pinned[objective.id, 'b']} di form b",
                "samakan: beri pasangannya variants juga",
                "warning",
            )


def _item_findings(read: QuizRead) -> Iterator[Finding]:
    """Report choices without feedback, and sets of variants with too few items.

    In a bank, an item with a dangerous choice must have variants: each sitting gets one of them.
    An item without variants can be missing from a sitting, so this is reported too.
    """
    banked = read.header is not None and read.header.use == "bank"
    for index, item in read.readable:
        for pick in item.picks():
            if not pick.feedback:
                yield Finding(
                    ("items", index, *pick.path),
                    "belum ada feedback",
                    "jelaskan akibat atau alasan pilihan ini",
                    "warning",
                )
        if banked and not item.variants and any(pick.is_critical for pick in item.picks()):
            yield Finding(
                ("items", index),
                "butir ini punya kesalahan berbahaya, tetapi undian dapat melewatkannya",
                f"beri butir ini dan {FEWEST_VARIANTS - 1} butir lain yang setara satu nama"
                " variants",
                "warning",
            )
    for name, those in variants_of(read).items():
        if banked and len(those) < FEWEST_VARIANTS:
            yield Finding(
                ("items", next(iter(those)), "variants"),
                f'variants "{name}" baru punya {len(those)} butir, kurang dari {FEWEST_VARIANTS}',
                "tambahkan butir setara, agar tetangga dan percobaan berikutnya mendapat yang lain",
                "warning",
            )
