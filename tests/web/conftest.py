"""An office with one empty cohort, the repository's own course, and people who ask over HTTP:
anybody, and each role signed in.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import uvicorn
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from psm_course.content.course import Course, read_course
from psm_course.domain.accounts import Account, Role
from psm_course.registrar.accounts.signing_in import _digest
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.settings import Settings
from psm_course.store import accounts
from psm_course.store.engine import Store
from psm_course.web.accounts.signing_in.page import COOKIE
from psm_course.web.app import make_app
from tests.arranged import arranged
from tests.conftest import ROOT
from tests.register_builders import NOW, a_card_secret, arranging, enrols

HERE = "http://127.0.0.1:8765"


class Visitor(TestClient):
    """A browser at the desk. `token` is what its forms carry; `fill_in` sends a form of ours."""

    token = ""

    def fill_in(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> Response:
        return cast(
            "Response",
            self.post(
                path, data={"kunci": self.token} | (fields or {}), follow_redirects=False, **options
            ),
        )


SignedIn = Callable[..., Visitor]


@pytest.fixture(scope="package")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture
def store(store: Store, course: Course) -> Store:
    arranged(store, an_empty_cohort, course)
    return store


def an_empty_cohort(store: Store, course: Course) -> None:
    """D26, over by the real clock of the pages."""
    open_cohort(store, "D26", "Angkatan D26", date(2025, 12, 2), "uji", NOW, course)


# ---- people who are there before anybody asks: these come before `client`, because its application
# writes into the register, too


@pytest.fixture
def siti(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Siti in D26."""
    arranged(store, siti_enrolled, course, tmp_path_factory.getbasetemp())


def siti_enrolled(store: Store, _course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti", "Beji"))


@pytest.fixture
def siti_and_rini(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Siti and Rini in D26."""
    arranged(store, both_enrolled, course, tmp_path_factory.getbasetemp())


def both_enrolled(store: Store, _course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti", "Beji"), ("Rini", "Limo"))


# ---- who asks ------------------------------------------------------------------------------------


@pytest.fixture
def client(tmp_path: Path, course: Course, store: Store) -> Visitor:
    """Somebody who has not signed in."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>Situs</p>", encoding="utf-8")
    a_card_secret(tmp_path)
    return Visitor(make_app(Settings(root=ROOT, data=tmp_path), store), base_url=HERE)


def a_cookie(
    store: Store, name: str, role: Role = "petugas", cohorts: Iterable[str] = (), minutes: int = 60
) -> tuple[str, str]:
    """The cookie and the form token of a new account that is signed in, without the half second
    that a password takes.
    """
    cookie = f"{secrets.token_urlsafe(32)}.{int(datetime.now(UTC).timestamp())}"
    with arranging(store) as tx:
        accounts.add_account(
            tx, Account(name, role, cohorts=frozenset(cohorts)), "no password opens this"
        )
        accounts.add_sign_in(
            tx,
            _digest(cookie),
            name,
            f"token-{name}",
            datetime.now(UTC) + timedelta(minutes=minutes),
        )
    return cookie, f"token-{name}"


@pytest.fixture
def signed_in(client: Visitor, store: Store) -> SignedIn:
    """Another browser, signed in with a new account of this role."""

    def sign_in(
        role: Role = "petugas", *cohorts: str, name: str = "", minutes: int = 60
    ) -> Visitor:
        visitor = Visitor(client.app, base_url=HERE)
        cookie, visitor.token = a_cookie(store, name or role, role, cohorts, minutes)
        visitor.cookies.set(COOKIE, cookie)
        return visitor

    return sign_in


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The application on a free port of this machine while the block runs; its address. For tests
    with a real browser.
    """
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
    (listening,) = server.servers[0].sockets
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def officer(signed_in: SignedIn) -> Visitor:
    return signed_in("petugas")
