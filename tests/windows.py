"""`make windows PYTHON=ZIP SHA256=…`: a folder for Windows with Python and all of the program in
it, to be copied and double-clicked.

Nothing is compiled and nothing runs: wheels for Windows are unpacked beside python.org's "Windows
embeddable package (64-bit)".
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / "var" / "windows" / "PSM"
OFFICE = "kantor"  # what psm.bat calls the office's folder
_BUTTON = Path(__file__).with_name("psm.bat")
_PYTHONS = ("3.11", "3.12", "3.13")
_LIST = re.compile(
    r"python(3)(\d\d)\._pth"
)  # where Python looks for modules; its name tells the version
_PLATFORM = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
}
_PLATFORM |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
_ASKING = (
    "--quiet --no-deps --require-hashes --only-binary=:all: --platform=win_amd64"
    " --implementation=cp --abi=abi3 --abi=none"
)


class Unusable(Exception):
    """Nothing was made; the message is a sentence for whoever packs."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="make windows", description=__doc__)
    asked.add_argument("archive", type=Path)
    asked.add_argument("sha256")
    given = asked.parse_args()
    try:
        version = python_of(given.archive, given.sha256)
        with tempfile.TemporaryDirectory() as folder:
            lay_out(given.archive, wheels_for(version, Path(folder)), INTO)
    except Unusable as error:
        sys.exit(str(error))
    size = sum(path.stat().st_size for path in INTO.rglob("*") if path.is_file())
    print(
        f"{INTO}: Python {version} and the program, {size / 1e6:.0f} MB. Copy the folder to the"
        " laptop and double-click psm.bat."
    )


def python_of(archive: Path, sha256: str) -> str:
    """The version of Python in the archive, as `3.13`.

    Raises:
        Unusable: it is not there, not what the digest names, or no Python that we can use.
    """
    if not archive.is_file():
        raise Unusable(
            f'There is no {archive}. Download the "Windows embeddable package (64-bit)" of Python'
            f" {_PYTHONS[-1]} from python.org."
        )
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != sha256.strip().lower():
        raise Unusable(
            f"{archive} has the SHA-256 {found}, not the one given. Download it again, and compare"
            " with what python.org says of it."
        )
    try:
        with ZipFile(archive) as packed:
            names = packed.namelist()
    except BadZipFile:
        raise Unusable(
            f"{archive} is no zip file. The embeddable package is one; the installer (.exe) is not."
        ) from None
    versions = [f"{found[1]}.{found[2]}" for found in map(_LIST.fullmatch, names) if found]
    if len(versions) != 1 or "python.exe" not in names:
        raise Unusable(
            f"{archive} is not the embeddable package: it has no python.exe beside a list of its"
            " modules (._pth)."
        )
    if versions[0] not in _PYTHONS:
        raise Unusable(
            f"{archive} is Python {versions[0]}. Packages are locked for {', '.join(_PYTHONS)}."
        )
    return versions[0]


def wheels_for(version: str, folder: Path) -> list[Path]:
    """Every package of the lock file as a wheel for Windows, from the package index,
    and our own. Hashes are compared.

    Raises:
        Unusable: the index cannot be reached, or has no such wheel.
    """
    listed = folder / "windows.txt"
    listed.write_text(
        requirements_for(version, (ROOT / "requirements.lock").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    target = [
        f"--python-version={version}",
        f"--abi=cp{version.replace('.', '')}",
        "--dest",
        str(folder),
        "--requirement",
        str(listed),
    ]
    _run([sys.executable, "-m", "pip", "download", *_ASKING.split(), *target])
    _run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder),
        ]
    )
    return sorted(folder.glob("*.whl"))


def requirements_for(version: str, lock: str) -> str:
    """The lines of a lock file that Windows asks for. pip judges markers by its own machine."""
    machine = _PLATFORM | {"python_version": version, "python_full_version": f"{version}.0"}
    lines = [
        line
        for line in lock.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    asked = [
        (Requirement(line.partition(" --hash=")[0]), line.partition(" --hash=")[2])
        for line in lines
    ]
    return "".join(
        f"{name.name}{name.specifier} --hash={hashes}\n"
        for name, hashes in asked
        if not name.marker or name.marker.evaluate(machine)
    )


def lay_out(archive: Path, wheels: Iterable[Path], into: Path) -> None:
    """The folder, whole or not at all. One that was made earlier is replaced.

    Raises:
        Unusable: an office works in the one that is there.
    """
    if (into / OFFICE).exists():
        raise Unusable(f"{into / OFFICE} is an office's data. Move the folder away first.")
    half = into.with_name(f"{into.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        _unpack_python(archive, half / "python")
        for wheel in wheels:
            _unpack_wheel(wheel, half / "paket", half / "python")
        (half / "psm.bat").write_bytes(
            _BUTTON.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        )
        shutil.rmtree(into, ignore_errors=True)
        half.rename(into)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _unpack_python(archive: Path, python: Path) -> None:
    with ZipFile(archive) as packed:
        packed.extractall(python)
    (listed,) = python.glob("python3*._pth")
    listed.write_text(
        f"{listed.read_text(encoding='utf-8').rstrip()}\n..\\paket\n", encoding="utf-8"
    )


def _unpack_wheel(wheel: Path, packages: Path, python: Path) -> None:
    """What pip does with a wheel; but no programs, which `psm.bat` does not need."""
    with ZipFile(wheel) as packed:
        for name in packed.namelist():
            place = _place(PurePosixPath(name), packages, python)
            if place is not None and not name.endswith("/"):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(packed.read(name))


def _place(name: PurePosixPath, packages: Path, python: Path) -> Path | None:
    if name.is_absolute() or ".." in name.parts:
        raise Unusable(f"A wheel holds {name}, which lies outside of it.")
    if not name.parts[0].endswith(".data") or len(name.parts) < 3:
        return packages / name
    below = {"purelib": packages, "platlib": packages, "data": python}.get(name.parts[1])
    return below.joinpath(*name.parts[2:]) if below else None


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Unusable(
            f"{done.stderr.strip()}\n{' '.join(command[1:4])} did not end well; nothing was made."
        )


if __name__ == "__main__":
    main()
