"""Marking `case`: the credits met along the path taken, out of the best possible path's."""

from decimal import Decimal

import pytest
from dirty_equals import Contains

from psm_course.grading.outcome import printed_as_right
from tests.builders import a_step, an_item, marked, points

# Best path: 1 + 0.5 + 1 = 2.5; the item gives 5 points, so every credit is worth 2.
ITEM = an_item(
    "case",
    points="5",
    steps=[
        a_step(
            "dengar", tenang=("1", "catat"), sela=("0.5", "catat"), rekam=("0", "end", "critical")
        ),
        a_step("catat", tulis=("0.5", "lapor"), ingat=("0", "lapor")),
        a_step("lapor", uptd=("1", "end"), besok=("0.25", "end"), damai=("0", "end", "critical")),
    ],
)


@pytest.mark.parametrize(
    ("path", "earned"),
    [
        (["dengar:tenang", "catat:tulis", "lapor:uptd"], "5"),
        (["dengar:sela", "catat:tulis", "lapor:uptd"], "4"),
        (["dengar:tenang", "catat:ingat", "lapor:besok"], "2.5"),
        (["dengar:sela", "catat:ingat", "lapor:damai"], "1"),
        (["dengar:rekam"], "0"),
    ],
)
def test_credits_along_the_path_out_of_the_best_path(path: list[str], earned: str) -> None:
    assert points(ITEM, path) == earned


# Of 2.5 credits at best, 0.7 of them are 1.75.
STATED = ITEM.model_copy(update={"right_from": Decimal("0.7")})


@pytest.mark.parametrize(
    ("path", "alone", "stated"),
    [
        (["dengar:tenang", "catat:tulis", "lapor:uptd"], True, True),
        (["dengar:sela", "catat:tulis", "lapor:uptd"], False, True),
        (["dengar:tenang", "catat:tulis", "lapor:besok"], False, True),
        (["dengar:sela", "catat:tulis", "lapor:besok"], False, False),
        (["dengar:sela", "catat:ingat", "lapor:damai"], False, False),
    ],
)
def test_it_is_right_from_its_stated_share_on_and_else_by_the_best_path_alone(
    path: list[str], alone: bool, stated: bool
) -> None:
    marks = marked(ITEM, path), marked(STATED, path)

    assert [mark.is_right for mark in marks] == [alone, stated]
    assert [printed_as_right(mark.as_json) for mark in marks] == [alone, stated]
    assert marks[0].points == marks[1].points


def test_danger_on_the_path_is_never_right() -> None:
    steps = [
        a_step("dengar", a=("1", "lapor"), b=("1", "lapor", "critical")),
        a_step("lapor", a=("1", "end")),
    ]

    assert not marked(
        an_item("case", right_from="0.5", steps=steps), ["dengar:b", "lapor:a"]
    ).is_right


@pytest.mark.parametrize(
    ("path", "earned"), [(["dengar:tenang"], "2"), (["dengar:tenang", "catat:tulis"], "3")]
)
def test_a_path_may_stop_early(path: list[str], earned: str) -> None:
    assert points(ITEM, path) == earned


@pytest.mark.parametrize(
    ("path", "critical"),
    [
        (["dengar:rekam"], True),
        (["dengar:tenang", "catat:tulis", "lapor:damai"], True),
        (["dengar:tenang", "catat:tulis", "lapor:besok"], False),
        (["dengar:tenang"], False),
    ],
)
def test_a_critical_choice_anywhere_on_the_path_is_a_critical_error(
    path: list[str], critical: bool
) -> None:
    assert marked(ITEM, path).critical is critical


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (["catat:tulis"], '"catat" tidak tersambung'),
        (["dengar:tenang", "lapor:uptd"], '"lapor" tidak tersambung'),
        (["dengar:tenang", "dengar:tenang"], '"dengar" tidak tersambung'),
        (["dengar:rekam", "catat:tulis"], '"catat" tidak tersambung'),
        (["dengar:lari"], '"dengar:lari" tidak ada'),
        (["lari:tenang"], '"lari:tenang" tidak ada'),
        (["dengar"], '"dengar" tidak ada'),
        (["dengar:tenang:"], '"dengar:tenang:" tidak ada'),
        ([""], '"" tidak ada'),
        ("dengar:tenang", 'daftar "langkah:pilihan"'),
        ([["dengar", "tenang"]], 'daftar "langkah:pilihan"'),
        ({"dengar": "tenang"}, 'daftar "langkah:pilihan"'),
        (3, 'daftar "langkah:pilihan"'),
    ],
)
def test_a_jump_or_an_unknown_step_is_ungradable(response: object, message: str) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.message, mark.points, mark.critical) == (
        "ungradable",
        Contains(message),
        0,
        False,
    )


@pytest.mark.parametrize("response", [None, [], ""])
def test_blank(response: object) -> None:
    mark = marked(ITEM, response)

    assert (mark.status, mark.points) == ("blank", 0)
