"""When two written names may be one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psm_course.interchange.people.names import ends_of, may_be_one, name_key, share_a_word


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Siti Nurhayati", "sitinurhayati"),
        ("  SITI   Nur Hayati ", "sitinurhayati"),
        ("Hj. Siti Nurhayati, S.Sos., M.Si", "sitinurhayati"),
        ("Ir. H. Ahmad Fauzi", "ahmadfauzi"),
        ("H.Ahmad Fauzi", "ahmadfauzi"),
        ("Dra Ani Suryani S.Pd", "anisuryani"),
        ("M. Yusuf", "muhammadyusuf"),
        ("M.Yusuf", "muhammadyusuf"),
        ("Moh. Yusuf", "muhammadyusuf"),
        ("Mohamad Yusuf", "muhammadyusuf"),
        ("Mochammad Yusuf", "muhammadyusuf"),
        ("Muhd Yusuf", "muhammadyusuf"),
        ("Muhammad", "muhammad"),
        ("M", "m"),
        ("Maman Suherman", "mamansuherman"),
        ("Ma'mun", "mamun"),
        ("René", "rene"),
        ("Budi 2", "budi2"),
        ("H.", "h"),
        ("", ""),
        (", S.Sos", "ssos"),
    ],
)
def test_the_key_of_a_name_has_no_titles_and_one_muhammad(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Siti Nurhayati", "Siti Nur Hayati", True),
        ("Siti Nurhayati", "Hj. Siti Nurhayatie", True),
        ("Siti Nurhayati", "Siti Nruhayati", True),
        ("Siti Nurhayati", "Siti Nurhasanah", False),
        ("Moh. Yusuf", "Muhammad Yusup", True),
        ("Ani", "Ana", False),
        ("Ani", "ANI", True),
        ("Orang 12", "Orang 13", False),
        ("Orang 12", "Orang 12", True),
    ],
)
def test_names_may_be_one_when_equal_or_one_slip_apart(name: str, other: str, alike: bool) -> None:
    assert may_be_one(name_key(name), name_key(other)) is alike
    assert may_be_one(name_key(other), name_key(name)) is alike


@pytest.mark.parametrize(
    ("name", "other", "shared"),
    [
        ("Siti N.", "Siti Nurhayati", True),
        ("Hj. Siti", "Hj. Ani", False),
        ("Ujang", "Siti", False),
        ("M. Yusuf", "M. Hasan", False),
        ("Siti, S.Sos", "Ani, S.Sos", False),
    ],
)
def test_a_couple_on_one_telephone_shares_no_word(name: str, other: str, shared: bool) -> None:
    assert share_a_word(name, other) is shared


@given(name=st.text(max_size=300), other=st.text(max_size=300))
def test_any_two_texts_can_be_compared(name: str, other: str) -> None:
    assert may_be_one(name_key(name), name_key(name))
    assert share_a_word(name, other) == share_a_word(other, name)


@pytest.mark.parametrize(
    "name", ["budi", "sutono", "sutonoa", "nurhayati", "nurhayatis", "sitinurhayati"]
)
def test_one_slip_leaves_an_end_by_which_near_names_are_looked_for(name: str) -> None:
    """Every letter dropped, doubled, replaced, or swapped with the next."""
    slips = {name[:at] + name[at + 1 :] for at in range(len(name))} | {
        name[:at] + "x" + name[at:] for at in range(len(name) + 1)
    }
    slips |= {name[:at] + "x" + name[at + 1 :] for at in range(len(name))}
    slips |= {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)}

    first, last = ends_of(name)

    near = [slip for slip in slips if may_be_one(name, slip)]
    assert [
        slip for slip in near if slip[: len(first)] != first and slip[-len(last) :] != last
    ] == []
