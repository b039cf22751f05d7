"""`/sertifikat/nomor`: the next certificate number of each course, and the skipped numbers.

An officer skips numbers that the program must not give to a certificate, for example because they
were written on certificates by hand.
"""

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.certificates.ledger import numbering, skipped_numbers
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.web.request_context import RequestContext, redirect, refused_on


def numbers_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /sertifikat/nomor`: the next and the skipped numbers, and a form to skip numbers.

    `trouble` is the error to show on the page; empty: no error.
    """
    store, now = context.office.store, context.office.now()
    typed = {name: context.typed(name) for name in ("kursus", "sampai", "tahun", "alasan")}
    typed["tahun"] = typed["tahun"] or str(now.year)
    return context.render(
        "certificates/numbers/page.html",
        status,
        series=numbering(store, context.office.settings, now),
        skipped=skipped_numbers(store),
        typed=typed,
        trouble=trouble,
    )


@refused_on(numbers_page)
def skip(context: RequestContext) -> Response:
    """`POST /sertifikat/nomor`: skip numbers of a course, with a reason.

    Skipped are the next number and all numbers up to the one in the field `sampai`.

    Raises:
        Refused: the year is not between 2000 and 2999, or `sampai` is not a number of at most eight
            digits. The page shows the error's message.
    """
    year, last = context.typed("tahun"), context.typed("sampai")
    if not (year.isascii() and year.isdigit() and 2000 <= int(year[:9]) < 3000):
        raise Refused("Tulis tahunnya dengan empat angka, misalnya 2026.")
    if not (last.isascii() and last.isdigit() and len(last) < 9):
        raise Refused("Tulis nomor urut terakhir yang dilewati sebagai angka saja, misalnya 20.")
    skip_numbers(
        context.office.store,
        int(year),
        int(last),
        context.typed("alasan"),
        context.actor,
        context.office.now(),
        context.typed("kursus"),
    )
    return redirect("/sertifikat/nomor?kabar=nomor-dilewati")
