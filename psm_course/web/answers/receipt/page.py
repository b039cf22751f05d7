"""`/jawaban/tanda-terima?id=…`: the signed receipt of one submission, to send to its learner.

The learner's phone accepts the signed receipt instead of the receipt code. The site's page for
checking documents shows that the receipt is genuine.
"""

import json

from starlette.responses import Response

from psm_course.errors import Refused
from psm_course.registrar.answers.hand_in import receipt_of
from psm_course.registrar.answers.promising import receipt_for
from psm_course.registrar.people.history import find_hand_ins
from psm_course.web.request_context import RequestContext, download


def receipt(context: RequestContext) -> Response:
    """`GET /jawaban/tanda-terima?id=…`: download the signed receipt.

    Raises:
        Refused: there is no such submission, it belongs to another trainer's cohort, or it has no
            signed receipt. The error's message does not say which.
    """
    desk = context.office.desk
    found = find_hand_ins(context.office.store, context.account, [context.asked("id")])
    signed = receipt_for(desk.store, desk.key, found[0]) if found and desk.key else None
    if signed is None:
        raise Refused(
            "Tanda terima ini tidak dapat dibuat: jawabannya tidak ada di sini. Kembali ke daftar"
            " jawaban."
        )
    return download(
        f"{json.dumps(signed)}\n".encode(),
        f"tanda-terima-{receipt_of(found[0])}.txt",
        "text/plain; charset=utf-8",
    )
