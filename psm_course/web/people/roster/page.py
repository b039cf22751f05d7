"""`/angkatan/<code>/peserta`: upload a roster, check it, answer questions, import it."""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.enrolling import import_roster, preview_roster
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.request_context import RequestContext, redirect, refused_on
from psm_course.web.uploads import delete_upload, find_upload, keep_upload

_ANSWER = "jawab-"  # the field of a question is named after its id


def upload_form(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/peserta`: the form to upload a roster.

    `trouble` is the error to show on the page; empty: no error.
    """
    return context.render(
        "people/roster/upload.html",
        status,
        cohort=get_cohort(context.office.store, context.path("cohort")),
        trouble=trouble,
        shared=context.office.course.region.shared_names,
    )


@refused_on(upload_form)
def upload(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/peserta`: keep the sheet, then redirect to its preview."""
    cohort = get_cohort(context.office.store, context.path("cohort"))
    kept = keep_upload(context.office.settings, context.upload("lembar"))
    return redirect(f"/angkatan/{cohort.id}/peserta/{kept}")


def preview(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/peserta/<kept>`: the preview of an uploaded sheet. Nothing is imported.

    `<kept>` is the random name of the upload. The page shows every problem, question and note with
    the cell that it is about. A file that is no roster, or contains a NIK, is deleted at once.
    Answers that were given already are kept in the form, and listed in the notes.

    `trouble` is the error to show on the page; empty: no error.
    """
    kept, answers = context.path("kept"), _answers(context)
    cohort = get_cohort(context.office.store, context.path("cohort"))
    try:
        sheet = find_upload(context.office.settings, kept)
        planned = preview_roster(
            context.office.store, context.office.course.region, cohort.id, sheet, answers
        )
    except Refused as refused:
        delete_upload(context.office.settings, kept)
        return upload_form(context, 422, str(refused))
    if planned.holds_nik:
        delete_upload(context.office.settings, kept)
    asked = {question.id for question in planned.questions}
    unanswered = (
        f"Masih ada {len(asked)} pertanyaan. Pilih satu jawaban untuk setiap pertanyaan."
        if context.form and asked
        else ""
    )
    return context.render(
        "people/roster/check.html",
        status,
        cohort=cohort,
        planned=planned,
        kept=kept,
        sheet=sheet.name,
        home=context.office.course.region.home,
        given={id_: answer for id_, answer in answers.items() if id_ not in asked},
        field=_ANSWER,
        trouble=trouble if planned.is_clear else unanswered,
    )


@refused_on(preview)
def confirm(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/peserta/<kept>`: import the sheet, check it again, or delete it.

    The field `putusan` of the form says which of these to do.
    """
    cohort, kept = context.path("cohort"), context.path("kept")
    if context.typed("putusan") == "buang":
        delete_upload(context.office.settings, kept)
        return redirect(f"/angkatan/{cohort}/peserta?kabar=unggahan-dibuang")
    if context.typed("putusan") != "simpan":
        return preview(context)
    sheet = find_upload(context.office.settings, kept)
    import_roster(
        context.office.store,
        context.office.course.region,
        cohort,
        sheet,
        context.actor,
        context.office.now(),
        answers=_answers(context),
    )
    delete_upload(context.office.settings, kept)
    return redirect(f"/angkatan/{cohort}?kabar=peserta-masuk")


def _answers(context: RequestContext) -> dict[str, str]:
    return {
        name.removeprefix(_ANSWER): context.typed(name)
        for name in context.form
        if name.startswith(_ANSWER) and context.typed(name)
    }
