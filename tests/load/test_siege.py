"""A hostile hall, in small; `make siege` does it in full."""

from __future__ import annotations

from tests.load.siege import SMALL, besiege


def test_under_siege_nothing_is_lost_or_doubled_and_the_server_stays_small(database: str) -> None:
    report = besiege(database, SMALL)

    assert report.troubles == []
    assert report.did["half-open connections"] >= SMALL.attackers
    assert report.did["pieces of junk"] > 0
    assert report.did["wrong passwords"] > 0
    assert report.bombs.total() > 0
