"""Behind a proxy: who asks is whom a trusted proxy names last; whoever writes such headers himself
is not believed.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from psm_course.errors import Refused
from psm_course.web.hall.proxied import BehindProxy, Proxies

CADDY, INNER = "10.0.0.2", "10.0.0.3"
TRUSTED = Proxies(f"{CADDY}, {INNER}")


async def who_asks(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    await PlainTextResponse(
        f"{request.url.scheme} {request.client.host if request.client else ''}"
    )(scope, receive, send)


def answered(peer: str, *headers: tuple[str, str], is_only_way: bool = False) -> tuple[int, str]:
    """Status and text of the answer to somebody who connects from an address."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "scheme": "http",
        "headers": raw,
        "client": (peer, 1234),
    }
    scope |= {"server": ("127.0.0.1", 80), "query_string": b""}
    proxied: Any = BehindProxy(who_asks, TRUSTED, is_only_way)
    asyncio.run(proxied(scope, None, send))
    return sent[0]["status"], sent[1]["body"].decode()


@pytest.mark.parametrize(
    ("peer", "forwarded", "asks"),
    [
        (CADDY, "203.0.113.7", "203.0.113.7"),
        (CADDY, "203.0.113.7:5123", "203.0.113.7"),
        (CADDY, "[2001:db8::7]:5123", "2001:db8::7"),
        (
            CADDY,
            "198.51.100.1, 203.0.113.7",
            "203.0.113.7",
        ),  # what stands before it the client wrote himself
        (CADDY, "127.0.0.1, 203.0.113.7", "203.0.113.7"),
        (CADDY, f"198.51.100.1, 203.0.113.7, {INNER}", "203.0.113.7"),
        (CADDY, f"198.51.100.1, tidak-ada, {INNER}", INNER),
        (CADDY, "<script>", CADDY),
        (CADDY, "x" * 60_000, CADDY),
        (CADDY, "", CADDY),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
    ],
)
def test_who_asks_is_whom_the_last_trusted_proxy_heard(
    peer: str, forwarded: str, asks: str
) -> None:
    assert answered(peer, ("x-forwarded-for", forwarded)) == (200, f"http {asks}")


def test_several_headers_are_one_list() -> None:
    assert answered(
        CADDY, ("x-forwarded-for", "198.51.100.1"), ("x-forwarded-for", "203.0.113.7")
    ) == (200, "http 203.0.113.7")


@pytest.mark.parametrize(
    ("peer", "said", "scheme"),
    [
        (CADDY, ["https"], "https"),
        (CADDY, ["http"], "http"),
        (CADDY, ["https", "http"], "http"),
        (CADDY, ["javascript"], "http"),
        ("203.0.113.9", ["https"], "http"),
    ],
)
def test_only_a_proxy_says_whether_it_was_https(peer: str, said: list[str], scheme: str) -> None:
    assert answered(peer, *[("x-forwarded-proto", each) for each in said])[1].split()[0] == scheme


def test_whoever_comes_past_the_proxy_is_sent_to_the_sites_own_address() -> None:
    status, said = answered("203.0.113.9", ("x-forwarded-for", CADDY), is_only_way=True)
    assert status == 403
    assert "lewat alamatnya sendiri" in said
    assert answered(CADDY, ("x-forwarded-for", "203.0.113.7"), is_only_way=True) == (
        200,
        "http 203.0.113.7",
    )
    # Who watches over the server.
    assert answered("127.0.0.1", is_only_way=True) == (200, "http 127.0.0.1")


@pytest.mark.parametrize("written", ["caddy", "10.0.0", "10.0.0.1/99", "127.0.0.1, caddy"])
def test_what_is_no_address_is_said(written: str) -> None:
    with pytest.raises(Refused, match="bukan alamat IP") as refused:
        Proxies(written)

    assert str(refused.value).endswith(": psm serve --behind-proxy 127.0.0.1")


@pytest.mark.parametrize("written", ["0.0.0.0/0", "::/0"])
def test_everybody_is_no_proxy(written: str) -> None:
    with pytest.raises(Refused, match=r"berarti semua orang dipercaya"):
        Proxies(written)
