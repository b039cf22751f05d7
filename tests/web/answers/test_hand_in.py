"""Handing in over HTTP: one document, one receipt; whatever is not a submission gets a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import orjson
import pytest
from dirty_equals import Contains
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from psm_course.content.course import Course
from psm_course.credentials.log.receipt import digest_of, is_signed_by
from psm_course.credentials.signing.keys import log_key_json
from psm_course.domain.card import mac_key, pairing_proof
from psm_course.grading.submission import LARGEST, canonical, without_mac
from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.answers.hand_in import receipt_code
from psm_course.registrar.log.log_key import log_keys
from psm_course.settings import Settings
from psm_course.store.answers import submissions
from psm_course.store.engine import Store
from psm_course.store.people import cards
from tests.builders import a_document
from tests.conftest import ROOT
from tests.items.any_item import json_values
from tests.register_builders import CARDS, NOW, arranging, register_of, signed

pytestmark = pytest.mark.usefixtures("siti")


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """Of the office that `client` asks."""
    return Settings(root=ROOT, data=tmp_path)


def kept(store: Store, name: str) -> Any:
    with arranging(store) as tx:
        return submissions.find_submission(tx, name)


def document(**changes: Any) -> dict[str, Any]:
    """Signed by the card, unless a MAC is given."""
    bare = a_document({}, **({"participant": "D26-001", "digest": None} | changes))
    return bare if "mac" in bare else cast("dict[str, Any]", json.loads(signed(json.dumps(bare))))


def test_a_page_learns_that_somebody_listens(client: TestClient) -> None:
    assert client.get("/api/desk").json() == {"desk": True}


def test_a_document_is_kept_and_answered_with_the_receipt_the_phone_can_compute(
    client: TestClient, store: Store
) -> None:
    answer = client.post("/api/submissions", json=document())

    assert answer.status_code == 200
    assert answer.json() | {"signed": {}} == {
        "receipt": receipt_code(canonical(document())),
        "standing": "recorded",
        "message": Contains("sudah masuk ke register"),
        "next_attempt": 2,
        "signed": {},
    }
    assert json.loads(kept(store, "5f0c").document) == document()


def test_the_same_document_twice_counts_once_and_has_one_receipt(client: TestClient) -> None:
    first, second = (client.post("/api/submissions", json=document()).json() for _ in range(2))

    assert (first["standing"], second["standing"]) == ("recorded", "known")
    assert first["receipt"] == second["receipt"]


def test_what_cannot_count_is_held_with_its_reason_and_still_gets_a_receipt(
    client: TestClient, store: Store
) -> None:
    answer = client.post("/api/submissions", json=document(mac=None)).json()

    assert answer["standing"] == "held"
    assert answer["message"] == Contains("menunggu keputusan", "tanpa kartu peserta")
    assert (len(answer["receipt"]), answer["next_attempt"]) == (9, None)
    assert kept(store, "5f0c").held


@pytest.mark.parametrize(
    "changes", [{"participant": "D26-999"}, {"mac": "00"}], ids=["unknown number", "wrong MAC"]
)
def test_a_forged_one_is_not_received_and_nobody_learns_whether_the_number_exists(
    client: TestClient, store: Store, changes: dict[str, Any]
) -> None:
    answer = client.post("/api/submissions", json=document(**changes))
    strange = client.post("/api/submissions", json=document(participant="D26-404", mac="00"))

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "receipt": None,
            "standing": "quarantined",
            "message": Contains(
                "belum diterima", "tidak cocok", "Pasangkan kartu", "tersimpan di ponsel"
            ),
            "next_attempt": None,
            "signed": None,
        },
    )
    assert answer.json() == strange.json()
    assert kept(store, "5f0c") is None


def test_the_answer_carries_a_receipt_that_the_office_s_log_key_signed(
    client: TestClient, office: Settings
) -> None:
    """So long as the office has no key for certificates, `keys.json` lists the log's keys alone."""
    first, second = (
        client.post("/api/submissions", json=document()).json()["signed"] for _ in range(2)
    )

    (key,) = log_keys(office)
    assert client.get("/keys.json").json() == {"log_keys": [log_key_json(key)]}
    assert is_signed_by(key, first)
    assert first == second
    assert first["document"] == digest_of(canonical(document()))


def proof(number: str, serial: int = 1) -> str:
    return pairing_proof(mac_key(CARDS.code(number, serial)), number)


def test_a_phone_that_has_the_card_learns_whose_it_is_and_what_comes_next(
    client: TestClient, course: Course
) -> None:
    client.post("/api/submissions", json=document(quiz="tes-akhir"))

    answer = client.post("/api/kartu", json={"number": "D26-001", "proof": proof("D26-001")})

    assert answer.status_code == 200
    assert answer.json()["name"] == "Siti"
    assert {name: answer.json()["next_attempts"][name] for name in ("tes-awal", "tes-akhir")} == {
        "tes-awal": 1,
        "tes-akhir": 2,
    }


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("D26-001", proof("D26-002")),
        ("D26-999", proof("D26-999")),
        ("D26-001", "é"),
        ("\0", ""),
        ("D26-001", ""),
    ],
)
def test_a_phone_without_the_card_learns_nothing(
    client: TestClient, number: str, shown: str
) -> None:
    answer = client.post("/api/kartu", json={"number": number, "proof": shown})

    assert answer.status_code == 403
    assert "tidak cocok dengan kartu" in answer.json()["error"]


def test_a_phone_with_a_replaced_card_is_told_so(client: TestClient, store: Store) -> None:
    with arranging(store) as tx:
        cards.raise_serial(tx, "D26-001")

    answer = client.post("/api/kartu", json={"number": "D26-001", "proof": proof("D26-001")})

    assert (answer.status_code, answer.json()["error"]) == (403, Contains("sudah diganti"))


@pytest.mark.parametrize("body", [b"{", b"[]", b"{}", b'"x"', b"7"])
def test_what_is_no_pairing_gets_a_sentence(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/kartu", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["error"][:24]) == (400, "Permintaan ini tidak dim")


@pytest.mark.parametrize(
    ("body", "kind", "status", "sentence"),
    [
        (b"{", "application/json", 400, "bukan JSON"),
        (b"[]", "application/json; charset=utf-8", 400, "Ini bukan dokumen jawaban"),
        (b"x" * (LARGEST + 1), "application/json", 413, "lebih besar dari 1 MB"),
        (json.dumps(document()).encode(), "text/plain", 415, "application/json"),
        (
            json.dumps(document()).encode(),
            "application/x-www-form-urlencoded",
            415,
            "application/json",
        ),
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
    asked = client.options(
        "/api/submissions",
        headers={"Origin": "https://lain.example", "Access-Control-Request-Method": "POST"},
    )

    assert asked.status_code == 405
    assert "access-control-allow-origin" not in asked.headers


def test_what_waits_or_was_refused_is_said_when_it_comes_again(
    client: TestClient, store: Store, course: Course
) -> None:
    first, again = (
        client.post("/api/submissions", json=document(mac=None)).json() for _ in range(2)
    )
    decide(store, course, "5f0c", "refused", "Bukan peserta.", "uji", NOW)
    decided = client.post("/api/submissions", json=document(mac=None)).json()

    assert {each["receipt"] for each in (first, again, decided)} == {first["receipt"]}
    twice = ("pernah diterima", "tidak dihitung dua kali")
    assert again["message"] == Contains(*twice, "tanpa kartu peserta")
    assert decided["message"] == Contains(
        *twice, "petugas memutuskan", "jawaban ini tidak dihitung"
    )


_SENT = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_FIELDS = [
    "format",
    "quiz",
    "participant",
    "id",
    "responses",
    "attempt",
    "mac",
    "digest",
    "started_at",
    "finished_at",
    "x",
]


@_SENT
@given(
    st.dictionaries(
        st.sampled_from(_FIELDS),
        json_values | st.text() | st.sampled_from(["\0", "D26-001", "9999-12-31T23:59:59Z"]),
    )
)
def test_no_document_breaks_the_server_and_none_with_a_receipt_is_lost(
    client: TestClient, store: Store, changes: dict[str, Any]
) -> None:
    sent = json.dumps(document() | changes).encode()

    answer = client.post(
        "/api/submissions", content=sent, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in {200, 400}
    assert ("receipt" in answer.json()) == (answer.status_code == 200)
    if answer.status_code == 200 and answer.json()["standing"] != "quarantined":
        given = orjson.loads(sent)
        assert answer.json()["receipt"] == receipt_code(canonical(given))
        assert without_mac(given) in {
            without_mac(orjson.loads(row[4])) for row in register_of(store)["submission"]
        }


@_SENT
@given(
    st.binary() | st.text().map(str.encode), st.sampled_from(["application/json", "text/plain", ""])
)
def test_no_bytes_break_the_server(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/api/submissions", content=body, headers={"Content-Type": kind})

    assert answer.status_code in {400, 415}
    assert answer.json()["error"].endswith(".")
