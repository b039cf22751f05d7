"""A backup that was hurt, changed or made by another is a sentence before it is unpacked."""

from __future__ import annotations

import json
import random
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains
from pyrage import x25519

from psm_course.credentials.signing.key_files import seal as seal_signing_key
from psm_course.credentials.signing.keys import SigningKey
from psm_course.errors import Refused
from psm_course.registrar.backup.contents import unpack, zstd
from psm_course.registrar.backup.manifest import Manifest, write_manifest
from psm_course.registrar.backup.sealing import seal, unseal
from psm_course.registrar.certificates.keys.backup_key import (
    BackupKey,
    find_backup_key,
    make_backup_key,
)
from psm_course.registrar.log.high_water import HighWater, LogMark
from psm_course.settings import Settings
from tests.builders import OFFICE
from tests.register_builders import NOW

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a key that lives for one test


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> BackupKey:
    signing = SigningKey.new()
    return make_backup_key(
        Settings(data=tmp_path_factory.mktemp("kantor")),
        signing,
        seal_signing_key(signing, PASSPHRASE),
    )


@pytest.fixture
def sealed(tmp_path: Path, key: BackupKey) -> Path:
    (tmp_path / "isi").write_bytes(b"isi yang rahasia" * 10_000)
    seal(tmp_path / "isi", key, tmp_path / "cadangan.zip", "cadangan.zip", OFFICE, NOW)
    return tmp_path / "cadangan.zip"


def test_what_was_sealed_is_opened_by_the_passphrase_alone(sealed: Path, tmp_path: Path) -> None:
    unseal(sealed, PASSPHRASE, tmp_path / "dibuka")

    assert (tmp_path / "dibuka").read_bytes() == (tmp_path / "isi").read_bytes()
    assert b"rahasia" not in sealed.read_bytes()
    with zipfile.ZipFile(sealed) as outer:
        assert f"psm restore {sealed.name}" in outer.read("BACA-SAYA.txt").decode()


def test_a_wrong_passphrase_is_a_sentence(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="frasa sandinya salah"):
        unseal(sealed, "empat kata yang lain", tmp_path / "dibuka")


@pytest.mark.parametrize("seed", range(8))
def test_one_flipped_bit_anywhere_is_a_sentence(sealed: Path, tmp_path: Path, seed: int) -> None:
    raw, dice = bytearray(sealed.read_bytes()), random.Random(seed)  # noqa: S311 - which bit
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    sealed.write_bytes(raw)

    with pytest.raises(Refused, match=r"bukan cadangan|sebagian isinya"):
        unseal(sealed, PASSPHRASE, tmp_path / "dibuka")


@pytest.mark.parametrize("length", [0, 1, 10, 63, 100, 5000])
def test_a_copy_that_was_cut_off_is_a_sentence(sealed: Path, tmp_path: Path, length: int) -> None:
    sealed.write_bytes(sealed.read_bytes()[:length])

    with pytest.raises(Refused, match="bukan cadangan buatan"):
        unseal(sealed, PASSPHRASE, tmp_path / "dibuka")


def test_contents_sealed_to_somebody_else_are_a_sentence(
    sealed: Path, tmp_path: Path, key: BackupKey
) -> None:
    other = BackupKey(str(x25519.Identity.generate().to_public()), key.text)
    seal(tmp_path / "isi", other, sealed, sealed.name, OFFICE, NOW)

    with pytest.raises(Refused, match=r"rusak: sebagian isinya berubah"):
        unseal(sealed, PASSPHRASE, tmp_path / "dibuka")


def test_a_broken_backup_key_is_said_with_its_file(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.keys.mkdir()
    (settings.keys / "cadangan.json").write_text(
        '{"format": "psm-backup-key/1", "recipient": "age1xyz"}', encoding="utf-8"
    )

    with pytest.raises(Refused, match=r"cadangan\.json rusak.*: psm backup"):
        find_backup_key(settings)


# ---- the inside ----------------------------------------------------------------------------------


def packed(
    path: Path, files: dict[str, bytes], listed: dict[str, str] | None = None, **changes: Any
) -> Path:
    """The contents of a backup with these files, the register as it was packed before decision
    0113; `listed` instead of their true digests, and other values in the manifest.
    """
    digests = (
        {name: sha256(content).hexdigest() for name, content in files.items()}
        if listed is None
        else listed
    )
    manifest = json.loads(write_manifest(Manifest(OFFICE, NOW, digests, REACHED))) | changes
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
        made.writestr("manifest.json", json.dumps(manifest))
    return path


REACHED = HighWater(
    {("bimtek", 2026): 92}, 120, LogMark(1, 3021, bytes(32)), NOW + timedelta(days=1)
)
REGISTER = {"register.db": b"sebuah register"}
LISTED = {"register.db": sha256(REGISTER["register.db"]).hexdigest()}


def pressed(content: bytes, size: int | None = None) -> bytes:
    """A Zstandard frame that says nothing of its size, or this one."""
    frame = zstd.compress(content, options={zstd.CompressionParameter.content_size_flag: 0})
    if size is None:
        return frame
    # Magic number, then a descriptor: one segment, its size in one byte; the blocks as they were,
    # after descriptor and window.
    return frame[:4] + bytes([0x20, size]) + frame[6:]


# The register above, packed by the library of before (python-zstandard 0.25.0, decision 0113).
BEFORE = bytes.fromhex("28b52ffd200f790000736562756168207265676973746572")


BOMB = pressed(bytes(64 << 20))
SHORT = (1000 - 256).to_bytes(2, "little")  # what a frame of 1,000 bytes says of its size
WITHOUT_END = {
    "within": BOMB[:4] + bytes([0x40, BOMB[5]]) + SHORT + BOMB[6:],  # its window as it was
    "after": BEFORE + BOMB,
}


def test_what_was_packed_is_unpacked_with_how_far_the_office_had_come(tmp_path: Path) -> None:
    (tmp_path / "ke").mkdir()

    manifest = unpack(
        packed(tmp_path / "isi.zip", {**REGISTER, "keys/keys.json": b"{}"}), tmp_path / "ke"
    )

    assert manifest.high_water == REACHED
    assert (manifest.office, manifest.made) == (OFFICE, NOW)
    assert (tmp_path / "ke" / "keys" / "keys.json").read_bytes() == b"{}"
    assert stat.S_IMODE((tmp_path / "ke" / "register.db").stat().st_mode) == 0o600


def test_a_register_is_unpacked_from_each_form(tmp_path: Path) -> None:
    for name, content in {
        "lama": REGISTER,
        "sebelumnya": {"register.db.zst": BEFORE},
        "baru": {"register.db.zst": pressed(REGISTER["register.db"], 15)},
    }.items():
        (tmp_path / name).mkdir()
        unpack(packed(tmp_path / f"{name}.zip", content, LISTED), tmp_path / name)

        assert (tmp_path / name / "register.db").read_bytes() == REGISTER["register.db"]


def test_the_rows_of_a_server_are_unpacked_as_they_are(tmp_path: Path) -> None:
    content = b"baris-baris"

    unpack(
        packed(
            tmp_path / "isi.zip",
            {"register.rows.zst": pressed(content, 11)},
            {"register.rows": sha256(content).hexdigest()},
        ),
        tmp_path,
    )

    assert (tmp_path / "register.rows").read_bytes() == content


def no_archive(path: Path) -> Path:
    path.write_bytes(b"PK" * 100)
    return path


STRANGE: dict[str, Callable[[Path], Path]] = {
    "a path that leads elsewhere": lambda path: packed(path, {**REGISTER, "keys/../../lain": b"x"}),
    # Refused.
    "an absolute path": lambda path: packed(path, {**REGISTER, "/tmp/lain": b"x"}),  # noqa: S108
    "a path of Windows": lambda path: packed(path, {**REGISTER, "keys/..\\lain": b"x"}),
    "a file beside the folders": lambda path: packed(path, {**REGISTER, "lain.txt": b"x"}),
    "a file that is not listed": lambda path: packed(
        path, {**REGISTER, "keys/lain": b"x"}, {"register.db": sha256(b"").hexdigest()}
    ),
    "a listed file that is not there": lambda path: packed(
        path, REGISTER, {"register.db": "00", "keys/lain": "00"}
    ),
    "another digest": lambda path: packed(
        path, REGISTER, {"register.db": sha256(b"lain").hexdigest()}
    ),
    "a register of no size": lambda path: packed(
        path, {"register.db.zst": pressed(REGISTER["register.db"])}, LISTED
    ),
    "a register longer than it says": lambda path: packed(
        path, {"register.db.zst": pressed(REGISTER["register.db"], 3)}, LISTED
    ),
    "a register that goes on after its end": lambda path: packed(
        path, {"register.db.zst": BEFORE + BEFORE}, LISTED
    ),
    "a register and something after it": lambda path: packed(
        path, {"register.db.zst": BEFORE + b"lain"}, LISTED
    ),
    "a register cut off": lambda path: packed(
        path, {"register.db.zst": pressed(REGISTER["register.db"], 15)[:-4]}, LISTED
    ),
    "a register that is no frame": lambda path: packed(path, {"register.db.zst": b"bukan"}, LISTED),
    "a register in both forms": lambda path: packed(
        path, {"register.db.zst": pressed(REGISTER["register.db"], 15), **REGISTER}, LISTED
    ),
    "a register and rows of one": lambda path: packed(path, {**REGISTER, "register.rows": b"x"}),
    "no register": lambda path: packed(path, {"keys/keys.json": b"{}"}),
    "no archive": no_archive,
}


@pytest.mark.parametrize("what", STRANGE)
def test_contents_that_the_program_does_not_write_are_a_sentence(tmp_path: Path, what: str) -> None:
    (tmp_path / "ke").mkdir()

    with pytest.raises(Refused, match=r"tidak wajar \(.+\)\..* cadangan lain\.$"):
        unpack(STRANGE[what](tmp_path / "isi.zip"), tmp_path / "ke")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["isi.zip", "ke"]


@pytest.mark.parametrize("where", WITHOUT_END)
def test_a_frame_that_unpacks_to_more_than_it_says_fills_neither_disk_nor_memory(
    tmp_path: Path, where: str
) -> None:
    path = packed(tmp_path / "isi.zip", {"register.db.zst": WITHOUT_END[where]}, LISTED)

    tracemalloc.start()
    with pytest.raises(Refused, match=r"arsipnya rusak|sidiknya"):
        unpack(path, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (tmp_path / "register.db").stat().st_size <= 1000
    assert peak < 8 << 20


def test_a_file_twice_is_a_sentence(tmp_path: Path) -> None:
    path = packed(tmp_path / "isi.zip", REGISTER)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as again:
        again.writestr("register.db", b"lain")

    with pytest.raises(Refused, match="satu berkas tertulis dua kali"):
        unpack(path, tmp_path)


def test_more_than_the_disk_holds_is_a_sentence_and_nothing_is_unpacked(tmp_path: Path) -> None:
    path, claimed = packed(tmp_path / "isi.zip", REGISTER), (1 << 31).to_bytes(4, "little")
    raw = path.read_bytes()
    at = raw.index(b"PK\x01\x02") + 24
    path.write_bytes(raw[:at] + claimed + raw[at + 4 :])
    (tmp_path / "ke").mkdir()

    with pytest.raises(Refused, match=r"tidak cukup|sidiknya|arsipnya"):
        unpack(path, tmp_path / "ke")


def test_a_link_in_place_of_a_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "isi.zip"
    link = zipfile.ZipInfo("keys/lain")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    digests = {
        "register.db": sha256(REGISTER["register.db"]).hexdigest(),
        "keys/lain": sha256(b"/etc/passwd").hexdigest(),
    }
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("register.db", REGISTER["register.db"])
        made.writestr(link, b"/etc/passwd")
        made.writestr("manifest.json", write_manifest(Manifest(OFFICE, NOW, digests, REACHED)))

    with pytest.raises(Refused, match="menunjuk ke tempat lain"):
        unpack(path, tmp_path)


@pytest.mark.parametrize(
    ("changes", "phrase"),
    [
        ({"format": "psm-backup/2"}, "program yang lebih baru"),
        ({"format": "psm-keys/1"}, "(manifest.json) tidak terbaca"),
        ({"high_water": {}}, "(manifest.json) tidak terbaca"),
        ({"made": "kemarin"}, "(manifest.json) tidak terbaca"),
    ],
)
def test_a_manifest_that_is_none_of_this_program_is_a_sentence(
    tmp_path: Path, changes: dict[str, Any], phrase: str
) -> None:
    with pytest.raises(Refused) as refused:
        unpack(packed(tmp_path / "isi.zip", REGISTER, **changes), tmp_path)

    assert str(refused.value) == Contains(phrase)
