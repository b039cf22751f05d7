"""The public API: its examples run, it is whole, and importing the package stays cheap."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import psm_course
from psm_course import api
from tests.conftest import ROOT
from tests.credentials.signed import OFFICE, a_badge, as_bytes, status_lists

GUIDE = ROOT / "book/maintaining/api.md"
# What takes long to import, and what a machine that only grades need not have.
HEAVY = ("pydantic", "sqlalchemy", "starlette", "cryptography", "yaml", "psm_course.api")


def a_site(folder: Path) -> Path:
    """A copy of the made-up office's site: its keys and its status lists."""
    (folder / "status").mkdir(parents=True)
    (folder / "keys.json").write_bytes(as_bytes(OFFICE.to_json()))
    for index, document in enumerate(status_lists()):
        (folder / "status" / f"{index}.json").write_bytes(as_bytes(document))
    return folder


def test_the_examples_of_the_guide_give_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, certificate = tmp_path / "kerja", tmp_path / "sertifikat.json"
    folder.mkdir()
    certificate.write_bytes(as_bytes(a_badge()))
    monkeypatch.chdir(ROOT)

    found = doctest.testfile(
        str(GUIDE),
        module_relative=False,
        globs={"folder": folder, "site": a_site(tmp_path / "situs"), "certificate": certificate},
    )

    assert found.failed == 0
    assert found.attempted > 30


def test_every_name_is_offered_and_documented() -> None:
    offered = {name: getattr(psm_course, name) for name in psm_course.__all__}

    assert psm_course.__all__ == api.__all__
    assert set(offered) <= set(dir(psm_course))
    assert [name for name, value in offered.items() if not value.__doc__] == []
    assert [name for name, value in offered.items() if value is not getattr(api, name)] == []


@pytest.mark.parametrize("name", ["check", "grade", "judge", "load_course", "verify"])
def test_every_function_says_what_goes_in_and_what_comes_out(name: str) -> None:
    told = getattr(psm_course, name).__doc__
    guide = GUIDE.read_text(encoding="utf-8")

    assert "Args:" in told
    assert "Returns:" in told
    assert f"| `{name}(" in guide


def test_another_name_is_refused_as_of_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'psm_course' has no attribute 'registrer'"):
        _ = psm_course.registrer


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = f"import sys, psm_course; print(*[name for name in {HEAVY} if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []


def test_types_are_shipped() -> None:
    assert (Path(psm_course.__file__).parent / "py.typed").is_file()
