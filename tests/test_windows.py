"""`make windows`, laid out with a made-up archive of Python;
and what of the program could not be on Windows.

Nothing here is Windows. `psm.bat` is read, not run: by hand it was run in Wine's cmd, with a
program of ours in Python's place.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from psm_course.cli.main import COMMANDS
from tests.conftest import ROOT
from tests.windows import Unusable, lay_out, main, python_of, requirements_for

BUTTON = (ROOT / "tests" / "psm.bat").read_text(encoding="utf-8")


def zipped(path: Path, **files: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """As python.org's is laid out."""
    paths = "python313.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n"
    return zipped(
        tmp_path / "python-3.13.9-embed-amd64.zip",
        **{"python.exe": "MZ", "python313.dll": "MZ", "python313._pth": paths},
    )


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---- the folder ----------------------------------------------------------------------------------


def test_python_and_wheels_are_laid_side_by_side(archive: Path, tmp_path: Path) -> None:
    data = {
        "a/__init__.py": "",
        "a-1.dist-info/METADATA": "",
        "a-1.data/purelib/b.py": "",
        "a-1.data/data/share/c": "",
        "a-1.data/scripts/d": "",
    }
    into = tmp_path / "PSM"

    lay_out(archive, [zipped(tmp_path / "a-1-py3-none-any.whl", **data)], into)

    assert python_of(archive, digest_of(archive).upper()) == "3.13"
    assert sorted(
        path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()
    ) == [
        "paket/a-1.dist-info/METADATA",
        "paket/a/__init__.py",
        "paket/b.py",
        "psm.bat",
        "python/python.exe",
        "python/python313._pth",
        "python/python313.dll",
        "python/share/c",
    ]
    assert (into / "python" / "python313._pth").read_text(encoding="utf-8").splitlines()[
        -1
    ] == "..\\paket"
    assert (into / "psm.bat").read_bytes() == BUTTON.replace("\n", "\r\n").encode()


def test_an_earlier_folder_is_replaced_but_never_an_office(archive: Path, tmp_path: Path) -> None:
    into = tmp_path / "PSM"
    (into / "paket").mkdir(parents=True)
    (into / "paket" / "lama.py").touch()

    lay_out(archive, [], into)
    (into / "kantor").mkdir()

    assert not (into / "paket").exists()
    with pytest.raises(Unusable, match="is an office's data"):
        lay_out(archive, [], into)
    assert (into / "python" / "python.exe").is_file()


def test_a_broken_wheel_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="lies outside of it"):
        lay_out(
            archive,
            [zipped(tmp_path / "a-1-py3-none-any.whl", **{"../a.py": ""})],
            tmp_path / "PSM",
        )

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a-1-py3-none-any.whl",
        archive.name,
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda path: path.unlink(), 'Download the "Windows embeddable package'),
        (lambda path: path.write_bytes(b"MZ"), "is no zip file"),
        (lambda path: zipped(path, **{"python313._pth": ""}), "is not the embeddable package"),
        (lambda path: zipped(path, **{"python310._pth": "", "python.exe": "MZ"}), "is Python 3.10"),
    ],
    ids=["not there", "an installer", "no Python", "too old"],
)
def test_what_is_no_python_of_ours_is_refused(
    archive: Path, change: Callable[[Path], object], sentence: str
) -> None:
    change(archive)

    with pytest.raises(Unusable, match=sentence):
        python_of(archive, digest_of(archive) if archive.is_file() else "")


def test_a_wrong_digest_is_refused_with_a_sentence_and_nothing_is_made(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.windows.INTO", tmp_path / "PSM")
    monkeypatch.setattr(sys, "argv", ["windows", str(archive), "0" * 64])

    with pytest.raises(SystemExit) as refused:
        main()

    assert f"has the SHA-256 {digest_of(archive)}, not the one given" in str(refused.value.code)
    assert list(tmp_path.iterdir()) == [archive]


def test_windows_is_asked_for_what_it_needs_and_no_more() -> None:
    asked = requirements_for("3.13", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    names = [line.partition("==")[0] for line in asked.splitlines()]

    assert {"colorama", "tzdata", "typst", "sphinx", "ipykernel"} <= set(
        names
    )  # Windows itself has no list of time zones
    assert not {"appnope", "pexpect", "ptyprocess"} & set(names)
    assert len(names) == len(set(names))
    assert all(
        re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.+-]+( +--hash=sha256:[0-9a-f]{64})+", line)
        for line in asked.splitlines()
    )


# ---- the button ----------------------------------------------------------------------------------


def started(office: bool, *words: str) -> tuple[str, str]:
    """Where the button runs Python, and with what: its lines read in their order, as cmd does."""
    lines, at, where = BUTTON.splitlines(), 0, ""
    while at < len(lines):
        line = lines[at].replace("%PROGRAM%", r"python\python.exe").replace("%*", " ".join(words))
        at += 1
        if found := re.fullmatch(r'if not "%~1"=="" (.*)', line):
            line = found[1] if words else ""
        if found := re.fullmatch(r'if exist "kantor\\modules\\course.yml" (.*)', line):
            line = found[1] if office else ""
        if found := re.fullmatch(r"goto (\w+)", line):
            at = lines.index(f":{found[1]}")
        elif line == "cd kantor":
            where = "kantor"
        elif line.startswith('"python'):
            return where, line
    raise AssertionError("it starts nothing")


def test_the_button_begins_an_office_then_opens_its_desk_and_passes_words_on() -> None:
    python = r'"python\python.exe" -X utf8 -m psm_course.cli.main'

    assert started(False) == ("", f"{python} init kantor --open")
    assert started(True) == ("kantor", f"{python} serve --open")
    assert started(True, "serve", "--lan") == ("kantor", f"{python} serve --lan")
    assert started(False, "restore", '"a b.zip"') == ("", f'{python} restore "a b.zip"')
    assert {"init", "serve", "backup", "restore", "check"} <= set(COMMANDS)
    for command in ("init", "serve"):
        told = subprocess.run(
            [sys.executable, "-m", "psm_course.cli.main", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "--open" in told.stdout


# ---- the program ---------------------------------------------------------------------------------

# What Windows does not have, where we use it, and what happens there instead.
HANDLED = {
    "psm_course/box/limits.py": (
        "no limit on memory; the parent still waits 20 seconds and reads 8 MB at most"
    ),
    "psm_course/web/hall/limits.py": "no limit on open files: a number of ours",
    "psm_course/site/kept.py": "msvcrt.locking",
}


def test_nothing_else_is_asked_of_the_system_than_windows_has() -> None:
    """As mypy sees the program on Windows: it knows what each platform's standard library has.
    `make lint` asks for all else.

    Of the libraries nothing is read, for that takes three quarters of the time: their types are
    marked with `?`, and not judged.
    """
    only_this = [
        "--config-file=",
        "--no-site-packages",
        "--ignore-missing-imports",
        "--check-untyped-defs",
        "--no-error-summary",
    ]
    kept = [f"--cache-dir={ROOT / '.mypy_cache' / 'windows'}"]
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--platform=win32",
        *only_this,
        *kept,
        "--package=psm_course",
    ]
    said = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()

    missing = [line for line in said if re.search(r"(?<!\?) has no attribute ", line)]
    assert {line.partition(":")[0] for line in missing} == set(HANDLED), "\n".join(missing)
