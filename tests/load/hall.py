"""An office beside a hall, with few file descriptors:
`python -m tests.load.hall [FILES] DATABASE` prints the port.

It answers whoever is at the laptop at 127.0.0.1, and the hall at 127.0.0.2.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from psm_course.cli.office.serve import own_port
from psm_course.cli.office.serving import Served, serve_until_told
from psm_course.cli.stopping import Stopped, leave, stop_when_told
from psm_course.settings import Settings
from psm_course.web.app import make_app
from psm_course.web.hall.hall_addresses import LOOPBACK, listen
from psm_course.web.hall.server import config_for
from tests.load.office import ROOT, open_register
from tests.register_builders import a_card_secret

FILES = 256
HALL = "127.0.0.2"


def main() -> None:
    """Serve until told to stop."""
    files = int(sys.argv[1]) if len(sys.argv) > 2 else FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    data = Path(tempfile.mkdtemp())
    a_card_secret(data)
    stop_when_told()
    try:
        with closing(open_register(sys.argv[-1])) as store:
            here = own_port(0)
            port = here.getsockname()[1]
            hall = listen(HALL, port)
            print(port, flush=True)
            desk, phones = (
                make_app(Settings(root=ROOT, data=data), store, LOOPBACK | {HALL}) for _ in range(2)
            )
            serve_until_told(
                store, Served(config_for(desk), [here]), Served(config_for(phones), [hall])
            )
    except Stopped as stopped:
        leave(stopped)


if __name__ == "__main__":
    main()
