"""Checks for parts that a gradable quiz lacks, such as explanations, sources or a pass mark.

Objectives and dates are checked too.
"""

import re
from collections.abc import Iterator
from datetime import date

from psm_course.authoring.ids import unknown
from psm_course.authoring.problems import Finding, did_you_mean
from psm_course.authoring.texts import texts_in
from psm_course.content.quiz_files.reading import QuizRead
from psm_course.items import TYPES
from psm_course.items.base import BaseItem

# Keys that every item must have. Opinions need none: they have no right answer.
_OWED = {
    "explanation": "jelaskan mengapa jawabannya demikian",
    "source": "tulis dasar hukum atau sumbernya",
}
# Long Indonesian telephone numbers; short codes inside a service's name (PSC 119)
# are names, not numbers.
PHONE = re.compile(r"(?<!\d)(?:\+62[-\s.]?|\(?0)\d{2,3}\)?[-\s.]?\d{3,4}[-\s.]?\d{3,5}(?!\d)")


def quiz_findings(read: QuizRead, today: date) -> Iterator[Finding]:
    """Report the parts that a quiz lacks, and dates in it that are too old.

    Only the quiz file and `today` are needed. Every part of the file that could be read is checked.
    """
    if read.header and read.header.use == "posttest" and read.header.pass_mark is None:
        yield Finding(
            ("use",),
            "tes akhir belum punya batas lulus",
            "tambahkan baris pass_mark: …",
        )
    for index, item in read.readable:
        for finding in _item_findings(item, today):
            yield Finding(
                ("items", index, *finding.path), finding.message, finding.hint, finding.severity
            )
    if not read.pooled:
        yield from _unreadable_findings(read)


def _unreadable_findings(read: QuizRead) -> Iterator[Finding]:
    """Report items without `explanation` or `source`, if other mistakes make the item unreadable.

    If the author wrote one of these two YAML keys with a wrong spelling, it is not reported here,
    because the spelling is already reported.
    """
    readable = {index for index, _ in read.readable}
    opinions = [name for name, kind in TYPES.items() if kind.model.is_opinion]
    tree = read.source.tree
    written = tree.get("items") if isinstance(tree, dict) else None
    for index, item in enumerate(written if isinstance(written, list) else []):
        if index not in readable and isinstance(item, dict) and item.get("type") not in opinions:
            for key, hint in _OWED.items():
                if key not in item and not any(did_you_mean(other, [key]) for other in item):
                    yield Finding(("items", index), f'belum ada "{key}"', hint)


def _item_findings(item: BaseItem, today: date) -> Iterator[Finding]:
    for key, hint in _OWED.items():
        if getattr(item, key) is None and not item.is_opinion:
            yield Finding((), f'belum ada "{key}"', hint)
    if item.review_by is not None and item.review_by <= today:
        yield Finding(
            ("review_by",),
            "isi ini sudah lewat bulan pemeriksaannya",
            "periksa isinya ke sumber, lalu perbarui review_by",
        )
    if any(PHONE.search(text) for text in texts_in(item.public(with_answer=True))):
        yield Finding(
            (),
            "ada nomor telepon di dalam soal",
            "nomor ditulis di modules/bantuan.yml saja, dengan tanggalnya",
        )


def objective_findings(read: QuizRead, known: dict[str, str]) -> Iterator[Finding]:
    """Report items whose objective does not exist, or belongs to another module than the quiz.

    Args:
        read: the quiz.
        known: the module folder of each objective, by objective id.
    """
    module = read.header.module if read.header else None
    for index, item in read.readable:
        if item.objective is None:
            yield Finding(
                ("items", index),
                'belum ada "objective"',
                "tulis id tujuan belajar yang diukur butir ini",
            )
        elif item.objective not in known:
            yield from unknown(
                ("items", index, "objective"),
                "tujuan",
                [item.objective],
                known,
                "tulis id tujuan dari index.md modulnya",
            )
        elif module is not None and known[item.objective] != module:
            yield Finding(
                ("items", index, "objective"),
                f'tujuan "{item.objective}" milik modul {known[item.objective]}',
                f"pilih tujuan dari {module}",
            )
