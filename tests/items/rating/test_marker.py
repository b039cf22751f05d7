"""Marking `rating`: an opinion earns nothing and costs nothing."""

import pytest

from psm_course.items.rating.marker import mark as verdict_on
from tests.builders import an_item, marked

ITEM = an_item("rating", points="3", scale="5")


@pytest.mark.parametrize("response", ["1", "5", " 3 ", 1, 5])
def test_an_opinion_is_marked_and_never_counts(response: object) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.points, mark.maximum) == ("marked", 0, 0)
    assert verdict_on(ITEM.scoring_data(), response).earned == 0


@pytest.mark.parametrize(
    "response", ["0", "6", "10", "-1", "2,5", "baik", 0, 6, 2.5, True, False, [3], {"nilai": 3}]
)
def test_what_is_not_on_the_scale_is_ungradable(response: object) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.message, mark.points, mark.maximum) == (
        "ungradable",
        "jawaban harus angka 1 sampai 5",
        0,
        0,
    )


@pytest.mark.parametrize("response", [None, "", " "])
def test_blank(response: object) -> None:
    assert marked(ITEM, response).status == "blank"
