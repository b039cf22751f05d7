"""The three made-up worlds: the same seed gives the same world, nobody is lost in it, and more help
never makes it worse.
"""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from psm_course.trainer.simulations.network import PEOPLE, REFERRALS, SERVICES, SPARE, referred
from psm_course.trainer.simulations.reporting import MOST, area
from psm_course.trainer.simulations.visits import GREEN, ORDERS, YELLOW, fortnight

SEEDS = range(1, 6)


# ---- visits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_every_call_is_red_visited_or_left_in_every_order(seed: int) -> None:
    found = fortnight(visits=4, calls=6, yellow=30, seed=seed)

    assert found.red + found.calls == 14 * 6
    for waits in found.by_order.values():
        assert waits.visited + waits.left == found.calls
        assert len(waits.days[YELLOW]) + len(waits.days[GREEN]) == found.calls
    assert len({(waits.visited, waits.left) for waits in found.by_order.values()}) == 1


@pytest.mark.parametrize("order", ORDERS)
def test_one_more_visit_a_day_lets_nobody_wait_longer_in_all(order: str) -> None:
    for seed in SEEDS:
        waited = [
            sum(map(sum, fortnight(visits, 8, 40, seed).by_order[order].days.values()))
            for visits in range(1, 11)
        ]
        assert all(after <= before for before, after in pairwise(waited))
        assert waited[-1] == 0


@pytest.mark.parametrize(("visits", "yellow"), list(product((1, 3, 5), (10, 50, 90))))
def test_by_colour_the_yellow_wait_least_and_the_green_most(visits: int, yellow: int) -> None:
    for seed in SEEDS:
        by_order = fortnight(visits, 7, yellow, seed).by_order
        by_colour = by_order["Menurut warna"]
        assert sum(by_colour.days[YELLOW]) == min(
            sum(waits.days[YELLOW]) for waits in by_order.values()
        )
        assert sum(by_colour.days[GREEN]) == max(
            sum(waits.days[GREEN]) for waits in by_order.values()
        )


def test_the_order_moves_the_waiting_and_takes_none_of_it_away() -> None:
    for seed in SEEDS:
        by_order = fortnight(3, 7, 40, seed).by_order
        assert len({sum(map(sum, waits.days.values())) for waits in by_order.values()}) == 1


def test_more_calls_a_day_only_add_some() -> None:
    counts = [fortnight(4, calls, 30, 1) for calls in range(1, 13)]

    assert all(
        before.red <= after.red and before.calls < after.calls for before, after in pairwise(counts)
    )


# ---- the network ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["tidak ada", *PEOPLE])
def test_every_referral_arrives_or_is_stuck(lost: str) -> None:
    for seed, spare in product(SEEDS, range(len(SPARE) + 1)):
        found = referred(lost, spare, 85, seed)
        assert (
            found.arrived + found.stuck
            == REFERRALS
            == sum(service.asked for service in found.services.values())
        )
        assert set(found.services) == set(SERVICES)


def test_losing_somebody_never_helps_and_knowing_somebody_never_harms() -> None:
    for seed, smooth in product(SEEDS, (50, 75, 100)):
        whole = referred("tidak ada", 0, smooth, seed).arrived
        for lost in PEOPLE:
            arrived = [
                referred(lost, spare, smooth, seed).arrived for spare in range(len(SPARE) + 1)
            ]
            assert arrived[0] <= whole
            assert all(before <= after for before, after in pairwise(arrived))


def test_smoother_handovers_bring_more_to_their_goal() -> None:
    for seed in SEEDS:
        arrived = [referred("Puskesos", 1, smooth, seed).arrived for smooth in range(50, 101, 10)]
        assert all(before <= after for before, after in pairwise(arrived))


def test_with_nobody_lost_and_smooth_handovers_everybody_arrives() -> None:
    assert referred("tidak ada", 0, 100, 1).stuck == 0


def test_one_service_has_one_way_only_until_somebody_there_is_known() -> None:
    """What the picture teaches: the others have a second way, this one has not."""
    hands = {
        name: service.hands for name, service in referred("Puskesos", 0, 90, 1).services.items()
    }

    assert hands == {"LKS disabilitas": None, "Disdukcapil": 2, "Dinas Sosial": 3, "Puskesmas": 2}
    assert referred("Puskesos", 1, 90, 1).services["LKS disabilitas"].hands == 1


# ---- reports -------------------------------------------------------------------------------------


def test_what_happened_is_reported_or_hidden() -> None:
    for seed, happened, share in product(SEEDS, (0, 1, 40, MOST), (0, 10, 100)):
        found = area(happened, share, seed)
        assert found.reported + found.hidden == happened
        assert min(found.reported, found.hidden) >= 0


def test_more_is_reported_where_more_report_though_no_more_happens() -> None:
    for seed in SEEDS:
        areas = [area(40, share, seed) for share in range(0, 101, 10)]
        assert all(before.reported <= after.reported for before, after in pairwise(areas))
        assert {each.happened for each in areas} == {40}
        assert (areas[0].reported, areas[-1].reported) == (0, 40)


def test_the_area_where_more_happens_can_show_less() -> None:
    """The lesson's defaults: twice as much happens in A, and less than half as much is seen."""
    a, b = area(40, 10, 59), area(20, 50, 60)

    assert (a.reported, b.reported, a.happened, b.happened) == (4, 10, 40, 20)


# ---- all three -----------------------------------------------------------------------------------


def test_a_seed_is_a_world() -> None:
    assert fortnight(4, 6, 30, 3) == fortnight(4, 6, 30, 3) != fortnight(4, 6, 30, 4)
    assert referred("TKSK", 1, 80, 3) == referred("TKSK", 1, 80, 3) != referred("TKSK", 1, 80, 4)
    assert [area(MOST, 50, seed).reported for seed in (3, 3)] == [area(MOST, 50, 3).reported] * 2
    assert len({area(MOST, 50, seed).reported for seed in range(20)}) > 1
