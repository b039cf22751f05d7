"""Whatever goes wrong at the keyboard is answered in Indonesian, and so is every cry for help."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from psm_course.cli.language import LOCALE
from psm_course.cli.main import cli
from tests.cli.conftest import Psm

CATALOGUE = LOCALE / "id" / "LC_MESSAGES"
ENGLISH = re.compile(
    r"Usage:|Options:|Commands:|Arguments|Show this message"
    r"|Error|Invalid|Missing|No such|Try '|Did you|default:|required|%Y"
    r"|\b(?:OPTIONS|COMMAND|ARGS|TEXT|INTEGER|RANGE"
    r"|FILE|FILENAME|DIRECTORY|PATH|DATETIME|BOOLEAN)\b"
)


def all_commands() -> Iterator[list[str]]:
    """Every command and group by the words one types."""
    yield []
    with click.Context(cli) as context:
        for name in cli.list_commands(context):
            yield [name]
            command = cli.get_command(context, name)
            if isinstance(command, click.Group):
                yield from ([name, below] for below in command.commands)


# ---- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [*all_commands()], ids=" ".join)
def test_help_is_indonesian_throughout(psm: Psm, words: list[str]) -> None:
    ran = psm(*words, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Cara pakai: psm")
    assert ENGLISH.findall(ran.out) == []


@pytest.mark.parametrize("words", [words for words in all_commands() if words], ids=" ".join)
def test_every_command_says_in_a_sentence_what_it_does(psm: Psm, words: list[str]) -> None:
    said = " ".join(psm(*words, "--help").out.split("Pilihan:")[0].split("\n\n", 1)[1].split())

    assert re.fullmatch(r"[A-Z].+[.?]", said)


def test_the_list_of_commands_cuts_no_sentence_short(psm: Psm) -> None:
    commands = psm("--help").out.split("Perintah:\n")[1].splitlines()

    assert [line for line in commands if not line.endswith(".")] == []


@pytest.mark.parametrize("words", [[], ["cohort"], ["roster"], ["attendance"]], ids=" ".join)
def test_a_group_alone_shows_its_help_and_is_refused(psm: Psm, words: list[str]) -> None:
    ran = psm(*words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == psm(*words, "--help").out


def test_the_version_is_printed(psm: Psm) -> None:
    assert re.fullmatch(r"psm, versi \d+\.\d+\.\d+\n", psm("--version").out)


# ---- mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said", "named"),
    [
        ("apa", 'Perintah "apa" tidak ada', ["apa"]),
        ("chek", 'Perintah "chek" tidak ada', ["chek", "check"]),
        ("cohort nw", "Perintah 'nw' tidak ada", ["nw", "new"]),
        ("--versi", "Pilihan '--versi' tidak ada", ["--versi", "--version"]),
        ("check --jso", "Pilihan '--jso' tidak ada", ["--jso", "--json"]),
        ("demo --o", "Pilihan '--o' tidak ada", ["--o", "--once", "--port"]),
        ("check --json=x", "'--json' tidak memerlukan isian", ["--json"]),
        ("build --out", "'--out' memerlukan isian", ["--out"]),
        ("check a b", "tidak dimengerti: b\n", []),
        ("check a b c", "tidak dimengerti: b c\n", []),
        ("grade", "Belum ada 'KUIS'.\n", ["KUIS"]),
        ("grade quizzes/tes-akhir.yml", "Belum ada 'JAWABAN...'.\n", ["JAWABAN..."]),
        ("status", "Belum ada 'KODE'.\n", ["KODE"]),
        ("roster import D26", "Belum ada 'LEMBAR'.\n", ["LEMBAR"]),
        ("new", ":\n\tmodule,\n\tquiz,\n\tserver\n", ["module|quiz|server"]),
        ("new quiz", "Belum ada 'NAMA'.\n", ["NAMA"]),
        (
            "new kuis x",
            "'kuis' bukan salah satu",
            ["module|quiz|server", "kuis", "module", "quiz", "server"],
        ),
        ("grade tak-ada.yml x.json", "ada.yml' tidak ada", ["KUIS", "tak-ada.yml"]),
        ("grade quizzes x.json", "'quizzes' adalah folder", ["KUIS", "quizzes"]),
        ("grade quizzes/tes-akhir.yml x.json", "'x.json' tidak ada", ["JAWABAN...", "x.json"]),
        ("submit x.json", "'x.json' tidak ada", ["JAWABAN...", "x.json"]),
        ("build --out book/index.md", "adalah berkas, bukan folder", ["--out", "book/index.md"]),
        (
            "cohort new D26 --start kemarin",
            "bukan tanggal; contoh 2026-12-01",
            ["--start", "kemarin"],
        ),
        ("serve --port satu", "'satu' bukan angka", ["--port", "satu"]),
        ("serve --port 0", "Isi 1 sampai 65535.", ["--port"]),
        ("new module x --jp 0", "Isi 1 atau lebih.", ["--jp"]),
    ],
)
def test_a_mistake_is_answered_in_indonesian(
    psm: Psm, words: str, said: str, named: list[str]
) -> None:
    ran = psm(*words.split())

    answer = ran.err.split("\n\n")[-1]
    assert (ran.code, ran.out) == (2, "")
    assert said in answer
    assert re.findall(r"""["']([^"']+)["']""", answer) == named
    assert ENGLISH.findall(ran.err) == []


# ---- the catalogue -------------------------------------------------------------------------------


def test_the_compiled_catalogue_is_fresh() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO((CATALOGUE / "messages.po").read_bytes())))

    assert entries(compiled.getvalue()) == entries((CATALOGUE / "messages.mo").read_bytes())


def entries(catalogue: bytes) -> dict[object, str]:
    return {
        key: value
        for key, value in gettext.GNUTranslations(io.BytesIO(catalogue))._catalog.items()
        if key
    }  # type: ignore[attr-defined]


def test_every_translation_keeps_the_places_to_fill_in() -> None:
    for message in read_po(io.BytesIO((CATALOGUE / "messages.po").read_bytes())):
        if message.id:
            sources = [message.id] if isinstance(message.id, str) else message.id
            wanted = {
                place for source in sources for place in re.findall(r"\{[^}]*\}|%\(\w+\)s", source)
            }
            said = [message.string] if isinstance(message.string, str) else message.string
            assert {
                place for text in said for place in re.findall(r"\{[^}]*\}|%\(\w+\)s", text)
            } <= wanted, message.id


def test_the_catalogue_is_found_beside_the_program() -> None:
    assert Path(gettext.find("messages", str(LOCALE), ["id"]) or "") == CATALOGUE / "messages.mo"
