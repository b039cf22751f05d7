"""Group commit: what waits is written together; who cannot be served is told and loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from dirty_equals import Contains
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import event
from starlette.requests import Request
from starlette.testclient import TestClient

from psm_course.content.course import Course
from psm_course.errors import StoreError
from psm_course.grading.submission import LARGEST
from psm_course.registrar.answers.hand_in import HandIn, Receipt, read_hand_in
from psm_course.registrar.answers.submitting import Desk
from psm_course.store.engine import Store
from psm_course.web.answers.intake import Intake
from psm_course.web.answers.request_bodies import FREE, BodyReader, TooBusy
from tests import own_loop
from tests.register_builders import CARDS, NOW, a_hand_in, register_of, signed

pytestmark = pytest.mark.usefixtures("siti")
BUSY = Contains("Sedang banyak yang menyerahkan", "tetap tersimpan di ponsel")


@pytest.fixture
def desk(store: Store, course: Course) -> Desk:
    return Desk(store, course.quizzes, CARDS)


def hand_ins(count: int) -> list[HandIn]:
    return [
        read_hand_in(
            signed(a_hand_in("D26-001", id=f"nomor-{number}", attempt=number + 1)).encode(),
            "uji",
            NOW,
        )
        for number in range(count)
    ]


def at_once(*waiting: Coroutine[Any, Any, Receipt]) -> list[Receipt | BaseException]:
    async def together() -> list[Receipt | BaseException]:
        return await asyncio.gather(*waiting, return_exceptions=True)

    return own_loop.run(together())


def kept(store: Store) -> list[str]:
    return [row[1] for row in register_of(store)["attempt"]]


def test_those_who_come_at_once_share_a_transaction_and_each_gets_the_own_receipt(
    desk: Desk, store: Store
) -> None:
    commits: list[int] = []
    event.listen(store.engine, "commit", lambda _: commits.append(1))
    waiting, intake = hand_ins(40), Intake(desk)

    receipts = at_once(*(intake.receive(each) for each in waiting))

    assert [each.code for each in receipts if isinstance(each, Receipt)] == [
        each.code for each in waiting
    ]
    assert len(commits) == 1
    assert kept(store) == [each.submission.id for each in waiting]


def test_when_no_room_is_left_the_next_is_asked_to_come_again_and_then_gets_in(
    desk: Desk, store: Store
) -> None:
    one, two, three = hand_ins(3)
    intake = Intake(desk, room=len(one.document) + len(two.document))

    first, second, third = at_once(*(intake.receive(each) for each in (one, two, three)))
    again = at_once(intake.receive(three))

    assert [isinstance(each, Receipt) for each in (first, second)] == [True, True]
    assert type(third) is TooBusy
    assert str(third) == BUSY
    assert [each.standing for each in again if isinstance(each, Receipt)] == ["recorded"]
    assert kept(store) == ["nomor-0", "nomor-1", "nomor-2"]


@contextmanager
def away(store: Store) -> Iterator[None]:
    """While the block runs, the register cannot take in an outcome."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outcome RENAME TO outcome_away")
    try:
        yield
    finally:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE outcome_away RENAME TO outcome")


def test_when_the_register_cannot_be_written_all_who_wait_are_told(
    desk: Desk, store: Store
) -> None:
    intake = Intake(desk)

    with away(store):
        answers = at_once(*(intake.receive(each) for each in hand_ins(3)))
    again = at_once(*(intake.receive(each) for each in hand_ins(3)))

    assert [type(each) for each in answers] == [StoreError] * 3
    assert [each.standing for each in again if isinstance(each, Receipt)] == ["recorded"] * 3


def test_the_hand_in_of_a_phone_that_hung_up_is_kept(desk: Desk, store: Store) -> None:
    async def hangs_up() -> None:
        intake = Intake(desk)
        one, two = hand_ins(2)
        first, second = (asyncio.create_task(intake.receive(each)) for each in (one, two))
        await asyncio.sleep(0)
        first.cancel()
        assert (await second).standing == "recorded"

    own_loop.run(hangs_up())

    assert kept(store) == ["nomor-0", "nomor-1"]


# ---- over HTTP -----------------------------------------------------------------------------------


def test_a_crowd_of_huge_documents_is_partly_sent_away_and_nothing_breaks(
    client: TestClient, store: Store
) -> None:
    """Twenty documents of almost a megabyte each are more than may wait. Signed with a card: no
    budget is put on those.
    """
    documents = [
        signed(
            a_hand_in(
                "D26-001",
                responses={"x": "a" * (LARGEST - 1000)},
                id=f"nomor-{number}",
                attempt=number + 1,
            )
        ).encode()
        for number in range(20)
    ]

    async def crowd() -> list[Any]:
        async with AsyncClient(
            transport=ASGITransport(client.app), base_url="http://127.0.0.1"
        ) as phone:
            kind = {"Content-Type": "application/json"}
            return await asyncio.gather(
                *(phone.post("/api/submissions", content=each, headers=kind) for each in documents)
            )

    answers = own_loop.run(crowd())

    away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert [(answer.json(), answer.headers["retry-after"]) for answer in away] == [
        ({"error": BUSY}, "5")
    ] * len(away)
    assert len(register_of(store)["submission"]) == 20 - len(away)


def test_a_register_that_cannot_be_written_is_said_and_the_phone_keeps_its_document(
    client: TestClient, store: Store
) -> None:
    with away(store):
        answer = client.post(
            "/api/submissions",
            content=signed(a_hand_in("D26-001")),
            headers={"Content-Type": "application/json"},
        )

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    said = answer.json()["error"]
    assert said == Contains("dibaca atau ditulis (", "tetap tersimpan di ponsel")


class Half:
    """A request whose body comes as far as it is let, and then waits."""

    def __init__(self, size: int) -> None:
        self._parts = [b"x" * size, b""]
        self.goes_on = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        part = self._parts.pop(0)
        if not part:
            await self.goes_on.wait()
        return {"type": "http.request", "body": part, "more_body": bool(part)}

    def read_by(self, bodies: BodyReader) -> Coroutine[Any, Any, bytes]:
        return bodies.read(Request({"type": "http", "headers": []}, self.receive), LARGEST)


def test_large_bodies_that_do_not_come_whole_share_a_room_and_usual_ones_need_none() -> None:
    async def crowd() -> tuple[bytes, list[int], list[bytes]]:
        bodies = BodyReader(room=1_000_000)
        halves = [Half(FREE + 400_000) for _ in range(2)]
        arriving = [asyncio.create_task(half.read_by(bodies)) for half in halves]
        await asyncio.sleep(0)
        third, usual = Half(FREE + 400_000), Half(FREE)
        third.goes_on.set()
        usual.goes_on.set()
        with pytest.raises(TooBusy) as refused:
            await third.read_by(bodies)
        assert str(refused.value) == BUSY
        small = await usual.read_by(bodies)
        for half in halves:
            half.goes_on.set()
        came = [len(each) for each in await asyncio.gather(*arriving)]
        later = Half(FREE + 900_000)
        later.goes_on.set()
        return small, came, [await later.read_by(bodies)]

    small, came, later = own_loop.run(crowd())

    assert (len(small), came, len(later[0])) == (FREE, [FREE + 400_000] * 2, FREE + 900_000)
