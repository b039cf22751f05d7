"""`make lock-check`: every package of the lock files has a wheel on each platform that the README
promises, so that nothing is compiled.

Prints a line a platform. Needs the package index,
and downloads only what the index says of each package.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What people run, and uv's name for it.
# Older Linux than glibc 2.28 (Debian 10, RHEL 8) is not served.
PLATFORMS = {
    "Linux x86-64": "x86_64-manylinux_2_28",
    "Linux aarch64": "aarch64-manylinux_2_28",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86-64": "x86_64-apple-darwin",
    "Windows x86-64": "x86_64-pc-windows-msvc",
}
PYTHONS = ("3.11", "3.13")  # the oldest and the newest that the Makefile takes
LOCKS = ("requirements.lock", "requirements-trainer.lock")  # what people install, testers apart
_UV = Path(sys.executable).with_name("uv")
_ASKING = "pip install --quiet --dry-run --no-deps --require-hashes --only-binary :all:"
_NAMED = re.compile(r"Because (?:only )?([\w.-]+)==\S+ has no")


class Unclear(Exception):
    """uv stopped for another reason than a missing wheel; the message is what it printed."""


def main() -> None:
    found = {name: lacking_anywhere(uv) for name, uv in PLATFORMS.items()}
    for name, packages in found.items():
        print(f"{name:<16}{'no wheel: ' + ', '.join(packages) if packages else 'wheels for all'}")
    sys.exit(1 if any(found.values()) else 0)


def lacking_anywhere(platform: str) -> list[str]:
    """The names of locked packages without a wheel for a platform and one of the Pythons."""
    locks = [(ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS]
    return sorted(
        {each for lock in locks for python in PYTHONS for each in lacking(lock, platform, python)}
    )


def lacking(lock: str, platform: str, python: str) -> list[str]:
    """The packages of a lock file's text without a wheel for a platform. uv stops at the first, so
    it is asked again without that one.

    Raises:
        Unclear: it stopped for another reason, such as no network.
    """
    found = []
    while name := _first_lacking(lock, platform, python):
        found.append(name)
        lock = without(lock, name)
    return found


def _first_lacking(text: str, platform: str, python: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "requirements.txt"
        lock.write_text(text, encoding="utf-8")
        for_whom = [
            "--python-platform",
            platform,
            "--python-version",
            python,
            "--target",
            str(Path(folder) / "none"),
        ]
        done = subprocess.run(
            [_UV, *_ASKING.split(), *for_whom, "--requirement", str(lock)],
            capture_output=True,
            text=True,
            check=False,
        )
    return "" if done.returncode == 0 else named(done.stderr)


def named(said: str) -> str:
    """The package that uv's message is about.

    Raises:
        Unclear: it is about something else.
    """
    found = _NAMED.search(" ".join(said.split()))
    if found is None:
        raise Unclear(said)
    return found[1]


def without(text: str, name: str) -> str:
    """A lock file without one package: its line, and the hashes below it."""
    return re.sub(rf"^{re.escape(name)}==.*\n(?:    --hash.*\n)*", "", text, flags=re.MULTILINE)


if __name__ == "__main__":
    main()
