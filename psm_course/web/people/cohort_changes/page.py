"""`/angkatan/<code>/ubah`: renames, archives or reopens a cohort. Each change needs a reason."""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.cohorts import archive_cohort, rename_cohort, reopen_cohort
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.request_context import RequestContext, redirect, refused_on


def changes_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/ubah`: the forms to rename, archive or reopen a cohort.

    `trouble` is the error to show on the page; empty: no error.
    """
    return context.render(
        "people/cohort_changes/page.html",
        status,
        cohort=get_cohort(context.office.store, context.path("cohort")),
        typed={field: context.typed(field) for field in ("tindakan", "nama", "alasan")},
        trouble=trouble,
    )


@refused_on(changes_page)
def change(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/ubah`: make the change that the field `tindakan` names.

    Raises:
        Refused: the field names no change. The page shows the error's message.
    """
    store, cohort, why = (
        context.office.store,
        context.path("cohort"),
        (context.typed("alasan"), context.actor, context.office.now()),
    )
    match context.typed("tindakan"):
        case "nama":
            rename_cohort(store, cohort, context.typed("nama"), *why)
            message = "angkatan-dinamai"
        case "arsip":
            archive_cohort(store, cohort, *why)
            message = "angkatan-diarsipkan"
        case "buka":
            reopen_cohort(store, cohort, *why)
            message = "angkatan-dibuka-lagi"
        case _:
            raise Refused("Pilih satu tindakan di halaman ini, lalu isi alasannya.")
    return redirect(f"/angkatan/{cohort}?kabar={message}")
