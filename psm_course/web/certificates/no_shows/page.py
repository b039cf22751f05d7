"""`/angkatan/<code>/sertifikat/tidak-hadir`: revoke in one step the records of no-shows.

These were printed in advance for people who then came to no session.
"""

from starlette.responses import Response

from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import no_shows, revoke
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.certificates.issuing.page import corrected, unlocked
from psm_course.web.visit import Visit, go, query


def preview(visit: Visit) -> Response:
    """`GET /angkatan/<code>/sertifikat/tidak-hadir`: these records, with a form to revoke."""
    return _page(visit)


def void(visit: Visit) -> Response:
    """`POST /angkatan/<code>/sertifikat/tidak-hadir`: revoke the ticked ones, all or none.

    None is revoked if one of the people was marked as present since the page was opened.

    Raises:
        Refused: there is no such cohort; every other refusal is shown on the page.
    """
    office, cohort = visit.office, visit.path("cohort")
    chosen = _chosen(visit)
    try:
        if not chosen:
            raise Refused("Pilih dulu sertifikat yang dicabut.")  # noqa: TRY301 - said on the page like the verb's own
        _refuse_who_came(chosen, no_shows(office.store, cohort))
        signer = unlocked(visit)
        revoke(office.store, signer, chosen, visit.typed("alasan"), visit.actor, office.now())
        corrected(visit, signer, cohort)
    except Refused as refused:
        return _page(visit, 422, str(refused))
    return go(f"{visit.here}?{query(kabar='tidak-hadir-dicabut', jumlah=str(len(chosen)))}")


def _chosen(visit: Visit) -> list[str]:
    return [number for number in visit.form.getlist("nomor") if isinstance(number, str)]


def _refuse_who_came(chosen: list[str], absent: tuple[CompletionRecord, ...]) -> None:
    others = sorted(set(chosen) - {record.number for record in absent})
    if others:
        named = ", ".join(number[:60] for number in others[:5])
        raise Refused(
            f"{named}: pemiliknya kini tercatat hadir, atau sertifikatnya sudah tidak berlaku. Tidak ada yang dicabut; periksa lagi."
        )


def _page(visit: Visit, status: int = 200, trouble: str = "") -> Response:
    cohort = get_cohort(visit.office.store, visit.path("cohort"))
    try:
        absent = no_shows(visit.office.store, cohort.id)
    except Refused as refused:
        absent, trouble = (), trouble or str(refused)
    return visit.page(
        "certificates/no_shows/page.html",
        status,
        cohort=cohort,
        absent=absent,
        chosen=set(_chosen(visit)) if visit.form else {record.number for record in absent},
        voided=visit.asked_number("jumlah"),
        reason=visit.typed("alasan"),
        trouble=trouble,
    )
