"""How often a program waits for its database server:
what it sends and what comes back, seen from between the two.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

from psm_course.store.engine import Store
from psm_course.store.opening import open_server

_SOCKET = ".s.PGSQL.5432"


@contextmanager
def counted(store: Store) -> Iterator[tuple[Store, list[None]]]:
    """The same register on its server, and a list that grows by one
    with every answer that somebody waited for.
    """
    url, trips = store.engine.url, list[None]()
    # A socket's path has to be short, so not below pytest's own folder.
    folder = Path(mkdtemp(prefix="psm-rt-"))
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / _SOCKET))
        listening.listen()
        server = f"{url.query['host']}/{_SOCKET}"
        Thread(target=_pass_on_all, args=(listening, server, trips), daemon=True).start()
        with closing(
            open_server(str(url.update_query_dict({"host": str(folder)})), store.office)
        ) as counting:
            yield counting, trips
    shutil.rmtree(folder)


def _pass_on_all(listening: socket.socket, server: str, trips: list[None]) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:  # the test is over
            return
        behind, is_asked = socket.socket(socket.AF_UNIX), list[None]()
        behind.connect(server)
        Thread(
            target=_pass_on,
            args=(client, behind, lambda asked=is_asked: asked.append(None)),
            daemon=True,
        ).start()
        Thread(
            target=_pass_on,
            args=(behind, client, lambda asked=is_asked: _count(asked, trips)),
            daemon=True,
        ).start()


def _count(asked: list[None], trips: list[None]) -> None:
    if asked:
        asked.clear()
        trips.append(None)


def _pass_on(source: socket.socket, target: socket.socket, note: Callable[[], None]) -> None:
    """Until one of the two hangs up. Each thread closes only what it reads:
    the other one may be reading from `target`.
    """
    with suppress(OSError):
        while said := source.recv(1 << 16):
            note()
            target.sendall(said)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
    source.close()
