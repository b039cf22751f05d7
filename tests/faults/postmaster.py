"""`kill -9` of PostgreSQL itself in the middle of a burst: it starts again from its own log, and
every receipt is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import psycopg

from tests.faults.bursts import CAREFUL, Count, held_by
from tests.load.office import an_office, open_register
from tests.load.phones import hand_in_all, spread
from tests.server import own_server


def kill_servers(times: int, phones: int = 40, program: Sequence[str] = CAREFUL) -> Count:
    """So often: phones hand in, the server is killed in the middle and started again; the office
    goes on working all the time.
    """
    count, given = Count(), list[str]()
    with own_server() as server:
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE register")
        database = server.address("register")
        held = held_by(database, times * phones)
        with an_office(database, program) as office:
            for time in range(times):
                some = spread(held.documents[time * phones : (time + 1) * phones], within=0.5)
                answers = hand_in_all(office.port, some, after=phones // 2, happens=server.kill)
                server.start_after_kill()
                given += [
                    held.codes[answer.body["receipt"]] for answer in answers if answer.is_receipt
                ]
                count.images += 1
                with closing(open_register(database)) as store:
                    count.look_up(store, list(dict.fromkeys(given)), f"kill {time + 1}")
    return count
