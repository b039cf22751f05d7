"""What phones hand in, taken in at the desk: by file, text, twice, and what is held and why."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from psm_course.content.course import Course
from psm_course.credentials.log.receipt import read_receipt
from psm_course.grading.submission import canonical
from psm_course.registrar.answers.hand_in import receipt_code
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.store.answers import attempts
from psm_course.store.answers.attempts import Taken
from psm_course.store.engine import Store
from tests.register_builders import NOW, a_hand_in, enrols, signed
from tests.web.conftest import SignedIn, Visitor

pytestmark = pytest.mark.usefixtures("siti")


def code_of(document: str) -> str:
    return receipt_code(canonical(json.loads(document)))


def counted(store: Store, number: str = "D26-001") -> int:
    with store.reading() as tx:
        return attempts.taken_by(tx, [number]).get((number, "tes-akhir"), Taken()).counting


def test_a_file_of_many_and_a_pasted_text_get_their_receipts(
    officer: Visitor, store: Store
) -> None:
    one, two, three = (
        signed(a_hand_in("D26-001", id=name, attempt=n))
        for n, name in enumerate(("satu", "dua", "tiga"), 1)
    )

    sent = officer.fill_in(
        "/jawaban",
        {"teks": three},
        files={"berkas": ("wa.jsonl", io.BytesIO(f"{one}\n{two}\n".encode()))},
    )
    page = officer.get(sent.headers["location"]).text

    assert sent.status_code == 303
    assert "3 jawaban ada di register" in page
    for document in (one, two, three):
        assert code_of(document) in page


def test_a_chat_that_whatsapp_broke_into_two_and_bent_is_pasted_as_it_is(
    officer: Visitor, store: Store
) -> None:
    document = json.dumps(json.loads(signed(a_hand_in("D26-001"))), separators=(",", ":"))
    half, bent = len(document) // 2, document.replace('"', "“")
    chat = (
        f"[28/11 10.02] ~Siti: {bent[:half]}\n[28/11 10.02] Pak Ujang: sudah Bu\n[28/11 10.03]"
        f" ~Siti: {bent[half:]} makasih 🙏"
    )

    page = officer.get(officer.fill_in("/jawaban", {"teks": chat}).headers["location"]).text

    assert "1 jawaban ada di register" in page
    assert code_of(document) in page
    assert counted(store) == 1


def test_the_same_twice_counts_once_and_shows_its_receipt_again(
    officer: Visitor, store: Store
) -> None:
    document = signed(a_hand_in("D26-001"))

    pages = [
        officer.get(officer.fill_in("/jawaban", {"teks": document}).headers["location"]).text
        for _ in range(2)
    ]

    assert all("1 jawaban ada di register" in page and code_of(document) in page for page in pages)
    assert counted(store) == 1


def test_what_is_held_is_shown_with_its_reason(
    officer: Visitor, store: Store, tmp_path: Path
) -> None:
    enrols(store, tmp_path, ("Siti", "Beji"), ("Rini", "Limo"))
    officer.fill_in("/jawaban", {"teks": a_hand_in("D26-002", id="tanpa kartu")})
    officer.fill_in("/jawaban", {"teks": signed(a_hand_in("D26-001"))})

    held, counts = (
        officer.get("/jawaban?hanya=ditahan").text,
        officer.get("/jawaban?hanya=dihitung").text,
    )

    assert "tanpa kartu peserta" in held
    assert "D26-002" in held
    assert "D26-001" not in held
    assert "D26-001" in counts
    assert "D26-002" not in counts


def test_what_is_no_submission_is_said_by_line_and_the_rest_is_kept(
    officer: Visitor, store: Store
) -> None:
    document = signed(a_hand_in("D26-001"))

    sent = officer.fill_in("/jawaban", {"teks": f'{document}\nhalo <b>\n{{"x": 1}}'})

    assert sent.status_code == 422
    assert "teks:3: " in sent.text
    assert code_of(document) in sent.text
    assert "halo &lt;b&gt;" in sent.text  # what was pasted is still there to be mended
    assert counted(store) == 1


def test_nothing_sent_is_said(officer: Visitor) -> None:
    sent = officer.fill_in("/jawaban", {"teks": "  "})

    assert sent.status_code == 422
    assert "Belum ada jawaban" in sent.text


def test_a_trainer_takes_in_for_all_but_sees_only_their_own(
    signed_in: SignedIn, store: Store, tmp_path: Path
) -> None:
    open_cohort(store, "L26", "Angkatan Lain", NOW.date(), "uji", NOW)
    enrols(store, tmp_path, ("Rini", "Limo"), cohort="L26")
    trainer = signed_in("pelatih", "D26")
    mine, others = signed(a_hand_in("D26-001")), signed(a_hand_in("L26-001"))

    sent = trainer.fill_in("/jawaban", {"teks": f"{mine}\n{others}"})
    page = trainer.get(sent.headers["location"]).text

    assert counted(store, "L26-001") == 1
    assert code_of(mine) in page
    assert code_of(others) not in page
    assert "D26-001" in page
    assert ">L26-001<" not in page


@pytest.mark.parametrize("name", ["<script>x</script>", "\u202e" * 3 + "x", "é" * 300, "a\nb"])
def test_hostile_ids_numbers_and_quizzes_are_only_text(
    officer: Visitor, course: Course, name: str
) -> None:
    sent = officer.fill_in("/jawaban", {"teks": a_hand_in(name, quiz=name, id=name)})
    page = officer.get(sent.headers["location"]) if sent.status_code == 303 else sent

    assert page.status_code in {200, 422}
    assert "<script>" not in page.text
    assert "<script>" not in officer.get("/jawaban").text


# ---- the receipt as a file -----------------------------------------------------------------------


def test_the_receipt_of_each_can_be_sent_back_as_a_file(officer: Visitor, store: Store) -> None:
    document = signed(a_hand_in("D26-001"))
    page = officer.get(officer.fill_in("/jawaban", {"teks": document}).headers["location"]).text
    link = re.findall(r'href="(/jawaban/tanda-terima[^"]*)"', page)[0]

    sent = officer.get(link)

    code = code_of(document)
    assert sent.headers["content-disposition"] == f'attachment; filename="tanda-terima-{code}.txt"'
    said = read_receipt(sent.json())
    assert (said.participant, said.quiz, said.standing, said.code) == (
        "D26-001",
        "tes-akhir",
        "recorded",
        code,
    )


def test_a_receipt_of_another_cohort_is_not_a_trainer_s_to_send(
    signed_in: SignedIn, officer: Visitor, store: Store, course: Course
) -> None:
    open_cohort(store, "E26", "Angkatan E26", NOW.date(), "uji", NOW, course)
    officer.fill_in("/jawaban", {"teks": signed(a_hand_in("D26-001", id="siti"))})

    asked = signed_in("pelatih", "E26").get("/jawaban/tanda-terima?id=siti")

    assert (asked.status_code, "content-disposition" in asked.headers) == (404, False)
    assert "jawabannya tidak ada" in asked.text
