"""`/angkatan/<code>/sertifikat/tidak-hadir`: revokes the records of no-shows in one step.

No-shows are people who came to no session; their certificates were printed in advance.
"""

from starlette.responses import Response

from psm_course.domain.register import CompletionRecord
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import no_shows, revoke
from psm_course.registrar.people.overview import get_cohort
from psm_course.web.certificates.issuing.page import print_and_publish_correction, unlock_signer
from psm_course.web.request_context import RequestContext, redirect, refused_on


def preview(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/sertifikat/tidak-hadir`: records of no-shows, with a form to revoke.

    `trouble` is the error to show on the page; empty: no error.
    """
    cohort = get_cohort(context.office.store, context.path("cohort"))
    try:
        absent = no_shows(context.office.store, cohort.id)
    except Refused as refused:
        absent, trouble = (), trouble or str(refused)
    return context.render(
        "certificates/no_shows/page.html",
        status,
        cohort=cohort,
        absent=absent,
        chosen=set(_chosen(context)) if context.form else {record.number for record in absent},
        voided=context.asked_number("jumlah"),
        reason=context.typed("alasan"),
        trouble=trouble,
    )


@refused_on(preview)
def void(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/sertifikat/tidak-hadir`: revoke all ticked records, or no record.

    No record is revoked if the owner of a ticked record was marked as present after the page was
    opened, or if a ticked record is no longer valid.

    Raises:
        Refused: no record is ticked, or the register refuses. The page shows the error's message.
            If there is no such cohort, the function itself raises this error.
    """
    office, cohort = context.office, context.path("cohort")
    chosen = _chosen(context)
    if not chosen:
        raise Refused("Pilih dulu sertifikat yang dicabut.")
    _refuse_who_came(chosen, no_shows(office.store, cohort))
    signer = unlock_signer(context)
    revoke(office.store, signer, chosen, context.typed("alasan"), context.actor, office.now())
    print_and_publish_correction(context, signer, cohort)
    return redirect(context.here, kabar="tidak-hadir-dicabut", jumlah=str(len(chosen)))


def _chosen(context: RequestContext) -> list[str]:
    return [number for number in context.form.getlist("nomor") if isinstance(number, str)]


def _refuse_who_came(chosen: list[str], absent: tuple[CompletionRecord, ...]) -> None:
    others = sorted(set(chosen) - {record.number for record in absent})
    if others:
        named = ", ".join(number[:60] for number in others[:5])
        raise Refused(
            f"{named}: pemiliknya kini tercatat hadir, atau sertifikatnya sudah tidak berlaku."
            " Tidak ada yang dicabut; periksa lagi."
        )
