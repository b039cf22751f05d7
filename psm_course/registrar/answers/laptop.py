"""No phone on the day: a sitting on the office's laptop, for one number and one test. What comes of it is a hand-in like any other."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from psm_course.errors import Refused
from psm_course.registrar.answers.asked import AskedQuizzes
from psm_course.registrar.answers.submitting import Desk
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.people import people
from psm_course.store.people.cards import find_serial


@dataclass(frozen=True, slots=True)
class Sitting:
    """`address` is on this server, with the card's code behind #; `title` is the test's."""

    address: str
    title: str


def open_sitting(desk: Desk, settings: Settings, number: str, quiz_id: str, actor: str, now: datetime) -> Sitting:
    """Where this person sits this test of their own course now; that it was given is noted.

    Refused for nobody's number, for what is no test, and where the site has no page with it.
    """
    with desk.store.reading() as tx:
        serial = find_serial(tx, number)
        asked = AskedQuizzes(tx, people.learners(tx, {number}), desk.quizzes).of(number, quiz_id)
    if serial is None:
        raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
    if asked is None or not asked.quiz.is_test or asked.quiz.header.use == "bank":
        raise Refused("Pilih tes yang akan dikerjakan.")
    page = _page_of(settings.site, quiz_id)
    with desk.store.transaction() as tx:
        audit.note(tx, actor, "laptop sitting opened", number, now, quiz=quiz_id)
    return Sitting(f"/{page}#duduk={number}.{desk.cards.code(number, serial)}.{quiz_id}", asked.quiz.header.title)


def _page_of(site: Path, quiz_id: str) -> str:
    """The page of the built site that shows the test."""
    marked = f'data-quiz="{quiz_id}"'
    pages = (path for path in sorted(site.rglob("*.html")) if marked in path.read_text(encoding="utf-8", errors="replace"))
    page = next(pages, None)
    if page is None:
        raise Refused("Situs di laptop ini belum memuat tes itu. Susun dulu situsnya: psm build")
    return page.relative_to(site).as_posix()
