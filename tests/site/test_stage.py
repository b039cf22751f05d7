"""The web server for tests tells of what goes wrong in it, but not of a browser that went away."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.site.stage import QuietServer


class Failing(QuietServer):
    """Every answer ends with this."""

    wrong: Exception

    def finish_request(self, *_: Any) -> None:
        raise self.wrong


@pytest.mark.parametrize(
    ("wrong", "is_told"),
    [
        (BrokenPipeError("gone"), False),
        (ConnectionResetError("gone"), False),
        (ValueError("a mistake"), True),
    ],
)
def test_a_browser_that_went_away_is_not_told_of(
    wrong: Exception, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    browser, ours = socket.socketpair()
    with browser, Failing(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.wrong = wrong
        server.process_request_thread(ours, ("127.0.0.1", 1))

    said = capsys.readouterr().err
    assert ("a mistake" in said, said != "") == (is_told, is_told)
