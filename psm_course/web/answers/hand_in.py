"""`/api`: receives answers from phones that opened the course site on this server."""

from collections.abc import Coroutine
from datetime import datetime
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from psm_course.errors import Refused, StoreError
from psm_course.grading.submission import LARGEST, NotASubmission
from psm_course.registrar.answers.hand_in import Receipt, read_hand_in
from psm_course.registrar.answers.pairing import pair_phone
from psm_course.registrar.answers.submitting import Desk
from psm_course.registrar.certificates.keys.keyring import keys_now
from psm_course.settings import Settings
from psm_course.web.answers.intake import Intake
from psm_course.web.answers.request_bodies import BodyReader, TooBusy, TooLarge

ACTOR = "serah-sendiri"  # in the audit log: a hand-in that no officer typed
_SAID = {
    "recorded": "Jawaban sudah masuk ke register",
    "known": "Jawaban ini sudah pernah diterima; tidak dihitung dua kali",
    "held": "Jawaban disimpan dan menunggu keputusan petugas",
    "quarantined": "Jawaban belum diterima",
}
_NO_CARD_OF_OURS = "nomor peserta dan tanda kartu di jawaban ini tidak cocok"
_PAIR = "Pasangkan kartu peserta, lalu serahkan lagi; jawaban tetap tersimpan di ponsel."

_LARGEST_PROOF = 4 * 1024
_LATER = {"Retry-After": "5"}


def routes(desk: Desk, settings: Settings) -> list[Route]:
    """Return the routes that phones use.

    `GET /api/desk` tells a page of the site that this server accepts answers. `POST /api/kartu`
    gets a proof that the phone has read a card, and answers with the name of the card's owner.
    `POST /api/submissions` records one submission and answers with its receipt. `GET /keys.json`
    answers with the present keys, by which phones check receipts. The built site has a file
    `keys.json` too, but its keys may be older.
    """
    intake, bodies = Intake(desk), BodyReader()

    async def listening(_: Request) -> JSONResponse:
        return JSONResponse({"desk": True}, headers={"Cache-Control": "no-store"})

    async def hand_in(request: Request) -> JSONResponse:
        return await _answer(request, _receive(request, bodies, intake))

    async def pair(request: Request) -> JSONResponse:
        return await _answer(request, _pair(request, bodies, desk))

    async def keys(_: Request) -> JSONResponse:
        return await run_in_threadpool(_keys, settings)

    return [
        Route("/keys.json", keys),
        Route("/api/desk", listening),
        Route("/api/submissions", hand_in, methods=["POST"]),
        Route("/api/kartu", pair, methods=["POST"]),
    ]


async def _receive(request: Request, bodies: BodyReader, intake: Intake) -> JSONResponse:
    address = request.client.host if request.client else ""
    body = await bodies.read(request, LARGEST)
    receipt = await intake.receive(read_hand_in(body, ACTOR, datetime.now().astimezone(), address))
    return JSONResponse(
        {
            "receipt": receipt.code or None,
            "standing": receipt.standing,
            "message": _message(receipt),
            "next_attempt": receipt.next_attempt,
            "signed": receipt.signed,
        }
    )


def _keys(settings: Settings) -> JSONResponse:
    try:
        return JSONResponse(keys_now(settings), headers={"Cache-Control": "no-cache"})
    except Refused as error:
        return _refused(503, str(error))


async def _pair(request: Request, bodies: BodyReader, desk: Desk) -> JSONResponse:
    """Tell a phone the name of a card's owner, and the number of the next attempt at each test.

    The phone sends a proof that it knows the secret code on the card; it never sends the code
    itself.
    """
    try:
        asked = orjson.loads(await bodies.read(request, _LARGEST_PROOF))
        number, proof = asked["number"], asked["proof"]
    except (orjson.JSONDecodeError, KeyError, TypeError, TooLarge):
        return _refused(
            400, "Permintaan ini tidak dimengerti. Muat ulang halamannya, lalu coba lagi."
        )
    paired = await run_in_threadpool(pair_phone, desk, str(number), str(proof))
    return JSONResponse(
        {"name": paired.name, "next_attempts": paired.next_attempts},
        headers={"Cache-Control": "no-store"},
    )


async def _answer(request: Request, asked: Coroutine[Any, Any, JSONResponse]) -> JSONResponse:
    """Return the response of the coroutine `asked`, which handles a request of a phone.

    If the coroutine fails, the response has an error status and a sentence about the error. A
    request whose content type is not `application/json` gets status 415.
    """
    # A page of another site can send a form or plain text here, but not this type.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        # Otherwise Python warns of a coroutine that was never awaited.
        asked.close()
        return _refused(415, "Kirim jawaban sebagai application/json.")
    try:
        return await asked
    except ClientDisconnect:
        return _refused(400, "Sambungan terputus sebelum jawaban lengkap. Kirim lagi.")
    except TooLarge:
        return _refused(413, "Jawaban ini lebih besar dari 1 MB.")
    except NotASubmission as error:
        return _refused(400, f"{error}. Jawaban belum disimpan.")
    except Refused as error:
        return _refused(403, str(error))
    except TooBusy as error:
        return _refused(503, str(error), **_LATER)
    except StoreError as error:
        return _refused(503, f"{error} Jawaban tetap tersimpan di ponsel.", **_LATER)


def _message(receipt: Receipt) -> str:
    said = _SAID[receipt.standing]
    # The same whether the number or the card is wrong: a stranger need not know which.
    if receipt.standing == "quarantined":
        return f"{said}: {_NO_CARD_OF_OURS}. {_PAIR}"
    return f"{said}: {receipt.reason}." if receipt.reason else f"{said}."


def _refused(status: int, sentence: str, **headers: str) -> JSONResponse:
    return JSONResponse(
        {"error": sentence[:1].upper() + sentence[1:]}, status_code=status, headers=headers
    )
