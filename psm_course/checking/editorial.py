"""What a gradable quiz still owes its readers: explanations, sources, objectives, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from psm_course.content.course import Contact
from psm_course.content.items.base import BaseItem, texts_in
from psm_course.content.problems import Finding, did_you_mean
from psm_course.content.quiz import Quiz, QuizRead

_STALE = timedelta(days=365)
# Long Indonesian telephone numbers; short codes inside a service's name (PSC 119) are names, not numbers.
PHONE = re.compile(r"(?<!\d)(?:\+62[-\s.]?|\(?0)\d{2,3}\)?[-\s.]?\d{3,4}[-\s.]?\d{3,5}(?!\d)")


def quiz_findings(read: QuizRead, quiz: Quiz, today: date) -> Iterator[Finding]:
    """Findings that need nothing but the quiz itself and the date. Items of a pool are judged in their own file."""
    if quiz.header.use == "posttest" and quiz.header.pass_mark is None:
        yield Finding(("use",), "tes akhir belum punya batas lulus", "tambahkan baris pass_mark: …")
    if read.pooled:
        return
    for index, item in enumerate(quiz.items):
        for finding in _item_findings(item, today):
            yield Finding(("items", index, *finding.path), finding.message, finding.hint, finding.severity)


def _item_findings(item: BaseItem, today: date) -> Iterator[Finding]:
    if item.explanation is None:
        yield Finding((), 'belum ada "explanation"', "jelaskan mengapa jawabannya demikian")
    if item.source is None:
        yield Finding((), 'belum ada "source"', "tulis dasar hukum atau sumbernya")
    if item.review_by is not None and item.review_by <= today:
        yield Finding(("review_by",), "isi ini sudah lewat bulan pemeriksaannya", "periksa isinya ke sumber, lalu perbarui review_by")
    if any(PHONE.search(text) for text in texts_in(item.public(with_answer=True))):
        yield Finding((), "ada nomor telepon di dalam soal", "nomor ditulis di modules/bantuan.yml saja, dengan tanggalnya")


def objective_findings(read: QuizRead, quiz: Quiz, known: dict[str, str]) -> Iterator[Finding]:
    """Objectives named by items must exist, in the quiz's own module when it has one. `known`: objective -> module folder."""
    if read.pooled:
        return
    module = quiz.header.module
    for index, item in enumerate(quiz.items):
        if item.objective is None:
            yield Finding(("items", index), 'belum ada "objective"', "tulis id tujuan belajar yang diukur butir ini")
        elif item.objective not in known:
            guess = did_you_mean(item.objective, known)
            hint = f'maksud Anda "{guess}"?' if guess else "tulis id tujuan dari index.md modulnya"
            yield Finding(("items", index, "objective"), f'tujuan "{item.objective}" tidak ada', hint)
        elif module is not None and known[item.objective] != module:
            owner = known[item.objective]
            yield Finding(("items", index, "objective"), f'tujuan "{item.objective}" milik modul {owner}', f"pilih tujuan dari {module}")


def contact_findings(contacts: Iterable[Contact], today: date) -> Iterator[Finding]:
    """A help number that nobody has looked at for a year may fail somebody in need; a warning, for only a call can mend it."""
    for index, contact in enumerate(contacts):
        if today - contact.last_checked > _STALE:
            written = contact.last_checked.isoformat()
            yield Finding(
                ("contacts", index, "last_checked"),
                f"nomor {contact.number} terakhir diperiksa {written}, lebih dari setahun lalu",
                "telepon nomor itu, lalu perbarui last_checked dan confirmed",
                "warning",
            )
