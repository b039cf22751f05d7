"""The list of cohorts at the desk: which course a new one is of, and what is said of the site."""

from __future__ import annotations

from pathlib import Path

from dirty_equals import Contains

from psm_course.content.site_info import FILE, site_info
from psm_course.store.engine import Store
from psm_course.store.people import cohorts
from tests.register_builders import a_course, office_adopts
from tests.web.conftest import SignedIn, Visitor

NEW = {"kode": "d27", "nama": "", "mulai": "2027-01-04"}


def test_with_several_courses_the_officer_chooses_which(officer: Visitor, store: Store) -> None:
    one = officer.get("/angkatan").text
    office_adopts(store, a_course(id="lanjutan", title="Bimtek Lanjutan"))

    two = officer.get("/angkatan").text
    without = officer.fill_in("/angkatan", NEW)
    chosen = officer.fill_in("/angkatan", NEW | {"kursus": "lanjutan"})

    assert 'name="kursus"' not in one
    assert '<option value="lanjutan">Bimtek Lanjutan</option>' in two
    assert without.status_code == 422
    assert "punya 2 kursus; sebutkan" in without.text
    assert chosen.headers["location"] == "/angkatan/D27/peserta?kabar=angkatan-dibuka"
    with store.reading() as tx:
        assert cohorts.get_cohort(tx, "D27").course == "lanjutan"
    assert '<span class="quiet">Bimtek Lanjutan</span>' in officer.get("/angkatan").text


def test_a_course_that_was_not_adopted_is_refused(officer: Visitor) -> None:
    sent = officer.fill_in("/angkatan", NEW | {"kursus": "lanjutan"})

    assert sent.status_code == 422
    assert "belum diadopsi kantor ini" in sent.text
    assert 'value="d27"' in sent.text


def test_a_site_of_contents_that_were_not_adopted_is_said_to_who_can_do_something(
    signed_in: SignedIn, tmp_path: Path
) -> None:
    said = "dari kursus lanjutan"
    before = signed_in("petugas", name="satu").get("/angkatan").text
    (tmp_path / "site" / FILE).write_bytes(site_info(a_course(id="lanjutan")))

    assert said not in before
    after = signed_in("petugas", name="dua").get("/angkatan").text
    assert after == Contains(said, "psm course adopt")
    assert said not in signed_in("pelatih", "D26").get("/angkatan").text
