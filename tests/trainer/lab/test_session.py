"""Where the browser is sent: to our own server, once it answers, and never to another that was
quicker with the port.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from psm_course.errors import Refused
from psm_course.trainer.lab.session import address_of

TOKEN = "kunci-kami"  # noqa: S105 - of a server of our own in this file


class OneToken(BaseHTTPRequestHandler):
    """Knows one token, as JupyterLab does."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path.endswith(f"token={TOKEN}") else 403)
        self.end_headers()

    # The name that the library gave it.
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), OneToken) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def started(place: Path, url: str, token: str, seconds: float) -> subprocess.Popen[bytes]:
    """A server's process that has said where it is, and leaves after a while."""
    (place / "runtime").mkdir()
    (place / "runtime" / "jpserver-1.json").write_text(
        json.dumps({"url": url, "token": token}), encoding="utf-8"
    )
    (place / "catatan.txt").write_text("The port is already in use.\n", encoding="utf-8")
    return subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])


def test_the_browser_is_sent_to_the_lesson_once_the_server_answers(
    tmp_path: Path, url: str
) -> None:
    with started(tmp_path, url, TOKEN, 60) as process:
        address = address_of(process, tmp_path, "modules/a.ipynb")
        process.kill()

    assert address == f"{url}lab/tree/modules/a.ipynb?token={TOKEN}"


def test_a_port_that_another_server_took_is_no_address(tmp_path: Path, url: str) -> None:
    with (
        started(tmp_path, url, "kunci-lain", 0.5) as process,
        pytest.raises(Refused, match="JupyterLab tidak dapat dibuka"),
    ):
        address_of(process, tmp_path, "modules/a.ipynb")
