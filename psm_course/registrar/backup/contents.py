"""The contents of a backup: which files belong in it; packing and unpacking them within limits.

Certificates that can be printed again from the register, byte for byte, are not included: 250,000
of them would be 15 GB. Certificates with a certified signature, and reports, cannot be made again,
so they are included (decision 0075). The register is packed with Zstandard, because deflate takes
minutes for several gigabytes (decision 0113). The register of a database server is packed as the
rows that the server sends (decision 0115).
"""

import hashlib
import json
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath
from typing import IO

from psm_course.errors import Refused
from psm_course.registrar.backup.manifest import (
    FILE,
    LARGEST,
    Manifest,
    read_manifest,
    write_manifest,
)
from psm_course.settings import Settings
from psm_course.store.backup import REGISTER, ROWS

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SETTINGS = "psm.toml"
KEYS, RECORDS, REPORTS = "keys", "records", "laporan"
FOLDERS = (KEYS, RECORDS, REPORTS)
_CERTIFIED = "*.tte.pdf"
_PACKED = {".pdf", ".xlsx", ".zip"}  # as small as they get
# In the archive; older backups hold the register by its own name.
_PRESSED = {f"{name}.zst": name for name in (REGISTER, ROWS)}
_ROWS_BECOME = 2  # times as large, at most, is the register that is made of them
_HEADER = 18  # bytes of a Zstandard frame's header, at most
_OF_THIS_MACHINE = {"root", "data", "database", "office"}
_MOST_FILES = 1_000_000
_PART = 1 << 20
_STRANGE = "Isi cadangan ini tidak wajar ({what}). Tidak ada yang diubah. Pakai cadangan lain."


def office_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield the files of a backup besides the register: path in the backup, and path on disk.

    These are all files of the keys folder (some are not sealed), certificates with a certified
    signature, and reports. Symbolic links and unfinished files (`.part`) are left out.
    """
    for name, folder, pattern in (
        (KEYS, settings.keys, "*"),
        (RECORDS, settings.records, _CERTIFIED),
        (REPORTS, settings.data / REPORTS, "*"),
    ):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def settings_as_toml(settings: Settings) -> bytes:
    """Write the settings that differ from the default in the form of `psm.toml`.

    Settings of this machine, such as the address of the database, are left out.
    """
    usual = Settings()
    written = {
        field.name: getattr(settings, field.name)
        for field in fields(settings)
        if field.name not in _OF_THIS_MACHINE
    }
    return settings_lines(
        {name: value for name, value in written.items() if value != getattr(usual, name)}
    )


def settings_lines(values: Mapping[str, str]) -> bytes:
    """Write settings (value by name) as lines of `psm.toml`."""
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in values.items()).encode()


def _quoted(value: str) -> str:
    """Quote a text for TOML. The rules are those of JSON, except for the character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def pack(target: Path, register: Path, settings: Settings, manifest: Manifest) -> None:
    """Write the register, the office's files, its settings and a manifest to a new ZIP `target`.

    The digests (SHA-256) of all other files in the ZIP are added to the manifest.

    Raises:
        OSError: the ZIP cannot be written.
    """
    digests = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        digests[register.name] = _add_register(packed, register)
        for name, path in office_files(settings):
            digests[name] = _add(packed, name, path)
        text = settings_as_toml(settings)
        packed.writestr(SETTINGS, text)
        digests[SETTINGS] = hashlib.sha256(text).hexdigest()
        packed.writestr(FILE, write_manifest(replace(manifest, files=digests)))


def _add_register(packed: zipfile.ZipFile, path: Path) -> str:
    entry = zipfile.ZipInfo.from_file(path, f"{path.name}.zst", strict_timestamps=False)
    pressed = zstd.ZstdCompressor(level=1)
    pressed.set_pledged_input_size(path.stat().st_size)  # `_size` asks the frame for it
    # The packed size is not known yet; without ZIP64 more than 2 GiB would be refused at the end.
    with path.open("rb") as stream, packed.open(entry, "w", force_zip64=True) as member:
        digest = _copied(stream, lambda part: member.write(pressed.compress(part)))
        member.write(pressed.flush())
    return digest


def _add(packed: zipfile.ZipFile, name: str, path: Path) -> str:
    # Not strict: a ZIP knows no time before 1980, and a file with such a time would be refused.
    entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    entry.compress_type = zipfile.ZIP_STORED if path.suffix in _PACKED else zipfile.ZIP_DEFLATED
    with path.open("rb") as stream, packed.open(entry, "w", force_zip64=True) as member:
        return _copied(stream, member.write)


def _copied(stream: IO[bytes], write: Callable[[bytes], object]) -> str:
    """Pass all bytes of a stream to `write`, part by part; return their SHA-256 in hexadecimal."""
    found = hashlib.sha256()
    while part := stream.read(_PART):
        found.update(part)
        write(part)
    return found.hexdigest()


def unpack(contents: Path, into: Path) -> Manifest:
    """Write all files of an unsealed backup into the folder `into`; return the manifest.

    Each file is checked against its digest in the manifest.

    Raises:
        Refused: the ZIP is not as `pack` writes it (a path outside the folder, a file twice, a file
            that the manifest does not list, a wrong digest), or the disk has too little space.
    """
    try:
        with zipfile.ZipFile(contents) as packed:
            entries = _entries(packed)
            manifest = _manifest(packed, entries)
            _refuse_strange(manifest, entries)
            _refuse_too_large(packed, entries, into)
            for name, digest in manifest.files.items():
                _unpack_one(packed, entries[name], into / name, digest)
    # zipfile raises NotImplementedError for another compression, RuntimeError for a password.
    except (
        zipfile.BadZipFile,
        zstd.ZstdError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):
        raise Refused(_STRANGE.format(what="arsipnya rusak")) from None
    return manifest


def _entries(packed: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    """The entries of the archive by path.

    The register is stored as a compressed file whose name ends with `.zst`. It is in the result
    under its path without `.zst`.
    """
    listed = packed.infolist()
    entries = {_PRESSED.get(entry.filename, entry.filename): entry for entry in listed}
    if len(listed) > _MOST_FILES or len(entries) != len(listed):
        raise Refused(
            _STRANGE.format(what="satu berkas tertulis dua kali, atau terlalu banyak berkas")
        )
    return entries


def _manifest(packed: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> Manifest:
    entry = entries.get(FILE)
    if entry is None or entry.file_size > LARGEST:
        raise Refused(_STRANGE.format(what=f"{FILE} tidak ada"))
    with packed.open(entry) as member:
        return read_manifest(member.read(LARGEST + 1))


def _refuse_strange(manifest: Manifest, entries: Mapping[str, zipfile.ZipInfo]) -> None:
    if {*manifest.files, FILE} != {*entries} or len({REGISTER, ROWS} & {*manifest.files}) != 1:
        raise Refused(_STRANGE.format(what="berkasnya tidak sama dengan daftar isinya"))
    for name, entry in entries.items():
        if not _is_ours(name) or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(_STRANGE.format(what="nama berkas menunjuk ke tempat lain"))


def _is_ours(name: str) -> bool:
    """True if `pack` could have written a file with this path.

    Such a file is the register, the settings or the manifest, or it is in the folder of keys, of
    certificates or of reports.
    """
    if name in (REGISTER, ROWS, SETTINGS, FILE):
        return True
    parts = PurePosixPath(name).parts
    # A backslash separates folders on Windows, so it could lead out of the folder.
    plain = all(part not in ("..", ".") and not set(part) & set("\\\0") for part in parts)
    # The last condition: PurePosixPath drops `//` and `./`, so two names could be one file.
    return len(parts) > 1 and parts[0] in FOLDERS and plain and "/".join(parts) == name


def _refuse_too_large(
    packed: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], into: Path
) -> None:
    sizes = {name: _size(packed, entry) for name, entry in entries.items()}
    free = shutil.disk_usage(into).free
    needed = sum(sizes.values()) + _ROWS_BECOME * sizes.get(ROWS, 0)
    if needed > free:
        raise Refused(
            f"Penyimpanan tidak cukup: perlu {needed // 1_000_000} MB, tersisa {free // 1_000_000}"
            " MB. Tidak ada yang diubah. Kosongkan ruang, lalu ulangi."
        )


def _size(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """The size in bytes that a file has after unpacking, as the archive states it."""
    if entry.filename not in _PRESSED:
        return entry.file_size
    with packed.open(entry) as member:
        size: int | None = zstd.get_frame_info(member.read(_HEADER)).decompressed_size
    if size is None:
        raise Refused(_STRANGE.format(what=f"{entry.filename} tidak menyebut besarnya"))
    return size


@contextmanager
def _read(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[IO[bytes] | zstd.ZstdFile]:
    with packed.open(entry) as member:
        if entry.filename not in _PRESSED:
            yield member
            return
        with zstd.ZstdFile(member) as frame:
            yield frame


def _unpack_one(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, digest: str) -> None:
    """Unpack one file of the archive to `target`, and check its digest.

    Stops at the size that the archive states, because a forged file could unpack to endless bytes.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    found, left = hashlib.sha256(), _size(packed, entry)
    with _read(packed, entry) as member, target.open("xb") as stream:
        while part := member.read(_PART):
            left -= len(part)
            if left < 0:
                break
            found.update(part)
            stream.write(part)
    if left != 0 or found.hexdigest() != digest:
        raise Refused(_STRANGE.format(what=f"{entry.filename} tidak cocok dengan sidiknya"))
    target.chmod(0o600)
