"""Every command that a guide tells somebody to type does what it should, typed as it stands there;
or it stands in the one table.
"""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import click
import pytest

from psm_course.cli.main import cli
from tests.conftest import ROOT
from tests.guides.before import BEFORE, Office, Step, prepare
from tests.guides.pages import INSTALLING, Passage, all_passages, not_run, stands_in
from tests.guides.staying import alone, until_it_says
from tests.smoke import EXCEPTIONS, STEPS

# Commands that some other test types, because there they are part of a longer way or need a double
# of somebody else's server; the words of each as they stand there.
ELSEWHERE = {
    "psm build": ("tests/test_wheel.py", '"build"'),
    "psm demo --once": ("tests/test_wheel.py", '"demo", "--once"'),
    "psm init kantor --open": ("tests/cli/course/test_opening.py", '"--open"'),
    "psm certify sign D26": ("tests/cli/certificates/test_certify.py", '"certify", "sign", "D26"'),
    "psm restore --finish": ("tests/cli/office/test_backup.py", '"restore", "--finish"'),
    "psm slides": ("tests/cli/course/test_slides.py", 'taught("slides")'),
    "psm upgrade --back": ("tests/cli/office/test_upgrade.py", 'signing("upgrade", "--back")'),
    "psm serve --behind-proxy 127.0.0.1": (
        "tests/cli/office/test_behind_proxy.py",
        '"--behind-proxy", "127.0.0.1"',
    ),
    "psm serve --behind-proxy 10.0.0.3 --address 10.0.0.2": (
        "tests/starting/test_server.py",
        '"--behind-proxy", proxy, "--address", own',
    ),
}
# Commands that stay until they are told to stop, and what they say when they are ready.
STAYING = {
    "psm serve": "Tekan Ctrl+C",
    "psm trainer": "Buka di peramban",
    "psm preview": "http://",
    "jupyter lab": "http://",
}
TARGETS = {step.target for step in STEPS} | EXCEPTIONS.keys()


def how(command: str, passage: Passage) -> str:
    """Where a command is run. Empty: nowhere."""
    if stands_in(not_run(), command):
        return "not run"
    if command in ELSEWHERE:
        return "elsewhere"
    if (passage.page == INSTALLING and passage.is_block) or command in typed_in_order():
        return "installing"
    if command.startswith(tuple(STAYING)):
        return "staying"
    word, *rest = command.split()
    if word == "make":
        return "smoke" if not rest or rest[0] in TARGETS else ""
    if command.startswith("python -m tests."):  # the tools behind a target of make
        return "smoke" if (ROOT / rest[1].replace(".", "/") / "__main__.py").is_file() else ""
    if word == "pytest":
        return "this run" if all((ROOT / path).is_file() for path in rest) else ""
    return {"psm": "office", "cd": "office", "pybabel": "words"}.get(word, "")


@cache
def typed_in_order() -> frozenset[str]:
    """What the guide to installing tells to type in its blocks, which it may name in its text
    again; not our own commands.
    """
    blocks = [each for each in all_passages() if each.page == INSTALLING and each.is_block]
    return frozenset(
        command for each in blocks for command in each.commands if not command.startswith("psm ")
    )


def run_in(place: str) -> list[Passage]:
    """What is run there of each passage, each once."""
    found: dict[tuple[str, ...], Passage] = {}
    for each in all_passages():
        if commands := tuple(command for command in each.commands if how(command, each) == place):
            found.setdefault(commands, replace(each, commands=commands))
    return list(found.values())


def test_every_command_of_every_guide_is_run_or_stands_in_the_one_table() -> None:
    told = [
        (each.place, command)
        for each in all_passages()
        for command in each.commands
        if not how(command, each)
    ]

    assert told == []


def test_the_one_table_names_only_what_a_guide_tells_to_type_and_why() -> None:
    typed = {command for each in all_passages() for command in each.commands}

    unused = [
        row for row in not_run() if not any(stands_in({row: ""}, command) for command in typed)
    ]
    assert (unused, [row for row, why in not_run().items() if not why.strip()]) == ([], [])


def test_nothing_is_prepared_for_a_command_that_no_guide_has() -> None:
    typed = {command for each in all_passages() for command in each.commands}

    assert [command for command in (*BEFORE, *ELSEWHERE) if command not in typed] == []


def is_a_name(command: str) -> bool:
    """Whether a command is only named: it could not be typed without more words."""
    found, words = cli, command.split()[1:] if command.startswith("psm ") else []
    while isinstance(found, click.Group) and words:
        found = found.get_command(click.Context(found), words.pop(0))  # type: ignore[assignment]
    return (
        command.startswith("psm ")
        and found is not None
        and not words
        and (isinstance(found, click.Group) or any(each.required for each in found.params))
    )


@pytest.mark.parametrize("passage", run_in("office"), ids=lambda each: each.place)
def test_each_command_of_ours_is_typed_as_it_stands(passage: Passage, office: Office) -> None:
    done: set[Step] = set()
    for command in passage.commands:
        prepare(office, command, done)
        ran = office.types(f"{command} --help" if is_a_name(command) else command)
        assert (ran.code, ran.err) == (0, ""), f"{command} || {ran.code} {ran.err} {ran.out[-300:]}"


@pytest.mark.parametrize(("command", "place"), ELSEWHERE.items())
def test_what_is_typed_elsewhere_is_typed_there(command: str, place: tuple[str, str]) -> None:
    file, words = place

    assert words in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", sorted({command for each in run_in("staying") for command in each.commands})
)
def test_what_stays_is_ready_and_stops_when_told(command: str, office: Office) -> None:
    prepare(office, command, set())
    if command.startswith("psm serve"):
        office.must("psm publish")
    ready = next(said for words, said in STAYING.items() if command.startswith(words))

    with alone(command, office.root) as process:
        said = until_it_says(ready, process)
        process.send_signal(signal.SIGINT)
        rest = process.communicate()[0]

    assert process.returncode == 0, said + rest
    assert "Traceback" not in said + rest


def test_the_translation_is_compiled_as_the_guide_says(tmp_path: Path) -> None:
    (command,) = (command for each in run_in("words") for command in each.commands)
    folder = "psm_course/cli/locale"
    shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo"))

    subprocess.run(
        [Path(sys.executable).with_name("pybabel"), *shlex.split(command)[1:]],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    assert [path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*.mo")] == [
        path.relative_to(tmp_path / folder) for path in (tmp_path / folder).rglob("*.mo")
    ]
