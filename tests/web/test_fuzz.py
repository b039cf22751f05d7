"""Whatever is sent to the desk and to its API: never a breakdown, never lost, never anything but
text on a page. On both databases.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
import schemathesis
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from psm_course.content.course import Course
from psm_course.registrar.accounts import passwords
from psm_course.store.answers import submissions
from psm_course.store.engine import Store
from psm_course.store.soundness.checking import check_store
from psm_course.web.routes import PAGE_ROUTES
from tests.arranged import arranged
from tests.register_builders import (
    a_course,
    a_criterion,
    a_hand_in,
    adopts,
    completes,
    enrolled_in,
    enrols,
    issues,
    sends,
    signed,
)
from tests.web.conftest import HERE, Visitor

HELD, NUMBER = "ditahan", "800.2/0001/PSM-DASAR/XI/2026"
ITEM, SESSION = ("satu", "dua"), "dasar"
# Every form of the desk, with what its fields usually hold, so that much of what is made up gets
# past the first refusal.
FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "/masuk": {"nama": ("petugas",), "sandi": ("x",), "lalu": ("/angkatan", "//x.id")},
    "/saya": {"nomor": ("D26-001",), "kode": ("x",)},
    "/angkatan": {"kode": ("D27",), "nama": ("Angkatan",), "mulai": ("2026-12-01",)},
    "/cari": {"dicari": ("siti", "D26-001", "beji")},
    "/angkatan/D26/ubah": {
        "tindakan": ("nama", "arsip", "buka"),
        "nama": ("Angkatan Beji",),
        "alasan": ("salah ketik",),
    },
    "/angkatan/D26/tambah": {
        "nama": ("Rini",),
        "kelurahan": ("32.76.06.1001", "Beji"),
        "hp": ("081234567890",),
        "jawab": ("lain",),
    },
    "/peserta/D26-001/ubah": {
        "tindakan": (
            "betulkan",
            "mundur",
            "kembali",
            "pindah",
            "ganti",
            "gabung",
            "hubungkan",
            "lepas",
        ),
        "nama": ("Rini",),
        "kelurahan": ("32.76.06.1001",),
        "nomor": ("D26-002",),
        "ke": ("D27",),
        "jawab": ("lain",),
        "alasan": ("salah ketik",),
    },
    "/angkatan/D26/tutup": {"tutup": ("2026-12-31", "")},
    "/angkatan/D26/peserta": {"lembar": ("x",)},
    "/angkatan/D26/peserta/x": {"putusan": ("simpan", "jawab", "buang"), "jawab-B2": ("1",)},
    "/angkatan/D26/hadir": {
        "sesi": (SESSION,),
        "p-D26-001": ("present", "late", ""),
        "was-D26-001": ("present", ""),
        "alasan": ("sakit",),
    },
    "/angkatan/D26/hadir/lembar": {"lembar": ("x",), "alasan": ("sakit",)},
    "/angkatan/D26/pindai": {
        "sesi": (SESSION,),
        "kartu": ("D26-001", "https://x/#kartu=D26-001.x"),
        "hari": ("ya",),
    },
    "/angkatan/D26/jadwal": {
        "sesi": (SESSION, "x"),
        "hari": ("2026-11-25", "2027-11-25"),
        "jam": ("08.30", "25.99"),
        "menit": ("90", "0"),
        "ruang": ("Aula",),
        "pemateri": ("Rini",),
        "lembaga": ("Puskesmas Beji",),
        "alasan": ("aula dipakai",),
    },
    "/angkatan/D26/jadwal/tempat": {"tempat": ("Aula Beji", "")},
    "/angkatan/D26/syarat": {"alasan": ("rapat",)},
    "/angkatan/D26/sertifikat": {
        "jenis": ("lulus", "semua"),
        "lagi": ("D26-001",),
        "frasa": ("kuda laut biru",),
    },
    "/angkatan/D26/sertifikat/cetak": {},
    "/angkatan/D26/sertifikat/tidak-hadir": {
        "nomor": (NUMBER,),
        "alasan": ("tidak hadir satu sesi pun",),
        "frasa": ("kuda laut biru",),
    },
    "/angkatan/D26/cetak/kartu": {"situs": ("https://psm.depok.go.id", "x")},
    "/angkatan/D26/laporan": {"nomor": ("800/12/2026", "")},
    "/cadangan": {},
    "/sertifikat/nomor": {
        "sampai": ("20", "99999999"),
        "tahun": ("2026",),
        "alasan": ("ditulis dengan tangan",),
    },
    "/sertifikat/ganti": {
        "nomor": (NUMBER,),
        "nama": ("Siti",),
        "kelurahan": ("32.76.06.1001",),
        "alasan": ("keliru",),
        "frasa": ("x",),
    },
    "/sertifikat/cabut": {"nomor": (NUMBER,), "alasan": ("keliru sekali",), "frasa": ("x",)},
    "/sertifikat/cetak-ulang": {"nomor": (NUMBER,), "alasan": ("hilang di jalan",)},
    "/peserta/D26-001/ketetapan": {
        "syarat": ("hadir",),
        "putusan": ("terpenuhi", "tarik"),
        "alasan": ("sakit",),
    },
    "/peserta/D26-001/amatan": {"kriteria": ("sapa",), "tingkat": ("1", "4")},
    "/jawaban": {
        "teks": (signed(a_hand_in("D26-001", id="baru")), '{"format": "psm-submission/1"}')
    },
    "/jawaban/putusan/banyak": {
        "id": ("tidak ada",),
        "sebab": ("", "x"),
        "putusan": ("hitung", "tolak"),
        "alasan": ("keliru",),
    },
    "/jawaban/karantina/buang": {"alamat": ("", "10.0.0.7")},
    "/jawaban/karantina/terima": {"sidik": ("x",), "alasan": ("keliru",)},
    "/peserta/D26-001/kartu": {
        "alasan_kartu": ("kartunya hilang",),
        "situs": ("https://psm.contoh.go.id", ""),
    },
    "/peserta/D26-001/duduk": {"kuis": ("tes-akhir", "x")},
    "/jawaban/putusan": {
        "id": (HELD,),
        "putusan": ("hitung", "tolak"),
        "nomor": ("D26-001", ""),
        "alasan": ("keliru",),
    },
    "/nilai-ulang/tes-akhir": {
        **{f"butir-{item}": ("full", "disregard", "none") for item in ITEM},
        "alasan": ("soal keliru",),
    },
}
NASTY = (
    "\0",
    "a\0b",
    "x" * 5000,
    "\u202eitis\u202c",
    "\ud800",
    "é\u0301",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "=1+1",
    "😀" * 99,
    "\r\n",
)
QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def course() -> Course:
    return a_course(rubric=(a_criterion("sapa", 2),))


@pytest.fixture(autouse=True)
def an_office_at_work(
    store: Store,
    course: Course,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Siti has completed and holds a record; one hand-in waits."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
    arranged(store, at_work, course, tmp_path_factory.getbasetemp())


def at_work(store: Store, course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti", "Beji"))
    adopts(store, course)
    completes(store, course, "D26-001")
    assert issues(store, course) == [NUMBER]
    sends(store, course, a_hand_in("D26-001", id=HELD))


def a_form(path: str) -> st.SearchStrategy[dict[str, str]]:
    typed = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=40))
    return st.fixed_dictionaries(
        {name: st.one_of(*map(st.just, usual), typed) for name, usual in FORMS[path].items()}
    )


def encoded(fields: dict[str, str]) -> bytes:
    """A form as a browser sends it, and with half letters, as only a program may send it."""
    parts = (f"{quote(name)}={quote(value)}" for name, value in fields.items())
    return "&".join(parts).encode()


def quote(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def everything_kept(store: Store) -> tuple[list[str], bool, bool]:
    with store.reading() as tx:
        held = submissions.find_submission(tx, HELD)
    first, *_ = enrolled_in(store)  # others may have been added, by the forms that do that
    return [first.number], held is not None, check_store(store).problems == ()


def test_every_form_is_attacked_here() -> None:
    def address(path: str) -> str:
        return path.format(cohort="D26", number="D26-001", kept="x", quiz="tes-akhir")

    assert {address(route.path) for route in PAGE_ROUTES if route.method == "POST"} == {
        *FORMS,
        "/keluar",
    }


@pytest.mark.parametrize("path", FORMS)
def test_no_form_breaks_or_loses_anything(officer: Visitor, store: Store, path: str) -> None:
    @QUICK
    @given(a_form(path))
    def attacked(fields: dict[str, str]) -> None:
        body = encoded({"kunci": officer.token} | fields)
        answer = officer.post(
            path,
            content=body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            follow_redirects=False,
        )

        assert answer.status_code in {200, 303, 403, 404, 422, 429}, fields
        assert "<script>alert" not in answer.text
        assert "Traceback" not in answer.text

    attacked()

    assert everything_kept(store) == (["D26-001"], True, True)


@pytest.mark.parametrize(
    "written",
    ["%00", "a%00b", "%ff%fe", "%ed%a0%80", "x" * 900, "%E2%80%AE", "%3Cscript%3Ealert(1)"],
)
def test_no_address_breaks_anything(officer: Visitor, written: str) -> None:
    names = (
        "id",
        "nomor",
        "jumlah",
        "baru",
        "jenis",
        "lagi",
        "bagian",
        "tentang",
        "sebelum",
        "halaman",
        "kecamatan",
        "sesi",
        "kabar",
        "butir-satu",
        "coba",
    )
    query = "&".join(f"{name}={written}" for name in names)
    known = {"cohort": "D26", "number": "D26-001", "kept": "x", "quiz": "tes-akhir"}
    for route in PAGE_ROUTES:
        if route.method == "GET":
            path = route.path.format(
                cohort=written if "{cohort}" in route.path else "",
                number=written,
                kept=written,
                quiz=written,
            )
            for address in (path, f"{route.path.format(**known)}?{query}"):
                answer = officer.get(HERE + address, follow_redirects=False)
                assert answer.status_code in {200, 303, 404, 422}, address
                assert "<script>alert" not in answer.text


# ---- the API -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_the_api_keeps_to_what_it_promises(
    client: Visitor, store: Store, mode: schemathesis.GenerationMode
) -> None:
    api = schemathesis.openapi.from_path(Path(__file__).with_name("api.yml"))
    api.app = client.app
    operations = api["/api/desk"]["GET"], api["/api/submissions"]["POST"]

    @QUICK
    @given(st.one_of(operation.as_strategy(generation_mode=mode) for operation in operations))
    def attacked(case: Any) -> None:
        case.call_and_validate(base_url=HERE)

    attacked()

    assert everything_kept(store) == (["D26-001"], True, True)
