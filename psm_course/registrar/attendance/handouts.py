"""Papers for a course day: attendance sheets to fill in or sign, and the participants' cards."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from psm_course.content.course import Course
from psm_course.content.region import Region
from psm_course.domain.card import card_link, shown_code
from psm_course.domain.course_file import CourseFile
from psm_course.domain.register import Cohort, Enrolment
from psm_course.domain.sessions import first_day, last_day
from psm_course.errors import Refused
from psm_course.interchange.attendance_sheet import write_attendance_sheet
from psm_course.local_time import day
from psm_course.printing.cards import Card, render_cards
from psm_course.printing.occasion import Occasion
from psm_course.printing.sign_in_sheet import SignInRow, SignInSheet, render_sign_in_sheet
from psm_course.registrar.attendance.schedule import Planned, held_in_words, planned_sessions
from psm_course.registrar.certificates.printing import logo_of
from psm_course.registrar.completion.judging import rules_within
from psm_course.registrar.files import write_whole
from psm_course.registrar.people.cards import Cards
from psm_course.registrar.reasons import reason_about
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.cards import find_serial, raise_serial, serials_in


def occasion_of(settings: Settings, region: Region, file: CourseFile, cohort: Cohort) -> Occasion:
    """Collect the facts for the top of every paper for a cohort.

    The facts are course, organiser, days, place and letterhead. `file` is the course file that the
    cohort adopted.
    """
    return Occasion(
        file.title,
        file.organiser,
        cohort.title,
        first_day(cohort, file.sessions),
        last_day(cohort, file.sessions),
        settings.place or region.place,
        settings.letterhead_lines,
        cohort.place,
    )


# ---- attendance ----------------------------------------------------------------------------------


def make_attendance_sheet(
    store: Store, course: Course, settings: Settings, cohort_id: str, path: Path
) -> int:
    """Write an attendance sheet: .xlsx to fill in, or .pdf to sign, with a page for each day.

    Returns the number of people on the sheet.

    Raises:
        Refused: the file exists already (somebody may have filled it in), or its name ends neither
            with .xlsx nor with .pdf.
    """
    kind = path.suffix.lower()
    if kind not in {".xlsx", ".pdf"}:
        raise Refused(f"{path}: nama lembar hadir harus berakhiran .xlsx atau .pdf.")
    if path.exists():
        raise Refused(f"{path} sudah ada, mungkin sudah diisi. Pilih nama lain.")
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        file = rules_within(tx, course, cohort_id).course
        expected = _named(people.list_expected(tx, cohort_id))
        planned = planned_sessions(tx, cohort, file.sessions)
    if kind == ".xlsx":
        dates = {each.session.id: day(each.held.held_on) for each in planned}
        write_attendance_sheet(
            course.region,
            path,
            expected,
            file.sessions,
            [[""] * len(file.sessions) for _ in expected],
            dates,
        )
    else:
        occasion = occasion_of(settings, course.region, file, cohort)
        rows = [
            SignInRow(person.number, person.name, str(course.region.home(person.kelurahan)))
            for person in expected
        ]
        write_whole(
            path, render_sign_in_sheet(occasion, _days(file, planned), rows, logo_of(settings))
        )
    return len(expected)


def _days(file: CourseFile, planned: Iterable[Planned]) -> list[SignInSheet]:
    """Make one sheet for each date on which the cohort holds sessions, in the order of dates."""

    def on(each: Planned) -> date:
        return each.held.held_on

    days = groupby(sorted(planned, key=on), key=on)
    return [
        _day(file, f"Hari {number}", date_, list(of_day))
        for number, (date_, of_day) in enumerate(days, 1)
    ]


def _day(file: CourseFile, title: str, on: date, planned: Sequence[Planned]) -> SignInSheet:
    """Make the attendance sheet of one date (`on`), with the name of the day as `title`.

    The date is printed at the top. Below the date, one line for each session of `planned` has the
    time, room and speaker, as far as they are known.
    """
    said = {
        each.session.title: held_in_words(
            each.held, each.session.hours * file.minutes_per_hour, with_day=False
        )
        for each in planned
    }
    held = tuple(f"{name}: {words}" for name, words in said.items() if words)
    return SignInSheet(title, tuple(each.session.title for each in planned), on, held)


# ---- cards ---------------------------------------------------------------------------------------


def make_cards(
    store: Store,
    course: Course,
    settings: Settings,
    cards: Cards,
    cohort_id: str,
    actor: str,
    now: datetime,
    site: str = "",
) -> bytes:
    """Print the cards of everybody in a cohort as one PDF, in the order of participant numbers.

    The printing is written into the log, because cards contain secrets. `site` is the web address
    that the QR code opens; empty: `site_address` of the settings.

    Raises:
        Refused: no address is set or it is no web address, or the cohort has no participants.
    """
    address = _address(site or settings.site_address)
    with store.reading() as tx:
        cohort = cohorts.get_cohort(tx, cohort_id)
        file = rules_within(tx, course, cohort_id).course
        expected, serials = _named(people.list_expected(tx, cohort_id)), serials_in(tx, cohort_id)
    if not expected:
        raise Refused(
            f"Angkatan {cohort_id} belum punya peserta. Masukkan dulu: psm roster import"
            f" {cohort_id} LEMBAR."
        )
    printed = [
        _card(course.region, cards, address, each, serials[each.number]) for each in expected
    ]
    # Drawn between the transactions, so that nobody waits for it.
    pdf = render_cards(
        occasion_of(settings, course.region, file, cohort), printed, logo_of(settings)
    )
    with store.transaction() as tx:
        audit.note(tx, actor, "cards printed", cohort_id, now, cards=len(printed))
    return pdf


def make_new_card(
    store: Store,
    course: Course,
    settings: Settings,
    cards: Cards,
    number: str,
    reason: str,
    actor: str,
    now: datetime,
    site: str = "",
) -> bytes:
    """Make a new card with a new code for a person; returns the card as a PDF.

    From now on, hand-ins signed with the old card are held. If this function raises, the old card
    stays valid. `site` is the web address that the QR code opens; empty: `site_address` of the
    settings.

    Raises:
        Refused: nobody has the number, the address or the reason is missing, or somebody else
            renewed the card at the same moment.
    """
    address = _address(site or settings.site_address)
    with store.reading() as tx:
        person, serial = people.find_enrolment(tx, number), find_serial(tx, number)
        if person is None or serial is None:
            raise Refused(f'Nomor peserta "{number[:40]}" tidak ada di register. Periksa nomornya.')
        why = reason_about(tx, reason, [number])
        cohort = cohorts.get_cohort(tx, person.cohort)
        file = rules_within(tx, course, person.cohort).course
    printed = [_card(course.region, cards, address, person, serial + 1)]
    pdf = render_cards(
        occasion_of(settings, course.region, file, cohort), printed, logo_of(settings)
    )
    with store.transaction() as tx:
        if find_serial(tx, number) != serial:
            raise Refused(
                f"Kartu {number} baru saja diganti orang lain. Belum ada yang diubah; ulangi bila"
                " memang perlu."
            )
        raise_serial(tx, number)
        audit.note(tx, actor, "card renewed", number, now, reason=why, serial=serial + 1)
    return pdf


def _card(region: Region, cards: Cards, address: str, person: Enrolment, serial: int) -> Card:
    code = cards.code(person.number, serial)
    link = card_link(address, person.number, code, person.name)
    return Card(
        person.number, person.name, str(region.home(person.kelurahan)), link, shown_code(code)
    )


def _address(written: str) -> str:
    """Check the web address of the site and remove the slash at its end.

    Refused if it is no web address, because the QR code of a card must open the site.
    """
    address = written.strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/#?]+(?:/[^\s#?]*)?", address):
        said = f'Alamat situs "{address}" tidak dimengerti. ' if address else ""
        hint = (
            "misalnya https://psm.contoh.go.id; untuk seterusnya: site_address di psm.toml (sekali"
            " saja: psm cards --site ALAMAT)"
        )
        raise Refused(f"{said}Kode di kartu membuka situs kursus. Tulis alamat lengkapnya, {hint}.")
    return address


def _named(people_: Sequence[Enrolment]) -> list[Enrolment]:
    """Return the people of the list `people_` who were not erased."""
    return [person for person in people_ if person.name]
