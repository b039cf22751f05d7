"""`make lock-check` reads uv's answer rightly. That all packages have wheels is what it asks the
package index in `make smoke`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from tests.platforms import LOCKS, ROOT, Unclear, named, without

SAID = """  × No solution found when resolving dependencies:
  ╰─▶ Because tdewolff-minify==2.24.12 has no usable wheels and you require
      tdewolff-minify==2.24.12, we can conclude that your requirements are unsatisfiable.
"""
LOCK = """babel==2.17.0 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
babel-more==1.0 \\
    --hash=sha256:cc
"""


def test_the_package_without_a_wheel_is_named() -> None:
    assert named(SAID) == "tdewolff-minify"


def test_an_answer_about_something_else_is_shown_whole() -> None:
    with pytest.raises(Unclear, match="the network is gone"):
        named("error: the network is gone")


def test_the_others_are_asked_about_without_it() -> None:
    assert without(LOCK, "babel") == "babel-more==1.0 \\\n    --hash=sha256:cc\n"


def test_no_lock_file_repeats_a_package_of_another() -> None:
    named_by = {
        path.name: set(re.findall(r"^([\w.-]+)==", path.read_text(), re.MULTILINE))
        for path in ROOT.glob("requirements*.lock")
    }

    assert len(named_by) == 3
    assert all(named_by.values())
    assert [name for name, n in Counter(chain(*named_by.values())).items() if n > 1] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_line_of_a_lock_file_is_left_over_when_all_packages_are_gone(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and line[0] not in "# ":
            text = without(text, line.partition("==")[0])

    assert [line for line in text.splitlines() if not line.startswith("#")] == []
