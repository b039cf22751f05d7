"""`/peserta/<number>/ubah`: an officer corrects facts about one person, each with a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.interchange.sheets.reading import Question
from psm_course.registrar.people import merging, one_person
from psm_course.registrar.people.history import person_of
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.people.one_person import Correction, Newcomer
from psm_course.registrar.people.overview import cohorts_for
from psm_course.web.visit import Visit, go, refused_on

_FIELDS = ("tindakan", "nama", "kelurahan", "hp", "ke", "nomor", "alasan")


def changes_page(visit: Visit, status: int = 200, trouble: str = "", question: Question | None = None) -> Response:
    """`GET /peserta/<number>/ubah`: the forms to correct, withdraw, move, replace, merge or link.

    `question` asks if a new person is one of those known.
    """
    office = visit.office
    person = person_of(office.store, visit.path("number"))
    open_cohorts = cohorts_for(office.store, visit.account, 0, 200)
    return visit.page(
        "people/person_changes/page.html",
        status,
        person=person.enrolment,
        cohort=person.cohort,
        others=person.others,
        left=left_sentence(person.enrolment),
        homes=office.course.region.homes,
        cohorts=[(each.id, each.title) for each, *_ in open_cohorts if each.id != person.cohort.id],
        typed={field: visit.typed(field) for field in _FIELDS},
        trouble=trouble,
        question=question,
    )


@refused_on(changes_page)
def change(visit: Visit) -> Response:
    """`POST /peserta/<number>/ubah`: make the change that `tindakan` names.

    Raises:
        Refused: it names none; said on the page.
    """
    act = _DEEDS.get(visit.typed("tindakan"))
    if act is None:
        raise Refused("Pilih satu tindakan di halaman ini, lalu isi alasannya.")
    return act(visit)


def _why(visit: Visit) -> tuple[str, str, datetime]:
    """The reason as typed, the officer's name, and the time now."""
    return visit.typed("alasan"), visit.actor, visit.office.now()


def _done(visit: Visit, message: str) -> Response:
    return go(f"/peserta/{visit.path('number')}?kabar={message}")


def _correct(visit: Visit) -> Response:
    correction = Correction(visit.typed("nama"), visit.typed("kelurahan"), visit.typed("hp"))
    one_person.correct_person(visit.office.store, visit.office.course.region, visit.path("number"), correction, *_why(visit))
    return _done(visit, "orang-dibetulkan")


def _withdraw(visit: Visit) -> Response:
    one_person.withdraw_person(visit.office.store, visit.path("number"), *_why(visit))
    return _done(visit, "orang-mundur")


def _readmit(visit: Visit) -> Response:
    one_person.readmit_person(visit.office.store, visit.path("number"), *_why(visit))
    return _done(visit, "orang-kembali")


def _move(visit: Visit) -> Response:
    moved = one_person.move_person(visit.office.store, visit.path("number"), visit.typed("ke"), *_why(visit))
    return go(f"/peserta/{moved.number}?kabar=orang-pindah")


def _replace(visit: Visit) -> Response:
    office, region = visit.office, visit.office.course.region
    who, answer = Newcomer(visit.typed("nama"), visit.typed("kelurahan"), visit.typed("hp")), visit.typed("jawab")
    cohort = person_of(office.store, visit.path("number")).cohort.id
    question = one_person.who_it_may_be(office.store, region, cohort, who)
    if question and not answer:
        return changes_page(visit, 422, question=question)
    added = one_person.replace_person(office.store, region, visit.path("number"), who, answer, *_why(visit))
    return go(f"/peserta/{added.enrolment.number}?kabar=orang-diganti")


def _merge(visit: Visit) -> Response:
    merging.merge_persons(visit.office.store, visit.path("number"), visit.typed("nomor"), *_why(visit))
    return _done(visit, "orang-digabung")


def _unmerge(visit: Visit) -> Response:
    merging.unmerge_persons(visit.office.store, visit.path("number"), *_why(visit))
    return _done(visit, "orang-dipisah")


def _link(visit: Visit) -> Response:
    merging.link_persons(visit.office.store, visit.path("number"), visit.typed("nomor"), *_why(visit))
    return _done(visit, "orang-dihubungkan")


def _unlink(visit: Visit) -> Response:
    merging.unlink_person(visit.office.store, visit.path("number"), *_why(visit))
    return _done(visit, "orang-dilepas")


_DEEDS: Mapping[str, Callable[[Visit], Response]] = {
    "betulkan": _correct,
    "mundur": _withdraw,
    "kembali": _readmit,
    "pindah": _move,
    "ganti": _replace,
    "gabung": _merge,
    "pisah": _unmerge,
    "hubungkan": _link,
    "lepas": _unlink,
}
