"""Group commit: submissions that arrive during one transaction are written together afterwards."""

import asyncio

from starlette.concurrency import run_in_threadpool

from psm_course.registrar.answers.hand_in import HandIn, Receipt
from psm_course.registrar.answers.submitting import TOGETHER, Desk
from psm_course.web.answers.request_bodies import TooBusy

# Maximum total size of queued documents, in characters: some
# thousands of hand-ins, which take a few seconds to write.
ROOM = 16 * 1024 * 1024


class Intake:
    """Queue of submissions that wait to be written. Use it in one event loop only.

    `room` is the maximum total length of the documents in the queue, in characters. The task that
    writes the submissions runs only while the queue is not empty.
    """

    def __init__(self, desk: Desk, room: int = ROOM) -> None:
        self._desk = desk
        self._room = room
        self._waiting: list[tuple[HandIn, asyncio.Future[Receipt]]] = []
        self._taken = 0
        self._writer: asyncio.Task[None] | None = None

    async def receive(self, hand_in: HandIn) -> Receipt:
        """Queue one submission, and return its receipt as soon as it is in the register.

        Raises:
            TooBusy: the queue would have more than `room` characters with this submission.
            StoreError: the register cannot be written.
        """
        size = len(hand_in.document)
        if self._taken + size > self._room:
            raise TooBusy
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append((hand_in, answer))
        self._taken += size
        try:
            if self._writer is None or self._writer.done():
                self._writer = asyncio.create_task(self._write())
            return await answer
        finally:
            self._taken -= size

    async def _write(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                receipts = await run_in_threadpool(
                    self._desk.record, [hand_in for hand_in, _ in together]
                )
            except Exception as error:  # the same for all: the transaction is all or nothing
                for _, answer in together:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for (_, answer), receipt in zip(together, receipts, strict=True):
                    # The phone may have gone meanwhile; its hand-in is kept all the same.
                    if not answer.done():
                        answer.set_result(receipt)
