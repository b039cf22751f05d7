"""`make faults`: power cuts, kills and a killed PostgreSQL, many of each; prints what was found.
Exits with 1 where anything was lost.

With `--small` once through every step. The office that does not wait for the disk is part of it:
what it loses has to be found.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import psycopg

from tests.faults.backups import BACKUP, RESTORE, an_office_to_restore
from tests.faults.bursts import CARELESS, Count
from tests.faults.images import WAYS
from tests.faults.kills import (
    DEEDS,
    FIRST_DAY,
    Deed,
    Outcomes,
    an_empty_office,
    an_older_register,
    kill_bursts,
    kill_evenly,
    migration,
)
from tests.faults.office_folder import a_finished_office
from tests.faults.postmaster import kill_servers
from tests.faults.power import a_burst, cut_deed, look_up
from tests.server import own_server
from tests.store.next_release import migrations_of_the_next_release

SMALL = "--small" in sys.argv
TIMES = 1 if SMALL else 10
SEEDS = (1,) if SMALL else (1, 2, 3, 4)
PHONES, IMAGES = (30, 20) if SMALL else (300, 500)
IMAGES_OF_A_DEED = len(WAYS) if SMALL else 200


def main() -> None:
    ended = [
        *(
            _counted(f"power cut, burst {seed}", "images", lambda seed=seed: _power(seed))
            for seed in SEEDS
        ),
        _counted(
            "the same, careless office", "images", lambda: _power(1, CARELESS), must_lose=True
        ),
        _counted(
            "kill -9 in a burst, SQLite",
            "kills",
            lambda: kill_bursts(str(_folder() / "register.db"), TIMES),
        ),
        _counted("kill -9 in a burst, PostgreSQL", "kills", _bursts_on_server),
        _counted("PostgreSQL killed", "kills", lambda: kill_servers(TIMES)),
        _counted(
            "the same, careless office",
            "kills",
            lambda: kill_servers(1, program=CARELESS),
            must_lose=True,
        ),
        *_deeds(),
    ]
    sys.exit(0 if all(ended) else 1)


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="psm-faults-"))


def _power(seed: int, program: tuple[str, ...] = ()) -> Count:
    burst = a_burst(_folder(), PHONES, PHONES / 60, *([program] if program else []))
    return look_up(burst, IMAGES, Random(seed))  # noqa: S311 - the same every time


def _bursts_on_server() -> Count:
    with own_server() as server:
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE register")
        return kill_bursts(server.address("register"), TIMES)


def _counted(name: str, what: str, fault: Callable[[], Count], must_lose: bool = False) -> bool:
    begun = time.monotonic()
    count = fault()
    print(f"{name:<32}{count.said(what)} ({time.monotonic() - begun:.0f} s)", flush=True)
    if must_lose:
        return count.lost > 0
    for trouble in count.troubles:
        print(f"  {trouble}")
    return not count.troubles


def _deeds() -> list[bool]:
    office = a_finished_office(_folder())
    newer = migrations_of_the_next_release(_folder())
    killed: list[tuple[Path, Deed]] = [(office.root, deed) for deed in DEEDS]
    killed += [
        (office.root, BACKUP),
        (an_office_to_restore(office.root, _folder() / "cadangan"), RESTORE),
    ]
    killed += [
        (an_older_register(_folder() / "dulu"), migration(newer)),
        (an_empty_office(_folder() / "baru"), FIRST_DAY),
    ]
    cut = [
        (template, deed) for template, deed in killed if deed.name not in {"publish", "migration"}
    ]
    return [
        *(_killed(template, deed) for template, deed in killed),
        *(_cut(template, deed) for template, deed in cut),
    ]


def _cut(template: Path, deed: Deed) -> bool:
    return _told(
        f"power cut in {deed.name}",
        "images",
        lambda: cut_deed(template, deed, IMAGES_OF_A_DEED, Random(1)),  # noqa: S311 - the same every time
    )


def _killed(template: Path, deed: Deed) -> bool:
    return _told(
        f"kill -9 in {deed.name}", "kills", lambda: kill_evenly(template, deed, TIMES, _folder())
    )


def _told(name: str, what: str, fault: Callable[[], Outcomes]) -> bool:
    begun = time.monotonic()
    found = fault()
    said = ", ".join(f"{count} × {outcome}" for outcome, count in sorted(found.items()))
    print(
        f"{name:<32}{found.total()} {what}: {said} ({time.monotonic() - begun:.0f} s)", flush=True
    )
    return found.keys() <= {"none", "all"}


if __name__ == "__main__":
    main()
