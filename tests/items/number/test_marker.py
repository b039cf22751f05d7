"""Marking `number`: within the tolerance or not, and as Indonesians write it."""

from random import Random

import pytest
from dirty_equals import Contains

from psm_course.items.number.marker import respond
from tests.builders import an_item, marked, points


@pytest.mark.parametrize(
    ("answer", "tolerance", "response", "earned"),
    [
        ("63", "0", "63", "1"),
        ("63", "0", " 63 ", "1"),
        ("63", "0", "63,0", "1"),
        ("63", "0", "063", "1"),
        ("63", "0", "62", "0"),
        ("63", "0", "-63", "0"),
        ("12,5", "0", "12.5", "1"),
        ("12.5", "0", "12,5", "1"),
        ("12,5", "0", "12,50", "1"),
        ("12,5", "0", "125", "0"),
        ("1.250", "0", "1250", "1"),
        ("1250", "0", "1.250", "1"),
        ("1250", "0", "1.250,00", "1"),
        ("1250", "0", "1,250", "0"),
        ("1,25", "0", "1,250", "1"),
        ("0,125", "0", "0.125", "1"),
        ("10", "0,5", "9,5", "1"),
        ("10", "0,5", "10,5", "1"),
        ("10", "0,5", "9,49", "0"),
        ("10", "0,5", "10,51", "0"),
        ("-5", "1", "-6", "1"),
        ("-5", "1", "\N{MINUS SIGN}5", "1"),
        ("-5", "1", "5", "0"),
        ("0", "0", "-0", "1"),
    ],
)
def test_within_the_tolerance_or_not(
    answer: str, tolerance: str, response: str, earned: str
) -> None:
    assert points(an_item("number", answer=answer, tolerance=tolerance), response) == earned


@pytest.mark.parametrize(
    ("unit", "response"),
    [
        ("orang", "2 orang"),
        ("orang", "2orang"),
        ("Orang", " 2  ORANG. "),
        ("orang", "2"),
        ("orang", "2,0 orang"),
        ("m²", "2 m2"),
        ("%", "2 %"),
        ("Rp", "Rp 2"),
        ("Rp", "Rp. 2"),
        ("rupiah (Rp)", "2 rupiah (rp)"),
        ("24 jam", "2 24 jam"),
    ],
)
def test_the_items_own_unit_may_stand_with_the_number(unit: str, response: str) -> None:
    assert points(an_item("number", answer="2", unit=unit), response) == "1"
    assert points(an_item("number", answer="3", unit=unit), response) == "0"


def test_thousands_with_a_unit_are_thousands() -> None:
    assert points(an_item("number", answer="50000", unit="Rp"), "Rp50.000") == "1"


@pytest.mark.parametrize(
    "response", ["2 hari", "orang", "2 orang 3", "dua orang", "2 orang orang", "2."]
)
def test_another_unit_or_none_at_all_is_no_number(response: str) -> None:
    assert marked(an_item("number", answer="2", unit="orang"), response).status == "ungradable"


def test_the_edge_of_the_tolerance_is_exact() -> None:
    """Thirty-seven digits are a number too, and one digit beyond the edge is beyond it."""
    item = an_item("number", answer="10", tolerance="0,5")

    assert points(item, "10,5" + "0" * 34) == "1"
    assert points(item, "10,5" + "0" * 33 + "1") == "0"


@pytest.mark.parametrize(
    ("response", "message"),
    [
        ("enam puluh tiga", '"enam puluh tiga" tidak'),
        ("63 kelurahan", '"63 kelurahan" tidak terbaca'),
        ("1e3", '"1e3" tidak terbaca'),
        ("٣", '"٣" tidak terbaca'),
        ("1,250.75", '"1,250.75" tidak terbaca'),
        ("nan", '"nan" tidak terbaca'),
        ("6" * 41, f'"{"6" * 39}…" tidak terbaca'),
        (63, "ditulis sebagai teks"),
        (63.0, "ditulis sebagai teks"),
        (True, "ditulis sebagai teks"),
        (["63"], "ditulis sebagai teks"),
    ],
)
def test_what_is_no_number_is_ungradable_not_wrong(response: object, message: str) -> None:
    mark = marked(an_item("number"), response)

    assert (mark.status, mark.message, mark.points) == ("ungradable", Contains(message), 0)


@pytest.mark.parametrize("response", [None, "", "  \t"])
def test_blank(response: object) -> None:
    mark = marked(an_item("number", answer="0"), response)

    assert (mark.status, mark.points) == ("blank", 0)


def test_a_guess_is_a_number_from_0_to_99() -> None:
    random = Random(1)  # noqa: S311 - the same every time

    assert {int(respond({}, random, knows=False)) for _ in range(2000)} == set(range(100))
