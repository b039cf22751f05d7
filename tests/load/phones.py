"""Many phones that hand in over real connections, and what each of them was answered."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from psm_course.content.quiz import Quiz
from psm_course.domain.card import mac_key
from psm_course.domain.register import Cohort, Enrolment
from psm_course.grading.submission import card_mac
from psm_course.simulate import answers as made_up
from psm_course.store.engine import Store
from psm_course.store.people import cohorts, people
from psm_course.store.people.cards import serials_in
from tests import own_loop
from tests.load.office import post_test
from tests.register_builders import CARDS, a_course, adopts, arranging

_HEAD = (
    "POST /api/submissions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type:"
    " application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one phone was answered; status 0: the connection broke before it was."""

    id: str
    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def is_receipt(self) -> bool:
        return self.status == 200


@dataclass(frozen=True, slots=True)
class Phone:
    """A document on a phone, and the moment (in seconds) at which it is handed in."""

    id: str
    document: bytes
    at: float = 0.0


def enrolled(
    store: Store, count: int, quiz: Quiz | None = None, cohort: str = "D26"
) -> dict[str, str]:
    """A cohort of made-up numbers, each with the code of its card; it is asked the course's own
    post-test unless another is named.
    """
    with arranging(store) as tx:
        cohorts.add_cohort(
            tx, Cohort(cohort, f"Angkatan {cohort}", date(2026, 12, 1), course="bimtek")
        )
        people.add_enrolments(
            tx,
            [
                Enrolment(f"{cohort}-{n:04}", cohort, f"Orang {n}", "32.76.01.1006")
                for n in range(1, count + 1)
            ],
        )
        codes = {
            number: CARDS.code(number, serial) for number, serial in serials_in(tx, cohort).items()
        }
    adopts(store, a_course(quiz or post_test()), cohort)
    return codes


def documents(codes: dict[str, str], quiz: Quiz | None = None) -> list[bytes]:
    """What each phone holds after a test (the course's own post-test unless another is named): its
    draw answered, the MAC of its card.
    """
    phone, random = made_up.Phone(quiz or post_test()), Random(1)  # noqa: S311 - a fixed load
    bare = [phone.document(number, 0.8, random, datetime.now(UTC)) for number in codes]
    return [
        json.dumps(each | {"mac": card_mac(mac_key(codes[each["participant"]]), each)}).encode()
        for each in bare
    ]


def spread(held: Sequence[bytes], within: float) -> list[Phone]:
    """Phones that hand in one after the other;
    every tenth does it twice at the same moment, as an impatient thumb does.
    """
    step = within / len(held)
    once = [
        Phone(json.loads(document)["id"], document, index * step)
        for index, document in enumerate(held)
    ]
    return once + once[::10]


def hand_in_all(
    ports: int | Sequence[int],
    phones: Sequence[Phone],
    after: int = 0,
    happens: Callable[[], None] = lambda: None,
    host: str = "127.0.0.1",
    come_from: Sequence[str] = (),
) -> list[Answer]:
    """Every phone's answer, in the order of the phones. When `after` of them have been answered,
    something `happens` beside the rest.

    However slow the machine is, it does not come too late:
    the last tenth of the phones wait for it.

    Args:
        ports: of the office; or of several programs of one office, among which the phones are dealt
            out.
        phones: with what they hold.
        after: so many answers.
        happens: called then.
        host: the address at which the office is asked.
        come_from: addresses of the phones, dealt out among them; empty: what the system chooses.
    """
    doors = itertools.cycle([ports] if isinstance(ports, int) else ports)
    homes = itertools.cycle([(each, 0) for each in come_from] or [None])

    async def hand_in_all_at_once() -> list[Answer]:
        incident = asyncio.create_task(_once_counted(answered, after, happens))
        waits = [None] * (len(phones) * 9 // 10) + [incident] * len(phones)
        each = zip(phones, doors, homes, waits, strict=False)
        answers = await asyncio.gather(
            *(
                _hand_in((host, door), phone, answered, home, first)
                for phone, door, home, first in each
            )
        )
        await incident
        return list(answers)

    answered: list[str] = []
    return own_loop.run(hand_in_all_at_once())


async def _once_counted(answered: list[str], count: int, happens: Callable[[], None]) -> None:
    while len(answered) < count:
        await asyncio.sleep(0.005)
    await asyncio.to_thread(happens)


async def _hand_in(
    office: tuple[str, int],
    phone: Phone,
    answered: list[str],
    home: tuple[str, int] | None,
    first: asyncio.Task[None] | None,
) -> Answer:
    await asyncio.sleep(phone.at)
    if first is not None:
        await first
    answer = await _answer(office, phone, home)
    answered.append(phone.id)
    return answer


async def _answer(office: tuple[str, int], phone: Phone, home: tuple[str, int] | None) -> Answer:
    start = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection(*office, local_addr=home)
        writer.write(_HEAD.format(len(phone.document)).encode() + phone.document)
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        return Answer(phone.id, int(head.split()[1]), json.loads(body), time.perf_counter() - start)
    except (OSError, IndexError, ValueError):
        return Answer(phone.id, 0, {}, time.perf_counter() - start)
