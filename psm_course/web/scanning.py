"""`/angkatan/<code>/pindai`: one card after another at the door of the hall, by a scanner or by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.responses import Response

from psm_course.records.register import Presence
from psm_course.registrar.presence import scan_card, session_list
from psm_course.web.attendance import chosen_session, planned
from psm_course.web.visit import Visit, go

# What each result says, and whether it is as it should be. {number} is what was read from the card.
_SAID = {
    "marked": ("{person} dicatat hadir.", True),
    "already": ("{person} sudah tercatat di sesi ini; tidak dicatat dua kali.", True),
    "unknown": ("Kartu atau nomor ini tidak dikenal. Ketik nomor di kartu, misalnya D26-017.", False),
    "other-cohort": ("{number} bukan peserta angkatan ini. Tidak ada yang dicatat.", False),
    "wrong-card": ("Kode di kartu {number} tidak cocok; mungkin kartu lama. Periksa orangnya, lalu ketik nomornya.", False),
    "other-day": ("{person} belum dicatat: sesi ini dijadwalkan untuk hari lain. Pilih sesi hari ini, atau centang kotak di bawah.", False),
}


def scan_page(visit: Visit) -> Response:
    session = chosen_session(visit, visit.asked("sesi"))
    listed = session_list(visit.office.store, visit.path("cohort"), session)
    names = {person.number: person.name for person in listed.people}
    number = visit.asked("nomor")[:40]
    said, is_good = _SAID.get(visit.asked("hasil"), ("", True))
    person = f"{names[number]} ({number})" if number in names else number
    return visit.page(
        "pindai.html",
        cohort=listed.cohort,
        session=session,
        sessions=planned(visit, listed.cohort),
        said=said.format(person=person, number=number),
        is_good=is_good,
        is_late=visit.asked("telat") == "ya",
        any_day=visit.asked("hari") == "ya",
        marked=sum(presence in {"present", "late"} for presence in listed.presence.values()),
        size=len(listed.people),
    )


def scan(visit: Visit) -> Response:
    session = chosen_session(visit, visit.typed("sesi"))
    presence: Presence = "late" if visit.typed("telat") else "present"
    any_day = bool(visit.typed("hari"))
    done = scan_card(
        visit.office.store, visit.path("cohort"), session, visit.typed("kartu"), presence, any_day, visit.actor, visit.office.now()
    )
    told = {"sesi": session.id, "hasil": done.result, "nomor": done.number}
    kept = {"telat": "ya"} if presence == "late" else {}
    return go(f"{visit.here}?{urlencode(told | kept | ({'hari': 'ya'} if any_day else {}))}")
