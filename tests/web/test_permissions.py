"""Every page of the desk, with every role: who gets in, and that cohorts stay their trainers'."""

from __future__ import annotations

from pathlib import Path

import pytest

from psm_course.content.course import Course
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.engine import Store
from psm_course.web.routes import PAGE_ROUTES, PageRoute
from tests.arranged import arranged
from tests.register_builders import NOW, enrols
from tests.web.conftest import SignedIn, Visitor

# Who opens what, once more and independently of the table itself: a route that is not here fails.
ALL, TEACHERS, OVERSEERS, OFFICERS = (
    {"petugas", "pelatih", "pembaca"},
    {"petugas", "pelatih"},
    {"petugas", "pembaca"},
    {"petugas"},
)
EXPECTED: dict[str, set[str]] = {
    "POST /keluar": ALL,
    "GET /catatan/puncak": ALL,
    "GET /angkatan": ALL,
    "POST /angkatan": OFFICERS,
    "GET /cari": ALL,
    "POST /cari": ALL,
    "GET /angkatan/{cohort}": ALL,
    "POST /angkatan/{cohort}/tutup": OFFICERS,
    "GET /angkatan/{cohort}/ubah": OFFICERS,
    "POST /angkatan/{cohort}/ubah": OFFICERS,
    "GET /angkatan/{cohort}/tambah": TEACHERS,
    "POST /angkatan/{cohort}/tambah": TEACHERS,
    "GET /angkatan/{cohort}/peserta": OFFICERS,
    "POST /angkatan/{cohort}/peserta": OFFICERS,
    "GET /angkatan/{cohort}/peserta/{kept}": OFFICERS,
    "POST /angkatan/{cohort}/peserta/{kept}": OFFICERS,
    "GET /angkatan/{cohort}/hadir": ALL,
    "POST /angkatan/{cohort}/hadir": TEACHERS,
    "GET /angkatan/{cohort}/hadir/lembar": TEACHERS,
    "POST /angkatan/{cohort}/hadir/lembar": TEACHERS,
    "GET /angkatan/{cohort}/jadwal": ALL,
    "GET /angkatan/{cohort}/jadwal/rundown": ALL,
    "GET /angkatan/{cohort}/jadwal/kalender": ALL,
    "POST /angkatan/{cohort}/jadwal": OFFICERS,
    "POST /angkatan/{cohort}/jadwal/tempat": OFFICERS,
    "GET /angkatan/{cohort}/pindai": TEACHERS,
    "POST /angkatan/{cohort}/pindai": TEACHERS,
    "GET /angkatan/{cohort}/cetak": TEACHERS,
    "GET /angkatan/{cohort}/cetak/lembar": TEACHERS,
    "POST /angkatan/{cohort}/cetak/kartu": OFFICERS,
    "GET /peserta/{number}": ALL,
    "GET /peserta/{number}/ubah": OFFICERS,
    "POST /peserta/{number}/ubah": OFFICERS,
    "GET /angkatan/{cohort}/syarat": ALL,
    "POST /angkatan/{cohort}/syarat": OFFICERS,
    "GET /angkatan/{cohort}/sertifikat": OVERSEERS,
    "POST /angkatan/{cohort}/sertifikat": OFFICERS,
    "GET /angkatan/{cohort}/sertifikat/cetak": OVERSEERS,
    "POST /angkatan/{cohort}/sertifikat/cetak": OFFICERS,
    "GET /angkatan/{cohort}/sertifikat/tidak-hadir": OVERSEERS,
    "POST /angkatan/{cohort}/sertifikat/tidak-hadir": OFFICERS,
    "GET /angkatan/{cohort}/analisis": ALL,
    "GET /angkatan/{cohort}/laporan": OVERSEERS,
    "POST /angkatan/{cohort}/laporan": OFFICERS,
    "GET /angkatan/{cohort}/laporan/register": OVERSEERS,
    "GET /angkatan/{cohort}/laporan/butir": OVERSEERS,
    "GET /angkatan/{cohort}/laporan/peserta": OFFICERS,
    "GET /alamat": ALL,
    "GET /cadangan": OVERSEERS,
    "POST /cadangan": OFFICERS,
    "GET /cadangan/berkas": OFFICERS,
    "GET /sertifikat/nomor": OVERSEERS,
    "POST /sertifikat/nomor": OFFICERS,
    "GET /sertifikat": OVERSEERS,
    "GET /sertifikat/pdf": OVERSEERS,
    "GET /sertifikat/lencana": OVERSEERS,
    "GET /sertifikat/token": OVERSEERS,
    "POST /sertifikat/ganti": OFFICERS,
    "POST /sertifikat/cabut": OFFICERS,
    "POST /sertifikat/cetak-ulang": OFFICERS,
    "POST /peserta/{number}/ketetapan": OFFICERS,
    "POST /peserta/{number}/amatan": TEACHERS,
    "GET /nilai-ulang": OVERSEERS,
    "GET /nilai-ulang/{quiz}": OVERSEERS,
    "POST /nilai-ulang/{quiz}": OFFICERS,
    "GET /jawaban": ALL,
    "POST /jawaban": TEACHERS,
    "GET /jawaban/putusan": TEACHERS,
    "GET /jawaban/tanda-terima": TEACHERS,
    "POST /jawaban/putusan": TEACHERS,
    "POST /jawaban/putusan/banyak": TEACHERS,
    "GET /jawaban/karantina": OFFICERS,
    "POST /jawaban/karantina/buang": OFFICERS,
    "POST /jawaban/karantina/terima": OFFICERS,
    "POST /peserta/{number}/kartu": OFFICERS,
    "POST /peserta/{number}/duduk": TEACHERS,
    "GET /angkatan/{cohort}/sebelum": ALL,
    "GET /tayangan": TEACHERS,
    "GET /tayangan/modul": TEACHERS,
    "GET /cakupan": OVERSEERS,
    "GET /catatan": OVERSEERS,
    "GET /pengaturan": OVERSEERS,
}
OPEN = {"GET /masuk", "POST /masuk", "GET /ponsel", "GET /saya", "POST /saya"}
ABOUT_A_COHORT = {name for name in EXPECTED if "{" in name}
HIDDEN = "Orang Rahasia"


def name_of(route: PageRoute) -> str:
    return f"{route.method} {route.path}"


def address(route: PageRoute, cohort: str) -> str:
    return route.path.format(cohort=cohort, number=f"{cohort}-001", kept="x" * 22, quiz="tes-akhir")


def visit(visitor: Visitor, route: PageRoute, cohort: str) -> tuple[int, str]:
    """The status of the answer, and its text with where it leads."""
    path = address(route, cohort)
    answer = (
        visitor.fill_in(path)
        if route.method == "POST"
        else visitor.get(path, follow_redirects=False)
    )
    return answer.status_code, answer.text + answer.headers.get("location", "")


@pytest.fixture
def two_cohorts(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    """D26 and L26; one person in each, both with the same secret name."""
    arranged(store, a_second_cohort, course, tmp_path_factory.getbasetemp())


def a_second_cohort(store: Store, _: Course, folder: Path) -> None:
    open_cohort(store, "L26", "Angkatan Lain", NOW.date(), "uji", NOW)
    for cohort in ("D26", "L26"):
        enrols(store, folder, (HIDDEN, "Beji"), cohort=cohort)


def test_every_place_is_expected_here() -> None:
    assert {name_of(route) for route in PAGE_ROUTES} == OPEN | set(EXPECTED)


@pytest.mark.parametrize("route", PAGE_ROUTES, ids=name_of)
def test_without_signing_in_only_the_door_opens(
    client: Visitor, two_cohorts: None, route: PageRoute
) -> None:
    status, text = visit(client, route, "D26")

    assert HIDDEN not in text
    if name_of(route) in OPEN:
        assert "/masuk?lalu" not in text
    elif route.method == "GET":
        assert (status, text) == (303, f"/masuk?lalu={address(route, 'D26')}")
    else:
        assert status == 403
        assert "Belum masuk" in text


@pytest.mark.parametrize("role", sorted(ALL))
def test_each_role_opens_what_is_theirs_and_nothing_else(
    signed_in: SignedIn, two_cohorts: None, role: str
) -> None:
    opened = set()
    for index, route in enumerate(PAGE_ROUTES):
        visitor = signed_in(role, *["D26"] * (role == "pelatih"), name=f"{role}{index}")
        status, text = visit(visitor, route, "D26")
        if status == 403:
            assert "Bukan untuk akun ini" in text, name_of(route)
            assert HIDDEN not in text
        else:
            opened.add(name_of(route))

    assert opened == OPEN | {name for name, who in EXPECTED.items() if role in who}


def test_another_trainers_cohort_is_as_closed_as_one_that_does_not_exist(
    signed_in: SignedIn, two_cohorts: None
) -> None:
    trainer = signed_in("pelatih", "D26")
    for route in PAGE_ROUTES:
        if name_of(route) not in ABOUT_A_COHORT:
            continue
        theirs, nobodys = visit(trainer, route, "L26"), visit(trainer, route, "X99")
        assert theirs == nobodys, name_of(route)
        assert theirs[0] == 403, name_of(route)
        assert HIDDEN not in theirs[1]


def test_lists_name_nothing_of_another_trainers_cohort(
    signed_in: SignedIn, two_cohorts: None
) -> None:
    trainer = signed_in("pelatih", "D26")
    officer = signed_in("petugas")
    readable = [
        route
        for route in PAGE_ROUTES
        if route.method == "GET" and "pelatih" in EXPECTED.get(name_of(route), ())
    ]
    lists = [route for route in readable if "{" not in route.path]

    assert "L26" in "".join(visit(officer, route, "")[1] for route in lists)
    for route in lists:
        assert "L26" not in visit(trainer, route, "")[1]
        assert "Angkatan Lain" not in visit(trainer, route, "")[1]


@pytest.mark.parametrize("role", sorted(ALL))
def test_menus_show_what_opens_and_nothing_else(
    signed_in: SignedIn, two_cohorts: None, role: str
) -> None:
    visitor = signed_in(role, *["D26"] * (role == "pelatih"))
    text = visitor.get("/angkatan/D26").text
    for route in PAGE_ROUTES:
        if route.label:
            assert (f'<a href="{address(route, "D26")}"' in text) == (
                role in EXPECTED[name_of(route)]
            ), name_of(route)
