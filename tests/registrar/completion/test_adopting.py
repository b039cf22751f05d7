"""What is said of a site beside what was adopted (adopting: `tests/cli/course/test_adopt.py`)."""

from __future__ import annotations

from dirty_equals import Contains

from psm_course.content.adopted import site_digest
from psm_course.content.course import Course
from psm_course.registrar.completion.adopting import sentence_about_site
from psm_course.store.engine import Store
from tests.register_builders import a_course, a_test, office_adopts

ADOPTED = a_course()
REWORDED = a_course(a_test("tes-awal", use="pretest"), a_test("tes-akhir", title="Tes Akhir Baru"))
OTHER = a_course(id="lanjutan")


def said_of(store: Store, course: Course) -> str:
    """About the site that was built of this course."""
    return sentence_about_site(store, (course.file.id, site_digest(course)))


def test_nothing_is_said_of_the_site_of_the_version_adopted_last_nor_of_a_site_that_says_nothing(
    store: Store,
) -> None:
    assert said_of(store, ADOPTED) == ""  # before the office has adopted anything
    office_adopts(store, ADOPTED)

    assert (said_of(store, ADOPTED), sentence_about_site(store, None)) == ("", "")


def test_a_site_of_a_version_that_was_never_adopted_is_said_to_be_one(store: Store) -> None:
    office_adopts(store, ADOPTED)

    assert said_of(store, REWORDED) == Contains(
        "belum diadopsi kantor", "akan ditahan", "psm course adopt --dry-run"
    )


def test_a_site_of_an_earlier_version_still_counts(store: Store) -> None:
    office_adopts(store, ADOPTED)
    office_adopts(store, REWORDED)

    assert said_of(store, ADOPTED) == Contains("tetap dihitung", "psm build")
    assert said_of(store, REWORDED) == ""


def test_a_site_of_a_course_that_the_office_does_not_have_is_said_to_be_one(store: Store) -> None:
    office_adopts(store, ADOPTED)

    assert said_of(store, OTHER) == Contains(
        "kursus lanjutan", "belum diadopsi kantor", "psm course adopt"
    )
