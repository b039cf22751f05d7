"""How much a bench does: in full, or as little
as still goes through every step (`--small`, for `make smoke`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Counts, by the part that uses them."""

    runs: int  # of whatever is measured as the best of some
    still: float  # the share that is waited of the seconds in which nothing is measured
    at_once: int  # programs that are measured side by side: one, where the figures mean anything
    submissions: int  # grading
    lines: int  # grading, of the smaller file; the other one has ten times as many
    in_turn: int  # certificates that we and WeasyPrint set in turn
    certificates: int  # and a tenth of it beside
    records: int  # the same
    phones: int
    within: float  # seconds in which all phones hand in
    at_the_desk: int
    one_by_one: int
    cohorts: int
    regraded: int  # sittings, without a register
    roster: int
    visits: int
    codes: int
    builds: int
    sittings: int
    kinds: int | None  # of pages, where not all are looked at: the other themes build these alone
    lighthouse_pages: int  # of ours; beside one of the stock theme
    edits: int  # at least two: the first one is told apart
    analysed: int  # cohorts of a hundred people
    tapped: int  # visits to each page whose answers are tapped
    taps: int  # at most on one item, and how many items of a test


FULL = Size(
    runs=3,
    still=1,
    at_once=1,
    submissions=20_000,
    lines=2_000,
    in_turn=20,
    certificates=1_000,
    records=1_000,
    phones=500,
    within=10.0,
    at_the_desk=5_000,
    one_by_one=300,
    cohorts=2_500,
    regraded=2_000,
    roster=1_000,
    visits=7,
    codes=12,
    builds=3,
    sittings=2_000,
    kinds=None,
    lighthouse_pages=6,
    edits=7,
    analysed=10,
    tapped=3,
    taps=12,
)
SMALL = Size(
    runs=1,
    still=0.1,
    at_once=2,
    submissions=100,
    lines=20,
    in_turn=2,
    certificates=10,
    records=10,
    phones=20,
    within=0.5,
    at_the_desk=20,
    one_by_one=5,
    cohorts=1,
    regraded=20,
    roster=20,
    visits=1,
    codes=2,
    builds=1,
    sittings=20,
    kinds=2,
    lighthouse_pages=1,
    edits=2,
    analysed=1,
    tapped=1,
    taps=1,
)
