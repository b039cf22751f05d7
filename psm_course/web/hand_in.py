"""`/api`: where the site's own pages hand in a test when they were opened from this server."""

from __future__ import annotations

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from psm_course.grading.submission import LARGEST, NotASubmission, read_submission
from psm_course.registrar.submitting import Desk, Receipt

ACTOR = "serah-sendiri"  # the audit log's word for a hand-in that no officer typed
_SAID = {
    "recorded": "Jawaban sudah masuk ke register.",
    "known": "Jawaban ini sudah pernah diterima; tidak dihitung dua kali.",
    "held": "Jawaban disimpan dan menunggu keputusan petugas",
}


def routes(desk: Desk) -> list[Route]:
    """`GET /api/desk` says that somebody listens; `POST /api/submissions` takes one document and answers with its receipt."""

    async def listening(_: Request) -> JSONResponse:
        return JSONResponse({"desk": True}, headers={"Cache-Control": "no-store"})

    async def take_in(request: Request) -> JSONResponse:
        # A page of another site can send a form or plain text here, but not this type.
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "Kirim jawaban sebagai application/json.")
        try:
            document = await _body(request)
            receipt = await run_in_threadpool(_submit, desk, document)
        except ClientDisconnect:
            return _refused(400, "Sambungan terputus sebelum jawaban lengkap. Kirim lagi.")
        except _TooLarge:
            return _refused(413, "Jawaban ini lebih besar dari 1 MB.")
        except NotASubmission as error:
            return _refused(400, f"{error}. Jawaban belum disimpan.")
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


def _submit(desk: Desk, document: bytes) -> Receipt:
    submission = read_submission(document)
    return desk.submit(submission, document.decode(), ACTOR, datetime.now().astimezone())


def _message(receipt: Receipt) -> str:
    return f"{_SAID['held']}: {receipt.reason}." if receipt.standing == "held" else _SAID[receipt.standing]


def _refused(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence[:1].upper() + sentence[1:]}, status_code=status)
