"""The analysis of one test: statistics of its attempts, and the JSON of `psm analyse`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from psm_course.analysis.answers import AskedItem, Sitting
from psm_course.analysis.gain import NO_PROOF, Gain, Paired
from psm_course.analysis.intervals import Interval
from psm_course.analysis.items import ItemFigures, item_figures
from psm_course.analysis.reliability import FEWEST, Reliability, reliability
from psm_course.analysis.scores import score_table
from psm_course.analysis.sentences import not_enough, sentences_of

_CEILING = "nilai sudah dekat batas atas: kenaikan yang lebih besar tidak dapat terlihat"


@dataclass(frozen=True, slots=True)
class Analysis:
    """Statistics of a test from the first attempts of `people` persons.

    `percents` are the total results in percent of the maximum points, one per person, without
    names. `mean` and `sd` (standard deviation) are those of `percents`. If fewer than 20 people
    took the test, both are None, `reliability` has only a reason, and `items` is empty.

    `paired` compares the results of the same people in this test and in the test before it; None if
    there is no test before this one.
    """

    people: int
    percents: tuple[float, ...]
    reliability: Reliability
    mean: float | None
    sd: float | None
    items: tuple[ItemFigures, ...]
    paired: Paired | None = None

    @property
    def is_enough(self) -> bool:
        """True if at least 20 people took the test.

        Fewer people are not enough for statistics about the items of the test.
        """
        return self.people >= FEWEST

    @property
    def reasons(self) -> dict[str, str]:
        """Indonesian sentences about statistics that are missing or need a warning.

        Each key is the name that `as_json` gives to the statistic: `n` is the number of people who
        took the test, `kr20` is Cronbach's alpha, and `paired` is the comparison with the test
        before this one. Empty if no statistic is missing or needs a warning.
        """
        reasons = {} if self.is_enough else {"n": not_enough(self.people)}
        if self.reliability.reason:
            reasons["kr20"] = self.reliability.reason
        if self.paired and self.paired.all.gain is None:
            reasons["paired"] = not_enough(self.paired.all.people)
        elif self.paired and self.paired.is_near_ceiling:
            reasons["paired"] = _CEILING
        return reasons

    def as_json(self) -> dict[str, Any]:
        """The object that `psm analyse --json` prints (design §6)."""
        return {
            "n": self.people,
            "kr20": _rounded(self.reliability.alpha),
            "kr20_interval": _both(self.reliability.interval),
            "mean": _rounded(self.mean),
            "sd": _rounded(self.sd),
            "items": [_item_json(found) for found in self.items],
            "paired": _paired_json(self.paired) if self.paired else None,
            "reasons": self.reasons,
        }


def analyse(
    items: Sequence[AskedItem], sittings: Sequence[Sitting], pair: Paired | None = None
) -> Analysis:
    """Return the analysis of a test.

    Args:
        items: every item version that was asked, in the order to show.
        sittings: the sittings of the test, one per person.
        pair: the comparison with the test before; None if there is no test before.
    """
    scores = score_table(items, sittings)
    known = scores.percent[~np.isnan(scores.percent)]
    people = len(known)
    # Fewer people say too little about a question, and their figures could be traced to persons.
    told = people >= FEWEST
    return Analysis(
        people,
        tuple(float(each) for each in known),
        reliability(scores) if told else Reliability(None, None, people, not_enough(people)),
        float(known.mean()) if told else None,
        float(known.std(ddof=1)) if told else None,
        item_figures(items, sittings, scores) if told else (),
        pair,
    )


# ---- as JSON -------------------------------------------------------------------------------------


def _item_json(found: ItemFigures) -> dict[str, Any]:
    return {
        "id": found.item.id,
        "version": found.item.version,
        "objective": found.item.objective,
        "n": found.people,
        "p": _rounded(found.p),
        "r_rest": _rounded(found.r_rest),
        "r_total": _rounded(found.r_total),
        "interval": _both(found.interval),
        "flags": list(found.flags),
        "reasons": list(sentences_of(found)),
        "choices": [
            {"id": each.id, "share": _rounded(each.share), "r": _rounded(each.r)}
            for each in found.choices
        ],
    }


def _paired_json(pair: Paired) -> dict[str, Any]:
    return {
        **_gain_json(pair.all),
        "only_pre": pair.only_before,
        "only_post": pair.only_after,
        "ceiling": pair.is_near_ceiling,
        "note": NO_PROOF,
        "objectives": [{"id": name, **_gain_json(gain)} for name, gain in pair.objectives.items()],
    }


def _gain_json(gain: Gain) -> dict[str, Any]:
    return {
        "n": gain.people,
        "mean_pre": _rounded(gain.before),
        "mean_post": _rounded(gain.after),
        "gain": _rounded(gain.gain),
        "interval": _both(gain.interval),
        "hake_g": _rounded(gain.hake_g),
        "d_z": _rounded(gain.d_z),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0  # no minus before nought


def _both(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval.low, 6), round(interval.high, 6)]
