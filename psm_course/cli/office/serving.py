"""Runs the office's servers until told to stop: one for this machine, and one for the hall."""

import gc
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

import click
import uvicorn

from psm_course.store.engine import Store
from psm_course.store.sqlite import checkpoint_regularly, rescue
from psm_course.web.hall.hall_addresses import HallAddresses
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.limits import rooms, use_one_arena
from psm_course.web.hall.server import HallServer


@dataclass(frozen=True, slots=True)
class Served:
    """An application for uvicorn, and the sockets that it listens on.

    The course room (the hall) needs an application of its own, because the queue of submissions
    that wait to be written belongs to one event loop.
    """

    config: uvicorn.Config
    listening: Sequence[socket.socket]
    addresses: HallAddresses | None = None  # where else this machine is found while it serves


def serve_until_told(
    store: Store, here: Served, hall: Served | None = None, incidents: Incidents | None = None
) -> None:
    """Serve until told to stop; then finish open requests, except those of very slow clients.

    Args:
        store: the register of the applications.
        here: the application for the person at this machine.
        hall: the application for everybody in the network of the course room. It gets a thread and
            an event loop of its own, so that the desk answers whatever happens in the hall. None:
            no hall.
        incidents: collects events such as wrong passwords; None: they are printed nowhere.
    """
    # Before the first thread begins: that thread might get a heap of its own.
    use_one_arena()
    incidents, share = incidents or Incidents(), rooms(with_hall=hall is not None)
    server = HallServer(here.config, share.here, incidents)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # The window was closed: uvicorn itself knows of the other signals only.
        signal.signal(signal.SIGHUP, server.handle_exit)
    # Half a million objects that stay: looking through them again held up every phone
    # for a quarter of a second.
    gc.freeze()
    try:
        with checkpoint_regularly(store), _beside(server, hall, share.hall, incidents):
            server.run(sockets=list(here.listening))
    finally:
        if saved := rescue(store):
            click.echo(
                f"Berkas register hilang selagi dipakai. Isinya diselamatkan di {saved}. Hubungi"
                " pengelola.",
                err=True,
            )


@contextmanager
def _beside(
    server: HallServer, hall: Served | None, capacity: int, incidents: Incidents
) -> Iterator[None]:
    """Run the hall's server in a thread while the block runs; stop this server at the end.

    Args:
        server: the server for this machine itself.
        hall: the application for the hall; None: nothing is done.
        capacity: number of connections from the hall that may be open at the same time.
        incidents: collects events such as wrong passwords.
    """
    if hall is None:
        yield
        return
    other = HallServer(hall.config, capacity, incidents, addresses=hall.addresses)
    server.stops_also(other)
    thread = Thread(target=other.run, args=(list(hall.listening),), name="hall", daemon=True)
    thread.start()
    try:
        yield
    finally:
        other.should_exit = True  # also where the desk's server broke
        thread.join()
        if hall.addresses:
            hall.addresses.close()
