"""`python -m tests.setup testing` (or `bench`): get all that tests (or measurements) need, before
the first of them begins.

Debian packages are installed when this is root on Debian. Downloads go into the user's cache, where
other checkouts find them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import get_args

from tests.debian import install
from tests.needs import (
    BADGE_SCHEMA,
    COMPATIBILITY,
    COMPATIBILITY_LOCK,
    FURO,
    FURO_LOCK,
    LIGHTHOUSE,
    LIGHTHOUSE_VERSION,
    MOTO_LOCK,
    NEEDS,
    OBJECT_STORE,
    SCHEMA_SOURCE,
    SCRIPT_TOOLS,
    SCRIPTS_LOCK,
    VERIFIERS,
    VERIFIERS_LOCK,
    Need,
    Purpose,
)

_SCHEMA = "tests/fixtures/ob_schemas/ob_v3p0_achievementcredential_schema.json"
_NPM_FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) > 1 else ""
    if purpose not in get_args(Purpose):
        sys.exit(f"Say what for: {' or '.join(get_args(Purpose))}.")
    set_up([need for need in NEEDS if need.purpose == purpose])


def set_up(needs: list[Need[object]]) -> None:
    """Get what is not there yet; then nothing may be lacking. Downloads run side by side, one that
    needs no npm already beside apt-get.

    Raises:
        Lacking: something is still not there.
    """
    downloads = [need for need in needs if not need.packages and need.find() is None]
    with ThreadPoolExecutor() as beside:
        begun = [beside.submit(_fetch, need) for need in downloads if need == BADGE_SCHEMA]
        _install(needs)
        begun += [beside.submit(_fetch, need) for need in downloads if need != BADGE_SCHEMA]
    for each in begun:
        each.result()
    for need in needs:
        need.require()


def _install(needs: list[Need[object]]) -> None:
    packages = [package for need in needs if need.find() is None for package in need.packages]
    lighter = [
        need.lighter for need in needs if need.lighter and shutil.which(need.lighter) is None
    ]
    if (packages or lighter) and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {', '.join([*packages, *lighter])} ...", flush=True)
        install(*packages, if_known=lighter)


def _fetch(need: Need[object]) -> None:
    print(f"Fetching {need.what} ...", flush=True)
    _keep(need.kept, FETCH[need])


def _keep(kept: Path, fetch: Callable[[Path], None]) -> None:
    """Fill a folder elsewhere and then name it, so that half a download is never found. Two set-ups
    at once do not disturb each other.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=kept.parent))
    try:
        fetch(new)
        new.rename(kept)
    except OSError:
        if not kept.is_dir():  # else the other one was faster
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _fetch_locked(lock: Path, folder: Path) -> None:
    """The packages that a `package-lock.json` names."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(lock.with_name(name), folder / name)
    subprocess.run(["npm", "ci", *_NPM_FLAGS], cwd=folder, check=True)


def _fetch_lighthouse(folder: Path) -> None:
    subprocess.run(
        [
            "npm",
            "install",
            "--prefix",
            str(folder),
            *_NPM_FLAGS,
            f"lighthouse@{LIGHTHOUSE_VERSION}",
        ],
        check=True,
    )


def _install_beside(lock: Path, folder: Path) -> None:
    """Packages in a folder of their own: they are no part of this environment,
    or want other versions than it has.
    """
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
    ]
    subprocess.run([*pip, "--target", str(folder), "--requirement", str(lock)], check=True)


def _fetch_schema(folder: Path) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-binary",
        ":all:",
    ]
    subprocess.run([*pip, "--dest", str(folder), SCHEMA_SOURCE], check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        (member,) = [each for each in packed.getmembers() if each.name.endswith(_SCHEMA)]
        stream = packed.extractfile(member)
        assert stream is not None
        (folder / "schema.json").write_bytes(stream.read())
    archive.unlink()


FETCH: dict[Need[Path], Callable[[Path], None]] = {
    VERIFIERS: partial(_fetch_locked, VERIFIERS_LOCK),
    COMPATIBILITY: partial(_fetch_locked, COMPATIBILITY_LOCK),
    SCRIPT_TOOLS: partial(_fetch_locked, SCRIPTS_LOCK),
    BADGE_SCHEMA: _fetch_schema,
    LIGHTHOUSE: _fetch_lighthouse,
    FURO: partial(_install_beside, FURO_LOCK),
    OBJECT_STORE: partial(_install_beside, MOTO_LOCK),
}

if __name__ == "__main__":
    main()
