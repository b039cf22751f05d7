"""What is held, decided at the desk: counted after all, under the right number, or not; once, with
a reason, for one's own people.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains

from psm_course.content.course import Course
from psm_course.grading.submission import canonical
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.answers import attempts
from psm_course.store.answers.attempts import Taken
from psm_course.store.engine import Store
from tests.arranged import arranged
from tests.register_builders import NOW, a_hand_in, enrols, signed
from tests.web.conftest import SignedIn, Visitor

PLACE = "/jawaban/putusan"
HELD = "/jawaban?hanya=ditahan"


@pytest.fixture(autouse=True)
def two_cohorts(store: Store, course: Course, tmp_path_factory: pytest.TempPathFactory) -> None:
    arranged(store, siti_here_rini_there, course, tmp_path_factory.getbasetemp())


def siti_here_rini_there(store: Store, _course: Course, folder: Path) -> None:
    enrols(store, folder, ("Siti", "Beji"))
    open_cohort(store, "L26", "Angkatan Lain", NOW.date(), "uji", NOW)
    enrols(store, folder, ("Rini", "Limo"), cohort="L26")


def counted(store: Store, number: str) -> int:
    with store.reading() as tx:
        return attempts.taken_by(tx, [number]).get((number, "tes-akhir"), Taken()).counting


def holds(officer: Visitor, id_: str, number: str = "D26-999", **changes: Any) -> None:
    """Taken in by the officer; what lands in quarantine is let in from there."""
    document = a_hand_in(number, id=id_, **changes)
    officer.fill_in("/jawaban", {"teks": document})
    digest = hashlib.sha256(canonical(json.loads(document))).hexdigest()
    officer.fill_in("/jawaban/karantina/terima", {"sidik": digest, "alasan": "pengirimnya dikenal"})


def decides(visitor: Visitor, id_: str, **fields: str) -> tuple[int, str]:
    answer = visitor.fill_in(
        PLACE, {"id": id_, "putusan": "hitung", "alasan": "salah ketik nomor"} | fields
    )
    return answer.status_code, answer.text + answer.headers.get("location", "")


def test_the_officer_counts_it_under_the_right_number_and_only_once(
    officer: Visitor, store: Store
) -> None:
    holds(officer, "a/b?c&d")
    shown = officer.get(PLACE, params={"id": "a/b?c&d"}).text

    unknown = decides(officer, "a/b?c&d", nomor="D26-404")
    done = decides(officer, "a/b?c&d", nomor="d26-001")
    again = decides(officer, "a/b?c&d", nomor="D26-001")

    assert "nomor peserta ini tidak" in shown
    assert "perlu diisi bila dihitung" in shown
    assert unknown[0] == 422
    assert 'value="salah ketik nomor"' in unknown[1]  # what was typed is still there
    assert done == (303, f"{HELD}&kabar=jawaban-diputuskan")
    assert again[0] == 422
    assert "sudah diputuskan: diterima" in again[1]
    assert counted(store, "D26-001") == 1


def test_what_is_refused_stays_and_says_why(officer: Visitor, store: Store) -> None:
    holds(officer, "satu")

    done = decides(officer, "satu", putusan="tolak", alasan="kiriman <b>percobaan</b>")

    assert done[0] == 303
    assert "Tidak ada jawaban" in officer.get(HELD).text
    assert (
        "ditolak petugas: <bdi>kiriman &lt;b&gt;percobaan&lt;/b&gt;</bdi>"
        in officer.get("/jawaban").text
    )


@pytest.mark.parametrize(
    ("fields", "said"), [({"alasan": " "}, "Tulis alasan"), ({"putusan": ""}, "Pilih dulu")]
)
def test_nothing_is_decided_without_a_choice_and_a_reason(
    officer: Visitor, store: Store, fields: dict[str, str], said: str
) -> None:
    holds(officer, "satu")

    status, text = decides(officer, "satu", **fields)

    assert status == 422
    assert said in text
    assert "/jawaban/putusan?id=satu" in officer.get(HELD).text


def test_a_trainer_decides_for_their_own_people_and_no_others(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    holds(officer, "milik", "D26-001", digest="sha256:lama")
    holds(officer, "lain", "L26-001", digest="sha256:lama")
    holds(officer, "asing")
    trainer = signed_in("pelatih", "D26")

    theirs, nobodys = decides(trainer, "lain"), decides(trainer, "tidak-ada")
    stranger = decides(trainer, "asing", nomor="D26-001")
    to_another = decides(trainer, "milik", nomor="L26-001")
    done = decides(trainer, "milik")

    assert theirs == nobodys == stranger
    assert theirs[0] == 422
    assert "L26-001&#34; tidak ada di angkatan" in to_another[1]
    assert done[0] == 303
    assert (counted(store, "D26-001"), counted(store, "L26-001")) == (1, 0)
    assert [trainer.get(PLACE, params={"id": id_}).status_code for id_ in ("lain", "asing")] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    ("quiz", "said"),
    [
        (
            "tes-akhir",
            (
                ", 0 ada di undiannya",
                ", 0 di luar undian",
                ", 1 sudah tidak ada",
                "dinilai ialah soal yang",
                "sampai 20 soal dianggap kosong",
            ),
        ),
        (
            "latihan-peran-1",
            (", 0 masih ada di kuis", ", 1 sudah tidak ada", "semua soal versi sekarang"),
        ),
    ],
)
def test_the_officer_sees_how_another_version_fits_and_how_it_would_be_graded(
    officer: Visitor, quiz: str, said: tuple[str, ...]
) -> None:
    holds(officer, "lama", "D26-001", quiz=quiz, digest="sha256:lama", responses={"dihapus": "a"})
    holds(officer, "asing")

    shown = officer.get(PLACE, params={"id": "lama"}).text
    decides(officer, "lama")
    decided = officer.get(PLACE, params={"id": "lama"}).text

    assert shown == Contains("Dari 1 soal yang", *said, "ponsel hanya mengirim")
    assert "soal yang dijawab" not in officer.get(PLACE, params={"id": "asing"}).text
    assert "soal yang dijawab" not in decided


def test_a_zip_of_a_chat_is_taken_in(officer: Visitor, store: Store) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "_chat.txt",
            "[24/11 09:12] Bu Siti: selamat pagi\n[24/11 09:13] Bu Siti:"
            f" {signed(a_hand_in('D26-001', id='satu'))}\n",
        )
        archive.writestr("foto.jpg", b"\xff\xd8\0\0")

    sent = officer.fill_in("/jawaban", files={"berkas": ("wa.zip", packed.getvalue())})

    assert sent.status_code == 422
    assert sent.text == Contains("wa.zip/foto.jpg: ", "bukan berkas teks")
    assert "1 jawaban ada di register" in sent.text
    assert "1 baris lain bukan jawaban" not in sent.text
    assert counted(store, "D26-001") == 1


# ---- many at once --------------------------------------------------------------------------------


def test_what_counts_in_another_cohort_is_no_trainers_to_take_back(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    holds(officer, "milik", "D26-001", digest="sha256:lama")
    decides(officer, "milik", nomor="L26-001")
    trainer = signed_in("pelatih", "D26")

    status, said = decides(trainer, "milik", putusan="tolak", ubah="ya", alasan="ternyata lain")

    assert (status, "L26-001" in said, counted(store, "L26-001")) == (422, False, 1)
    assert "L26-001" in officer.get(PLACE, params={"id": "milik"}).text


def junk(officer: Visitor, count: int) -> None:
    officer.fill_in(
        "/jawaban", {"teks": "\n".join(a_hand_in("D26-001", id=f"iseng-{n}") for n in range(count))}
    )


def test_all_that_are_held_for_one_reason_are_decided_at_once(
    officer: Visitor, store: Store
) -> None:
    junk(officer, 40)
    holds(officer, "lama", "D26-001", digest="sha256:lama")
    listed = officer.get(HELD).text

    done = officer.fill_in(
        f"{PLACE}/banyak", {"sebab": "no_card", "putusan": "tolak", "alasan": "kiriman orang iseng"}
    )

    assert "semua 40 yang tanpa kartu" in listed
    assert (done.status_code, done.headers["location"]) == (
        303,
        f"{HELD}&kabar=jawaban-diputuskan",
    )
    left = officer.get(HELD).text
    assert "Putuskan sekaligus" in left
    assert left.count('name="id"') == 1


def test_those_that_are_ticked_are_decided_at_once(officer: Visitor, store: Store) -> None:
    junk(officer, 3)

    officer.fill_in(
        f"{PLACE}/banyak",
        {"id": ["iseng-0", "iseng-2"], "putusan": "tolak", "alasan": "kiriman orang iseng"},
    )

    assert officer.get(HELD).text.count('name="id"') == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"putusan": ""}, "Pilih dulu"),
        ({"putusan": "tolak", "id": "tidak ada"}, "di antara yang dipilih"),
        ({"putusan": "tolak", "sebab": "no_card", "alasan": " "}, "Tulis alasan"),
    ],
)
def test_many_are_not_decided_without_a_choice_and_a_reason(
    officer: Visitor, fields: dict[str, str], said: str
) -> None:
    junk(officer, 2)

    answer = officer.fill_in(f"{PLACE}/banyak", {"alasan": "kiriman orang iseng"} | fields)

    assert (answer.status_code, said in answer.text) == (422, True)
    assert officer.get(HELD).text.count('name="id"') == 2


def test_a_trainer_decides_many_of_their_own_only(
    officer: Visitor, signed_in: SignedIn, store: Store
) -> None:
    officer.fill_in(
        "/jawaban",
        {"teks": "\n".join(a_hand_in(number, id=number) for number in ("D26-001", "L26-001"))},
    )
    trainer = signed_in("pelatih", "D26")

    trainer.fill_in(
        f"{PLACE}/banyak",
        {"sebab": "no_card", "putusan": "hitung", "alasan": "dikerjakan di depan saya"},
    )

    assert (counted(store, "D26-001"), counted(store, "L26-001")) == (1, 0)


def test_a_decision_is_changed_with_a_reason_and_the_attempt_counts_no_more(
    officer: Visitor, store: Store
) -> None:
    officer.fill_in("/jawaban", {"teks": a_hand_in("D26-001", id="satu")})
    decides(officer, "satu")

    changed = decides(officer, "satu", putusan="tolak", alasan="ternyata orang lain", ubah="ya")

    assert changed[0] == 303
    assert counted(store, "D26-001") == 0
    assert "tidak dihitung lagi" in officer.get("/peserta/D26-001").text


# ---- quarantine ----------------------------------------------------------------------------------


def test_what_is_in_quarantine_is_counted_by_address_and_thrown_away(
    officer: Visitor, client: Visitor
) -> None:
    for n in range(3):
        client.post("/api/submissions", json=json.loads(a_hand_in("D26-404", id=f"palsu-{n}")))
    page = officer.get("/jawaban/karantina").text
    person = officer.get("/peserta/D26-001").text

    officer.fill_in("/jawaban/karantina/buang", {"alamat": "testclient"})

    assert "<bdi>testclient</bdi>" in page
    assert "Buang semua (3)" in page
    assert "palsu" not in person
    assert "Karantina: 3 jawaban" not in officer.get("/jawaban").text
    assert "Tidak ada apa-apa" in officer.get("/jawaban/karantina").text
