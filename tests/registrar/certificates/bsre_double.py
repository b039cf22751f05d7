"""BSrE's eSign service as its public shape has it, on the loopback: signs with a certificate of its
own, or misbehaves as told.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.registrar.certificates.signing_client import signed

USER, PASSWORD, PASSPHRASE = "dinsos", "sandi-layanan", "frasa-pejabat"
Answer = tuple[int, Any]


class Service(ThreadingHTTPServer):
    """`asked`: every request body. `behave`: what to answer instead, given the body; None answers
    as it should.
    """

    daemon_threads = True
    behave: Callable[[dict[str, Any]], Answer | None]
    asked: list[dict[str, Any]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body | {"path": self.path})
        status, answer = self._answer(body)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(self, body: dict[str, Any]) -> Answer:
        expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers["Authorization"] != expected:
            return 401, {"error": "Unauthorized"}
        told = self.server.behave(body)
        if told is not None:
            return told
        if body["passphrase"] != PASSPHRASE:
            return 400, {"status_code": 2031, "error": "Passphrase anda salah"}
        files = [base64.b64encode(signed(base64.b64decode(each))).decode() for each in body["file"]]
        return 200, {"time": 860, "file": files}

    def log_message(self, *_: object) -> None:
        """Said by nobody: a test prints nothing."""


@contextmanager
def service(
    behave: Callable[[dict[str, Any]], Answer | None] = lambda _: None,
) -> Iterator[Service]:
    with Service(("127.0.0.1", 0), _Handler) as running:
        running.behave, running.asked = behave, []
        thread = Thread(target=running.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def silence(_: dict[str, Any]) -> None:
    time.sleep(1.5)
