"""`/jawaban/putusan?id=…`: one hand-in that is held, and what an officer decides about it. A trainer decides for their own cohorts."""

from __future__ import annotations

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import Ruling, decide, other_version
from psm_course.registrar.answers.holding import codes_of
from psm_course.registrar.answers.submitting import receipt_of
from psm_course.registrar.people.history import find_hand_ins
from psm_course.registrar.people.overview import cohort_of
from psm_course.store.people.history import HandIn
from psm_course.web.visit import Visit, go

_RULINGS: dict[str, Ruling] = {"hitung": "accepted", "tolak": "refused"}


def held_page(visit: Visit) -> Response:
    return _page(visit, _held(visit, visit.asked("id")))


def rule(visit: Visit) -> Response:
    """Decided once and for all; whatever speaks against it is said, and what was typed stays."""
    held = _held(visit, visit.typed("id"))
    try:
        ruling = _ruling(visit.typed("putusan"))
        number = _own_number(visit, visit.typed("nomor").upper()) or None
        decide(visit.office.store, visit.office.course, held.id, ruling, visit.typed("alasan"), visit.actor, visit.office.now(), number)
    except Refused as refused:
        return _page(visit, held, 422, str(refused))
    return go("/jawaban?hanya=ditahan&kabar=jawaban-diputuskan")


def _held(visit: Visit, id_: str) -> HandIn:
    """The same sentence whether there is none or it is another trainer's."""
    found = find_hand_ins(visit.office.store, visit.account, [id_])
    if not found or not found[0].held:
        raise Refused("Jawaban ini tidak ada di antara yang menunggu keputusan. Kembali ke daftar jawaban.")
    return found[0]


def _ruling(written: str) -> Ruling:
    if written not in _RULINGS:
        raise Refused("Pilih dulu: dihitung, atau tidak dihitung.")
    return _RULINGS[written]


def _own_number(visit: Visit, number: str) -> str:
    if number and not visit.account.sees(cohort_of(visit.office.store, number)):
        raise Refused(f'Nomor "{number[:40]}" tidak ada di angkatan Anda. Periksa nomornya, atau serahkan kepada petugas.')
    return number


def _page(visit: Visit, held: HandIn, status: int = 200, trouble: str = "") -> Response:
    return visit.page(
        "answers/deciding/page.html",
        status,
        held=held,
        codes=codes_of(held.held),
        receipt=receipt_of(held),
        other=None if held.ruling else other_version(visit.office.course, held.quiz, held.document),
        now=visit.office.now(),
        titles=visit.quiz_titles,
        typed={name: visit.typed(name) for name in ("putusan", "nomor", "alasan")},
        trouble=trouble,
    )
