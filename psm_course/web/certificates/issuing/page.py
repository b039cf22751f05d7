"""`/angkatan/<code>/sertifikat`: issue records (certificates), list them, make files to print."""

from pathlib import Path

from starlette.responses import FileResponse, Response

from psm_course.errors import Refused
from psm_course.registrar.certificates.announcing import waiting_to_be_announced
from psm_course.registrar.certificates.issuing import KINDS, Issue, hand_out, print_and_publish
from psm_course.registrar.certificates.keys.keyring import Signer, open_signer
from psm_course.registrar.certificates.ledger import ledger
from psm_course.registrar.certificates.printing import print_for_the_printer, unprinted
from psm_course.registrar.people.overview import get_cohort
from psm_course.settings import Settings
from psm_course.web.request_context import RequestContext, redirect, refused_on


def records_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /angkatan/<code>/sertifikat`: the records so far, and those that would be issued now.

    `?jenis=…` is the kind of record. `?lagi=…` is the number of a person who gets one more record,
    although this person has a record already. `trouble` is the error to show; empty: no error.
    """
    office, now = context.office, context.office.now()
    kind, again = (context.typed(name) or context.asked(name) for name in ("jenis", "lagi"))
    cohort = get_cohort(office.store, context.path("cohort"))
    try:
        planned = _issue(context, None, kind, again).new
    except Refused as refused:
        planned, trouble = (), trouble or str(refused)
    return context.render(
        "certificates/issuing/page.html",
        status,
        cohort=cohort,
        planned=planned,
        kind=kind if kind in KINDS else "lulus",
        again=again,
        entries=ledger(office.store, cohort.id),
        waiting=waiting_to_be_announced(office.store, office.settings, now),
        now=now,
        unprinted=len(unprinted(office.store, office.settings, cohort.id)),
        files=sorted(_print_files(office.settings, cohort.id)),
        trouble=trouble,
    )


@refused_on(records_page)
def issue(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/sertifikat`: issue a record to everybody who may get one.

    If one record cannot be issued, none is. After the records are issued, the PDF of every
    unprinted record is made. Then the public lists are signed again, such as the status list; with
    them other people can check certificates.
    """
    _issue(context, unlock_signer(context), context.typed("jenis"), context.typed("lagi"))
    return redirect(f"/angkatan/{context.path('cohort')}/sertifikat?kabar=sertifikat-terbit")


@refused_on(records_page)
def make_print_file(context: RequestContext) -> Response:
    """`POST /angkatan/<code>/sertifikat/cetak`: put the PDFs of valid records into a few files.

    A print shop can print these files. A record that has no PDF yet is left out.
    """
    cohort = context.path("cohort")
    print_for_the_printer(context.office.store, context.office.settings, cohort)
    return redirect(f"/angkatan/{cohort}/sertifikat?kabar=cetak-siap")


def print_file(context: RequestContext) -> Response:
    """`GET /angkatan/<code>/sertifikat/cetak?bagian=…`: download a file to print (PDF).

    `bagian` is the number of one of the files that `make_print_file` made.

    Raises:
        Refused: the file is not there: it was never made, or was deleted when a record changed.
    """
    cohort, part = get_cohort(context.office.store, context.path("cohort")), context.asked("bagian")
    # Only a file of the list: no part in the address leads to another file.
    path = _print_files(context.office.settings, cohort.id).get(part)
    if path is None:
        raise Refused(
            "Berkas cetak ini sudah tidak ada, karena ada sertifikat yang berubah. Buat lagi dari"
            " halaman sertifikat."
        )
    return FileResponse(
        path, filename=f"sertifikat-{cohort.id}-{part}.pdf", media_type="application/pdf"
    )


def _print_files(settings: Settings, cohort_id: str) -> dict[str, Path]:
    """Return the paths of the files that `make_print_file` made, by file number such as `1`."""
    found = (settings.records / cohort_id).glob("cetak-semua-*.pdf")
    return {path.stem.rpartition("-")[2]: path for path in found}


def unlock_signer(context: RequestContext) -> Signer:
    """Unlock the office's signing key with the passphrase in the form, and return the signer.

    The passphrase is not saved. It is used exactly as typed, because spaces may be part of it.

    Raises:
        Refused: no passphrase was typed, or the key cannot be unlocked with it.
    """
    passphrase = context.typed_exactly("frasa")
    if not passphrase:
        raise Refused("Tulis frasa sandi kunci. Tanpa itu tidak ada yang ditandatangani.")
    return open_signer(context.office.settings, passphrase)


def print_and_publish_correction(context: RequestContext, signer: Signer, cohort: str) -> None:
    """Print unprinted records and sign the public lists, after a record was replaced or revoked.

    `cohort` is the id of the record's cohort.
    """
    print_and_publish(
        context.office.store,
        context.office.settings,
        signer,
        cohort,
        context.actor,
        context.office.now(),
    )


def _issue(context: RequestContext, signer: Signer | None, kind: str, again: str) -> Issue:
    office = context.office
    return hand_out(
        office.store,
        office.course,
        office.settings,
        signer,
        context.path("cohort"),
        context.actor,
        office.now(),
        KINDS.get(kind, KINDS["lulus"]),
        (again,) if again else (),
    )
