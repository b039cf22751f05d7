"""The set-up step installs all that tests need, and waits for its turn;
no test installs anything in its middle.
"""

from __future__ import annotations

import ast
import fcntl
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.debian import apt_get, install
from tests.needs import NEEDS, Lacking, Need
from tests.setup import FETCH, set_up

TESTS = ROOT / "tests"
INSTALLERS = {"tests.debian", "tests.setup"}
# apt's own words, for machines that have none.
STAND_IN = """#!{python}
import fcntl, sys
try:
    fcntl.lockf(open({lock!r}, "w"), fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    sys.exit("E: Could not get lock {lock}. It is held by process 1 (uji)")
"""
# The locks that reading the package lists and installing take, below the folder of the test.
LOCKS = {"update": "state/lists/lock", "install": "dpkg/lock-frontend"}


@pytest.fixture(params=["stand-in", "apt-get"] if shutil.which("apt-get") else ["stand-in"])
def lock_of(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """Where the lock of an apt-get command is,
    on a machine whose apt keeps everything in a folder of the test.
    """
    for folder in ("state/lists/partial", "cache/archives/partial", "dpkg", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dpkg" / "status").touch()
    config = tmp_path / "apt.conf"
    config.write_text(
        f'Dir::State "{tmp_path}/state"; Dir::State::status "{tmp_path}/dpkg/status"; Dir::Cache'
        f' "{tmp_path}/cache";Dir::Etc {{ main "/dev/null"; parts "/dev/null"; sourcelist'
        ' "/dev/null"; sourceparts "/dev/null"; };',
        encoding="utf-8",
    )
    monkeypatch.setenv("APT_CONFIG", str(config))

    def find(command: str) -> Path:
        lock = tmp_path / LOCKS[command]
        if request.param == "stand-in":
            program = tmp_path / "bin" / "apt-get"
            program.write_text(
                STAND_IN.format(python=sys.executable, lock=str(lock)), encoding="utf-8"
            )
            program.chmod(0o755)
            monkeypatch.setenv("PATH", str(program.parent), prepend=":")
        return lock

    return find


@pytest.mark.parametrize("command", LOCKS)
def test_apt_waits_until_another_program_lets_go_of_its_lock(
    command: str, lock_of: Callable[[str], Path]
) -> None:
    waited = []
    with lock_of(command).open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)

        def wait(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 3:
                fcntl.lockf(held, fcntl.LOCK_UN)

        apt_get(command, "-qq", wait=wait)

    assert waited == [2, 2, 2]


@pytest.mark.parametrize("command", LOCKS)
def test_apt_gives_up_with_a_sentence_when_the_lock_is_never_free(
    command: str, lock_of: Callable[[str], Path]
) -> None:
    lock, waited = lock_of(command), []
    with lock.open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)

        with pytest.raises(
            Lacking,
            match=f"apt-get {command} -qq: E: Could not get lock {lock}. It is held by process",
        ):
            apt_get(command, "-qq", patience=6, wait=waited.append)

    assert waited == [2, 2, 2]


def test_what_serves_for_less_is_installed_where_the_package_lists_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    for name, program in {
        "apt-get": f'echo "$@" >> {asked}',
        "apt-cache": '[ "$2" = rekaan-ringan ]',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    install("rekaan", if_known=["rekaan-ringan", "rekaan-tiada"])
    install(if_known=["rekaan-tiada"])

    reading = "update -qq"
    assert asked.read_text(encoding="utf-8").splitlines() == [
        reading,
        "install -y -qq --no-install-recommends rekaan rekaan-ringan",
        reading,
    ]


def test_what_is_lacking_is_said_with_what_to_do() -> None:
    program = Need("a made-up program", "testing", lambda: None, ("rekaan", "rekaan-dev"))
    download = Need("a made-up page", "bench", lambda: None)

    with pytest.raises(
        Lacking,
        match=(
            r"^This needs a made-up program: .*tests\.setup testing`, or .*apt-get install rekaan"
            r" rekaan-dev\)\.$"
        ),
    ):
        program.require()
    with pytest.raises(
        Lacking,
        match=r"^This needs a made-up page: run `\.venv/bin/python -m tests\.setup bench`\.$",
    ):
        download.require()


def test_a_download_that_breaks_off_leaves_nothing_that_could_be_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "cache" / "rekaan-1"
    need = Need("a made-up page", "testing", lambda: kept if kept.is_dir() else None, kept=kept)

    def half(folder: Path) -> None:
        (folder / "first").touch()
        raise ConnectionError("the network is gone")

    monkeypatch.setitem(FETCH, need, half)
    with pytest.raises(ConnectionError):
        set_up([need])
    left = list(kept.parent.iterdir())
    monkeypatch.setitem(FETCH, need, lambda folder: (folder / "all").touch())
    set_up([need])

    assert left == []
    assert [path.name for path in need.require().iterdir()] == ["all"]


def test_everything_needed_is_a_package_or_a_download() -> None:
    assert {need for need in NEEDS if not need.packages} == FETCH.keys()


# ---- nobody else installs ------------------------------------------------------------------------


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def words(module: ast.Module) -> set[str]:
    """The texts of a module, as they are given to programs."""
    return {
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def installing(sources: dict[str, str]) -> set[str]:
    """The modules that reach the set-up step, or run a package manager themselves."""
    managers = {"apt-get", "apt", "npm", "npx", "pip", "playwright install"}
    return {
        name
        for name, module in ((name, ast.parse(source)) for name, source in sources.items())
        if set(imported(module)) & INSTALLERS or words(module) & managers
    }


def test_nothing_but_the_set_up_step_installs() -> None:
    sources = {
        path.relative_to(TESTS).as_posix(): path.read_text(encoding="utf-8")
        for path in TESTS.rglob("*.py")
    }

    # `needs.py` looks whether npm is there;
    # `windows.py` is `make windows`, which downloads what it packs.
    assert installing(sources) == {
        "setup.py",
        "debian.py",
        "needs.py",
        "test_setup.py",
        "windows.py",
    }


@pytest.mark.parametrize(
    "source",
    [
        "from tests.setup import set_up",
        "def late():\n    from tests import debian",
        "import tests.debian",
        'import subprocess\nsubprocess.run(["npm", "ci"])',
    ],
)
def test_a_test_that_installs_is_caught(source: str) -> None:
    assert installing({"test_late.py": source}) == {"test_late.py"}
