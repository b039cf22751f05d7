"""The desk's pages as an officer waits for them: the real application, a real connection, somebody
signed in, the whole page read.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import uvicorn

from psm_course.cli.office.serve import own_port
from psm_course.registrar.accounts.accounts import add_account
from psm_course.registrar.accounts.signing_in import Browser, sign_in
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from tests.bench.full_register import ROOT
from tests.register_builders import a_card_secret

Ask = Callable[[str], bytes]


@contextmanager
def officer(store: Store) -> Iterator[Ask]:
    """Asks the desk for pages while the block runs.
    The desk runs in this process, so that its processor time is ours.
    """
    with TemporaryDirectory() as folder:
        a_card_secret(
            Path(folder)
        )  # always the same, so that a register can be measured again and again
        yield from _asking(store, Path(folder))


def _asking(store: Store, data: Path) -> Iterator[Ask]:
    cookie = _signed_in(store)
    listening = own_port(0)
    app = make_app(Settings(root=ROOT, data=data), store)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    connection = HTTPConnection(*listening.getsockname())

    def ask(path: str) -> bytes:
        connection.request("GET", path, headers={"Cookie": f"{COOKIE}={cookie}"})
        answer = connection.getresponse()
        page = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return page

    try:
        yield ask
    finally:
        connection.close()
        server.should_exit = True
        thread.join()


def _signed_in(store: Store) -> str:
    """The cookie of a new account, so that a register can be measured again and again."""
    name, password, now = (
        f"bench-{secrets.token_hex(4)}",
        secrets.token_urlsafe(16),
        datetime.now(UTC),
    )
    add_account(store, name, "petugas", (), password, "bench", now)
    return sign_in(store, name, password, Browser("127.0.0.1"), now).cookie
