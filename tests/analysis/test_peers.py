"""Our figures beside those of R's psych, pingouin and scipy on the same answers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from psm_course.analysis.analysing import analyse
from psm_course.analysis.gain import gain_of
from psm_course.analysis.intervals import wilson
from psm_course.analysis.quantiles import f_quantile, t_quantile
from psm_course.analysis.reliability import reliability
from psm_course.analysis.scores import Scores, correlations
from tests.analysis.ask_peers import FREEDOMS, PEERS, RIGHT, before_and_after, partly_right
from tests.analysis.made import LSAT6, lsat6

SAID = json.loads(PEERS.read_text(encoding="utf-8"))
PARTLY = Scores(np.array(partly_right()), np.ones(6))


def test_lsat6_is_the_table_of_1970() -> None:
    assert len(LSAT6) == 32
    assert sum(LSAT6.values()) == 1000


def test_lsat6_comes_out_as_in_rs_psych() -> None:
    """psych 2.4.12: `alpha(lsat6)`, its raw_alpha, r.drop and raw.r."""
    found = analyse(*lsat6())

    assert round(found.reliability.alpha or 0, 6) == 0.294997
    assert [round(each.p or 0, 3) for each in found.items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert [round(each.r_rest or 0, 6) for each in found.items] == [
        0.112833,
        0.153178,
        0.172779,
        0.144428,
        0.121596,
    ]
    assert [round(each.r_total or 0, 6) for each in found.items] == [
        0.362010,
        0.566772,
        0.618440,
        0.534418,
        0.435366,
    ]


@pytest.mark.parametrize(
    ("scores", "name"),
    [(None, "lsat6"), (PARTLY, "partly")],
    ids=["right or wrong", "partly right"],
)
def test_alpha_and_its_interval_are_pingouins(scores: Scores | None, name: str) -> None:
    """pingouin prints the ends to three places."""
    found = reliability(scores) if scores else analyse(*lsat6()).reliability
    alpha, *ends = SAID["alpha"][name]

    assert found.alpha == pytest.approx(alpha, abs=1e-12)
    assert found.interval == pytest.approx(ends, abs=0.0005)


def test_item_rest_correlations_of_partly_right_answers_are_those_of_pandas() -> None:
    assert correlations(PARTLY.earned, PARTLY.rest) == pytest.approx(SAID["rest"], abs=1e-12)


def test_quantiles_are_scipys() -> None:
    assert [t_quantile(0.975, below) for _, below in FREEDOMS] == pytest.approx(SAID["t"], rel=1e-9)
    assert [t_quantile(0.025, below) for _, below in FREEDOMS] == pytest.approx(
        [-each for each in SAID["t"]], rel=1e-9
    )
    found = [
        [f_quantile(tail, above, below) for tail in (0.025, 0.975)] for above, below in FREEDOMS
    ]
    assert np.array(found) == pytest.approx(np.array(SAID["f"]), rel=1e-9)


def test_wilsons_interval_is_that_of_statsmodels() -> None:
    found = [wilson(right / count, count) for right, count in RIGHT]

    assert np.array(found) == pytest.approx(np.array(SAID["wilson"]), abs=1e-12)


def test_the_gain_of_the_same_people_is_scipys_and_pingouins() -> None:
    found = gain_of(np.array(before_and_after()))

    assert found.gain == pytest.approx(SAID["gain"]["mean"])
    assert found.interval == pytest.approx(SAID["gain"]["interval"])
    assert found.interval == pytest.approx(SAID["gain"]["pingouin_interval"], abs=0.005)
    assert found.d_z == pytest.approx(SAID["gain"]["d_z"])
