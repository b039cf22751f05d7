"""Handing in over HTTP: one document, one receipt; whatever is not a submission gets a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from psm_course.content.course import Course, read_course
from psm_course.grading.submission import LARGEST, canonical
from psm_course.interchange.sheets import write_sheet
from psm_course.registrar.enrolling import import_roster, open_cohort
from psm_course.registrar.submitting import receipt_code
from psm_course.settings import Settings
from psm_course.store import attempts
from psm_course.store.engine import Store, open_store
from psm_course.web.app import make_app
from tests.builders import a_document
from tests.conftest import ROOT
from tests.grading.any_item import json_values

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def course() -> Course:
    course, _ = read_course(ROOT)
    assert course is not None
    return course


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "register.db")
    open_cohort(store, "D26", "Angkatan D26", date(2026, 12, 1), "uji", NOW)
    write_sheet(tmp_path / "p.xlsx", "x", ["Nama", "Kelurahan"], [["Siti", "Beji"]], [10, 10])
    import_roster(store, "D26", tmp_path / "p.xlsx", "uji", NOW)
    yield store
    store.close()


@pytest.fixture
def client(tmp_path: Path, course: Course, store: Store) -> TestClient:
    (tmp_path / "site").mkdir()
    return TestClient(make_app(Settings(root=ROOT, data=tmp_path), course, store), base_url="http://127.0.0.1:8765")


def kept(store: Store, name: str) -> Any:
    with store.transaction() as tx:
        return attempts.find_submission(tx, name)


def document(**changes: Any) -> dict[str, Any]:
    return a_document({}, **({"participant": "D26-001"} | changes))


def test_a_page_learns_that_somebody_listens(client: TestClient) -> None:
    assert client.get("/api/desk").json() == {"desk": True}


def test_a_document_is_kept_and_answered_with_the_receipt_the_phone_can_compute(client: TestClient, store: Store) -> None:
    answer = client.post("/api/submissions", json=document())

    assert answer.status_code == 200
    assert answer.json() == {
        "receipt": receipt_code(canonical(document())),
        "standing": "recorded",
        "message": "Jawaban sudah masuk ke register.",
    }
    assert json.loads(kept(store, "5f0c").document) == document()


def test_the_same_document_twice_counts_once_and_has_one_receipt(client: TestClient) -> None:
    first, second = (client.post("/api/submissions", json=document()).json() for _ in range(2))

    assert (first["standing"], second["standing"]) == ("recorded", "known")
    assert first["receipt"] == second["receipt"]


def test_what_cannot_count_is_held_with_its_reason_and_still_gets_a_receipt(client: TestClient, store: Store) -> None:
    answer = client.post("/api/submissions", json=document(participant="D26-999")).json()

    assert answer["standing"] == "held"
    assert answer["message"] == "Jawaban disimpan dan menunggu keputusan petugas: nomor peserta ini tidak ada di register."
    assert kept(store, "5f0c").held


@pytest.mark.parametrize(
    ("body", "kind", "status", "sentence"),
    [
        (b"{", "application/json", 400, "Ini bukan JSON yang utuh"),
        (b"[]", "application/json; charset=utf-8", 400, "Ini bukan dokumen jawaban"),
        (b"x" * (LARGEST + 1), "application/json", 413, "lebih besar dari 1 MB"),
        (json.dumps(document()).encode(), "text/plain", 415, "application/json"),
        (json.dumps(document()).encode(), "application/x-www-form-urlencoded", 415, "application/json"),
    ],
)
def test_what_is_no_submission_gets_a_sentence(
    client: TestClient, store: Store, body: bytes, kind: str, status: int, sentence: str
) -> None:
    answer = client.post("/api/submissions", content=body, headers={"Content-Type": kind})

    assert answer.status_code == status
    assert sentence in answer.json()["error"]
    assert kept(store, "5f0c") is None


def test_another_site_cannot_read_or_send(client: TestClient) -> None:
    asked = client.options("/api/submissions", headers={"Origin": "https://lain.example", "Access-Control-Request-Method": "POST"})

    assert asked.status_code == 405
    assert "access-control-allow-origin" not in asked.headers


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["format", "quiz", "participant", "id", "responses", "attempt", "mac", "x"]), json_values))
def test_no_document_breaks_the_server(client: TestClient, changes: dict[str, Any]) -> None:
    answer = client.post("/api/submissions", content=json.dumps(document() | changes), headers={"Content-Type": "application/json"})

    assert answer.status_code in {200, 400}
    assert ("receipt" in answer.json()) == (answer.status_code == 200)
