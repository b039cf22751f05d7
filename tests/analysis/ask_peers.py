"""What scipy and pingouin say to the same numbers, kept in *peers.json*: `python -m
tests.analysis.ask_peers` writes it anew.

They are 550 MB with all that they bring, for figures that do not change, so they are asked by hand
and are no dependency of the tests. It needs `pip install pingouin`.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any

from tests.analysis.made import LSAT6

PEERS = Path(__file__).with_name("peers.json")
FREEDOMS = ((1, 1), (4, 60), (19, 76), (23, 437), (99, 1881), (999, 3996))
RIGHT = ((0, 20), (13, 20), (20, 20), (924, 1000))  # how many of how many


def partly_right(people: int = 60, items: int = 6) -> list[list[float]]:
    """Shares of points of made-up people who know more or less; some answers are partly right."""
    random = Random(13)  # noqa: S311 - always the same
    table = []
    for _ in range(people):
        knows = random.random()
        table.append(
            [
                random.choice([0.5, 1.0]) if random.random() < knows else random.choice([0.0, 0.5])
                for _ in range(items)
            ]
        )
    return table


def before_and_after(people: int = 45) -> list[tuple[float, float]]:
    """Made-up per cents of the same people, before and after."""
    random = Random(31)  # noqa: S311 - always the same
    before = [random.randint(20, 80) for _ in range(people)]
    return [(float(each), float(min(each + random.randint(-10, 40), 100))) for each in before]


def ask() -> dict[str, Any]:
    # By name: neither the tests nor the type checker know them.
    np, pandas, pingouin, stats = (
        import_module(name) for name in ("numpy", "pandas", "pingouin", "scipy.stats")
    )
    wilson = import_module("statsmodels.stats.proportion").proportion_confint
    lsat = pandas.DataFrame(
        [[int(mark) for mark in pattern] for pattern, count in LSAT6.items() for _ in range(count)]
    )
    partly = pandas.DataFrame(partly_right())
    before, after = (np.array(column) for column in zip(*before_and_after(), strict=True))
    alphas = {
        name: pingouin.cronbach_alpha(data=table)
        for name, table in (("lsat6", lsat), ("partly", partly))
    }
    paired = stats.ttest_rel(after, before)
    return {
        "asked": {name: version(name) for name in ("pingouin", "scipy", "statsmodels")},
        "alpha": {
            name: [float(alpha), *map(float, interval)]
            for name, (alpha, interval) in alphas.items()
        },
        "rest": [
            float(partly[each].corr(partly.drop(columns=each).sum(axis=1))) for each in partly
        ],
        "t": [float(stats.t.ppf(0.975, below)) for _, below in FREEDOMS],
        "f": [
            [float(stats.f.ppf(tail, above, below)) for tail in (0.025, 0.975)]
            for above, below in FREEDOMS
        ],
        "wilson": [list(map(float, wilson(*each, method="wilson"))) for each in RIGHT],
        "gain": {
            "mean": float((after - before).mean()),
            "interval": list(map(float, paired.confidence_interval(0.95))),
            "d_z": float(paired.statistic / np.sqrt(len(before))),
            "pingouin_interval": list(
                map(float, pingouin.ttest(after, before, paired=True).filter(like="CI").iloc[0, 0])
            ),
        },
    }


if __name__ == "__main__":
    PEERS.write_text(json.dumps(ask(), indent=1) + "\n", encoding="utf-8")
