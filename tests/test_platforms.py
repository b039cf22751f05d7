"""`make lock-check` reads uv's answer rightly. That all packages have wheels is what it asks the
package index in `make smoke`.
"""

from __future__ import annotations

import pytest

from tests.platforms import LOCKS, ROOT, Unclear, each_once, named, without

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


def test_what_two_lock_files_say_alike_is_asked_once() -> None:
    newer = LOCK.replace("more==1.0", "more==1.1") + "click==8.1\n"

    assert each_once([newer, LOCK]) == [
        newer,
        "babel-more==1.0 \\\n    --hash=sha256:cc\n",
    ]
    assert each_once([LOCK, LOCK]) == [LOCK]


def test_every_package_of_every_lock_file_is_asked_about() -> None:
    texts = [(ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS]
    asked = "".join(each_once(texts))

    assert [
        line
        for text in texts
        for line in text.splitlines()
        if line and not line.startswith("#") and line not in asked.splitlines()
    ] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_line_of_a_lock_file_is_left_over_when_all_packages_are_gone(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and line[0] not in "# ":
            text = without(text, line.partition("==")[0])

    assert [line for line in text.splitlines() if not line.startswith("#")] == []
