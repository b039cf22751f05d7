"""Checkpoints of a real register, found again in all that keeps one, however it was spoilt."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from dirty_equals import Contains

from psm_course.credentials.log.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from psm_course.credentials.signing.keys import SigningKey
from psm_course.credentials.verification.notes import FILE
from psm_course.errors import Refused
from psm_course.registrar.certificates.keys.keyring import new_key
from psm_course.registrar.log.checkpoints import found_checkpoints, search_checkpoints, signed_state
from psm_course.registrar.log.log_key import log_keys
from psm_course.registrar.reports.reporting import make_report
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.engine import Store
from psm_course.store.log.state import log_state
from tests.published import site_of
from tests.register_builders import ACTOR, NOW, a_cohort, a_course

COURSE = a_course()
PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var")


@pytest.fixture
def note(store: Store, settings: Settings) -> str:
    """The checkpoint of a register in which something was done."""
    a_cohort(store, "Siti Rahayu")
    with store.reading() as tx:
        return signed_state(tx, settings)[1]


def now(store: Store) -> Checkpoint:
    with store.reading() as tx:
        state = log_state(tx)
    return Checkpoint(state.origin, state.size, state.root)


def kept(tmp_path: Path, note: str | bytes, name: str = "puncak.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(note if isinstance(note, bytes) else note.encode())
    return path


def trouble(settings: Settings, *where: Path | str) -> str:
    with pytest.raises(Refused) as refused:
        found_checkpoints(settings, where)
    return str(refused.value)


# ---- made ----------------------------------------------------------------------------------------


def test_a_checkpoint_says_how_the_log_stands(store: Store, settings: Settings, note: str) -> None:
    found = read_checkpoint(note, log_keys(settings))

    assert found == now(store)
    assert found.origin == "kantor-32.76/log/1"


def test_where_the_office_key_is_open_it_signs_too(store: Store, settings: Settings) -> None:
    signer = new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)

    with store.reading() as tx:
        note = signed_state(tx, settings, signer.key)[1]

    assert (
        read_checkpoint(note, signer.issuer.keys)
        == read_checkpoint(note, log_keys(settings))
        == now(store)
    )


# ---- found again ---------------------------------------------------------------------------------


def test_with_nothing_kept_nothing_is_found(settings: Settings) -> None:
    assert found_checkpoints(settings) == []


def test_a_note_in_a_file_is_found_however_an_editor_saved_it(
    store: Store, settings: Settings, tmp_path: Path, note: str
) -> None:
    written = [note, f"\ufeff{note}", note.replace("\n", "\r\n"), note.rstrip("\n"), f"{note}\n\n"]
    for number, content in enumerate(written):
        path = kept(tmp_path, content, f"{number}.txt")
        assert [(each.source, each.checkpoint) for each in found_checkpoints(settings, [path])] == [
            (str(path), now(store))
        ]


def test_what_is_typed_is_found_as_far_as_it_says(
    store: Store, settings: Settings, note: str
) -> None:
    short, whole = found_checkpoints(settings, [now(store).short_form, note])

    assert (short.source, whole.source) == ("yang diketik", "yang diketik")
    assert whole.checkpoint == now(store)
    assert (short.checkpoint.epoch, short.checkpoint.size) == (1, now(store).size)
    assert short.checkpoint.fits(now(store).root)


def test_the_published_site_is_looked_into_by_itself_and_as_a_copy(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
    for site in (settings.site, tmp_path / "salinan"):
        site_of(store, settings, site)

    own, given = found_checkpoints(settings), found_checkpoints(settings, [tmp_path / "salinan"])

    assert [each.source for each in own] == [
        str(settings.site / "log/checkpoint"),
        str(settings.data / f"catatan/1-{now(store).size}.txt"),
    ]
    assert given[0].source == str(tmp_path / "salinan/log/checkpoint")
    assert {each.checkpoint for each in given} == {now(store)}


def test_a_report_pack_holds_one_as_folder_as_zip_and_in_its_minutes(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    a_cohort(store, "Siti Rahayu")
    before = now(store)
    folder = make_report(store, COURSE, settings, "D26", None, "", ACTOR, NOW)
    packed = tmp_path / "pak.zip"
    with ZipFile(packed, "w") as pack:
        for path in folder.iterdir():
            pack.write(path, f"D26/{path.name}")
    minutes = kept(tmp_path, (folder / "berita-acara.pdf").read_bytes(), "pindaian.pdf")

    own = found_checkpoints(settings)

    assert [(each.source, each.checkpoint) for each in own] == [(str(folder / FILE), before)]
    for path in (packed, minutes):
        assert [
            (each.source, each.checkpoint) for each in found_checkpoints(settings, [path])[:1]
        ] == [(str(path), before)]
    everything = found_checkpoints(settings, [folder])
    assert [Path(each.source).name for each in everything[:2]] == ["berita-acara.pdf", FILE]


def test_minutes_that_lost_their_attachment_still_say_it_in_print(
    store: Store, settings: Settings, tmp_path: Path, note: str
) -> None:
    folder = make_report(store, COURSE, settings, "D26", tmp_path / "pak", "", ACTOR, NOW)
    before = read_checkpoint((folder / FILE).read_text(), log_keys(settings))
    raw = (folder / "berita-acara.pdf").read_bytes().replace(FILE.encode(), b"x" * len(FILE))
    printed = kept(tmp_path, raw, "cetakan.pdf")

    (found,) = found_checkpoints(settings, [printed])

    assert found.checkpoint.short_form == before.short_form
    assert found.checkpoint.fits(before.root)


def test_what_a_backup_says_of_its_log_counts(settings: Settings, tmp_path: Path) -> None:
    log = {"epoch": 2, "size": 17, "root": bytes(range(32)).hex()}
    manifest = kept(
        tmp_path,
        json.dumps({"format": "psm-backup/1", "high_water": {"log": log}}),
        "manifest.json",
    )

    assert [each.checkpoint for each in found_checkpoints(settings, [manifest])] == [
        Checkpoint("/log/2", 17, bytes(range(32)))
    ]


# ---- spoilt --------------------------------------------------------------------------------------


def test_a_checkpoint_of_another_office_is_said_to_be_one(
    settings: Settings, tmp_path: Path, note: str
) -> None:
    theirs = write_checkpoint(
        Checkpoint("dinsos.bogor.go.id/log/1", 7, bytes(32)), [SigningKey.new()]
    )
    path = kept(tmp_path, theirs)

    assert trouble(settings, path) == Contains(f"{path}: Tidak ditandatangani", "kantor lain")


def test_every_way_to_spoil_one_is_said_with_where(
    settings: Settings, tmp_path: Path, note: str
) -> None:
    flipped = bytearray(note.encode())
    flipped[note.index("\n") + 1] ^= 1
    with ZipFile(tmp_path / "utuh.zip", "w") as pack:
        pack.writestr("berkas.txt", note)
    whole = (tmp_path / "utuh.zip").read_bytes()
    spoilt: dict[str, tuple[bytes, str]] = {
        "terpotong": (note.encode()[: len(note) // 2], "terpotong"),
        "kosong": (b"", "terpotong"),
        "terbalik": (bytes(flipped), "ada yang berubah"),
        "halaman": (b"<!doctype html><p>404</p>", "bukan catatan bertanda tangan"),
        "gambar": (bytes(range(256)), "bukan puncak catatan"),
        "lain.zip": (whole, "tidak memuat puncak catatan"),
        "rusak.zip": (whole[:-30], "rusak atau terpotong"),
        "rusak.pdf": (b"%PDF-1.7 rusak", "rusak"),
        "manifest.json": (
            (
                b'{"format": "psm-backup/1", "high_water": {"log": {"epoch": 1, "size": 2, "root":'
                b' "00"}}}'
            ),
            "cadangan",
        ),
        "lain.json": (b'{"format": "psm-report/1"}', "cadangan"),
    }
    paths = [kept(tmp_path, content, name) for name, (content, _) in spoilt.items()]
    gone = tmp_path / "tidak-ada.txt"
    (tmp_path / "kosong").unlink()
    (tmp_path / "kosong").mkdir()

    said = trouble(settings, *paths, gone).split("\n")

    assert [line.partition(": ")[0] for line in said] == [str(path) for path in (*paths, gone)]
    wanted = [*(words for _, words in spoilt.values()), "tidak dapat dibaca"]
    wanted[1] = "folder ini tidak memuat"
    assert [line for line, words in zip(said, wanted, strict=True) if words not in line] == []


def test_mistyped_text_is_taken_for_the_name_of_a_file_and_said(settings: Settings) -> None:
    assert trouble(settings, "1:30:9f3a") == Contains("1:30:9f3a: ", "dibaca (tidak ditemukan)")


def test_what_lies_broken_in_the_offices_own_folder_stops_nobody_and_is_named(
    settings: Settings, note: str
) -> None:
    (settings.data / "catatan").mkdir(parents=True)
    (settings.data / "catatan" / "1-5.txt").write_text(note[:20])

    assert found_checkpoints(settings) == []
    (said,) = search_checkpoints(settings).troubles
    assert said.startswith(f"{settings.data / 'catatan' / '1-5.txt'}: ")


@pytest.fixture
def copy(store: Store, settings: Settings, tmp_path: Path) -> Path:
    """A copy of a published site whose log has a full tile and one that is not."""
    new_key(store, settings, "Dinas Sosial Kota Depok", PASSPHRASE, ACTOR, NOW)
    with store.transaction() as tx:
        audit.note_all(
            tx, [audit.Deed(NOW, ACTOR, "signed in", f"akun-{number}", {}) for number in range(299)]
        )
    site_of(store, settings, tmp_path / "salinan")
    return tmp_path / "salinan"


def test_a_whole_copy_of_the_site_is_no_trouble(settings: Settings, copy: Path) -> None:
    assert found_checkpoints(settings, [copy])[0].source == str(copy / "log/checkpoint")


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/000",
        "tile/0/001.p/44",
        "tile/1/000.p/1",
        "tile/entries/000",
        "tile/entries/001.p/44",
    ],
)
def test_a_file_of_the_published_log_that_is_truncated_gone_or_changed_is_named(
    settings: Settings, copy: Path, name: str
) -> None:
    path = copy / "log" / name
    whole = path.read_bytes()
    said = []

    for content in (whole[:-1], bytes([whole[-1] ^ 1]), whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(content)
        said.append(trouble(settings, copy))
    path.unlink()
    said.append(trouble(settings, copy))

    assert [
        any(line.startswith(f"{path}: ") or "tidak cocok" in line for line in lines.split("\n"))
        for lines in said
    ] == [True] * 4
    assert said[0] == Contains(f"{path}: terpotong")
    assert said[3] == Contains(f"{path}: ", "dibaca (tidak ditemukan)")
    assert "berubah sejak diterbitkan" in said[2]
    assert all("Ambil lagi dari situs" in line for lines in said for line in lines.split("\n"))
