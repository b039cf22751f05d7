from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from psm_course.cli.language import speak_indonesian
from psm_course.cli.main import run
from tests.builders import a_course, a_document
from tests.register_builders import a_card_secret, a_roster, a_sheet, signed

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of made-up offices
REPOSITORY = Path(__file__).parents[2]

# As in a fresh process, before any command is imported: click names files and folders while a
# command is being declared.
speak_indonesian()


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Psm = Callable[..., Ran]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course without problems; commands run in its folder, and nothing is configured."""
    root = a_course(tmp_path / "kursus")
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [name for name in os.environ if name.startswith("PSM_")]:
        monkeypatch.delenv(name)
    return root


@pytest.fixture
def psm(course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Psm:
    """Run a command where the small course is, with something on standard input if need be."""
    monkeypatch.setenv("LANGUAGE", "en")

    def run_psm(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        ran = Ran(code, *capsys.readouterr())
        assert "Traceback" not in ran.err
        return ran

    return run_psm


def a_hand_in(number: str, answer: str = "a", **changes: Any) -> str:
    """A submission as it travels, signed by the card, whose clock is odd on no day that a test
    runs.
    """
    usual = {
        "participant": number,
        "id": f"{number}/{answer}",
        "digest": None,
        "started_at": None,
        "finished_at": None,
    }
    return signed(json.dumps(a_document({"salam": answer}, **usual | changes), ensure_ascii=False))


# ---- offices -------------------------------------------------------------------------------------
#
# They are arranged once by the commands themselves; every test that asks for one works in a copy.


@pytest.fixture(scope="session")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's folder of `office`."""
    root = a_course(tmp_path_factory.mktemp("kantor") / "kursus")
    a_roster(
        root / "peserta.xlsx", ("Siti Rahayu", "Depok"), ("Ujang Hidayat", "Curug (Cimanggis)")
    )
    typed(root, "cohort", "new", "D26", "--start", "2026-11-24")
    typed(root, "roster", "import", "D26", "peserta.xlsx")
    a_card_secret(root / "var")
    return root


@pytest.fixture(scope="session")
def signing_folder(office_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's folder of `signing`."""
    root = shutil.copytree(office_folder, tmp_path_factory.mktemp("penerbit") / "kursus")
    (root / "psm.toml").write_text(
        'site_address = "https://dinsos.depok.go.id/psm"\n', encoding="utf-8"
    )
    a_sheet(
        root / "hadir.xlsx",
        ("Nomor", "pembukaan", "menyapa"),
        ("D26-001", "x", "x"),
        ("D26-002", "x", "x"),
    )
    typed(root, "keys", "new")
    typed(root, "attendance", "import", "D26", "hadir.xlsx")
    typed(root, "submit", "-", stdin=f"{a_hand_in('D26-001')}\n{a_hand_in('D26-002')}\n".encode())
    return root


def typed(root: Path, *arguments: str, stdin: bytes = b"") -> None:
    """A command in that folder that has to go through; nothing else is configured than the
    passphrase.
    """
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
        patch.chdir(root)
        for name in [name for name in os.environ if name.startswith("PSM_")]:
            patch.delenv(name)
        patch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        assert run(list(arguments)) == 0, said.getvalue()


@pytest.fixture
def office(psm: Psm, course: Path, office_folder: Path) -> Psm:
    """An office with one cohort of two people."""
    shutil.copytree(office_folder, course, dirs_exist_ok=True)
    return psm


@pytest.fixture
def signing(psm: Psm, course: Path, signing_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Psm:
    """The same office with a key, its passphrase at hand, and both people finished."""
    shutil.copytree(signing_folder, course, dirs_exist_ok=True)
    monkeypatch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
    return psm


@pytest.fixture(scope="session")
def real_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's own course, to look at."""
    root = tmp_path_factory.mktemp("kursus-asli")
    for folder in ("modules", "quizzes", "book"):
        shutil.copytree(
            REPOSITORY / folder,
            root / folder,
            ignore=shutil.ignore_patterns("kernel-ipc-*", ".ipynb_checkpoints"),
        )
    shutil.copy2(REPOSITORY / "_config.yml", root)
    return root
