"""`psm verify --log`: over the table of the open log the command says what the library says; and a
log by itself, from copy to copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.credentials.documents import Json
from psm_course.credentials.log.merkle import leaf_hash, root_of
from psm_course.credentials.log.tiles import tile_files
from psm_course.credentials.verification.verification import verify
from tests.cli.conftest import Psm
from tests.credentials.entered import Case, entered_cases
from tests.credentials.log.made_up import (
    EARLIER_SIZE,
    SIZE,
    address,
    entries,
    note,
    seen,
    world_json,
)
from tests.credentials.signed import as_bytes
from tests.credentials.tampered_receipts import OFFICE_WITH_LOG, OTHER_LOG_KEY


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def site(folder: Path, world: str) -> Path:
    """A copy of the office's site, without its log."""
    documents = world_json(world)
    named = {
        f"status/{number}.json": document
        for number, document in enumerate(documents["status_lists"])
    }
    shared = {
        f"terbitan/{number}.json": document
        for number, document in enumerate(documents["issuances"])
    }
    ended = {
        f"{place}.json": document
        for place, document in zip(("perbaikan",), documents["corrections"], strict=False)
    }
    return write(
        folder,
        {
            path: as_bytes(each)
            for path, each in {
                "keys.json": documents["keys"][0],
                **named,
                **shared,
                **ended,
            }.items()
        },
    )


def asked(case: Case, folder: Path, sites: Path) -> list[str | Path]:
    """What is typed for a case: the files that it needs lie in a folder of its own."""
    suffix = {b"%": ".pdf", b"{": ".json"}.get(case.given[:1], ".txt")
    handed = write(folder, {f"sertifikat{suffix}": case.given}) / f"sertifikat{suffix}"
    if case.beside is not None:
        write(folder, {"bukti-catatan.json": case.beside})
    logs: list[str | Path] = []
    for at, each in enumerate(case.seen):
        earlier = note(each.size, each.origin, root=each.root)
        logs += ["--log", write(folder / f"buku-{at}", {"checkpoint": earlier})]
    if case.files is not None:
        logs += ["--log", write(folder / "buku", case.files)]
    return ["verify", handed, "--site", sites / case.world, *logs, "--json"]


def test_the_command_says_what_the_library_says(tmp_path: Path, psm: Psm) -> None:
    """By the day on which it runs. A folder without a checkpoint it refuses in a sentence."""
    sites = tmp_path / "situs"
    for world in ("usual", "revoked", "no-lists", "without-log-keys"):
        site(sites / world, world)
    cases = [case for case in entered_cases() if case.files is None or len(case.files) < 50]
    found = {}
    for number, case in enumerate(cases):
        ran = psm(*asked(case, tmp_path / str(number), sites))
        if ran.err:
            assert (
                ran.code,
                "checkpoint" not in (case.files or {}),
                "bukan salinan buku terbuka" in ran.err,
            ) == (2, True, True)
            continue
        found[case.id] = (json.loads(ran.out), ran.code)

    now = datetime.now(UTC)
    expected = {
        case.id: verify(case.given, case.published(), now, beside=case.beside).to_json()
        for case in cases
        if case.id in found
    }
    assert {name: verdict for name, (verdict, _) in found.items()} == expected
    assert {
        name
        for name, (verdict, code) in found.items()
        if (code == 0) != (verdict["verdict"] == "valid")
    } == set()
    assert len(found) > 200


def test_the_number_in_the_open_log_is_said(tmp_path: Path, psm: Psm) -> None:
    case = next(case for case in entered_cases() if case.id == "genuine/700/pdf")
    site(tmp_path / "usual", "usual")

    ran = psm(*asked(case, tmp_path / "kasus", tmp_path)[:-1])

    assert ran.code == 0
    assert "Tercatat dalam buku terbuka, nomor 300." in ran.out


# ---- a log by itself -----------------------------------------------------------------------------


def a_log(size: int = SIZE, changed_at: int | None = None) -> dict[str, bytes]:
    """A whole published log of made-up entries; one of them may be another one."""
    some = [*entries()[:size]]
    if changed_at is not None:
        some[changed_at] = bytes(32)
    return {
        "checkpoint": note(size, root=root_of(leaf_hash(each) for each in some)),
        **dict(tile_files(some)),
    }


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return write(tmp_path / "kunci", {"keys.json": as_bytes(OFFICE_WITH_LOG.to_json())})


def test_a_log_that_only_grew_is_said_to_be_whole(tmp_path: Path, psm: Psm, keys: Path) -> None:
    old, new = (
        write(tmp_path / "buku-lama", a_log(EARLIER_SIZE)),
        write(tmp_path / "buku-baru", a_log()),
    )

    ran = psm("verify", "--site", keys, "--log", old, "--log", new)

    assert ran.code == 0
    assert ran.out.splitlines() == [
        Contains(f"✓ {old}: ", "dinsos.depok.go.id/log/1", "utuh, 520 catatan"),
        Contains(f"✓ {new}: ", "dinsos.depok.go.id/log/1", "utuh, 700 catatan"),
        Contains(f"✓ {new} melanjutkan {old}", "520 catatan", "180 ditambahkan"),
    ]


def test_keys_beside_the_log_are_used(tmp_path: Path, psm: Psm) -> None:
    copy = write(tmp_path / "situs", {"keys.json": as_bytes(OFFICE_WITH_LOG.to_json())})
    write(copy / "log", a_log())

    assert psm("verify", "--log", copy).code == psm("verify", "--log", copy / "log").code == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            a_log(),
            a_log(EARLIER_SIZE),
            ["bukan lanjutan {old}", "baru 520 catatan", "dulu sudah 700"],
        ),
        (
            a_log(EARLIER_SIZE),
            a_log(changed_at=3),
            ["bukan lanjutan {old}", "diubah atau dihapus", "520 catatan pertamanya"],
        ),
        (
            a_log(EARLIER_SIZE),
            a_log() | {"tile/0/001": bytes(8_192)},
            ["tile/1/000.p/2", "tidak cocok"],
        ),
        (a_log(EARLIER_SIZE), a_log() | {"tile/0/001": bytes(8_191)}, ["tile/0/001: terpotong"]),
        (
            a_log(EARLIER_SIZE),
            a_log() | {"tile/entries/001": b"\0"},
            ["tile/entries/001: terpotong"],
        ),
    ],
    ids=["shorter", "changed", "tile-changed", "tile-truncated", "entries-truncated"],
)
def test_a_log_that_did_not_only_grow_is_found_out(
    tmp_path: Path,
    psm: Psm,
    keys: Path,
    old: dict[str, bytes],
    new: dict[str, bytes],
    says: list[str],
) -> None:
    before, after = write(tmp_path / "lama", old), write(tmp_path / "baru", new)

    ran = psm("verify", "--site", keys, "--log", before, "--log", after)

    assert ran.code == 2
    first_trouble = next(line for line in ran.out.splitlines() if line.startswith("✗"))
    assert first_trouble == Contains(*[each.format(old=before) for each in says])


def test_a_checkpoint_of_another_office_is_refused(tmp_path: Path, psm: Psm, keys: Path) -> None:
    copy = write(tmp_path / "buku", a_log() | {"checkpoint": note(key=OTHER_LOG_KEY)})

    ran = psm("verify", "--site", keys, "--log", copy)

    assert (ran.code, ran.err) == (
        2,
        Contains(f"{copy / 'checkpoint'}: ", "bukan puncak buku terbuka"),
    )


def test_a_checkpoint_that_somebody_kept_is_looked_for(
    tmp_path: Path, psm: Psm, keys: Path
) -> None:
    copy = write(tmp_path / "buku", a_log())
    short = replace(
        seen(EARLIER_SIZE), root=root_of(leaf_hash(each) for each in entries()[:EARLIER_SIZE])
    ).short_form
    kept = (
        write(tmp_path, {"puncak-catatan.txt": a_log(EARLIER_SIZE)["checkpoint"]})
        / "puncak-catatan.txt"
    )

    typed, as_file = (
        psm("verify", "--site", keys, "--log", copy, short),
        psm("verify", "--site", keys, "--log", copy, kept),
    )

    assert (typed.code, as_file.code) == (0, 0)
    assert typed.out == Contains("✓", "520 catatan pertama", "sama dengan")
    other = psm(
        "verify", "--site", keys, "--log", copy, short[:-1] + ("0" if short[-1] != "0" else "1")
    )
    assert (other.code, "diubah atau dihapus" in other.out) == (2, True)
    changed = (
        write(
            tmp_path,
            {"lain.txt": a_log(EARLIER_SIZE)["checkpoint"].replace(b"\n520\n", b"\n521\n")},
        )
        / "lain.txt"
    )
    assert psm("verify", "--site", keys, "--log", copy, changed, "--json").code == 2


def test_a_certificate_and_a_checkpoint_are_asked_one_by_one(
    tmp_path: Path, psm: Psm, keys: Path
) -> None:
    copy = write(tmp_path / "buku", a_log())

    ran = psm(
        "verify", "--site", keys, "--log", copy, seen(EARLIER_SIZE).short_form, address().decode()
    )

    assert (ran.code, "satu per satu" in ran.err) == (2, True)


def test_a_broken_pdf_beside_a_log_gets_a_sentence(tmp_path: Path, psm: Psm, keys: Path) -> None:
    copy = write(tmp_path / "buku", a_log())
    broken = write(tmp_path, {"rusak.pdf": b"%PDF-1.7\nbukan apa-apa"}) / "rusak.pdf"

    ran = psm("verify", "--site", keys, "--log", copy, broken)

    assert (ran.code, ran.err) == (2, "")
    assert "Berkas PDF ini rusak" in ran.out


def test_nothing_to_check_is_said(psm: Psm) -> None:
    assert psm("verify").code == 2


def as_told(text: str) -> list[Json]:
    found: list[Json] = json.loads(text)
    return found


def test_json_tells_of_each_copy(tmp_path: Path, psm: Psm, keys: Path) -> None:
    told = as_told(
        psm("verify", "--site", keys, "--log", write(tmp_path / "buku", a_log()), "--json").out
    )

    assert [each["sound"] for each in told] == [True]
