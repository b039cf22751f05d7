"""Checks and headers for every request and every answer.

Written for ASGI directly. Starlette's base class for middleware starts tasks and streams for each
request, which took more time than recording a submission.
"""

import re
from collections.abc import Callable, Container, Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from psm_course.web.hall.hall_addresses import LOOPBACK
from psm_course.web.request_context import render

_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


class OwnHostsOnly:
    """Answers only requests for one of the host names in `hosts`; any other request gets 400.

    The desk shows names of people. Without this check, another site could point its own host name
    at this machine and read the pages.
    """

    def __init__(self, app: ASGIApp, hosts: Container[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host_name(Request(scope)) not in self.hosts:
            refusal = render(
                "pesan.html",
                400,
                title="Alamat tidak dikenal",
                message="Buka halaman ini lewat alamat yang ditulis psm serve.",
                link=None,
            )
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class UsualHeaders:
    """Adds headers to every answer. A header that the answer sets itself is not replaced.

    `usual` is a function that returns the headers for a request.
    """

    def __init__(self, app: ASGIApp, usual: Callable[[Request], Mapping[str, str]]) -> None:
        self.app = app
        self.usual = usual

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.usual(Request(scope)).items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _host_name(request: Request) -> str:
    """Return the host in the request without its port; empty if missing, invalid or given twice."""
    given = request.headers.getlist("host")
    found = _HOST.fullmatch(given[0].casefold()) if len(given) == 1 else None
    return found[1] if found else ""
