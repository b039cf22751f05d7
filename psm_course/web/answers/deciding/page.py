"""Pages to decide on submissions that the office holds: each is accepted or refused.

`/jawaban/putusan?id=…` shows one held submission with the form to decide on it;
`/jawaban/putusan/banyak` decides on many at once. A trainer decides only for their own cohorts.
"""

from functools import partial

from starlette.responses import Response

from psm_course.domain.register import HandIn
from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import (
    Decision,
    decide,
    decide_all,
    list_held,
    other_version,
)
from psm_course.registrar.answers.hand_in import receipt_of
from psm_course.registrar.answers.holding import codes_of
from psm_course.registrar.people.history import find_hand_ins
from psm_course.registrar.people.overview import cohort_of
from psm_course.web.answers.submissions.page import submissions
from psm_course.web.request_context import RequestContext, redirect, refused_on

_DECISIONS: dict[str, Decision] = {"hitung": "accepted", "tolak": "refused"}


def held_page(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /jawaban/putusan?id=…`: one held submission, why it is held, and the form to decide.

    `trouble` is the error to show on the page; empty: no error.
    """
    held = _held(context)
    return context.render(
        "answers/deciding/page.html",
        status,
        held=held,
        codes=codes_of(held.held),
        receipt=receipt_of(held),
        other=(
            None
            if held.decision
            else other_version(
                context.office.store, context.office.course, held.quiz, held.document
            )
        ),
        now=context.office.now(),
        titles=context.quiz_titles,
        typed={name: context.typed(name) for name in ("putusan", "nomor", "alasan")},
        trouble=trouble,
    )


@refused_on(held_page)
def save_decision(context: RequestContext) -> Response:
    """`POST /jawaban/putusan`: accept or refuse one held submission.

    An earlier decision is replaced only if the form asks for that (field `ubah`).

    Raises:
        Refused: no decision is chosen, or nobody in the trainer's cohorts has the participant
            number that was typed. The page shows the error's message and keeps what was typed.
    """
    held, office = _held(context), context.office
    decided, number = context.typed("putusan"), context.typed("nomor").upper()
    if decided not in _DECISIONS:
        raise Refused("Pilih dulu: dihitung, atau tidak dihitung.")
    if number and not context.account.sees(cohort_of(office.store, number)):
        raise Refused(
            f'Nomor "{number[:40]}" tidak ada di angkatan Anda. Periksa nomornya, atau serahkan'
            " kepada petugas."
        )
    decide(
        office.store,
        office.course,
        held.id,
        _DECISIONS[decided],
        context.typed("alasan"),
        context.actor,
        office.now(),
        number or None,
        again=bool(context.typed("ubah")),
    )
    return redirect("/jawaban?hanya=ditahan&kabar=jawaban-diputuskan")


@refused_on(partial(submissions, only="ditahan"))
def save_decisions(context: RequestContext) -> Response:
    """`POST /jawaban/putusan/banyak`: decide on many held submissions at once.

    If the form field `sebab` contains a reason, all submissions held for this reason are decided.
    If `sebab` is empty, only the ticked submissions are decided.

    Raises:
        Refused: no decision is chosen, or some submissions could not be decided and are still held.
            The list of submissions shows the error's message.
    """
    office, decided, why = context.office, context.typed("putusan"), context.typed("sebab")
    if decided not in _DECISIONS:
        raise Refused("Pilih dulu: dihitung, atau tidak dihitung.")
    ticked = set(context.form.getlist("id"))
    waiting = list_held(office.store, context.account.scope)
    chosen = [each.id for each in waiting if (each.held == why if why else each.id in ticked)]
    done = decide_all(
        office.store,
        office.course,
        chosen,
        _DECISIONS[decided],
        context.typed("alasan"),
        context.actor,
        office.now(),
    )
    if done.left:
        listed = "\n".join(f"{code}: {sentence}" for code, sentence in list(done.left.items())[:20])
        raise Refused(
            f"{done.count} diputuskan; {len(done.left)} lainnya masih menunggu:\n{listed}"
        )
    return redirect("/jawaban?hanya=ditahan&kabar=jawaban-diputuskan")


def _held(context: RequestContext) -> HandIn:
    """Return the held submission whose id is in the form or in the address (`id`).

    Raises:
        Refused: the submission does not exist, is not held, belongs to another trainer's cohort, or
            counted for a person of such a cohort. The error's message does not say which.
    """
    found = find_hand_ins(
        context.office.store, context.account, [context.typed("id") or context.asked("id")]
    )
    counted_for = found[0].counted_for if found else None
    is_ours = not counted_for or context.account.sees(cohort_of(context.office.store, counted_for))
    if not found or not found[0].held or not is_ours:
        raise Refused(
            "Jawaban ini tidak ada di antara yang menunggu keputusan. Kembali ke daftar jawaban."
        )
    return found[0]
