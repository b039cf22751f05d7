"""`/peserta/<number>/ubah`: an officer corrects facts about one person, each with a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.interchange.sheets.reading import Question
from psm_course.registrar.people import adding, merging, one_person
from psm_course.registrar.people.adding import Newcomer
from psm_course.registrar.people.history import person_of
from psm_course.registrar.people.leaving import left_sentence
from psm_course.registrar.people.one_person import Correction
from psm_course.registrar.people.overview import cohorts_for
from psm_course.web.request_context import RequestContext, redirect, refused_on

_FIELDS = ("tindakan", "nama", "kelurahan", "hp", "ke", "nomor", "alasan")


def changes_page(
    context: RequestContext, status: int = 200, trouble: str = "", question: Question | None = None
) -> Response:
    """`GET /peserta/<number>/ubah`: the forms to correct, withdraw, move, replace, merge or link.

    If another person takes this person's place, the register may know the other person already.
    Then `question` asks who the other person is; otherwise `question` is None. `trouble` is the
    error to show; empty: no error.
    """
    office = context.office
    person = person_of(office.store, context.path("number"))
    open_cohorts = cohorts_for(office.store, context.account, 0, 200)
    return context.render(
        "people/person_changes/page.html",
        status,
        person=person.enrolment,
        cohort=person.cohort,
        others=person.others,
        left=left_sentence(person.enrolment),
        homes=office.course.region.homes,
        cohorts=[(each.id, each.title) for each, *_ in open_cohorts if each.id != person.cohort.id],
        typed={field: context.typed(field) for field in _FIELDS},
        trouble=trouble,
        question=question,
    )


@refused_on(changes_page)
def change(context: RequestContext) -> Response:
    """`POST /peserta/<number>/ubah`: make the change that the field `tindakan` names.

    Raises:
        Refused: the field names no change. The page says so.
    """
    act = _ACTIONS.get(context.typed("tindakan"))
    if act is None:
        raise Refused("Pilih satu tindakan di halaman ini, lalu isi alasannya.")
    return act(context)


def _reason_actor_now(context: RequestContext) -> tuple[str, str, datetime]:
    """Return the reason as typed, the officer's name, and the present time."""
    return context.typed("alasan"), context.actor, context.office.now()


def _done(context: RequestContext, message: str) -> Response:
    return redirect(f"/peserta/{context.path('number')}?kabar={message}")


def _verb(
    do: Callable[..., object], message: str, *fields: str
) -> Callable[[RequestContext], Response]:
    """Make a function that answers a form: it calls `do`, which makes one change of a person.

    `do` is called with the register, the person's number, the texts of the form's `fields`, the
    reason, the officer's name and the present time. The answer is a redirect to the person's page,
    where the flash message with the key `message` is shown.
    """

    def act(context: RequestContext) -> Response:
        do(
            context.office.store,
            context.path("number"),
            *map(context.typed, fields),
            *_reason_actor_now(context),
        )
        return _done(context, message)

    return act


def _correct(context: RequestContext) -> Response:
    one_person.correct_person(
        context.office.store,
        context.office.course.region,
        context.path("number"),
        Correction(context.typed("nama"), context.typed("kelurahan"), context.typed("hp")),
        *_reason_actor_now(context),
    )
    return _done(context, "orang-dibetulkan")


def _move(context: RequestContext) -> Response:
    moved = one_person.move_person(
        context.office.store,
        context.path("number"),
        context.typed("ke"),
        *_reason_actor_now(context),
    )
    return redirect(f"/peserta/{moved.number}?kabar=orang-pindah")


def _replace(context: RequestContext) -> Response:
    office, region = context.office, context.office.course.region
    who = Newcomer(context.typed("nama"), context.typed("kelurahan"), context.typed("hp"))
    answer = context.typed("jawab")
    cohort = person_of(office.store, context.path("number")).cohort.id
    question = adding.who_it_may_be(office.store, region, cohort, who)
    if question and not answer:
        return changes_page(context, 422, question=question)
    added = one_person.replace_person(
        office.store, region, context.path("number"), who, answer, *_reason_actor_now(context)
    )
    return redirect(f"/peserta/{added.enrolment.number}?kabar=orang-diganti")


_ACTIONS: Mapping[str, Callable[[RequestContext], Response]] = {
    "betulkan": _correct,
    "mundur": _verb(one_person.withdraw_person, "orang-mundur"),
    "kembali": _verb(one_person.readmit_person, "orang-kembali"),
    "pindah": _move,
    "ganti": _replace,
    "gabung": _verb(merging.merge_persons, "orang-digabung", "nomor"),
    "pisah": _verb(merging.unmerge_persons, "orang-dipisah"),
    "hubungkan": _verb(merging.link_persons, "orang-dihubungkan", "nomor"),
    "lepas": _verb(merging.unlink_person, "orang-dilepas"),
}
