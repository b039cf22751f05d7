"""`/sertifikat?nomor=…`: one record (certificate), its files, and the forms to correct it.

The number of a record contains slashes, so it is in the query of the address, not in the path.
"""

from starlette.responses import FileResponse, Response

from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import Correction, reprint, revoke, supersede
from psm_course.registrar.certificates.ledger import get_page
from psm_course.registrar.certificates.printing import find_print, print_certificates
from psm_course.registrar.certificates.signing import badge_picture, web_token
from psm_course.web.certificates.issuing.page import print_and_publish_correction, unlock_signer
from psm_course.web.people.person.page import VERDICTS
from psm_course.web.request_context import RequestContext, download, redirect, refused_on

_FIELDS = ("nama", "kelurahan", "alasan")


def record_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /sertifikat?nomor=…`: one record with its history and the forms to correct it.

    If a correction was refused, `trouble` is the reason; otherwise it is empty. After a refusal the
    forms keep what was typed, but never the passphrase. The record is read from the register again:
    the correction may be saved although its printing failed.
    """
    number = context.typed("nomor") or context.asked("nomor")
    page = get_page(context.office.store, number)
    return context.render(
        "certificates/record/page.html",
        status,
        page=page,
        record=page.record,
        printed=find_print(context.office.settings, page.cohort, page.record.number) is not None,
        verdicts=VERDICTS,
        kelurahan=[
            ("", "tetap"),
            *((each.code, str(each)) for each in context.office.course.region.homes),
        ],
        typed={name: context.typed(name) for name in _FIELDS},
        trouble=trouble,
    )


def download_pdf(context: RequestContext) -> Response:
    """`GET /sertifikat/pdf?nomor=…`: download the printed certificate.

    Raises:
        Refused: there is no such record, it was not printed yet, or its file is lost.
    """
    page = get_page(context.office.store, context.asked("nomor"))
    path = find_print(context.office.settings, page.cohort, page.record.number)
    if path is None:
        raise Refused(
            "PDF sertifikat ini belum dicetak atau sudah hilang. Petugas dapat mencetaknya lagi"
            " dari halaman sertifikat ini."
        )
    return FileResponse(path, filename=path.name, media_type="application/pdf")


def download_badge(context: RequestContext) -> Response:
    """`GET /sertifikat/lencana?nomor=…`: download the certificate as a badge.

    The badge is a PNG picture with the signed certificate inside. No signing key is needed to make
    it.
    """
    name, content = badge_picture(get_page(context.office.store, context.asked("nomor")).record)
    return download(content, name, "image/png")


def download_token(context: RequestContext) -> Response:
    """`GET /sertifikat/token?nomor=…`: download the certificate as a JSON Web Token, for wallets.

    A wallet is an app in which people keep digital certificates.
    """
    name, content = web_token(get_page(context.office.store, context.asked("nomor")).record)
    return download(content, name, "application/jwt")


@refused_on(record_page)
def replace(context: RequestContext) -> Response:
    """`POST /sertifikat/ganti`: supersede a record by a corrected record, and show the new record.

    When the site is published again, a check of the old record's QR code shows "diganti oleh …".
    """
    page = get_page(context.office.store, context.typed("nomor"))
    office, signer = context.office, unlock_signer(context)
    new = supersede(
        office.store,
        office.course.region,
        office.settings,
        signer,
        page.record.number,
        Correction(context.typed("nama") or None, context.typed("kelurahan") or None),
        context.typed("alasan"),
        context.actor,
        office.now(),
    )
    print_and_publish_correction(context, signer, page.cohort)
    return redirect("/sertifikat", nomor=new.number, kabar="sertifikat-diganti")


@refused_on(record_page)
def withdraw(context: RequestContext) -> Response:
    """`POST /sertifikat/cabut`: revoke a record.

    When the site is published again, a check of the record's QR code shows that it was revoked.
    """
    page = get_page(context.office.store, context.typed("nomor"))
    signer = unlock_signer(context)
    revoke(
        context.office.store,
        signer,
        [page.record.number],
        context.typed("alasan"),
        context.actor,
        context.office.now(),
    )
    print_and_publish_correction(context, signer, page.cohort)
    return redirect("/sertifikat", nomor=page.record.number, kabar="sertifikat-dicabut")


@refused_on(record_page)
def print_again(context: RequestContext) -> Response:
    """`POST /sertifikat/cetak-ulang`: record a reprint with its reason, and make the PDF again.

    The record and its signature stay the same.
    """
    office, page = context.office, get_page(context.office.store, context.typed("nomor"))
    reprint(office.store, page.record.number, context.typed("alasan"), context.actor, office.now())
    for _ in print_certificates(
        office.store, office.settings, page.cohort, context.actor, office.now()
    ):
        pass
    return redirect("/sertifikat", nomor=page.record.number, kabar="cetak-ulang")
