"""`/angkatan/<code>/peserta`: upload a roster, check it, answer questions, import it."""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.enrolling import import_roster, preview_roster
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.kept_files import forget, keep, kept_file
from psm_course.web.visit import Visit, go, refused_on

_ANSWER = "jawab-"  # the field of a question is named after its id


def upload_form(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/peserta`: the form to upload a roster."""
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    return visit.page("people/roster/upload.html", status, cohort=cohort, trouble=trouble, shared=visit.office.course.region.shared_names)


@refused_on(upload_form)
def upload(visit: Visit) -> Response:
    """`POST /angkatan/<code>/peserta`: keep the uploaded sheet, and go on to check it."""
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    kept = keep(visit.office.settings, visit.upload("lembar"))
    return go(f"/angkatan/{cohort.id}/peserta/{kept}")


def preview(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/peserta/<kept>`: the check of an uploaded sheet. Nothing is imported.

    It shows every problem, question and note at its cell. A file that is no roster, or has a NIK in
    it, is deleted at once. Answers given so far are carried along, and stand in the notes.
    """
    kept, answers = visit.path("kept"), _answers(visit)
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    try:
        sheet = kept_file(visit.office.settings, kept)
        planned = preview_roster(visit.office.store, visit.office.course.region, cohort.id, sheet, answers)
    except Refused as refused:
        forget(visit.office.settings, kept)
        return upload_form(visit, 422, str(refused))
    if planned.holds_nik:
        forget(visit.office.settings, kept)
    asked = {question.id for question in planned.questions}
    unanswered = f"Masih ada {len(asked)} pertanyaan. Pilih satu jawaban untuk setiap pertanyaan." if visit.form and asked else ""
    return visit.page(
        "people/roster/check.html",
        status,
        cohort=cohort,
        planned=planned,
        kept=kept,
        sheet=sheet.name,
        home=visit.office.course.region.home,
        given={id_: answer for id_, answer in answers.items() if id_ not in asked},
        field=_ANSWER,
        trouble=trouble if planned.is_clear else unanswered,
    )


@refused_on(preview)
def confirm(visit: Visit) -> Response:
    """`POST /angkatan/<code>/peserta/<kept>`: import the sheet, check it again, or delete it."""
    cohort, kept = visit.path("cohort"), visit.path("kept")
    if visit.typed("putusan") == "buang":
        forget(visit.office.settings, kept)
        return go(f"/angkatan/{cohort}/peserta?kabar=unggahan-dibuang")
    if visit.typed("putusan") != "simpan":
        return preview(visit)
    sheet = kept_file(visit.office.settings, kept)
    import_roster(visit.office.store, visit.office.course.region, cohort, sheet, visit.actor, visit.office.now(), answers=_answers(visit))
    forget(visit.office.settings, kept)
    return go(f"/angkatan/{cohort}?kabar=peserta-masuk")


def _answers(visit: Visit) -> dict[str, str]:
    return {name.removeprefix(_ANSWER): visit.typed(name) for name in visit.form if name.startswith(_ANSWER) and visit.typed(name)}
