"""`/angkatan/<code>/ubah`: a cohort's title, and the archive. Each change asks for its reason."""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.people.cohorts import archive_cohort, rename_cohort, reopen_cohort
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.visit import Visit, go, refused_on


def changes_page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/ubah`: the forms to rename, archive or reopen a cohort."""
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    typed = {field: visit.typed(field) for field in ("tindakan", "nama", "alasan")}
    return visit.page("people/cohort_changes/page.html", status, cohort=cohort, typed=typed, trouble=trouble)


@refused_on(changes_page)
def change(visit: Visit) -> Response:
    """`POST /angkatan/<code>/ubah`: make the change that `tindakan` names.

    Raises:
        Refused: it names none; said on the page.
    """
    store, cohort, why = visit.office.store, visit.path("cohort"), (visit.typed("alasan"), visit.actor, visit.office.now())
    match visit.typed("tindakan"):
        case "nama":
            rename_cohort(store, cohort, visit.typed("nama"), *why)
            message = "angkatan-dinamai"
        case "arsip":
            archive_cohort(store, cohort, *why)
            message = "angkatan-diarsipkan"
        case "buka":
            reopen_cohort(store, cohort, *why)
            message = "angkatan-dibuka-lagi"
        case _:
            raise Refused("Pilih satu tindakan di halaman ini, lalu isi alasannya.")
    return go(f"/angkatan/{cohort}?kabar={message}")
