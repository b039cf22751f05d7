"""`/jawaban/karantina`: submissions in quarantine, grouped by address.

The address is the network address, or `meja: ACCOUNT` if the account handed in a file at the desk.

A submission is put in quarantine if its participant is unknown, or if its card code is wrong. A
submission that came over the network without a card is put there if it is too long, or if too many
submissions without a card and with the same participant number wait for a decision.

An officer deletes all submissions from one address, or moves one submission out of quarantine: it
is then held.
"""

from starlette.responses import Response

from psm_course.registrar.answers.holding import sentence_of
from psm_course.registrar.answers.quarantining import admit, purge, quarantined
from psm_course.web.request_context import RequestContext, redirect, refused_on


def quarantine_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /jawaban/karantina`: the addresses, and the newest submissions from them.

    Only submissions in quarantine are counted and shown. With `?alamat=…` the newest submissions
    are those from that address.

    `trouble` is the error to show on the page; empty: no error.
    """
    address = context.asked("alamat") or None
    return context.render(
        "answers/quarantine/page.html",
        status,
        found=quarantined(context.office.store, address),
        address=address,
        why=sentence_of,
        titles=context.quiz_titles,
        typed={name: context.typed(name) for name in ("sidik", "alasan")},
        trouble=trouble,
    )


@refused_on(quarantine_page)
def purge_address(context: RequestContext) -> Response:
    """`POST /jawaban/karantina/buang`: delete the submissions in quarantine.

    Only submissions from the address in the form field `alamat` are deleted. If `alamat` is empty,
    all submissions in quarantine are deleted.
    """
    purge(
        context.office.store, context.typed("alamat") or None, context.actor, context.office.now()
    )
    return redirect("/jawaban/karantina?kabar=karantina-dikosongkan")


@refused_on(quarantine_page)
def admit_one(context: RequestContext) -> Response:
    """`POST /jawaban/karantina/terima`: move one submission out of quarantine, and show its page.

    The submission is then held until somebody decides on it.
    """
    kept = admit(
        context.office.store,
        context.typed("sidik"),
        context.typed("alasan"),
        context.actor,
        context.office.now(),
    )
    return redirect("/jawaban/putusan", id=kept.id)
