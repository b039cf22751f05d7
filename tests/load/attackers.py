"""What a hostile hall does, in a process of its own: `python -m tests.load.attackers PORT SECONDS
ADDRESSES` prints how often as JSON.

Half-open connections, a flood of junk and wrong passwords for an officer,
from as many addresses of 127.0.0.0/8.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random
from urllib.parse import urlencode

from tests.load.hall import HALL

OFFICER = "siti"
_HALF = b"POST /api/submissions HTTP/1.1\r\nHost: 127.0.0.2\r\n"
_HALVES = (
    b"",
    _HALF,
    _HALF + b"Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n" + b"x" * 60_000,
)
_SUBMISSION = {
    "format": "psm-submission/1",
    "quiz": "tes-akhir",
    "attempt": 1,
    "responses": {},
    "started_at": None,
    "finished_at": None,
}


class Crowd:
    """Everybody in the hall who means harm. Lives in one event loop."""

    def __init__(self, port: int, seconds: float, addresses: int) -> None:
        self._port = port
        self._until = time.monotonic() + seconds
        self._addresses = addresses
        self._random = Random(1)  # noqa: S311 - the same every time
        self.did: Counter[str] = Counter()

    async def attack(self) -> None:
        """All at once, each again and again."""
        halves = [partial(self._wait_half_open, said) for _ in range(70) for said in _HALVES]
        await asyncio.gather(
            *map(self._go_on, [*halves, *[self._send_junk] * 4, *[self._guess] * 2])
        )

    async def _go_on(self, deed: Callable[[], Awaitable[None]]) -> None:
        while time.monotonic() < self._until:
            try:
                await asyncio.wait_for(deed(), 20)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                self.did["turned away"] += 1
            await asyncio.sleep(0.05)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        number = self._random.randrange(self._addresses)
        return await asyncio.open_connection(
            HALL, self._port, local_addr=(f"127.66.{number // 250}.{number % 250 + 1}", 0)
        )

    async def _wait_half_open(self, said: bytes) -> None:
        """Say a part of a request and wait until somebody puts an end to it."""
        reader, writer = await self._connected()
        writer.write(said)
        self.did["half-open connections"] += 1
        left = self._until - time.monotonic()
        try:
            await asyncio.wait_for(reader.read(), max(left, 0.01))
        except TimeoutError:
            return
        finally:
            writer.transport.abort()

    async def _send_junk(self) -> None:
        made_up = json.dumps(
            _SUBMISSION
            | {
                "id": f"palsu-{self._random.random()}",
                "participant": "D26-0001",
                "mac": "0" * 64,
            }
        ).encode()
        stranger = json.dumps(
            _SUBMISSION | {"id": f"asing-{self._random.random()}", "participant": "X99-001"}
        ).encode()
        without_card = json.dumps(
            _SUBMISSION | {"id": f"tanpa-{self._random.random()}", "participant": "D26-0002"}
        ).encode()
        junk = (
            made_up,
            stranger,
            without_card,
            b"{" * 900_000,
            self._random.randbytes(2000),
            b"[" * 5000,
            b"x" * 1_200_000,
        )
        await self._post("/api/submissions", "application/json", self._random.choice(junk))
        self.did["pieces of junk"] += 1

    async def _guess(self) -> None:
        """A password for the officer, through the form, as a browser sends it."""
        page = await self._ask(
            b"GET /masuk HTTP/1.1\r\nHost: 127.0.0.2\r\nConnection: close\r\n\r\n"
        )
        token = re.search(rb'name="kunci" value="([^"]+)"', page)
        cookie = re.search(rb"set-cookie: ([^;]+)", page, re.IGNORECASE)
        if token and cookie:
            form = urlencode(
                {
                    "kunci": token[1].decode(),
                    "nama": OFFICER,
                    "sandi": f"tebakan {self.did['wrong passwords']}",
                }
            ).encode()
            await self._post(
                "/masuk",
                "application/x-www-form-urlencoded",
                form,
                f"Cookie: {cookie[1].decode()}\r\n",
            )
            self.did["wrong passwords"] += 1

    async def _post(self, path: str, kind: str, body: bytes, more: str = "") -> bytes:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.2\r\nContent-Type: {kind}\r\nContent-Length:"
            f" {len(body)}\r\nConnection: close\r\n"
        )
        return await self._ask(f"{head}{more}\r\n".encode() + body)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await self._connected()
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.transport.abort()


def main() -> None:
    crowd = Crowd(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
    asyncio.run(crowd.attack())
    print(json.dumps(crowd.did))


if __name__ == "__main__":
    main()
