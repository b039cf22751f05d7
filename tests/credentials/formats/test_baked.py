"""Badges as pictures: whole PNG files that other programs read, and what may be wrong with one."""

from __future__ import annotations

import io
import json

import pytest
from openbadgeslib.ob3.verifier import OB3Verifier
from PIL import Image, ImageChops

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.badge import ARTWORK
from psm_course.credentials.formats.baked import BROKEN, NOTHING_INSIDE, artwork, bake, baked_in
from tests.credentials.signed import a_badge

CREDENTIAL = json.dumps(a_badge(), ensure_ascii=False)


@pytest.mark.parametrize("kind", [*ARTWORK])
def test_the_picture_stays_what_it_was_and_holds_the_credential(kind: str) -> None:
    baked = bake(CREDENTIAL, kind)

    with (
        Image.open(io.BytesIO(baked)) as picture,
        Image.open(io.BytesIO(artwork(ARTWORK[kind]))) as plain,
    ):
        assert (
            ImageChops.difference(picture.convert("RGBA"), plain.convert("RGBA")).getbbox(
                alpha_only=False
            )
            is None
        )
        assert picture.text["openbadgecredential"] == CREDENTIAL  # type: ignore[attr-defined]
    assert baked_in(baked) == CREDENTIAL.encode()


def test_openbadgeslib_finds_the_credential() -> None:
    assert OB3Verifier.extract_token_from_png(bake(CREDENTIAL, "passed")) == CREDENTIAL


def test_each_kind_has_artwork_of_its_own_that_weighs_little() -> None:
    pictures = {kind: artwork(path) for kind, path in ARTWORK.items()}

    assert len(set(pictures.values())) == len(pictures)
    assert all(len(each) < 8_000 for each in pictures.values())


def test_a_picture_without_a_credential_is_said_to_have_none() -> None:
    with pytest.raises(Unreadable) as said:
        baked_in(artwork(ARTWORK["passed"]))

    assert str(said.value) == NOTHING_INSIDE


@pytest.mark.parametrize("left", [9, 12, 2_000, 7_500])
def test_a_picture_that_is_cut_off_is_said_to_be_broken(left: int) -> None:
    with pytest.raises(Unreadable) as said:
        baked_in(bake(CREDENTIAL, "passed")[:left])

    assert str(said.value) == BROKEN
