"""`/jawaban/putusan?id=…`: one hand-in that is held, and what an officer decides about it. A trainer decides for their own cohorts."""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import Ruling, decide, other_version
from psm_course.registrar.answers.holding import codes_of
from psm_course.registrar.answers.submitting import receipt_of
from psm_course.registrar.people.history import find_hand_ins
from psm_course.registrar.people.overview import cohort_of
from psm_course.store.people.history import HandIn
from psm_course.web.visit import Visit, go, refused_on

_RULINGS: dict[str, Ruling] = {"hitung": "accepted", "tolak": "refused"}


def held_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    held = _held(visit)
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


@refused_on(held_page)
def rule(visit: Visit) -> Response:
    """Decided once and for all; whatever speaks against it is said, and what was typed stays."""
    held, office = _held(visit), visit.office
    decided, number = visit.typed("putusan"), visit.typed("nomor").upper()
    if decided not in _RULINGS:
        raise Refused("Pilih dulu: dihitung, atau tidak dihitung.")
    if number and not visit.account.sees(cohort_of(office.store, number)):
        raise Refused(f'Nomor "{number[:40]}" tidak ada di angkatan Anda. Periksa nomornya, atau serahkan kepada petugas.')
    reason = visit.typed("alasan")
    decide(office.store, office.course, held.id, _RULINGS[decided], reason, visit.actor, office.now(), number or None)
    return go("/jawaban?hanya=ditahan&kabar=jawaban-diputuskan")


def _held(visit: Visit) -> HandIn:
    """The same sentence whether there is none or it is another trainer's."""
    found = find_hand_ins(visit.office.store, visit.account, [visit.typed("id") or visit.asked("id")])
    if not found or not found[0].held:
        raise Refused("Jawaban ini tidak ada di antara yang menunggu keputusan. Kembali ke daftar jawaban.")
    return found[0]
