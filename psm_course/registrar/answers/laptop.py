"""A test on the office's laptop for a person without a phone. The hand-in is like any other."""

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
    """One person's test on the laptop.

    `address` is the path of the test's page on this server, followed by # and the number, the code
    of the person's card and the quiz id. `title` is the title of the test.
    """

    address: str
    title: str


def open_sitting(
    desk: Desk, settings: Settings, number: str, quiz_id: str, actor: str, now: datetime
) -> Sitting:
    """Make the address at which a person can sit a test now; write the sitting into the log.

    Args:
        desk: the open desk.
        settings: has the folder of the built site.
        number: the participant number.
        quiz_id: a test of the person's own course.
        actor, now: the account that acts and the moment.

    Raises:
        Refused: nobody has the number, the quiz is no test, or no page of the built site shows it.
    """
    with desk.store.reading() as tx:
        serial = find_serial(tx, number)
        asked = AskedQuizzes(tx, people.learners(tx, {number}), desk.quizzes).of(number, quiz_id)
    if serial is None:
        raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
    # A bank counts as a test, but it only lends its items; nobody ever sits it.
    if asked is None or not asked.quiz.is_test or asked.quiz.header.use == "bank":
        raise Refused("Pilih tes yang akan dikerjakan.")
    page = _page_of(settings.site, quiz_id)
    with desk.store.transaction() as tx:
        audit.note(tx, actor, "laptop sitting opened", number, now, quiz=quiz_id)
    return Sitting(
        # Behind the #, which browsers do not send: no log of requests gets the card's code.
        f"/{page}#duduk={number}.{desk.cards.code(number, serial)}.{quiz_id}",
        asked.quiz.header.title,
    )


def _page_of(site: Path, quiz_id: str) -> str:
    """The path of the page that shows the test, relative to the folder of the built site."""
    marked = f'data-quiz="{quiz_id}"'
    page = next(
        (
            path
            for path in sorted(site.rglob("*.html"))
            if marked in path.read_text(encoding="utf-8", errors="replace")
        ),
        None,
    )
    if page is None:
        raise Refused("Situs di laptop ini belum memuat tes itu. Susun dulu situsnya: psm build")
    return page.relative_to(site).as_posix()
