"""Running the office's servers: one for this machine, and beside it one for the hall, until somebody says stop."""

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
from psm_course.store.sqlite import now_and_then, rescue
from psm_course.web.hall.doors import Doors
from psm_course.web.hall.incidents import Incidents
from psm_course.web.hall.limits import rooms
from psm_course.web.hall.server import HallServer


@dataclass(frozen=True, slots=True)
class Served:
    """An application as uvicorn runs it, and the sockets it is asked at.

    The one for the hall needs an application of its own: what waits to be written together belongs to one event loop.
    """

    config: uvicorn.Config
    listening: Sequence[socket.socket]
    doors: Doors | None = None  # where else this machine is found while it serves


def serve_until_told(store: Store, here: Served, hall: Served | None = None, incidents: Incidents | None = None) -> None:
    """Serve until told to stop; then let what is being answered end, and whoever sends very slowly go.

    Args:
        store: what the applications work on.
        here: for whoever works at this machine.
        hall: for everybody in its network, in a thread and an event loop of its own: whatever goes on there, the desk is answered.
        incidents: gets what strangers do.
    """
    incidents, share = incidents or Incidents(), rooms(with_hall=hall is not None)
    server = HallServer(here.config, share.here, incidents)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, server.handle_exit)  # the window was closed: uvicorn itself knows of the other signals only
    gc.freeze()  # half a million objects that stay: looking through them again held up every phone for a quarter of a second
    try:
        with now_and_then(store), _beside(server, hall, share.hall, incidents):
            server.run(sockets=list(here.listening))
    finally:
        if saved := rescue(store):
            click.echo(f"Berkas register hilang selagi dipakai. Isinya diselamatkan di {saved}. Hubungi pengelola.", err=True)


@contextmanager
def _beside(server: HallServer, hall: Served | None, capacity: int, incidents: Incidents) -> Iterator[None]:
    """The hall's server, until the other one stops, which tells it to."""
    if hall is None:
        yield
        return
    other = HallServer(hall.config, capacity, incidents, doors=hall.doors)
    server.stops_also(other)
    thread = Thread(target=other.run, args=(list(hall.listening),), name="hall", daemon=True)
    thread.start()
    try:
        yield
    finally:
        other.should_exit = True  # also where the desk's server broke
        thread.join()
        if hall.doors:
            hall.doors.close()
