from __future__ import annotations

import io
import os
import shlex
import shutil
from pathlib import Path

import pytest

from psm_course.cli.language import speak_indonesian
from psm_course.cli.main import run
from tests.cli.conftest import PASSPHRASE, Ran
from tests.conftest import BuiltCourse
from tests.guides.before import Office
from tests.guides.office import an_office

speak_indonesian()


@pytest.fixture(scope="session")
def kept_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_office(tmp_path_factory.mktemp("kantor") / "kantor")


@pytest.fixture
def office(
    request: pytest.FixtureRequest,
    kept_office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Office:
    """A copy of the made-up office, in which we stand and type."""
    root = Path(shutil.copytree(kept_office, tmp_path / "kantor"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [name for name in os.environ if name.startswith("PSM_")]:
        monkeypatch.delenv(name)
    for name in ("KEY", "ROOT"):
        monkeypatch.setenv(f"PSM_{name}_PASSPHRASE", PASSPHRASE)

    def type_in(command: str, lines: str) -> Ran:
        """In this process; what it prints goes into a file where the command says so."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        if command.startswith("cd "):
            monkeypatch.chdir(command.removeprefix("cd "))
            return Ran(0, "", "")
        words, _, file = command.partition(" > ")
        code = run(shlex.split(words)[1:])
        ran = Ran(code, *capsys.readouterr())
        if file:
            (root / file).write_text(ran.out, encoding="utf-8")
        return ran

    def lessons_run() -> Path:
        site: BuiltCourse = request.getfixturevalue("site")
        return site.work / "_build/executed"

    return Office(root, tmp_path / "flashdisk", type_in, lessons_run)
