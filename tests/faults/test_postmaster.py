"""PostgreSQL killed in a burst: no receipt that a phone was given is lost."""

from __future__ import annotations

from tests.faults.bursts import CARELESS
from tests.faults.postmaster import kill_servers


def test_no_receipt_is_lost_where_the_server_is_killed() -> None:
    count = kill_servers(times=1)

    assert (count.images, count.lost, count.troubles) == (1, 0, [])
    assert (
        count.looked_up >= 16
    )  # twenty answers came before the kill; every tenth phone hands in twice, for one receipt


def test_it_finds_what_an_office_loses_that_does_not_wait_for_the_servers_disk() -> None:
    assert kill_servers(times=1, program=CARELESS).lost > 0
