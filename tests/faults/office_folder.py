"""An office in the middle of its work, in a folder of its own that can be copied:
what is killed or filled up is a copy.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from psm_course.cli.main import run
from psm_course.site.output.offline import ICONS
from psm_course.site.output.own_pages import NOT_STORED
from tests.builders import a_course
from tests.built import note_searched
from tests.cli.conftest import a_hand_in
from tests.register_builders import a_card_secret, a_roster, a_sheet

PASSPHRASE = "empat kata yang acak"  # noqa: S105 - of a made-up office
PEOPLE = 8
NUMBERS = [f"D26-{number:03}" for number in range(1, PEOPLE + 1)]
_NAMES = [
    *(
        "Siti Rahayu",
        "Ujang Hidayat",
        "Maryam Lestari",
        "Bambang Kusumo",
        "Yohana Tambunan",
        "Endang Wijayanti",
        "Dedi Mulyana",
    ),
    *(
        "Fatimah Azzahra",
        "Gunawan Prasetyo",
        "Hartini Subroto",
        "Imam Ghozali",
        "Joko Widagdo",
        "Kartika Sari",
        "Lukman Hakim",
    ),
    *(
        "Nurhayati Siregar",
        "Oman Rochman",
        "Puspita Anggraini",
        "Rudi Salam",
        "Tuti Handayani",
        "Wawan Setiawan",
    ),
]


@dataclass(frozen=True)
class OfficeFolder:
    """A course with its `var`; everything in it is reached by paths from there."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "var"

    def copy(self, to: Path) -> OfficeFolder:
        return OfficeFolder(shutil.copytree(self.root, to))

    def start(
        self, *arguments: str, environment: Mapping[str, str] = os.environ
    ) -> subprocess.Popen[str]:
        """A command as an officer types it there, in a process of its own."""
        command = [sys.executable, "-m", "psm_course.cli.main", *arguments]
        own = {**environment, "PSM_KEY_PASSPHRASE": PASSPHRASE}
        return subprocess.Popen(
            command,
            cwd=self.root,
            env=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, environment: Mapping[str, str] = os.environ) -> tuple[int, str]:
        """The same to its end: its exit code, and what it complained of."""
        with self.start(*arguments, environment=environment) as process:
            _, complaint = process.communicate()
        return process.returncode, complaint


def a_finished_office(folder: Path) -> OfficeFolder:
    """Everybody has finished, the office has a key, its site was published once;
    a second roster and newer pages wait.
    """
    root = a_course(folder / "kursus")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name in [name for name in os.environ if name.startswith("PSM_")]:
            patch.delenv(name)
        patch.setenv("PSM_KEY_PASSPHRASE", PASSPHRASE)
        habit = os.umask(0o077)  # as `psm` sets it
        with redirect_stdout(io.StringIO()):
            _fill(root, patch)
        os.umask(habit)
    return OfficeFolder(root)


def _fill(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / "psm.toml").write_text(
        'site_address = "https://dinsos.depok.go.id/psm"\n', encoding="utf-8"
    )
    a_roster(root / "peserta.xlsx", *((name, "Depok") for name in _NAMES[:PEOPLE]))
    a_roster(root / "susulan.xlsx", *((name, "Depok") for name in _NAMES[PEOPLE:]))
    a_card_secret(root / "var")
    a_sheet(
        root / "hadir.xlsx",
        ("Nomor", "pembukaan", "menyapa"),
        *[(number, "x", "x") for number in NUMBERS],
    )
    for command in (
        ["cohort", "new", "D26", "--start", "2026-11-24"],
        ["cohort", "new", "D27", "--start", "2026-11-24"],
        ["roster", "import", "D26", "peserta.xlsx"],
        ["keys", "new"],
        ["attendance", "import", "D26", "hadir.xlsx"],
    ):
        assert run(command) == 0, command
    patch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(map(a_hand_in, NUMBERS)).encode()))
    )
    assert run(["submit", "-"]) == 0
    some_pages(root, "Lama")
    assert run(["keys", "publish"]) == 0
    some_pages(root, "Baru")


def some_pages(root: Path, word: str) -> None:
    """What the builder leaves, in its smallest form: a front page that leads to a dozen others."""
    built = root / "var" / "build" / "_build" / "html"
    names = [f"bab-{number}.html" for number in range(12)]
    links = "".join(f'<a href="../{name}">{name}</a>' for name in names)
    page = (
        f"<!DOCTYPE html><html><head><title>{word}</title></head><body><main>{word}"
        " {}</main></body></html>"
    )
    files = {"book/index.html": page.format(links), f"{NOT_STORED}.html": page.format("")} | {
        name: page.format(name) for name in names
    }
    for name, text in (files | dict.fromkeys(ICONS, "gambar")).items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text(text, encoding="utf-8")
    note_searched(root / "var" / "build")
