"""`/api`: where the site's own pages hand in a test when they were opened from this server."""

from datetime import datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from psm_course.errors import StoreError
from psm_course.grading.submission import LARGEST, NotASubmission
from psm_course.registrar.answers.submitting import Desk, Receipt, read_hand_in
from psm_course.web.answers.intake import Intake, TooBusy

ACTOR = "serah-sendiri"  # the audit log's word for a hand-in that no officer typed
_SAID = {
    "recorded": "Jawaban sudah masuk ke register",
    "known": "Jawaban ini sudah pernah diterima; tidak dihitung dua kali",
    "held": "Jawaban disimpan dan menunggu keputusan petugas",
}

_LATER = {"Retry-After": "5"}


def routes(desk: Desk) -> list[Route]:
    """`GET /api/desk` says that somebody listens; `POST /api/submissions` takes one document and answers with its receipt."""

    intake = Intake(desk)

    async def listening(_: Request) -> JSONResponse:
        return JSONResponse({"desk": True}, headers={"Cache-Control": "no-store"})

    async def take_in(request: Request) -> JSONResponse:
        # A page of another site can send a form or plain text here, but not this type.
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "Kirim jawaban sebagai application/json.")
        try:
            document = await _body(request)
            receipt = await intake.take_in(read_hand_in(document, ACTOR, datetime.now().astimezone()))
        except ClientDisconnect:
            return _refused(400, "Sambungan terputus sebelum jawaban lengkap. Kirim lagi.")
        except _TooLarge:
            return _refused(413, "Jawaban ini lebih besar dari 1 MB.")
        except NotASubmission as error:
            return _refused(400, f"{error}. Jawaban belum disimpan.")
        except TooBusy as error:
            return _refused(503, str(error), **_LATER)
        except StoreError as error:
            return _refused(503, f"{error} Jawaban tetap tersimpan di ponsel.", **_LATER)
        return JSONResponse({"receipt": receipt.code, "standing": receipt.standing, "message": _message(receipt)})

    return [Route("/api/desk", listening), Route("/api/submissions", take_in, methods=["POST"])]


class _TooLarge(Exception):
    pass


async def _body(request: Request) -> bytes:
    """The request's body, refused as soon as it is too large."""
    whole = b""
    async for part in request.stream():
        whole += part
        if len(whole) > LARGEST:
            raise _TooLarge
    return whole


def _message(receipt: Receipt) -> str:
    said = _SAID[receipt.standing]
    return f"{said}: {receipt.reason}." if receipt.reason else f"{said}."


def _refused(status: int, sentence: str, **headers: str) -> JSONResponse:
    return JSONResponse({"error": sentence[:1].upper() + sentence[1:]}, status_code=status, headers=headers)
