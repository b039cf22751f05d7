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
    ("words", "sentence"),
    [
        ("apa", 'Perintah "apa" tidak ada.'),
        ("chek", 'Perintah "chek" tidak ada. Maksud Anda "check"?'),
        ("cohort nw", "Perintah 'nw' tidak ada. Maksud Anda 'new'?"),
        ("--versi", "Pilihan '--versi' tidak ada. Maksud Anda '--version'?"),
        ("check --jso", "Pilihan '--jso' tidak ada. Maksud Anda '--json'?"),
        ("demo --o", "Pilihan '--o' tidak ada. Maksud Anda '--once', '--port'?"),
        ("check --json=x", "Pilihan '--json' tidak memerlukan isian."),
        ("build --out", "Pilihan '--out' memerlukan isian."),
        ("check a b", "Ada tulisan lebih yang tidak dimengerti: b"),
        ("check a b c", "Ada tulisan lebih yang tidak dimengerti: b c"),
        ("grade", "Belum ada 'KUIS'."),
        ("grade quizzes/tes-akhir.yml", "Belum ada 'JAWABAN...'."),
        ("status", "Belum ada 'KODE'."),
        ("roster import D26", "Belum ada 'LEMBAR'."),
        ("new", "Belum ada 'module|quiz|server'. Pilih salah satu:\n\tmodule,\n\tquiz,\n\tserver"),
        ("new quiz", "Belum ada 'NAMA'."),
        (
            "new kuis x",
            (
                "Isian 'module|quiz|server' tidak dapat dipakai: 'kuis' bukan salah satu dari"
                " 'module', 'quiz', 'server'."
            ),
        ),
        (
            "grade tak-ada.yml x.json",
            "Isian 'KUIS' tidak dapat dipakai: Berkas 'tak-ada.yml' tidak ada.",
        ),
        (
            "grade quizzes x.json",
            "Isian 'KUIS' tidak dapat dipakai: Berkas 'quizzes' adalah folder, bukan berkas.",
        ),
        (
            "grade quizzes/tes-akhir.yml x.json",
            "Isian 'JAWABAN...' tidak dapat dipakai: Berkas 'x.json' tidak ada.",
        ),
        ("submit x.json", "Isian 'JAWABAN...' tidak dapat dipakai: Berkas 'x.json' tidak ada."),
        (
            "build --out book/index.md",
            (
                "Isian '--out' tidak dapat dipakai: Folder 'book/index.md' adalah berkas, bukan"
                " folder."
            ),
        ),
        (
            "cohort new D26 --start kemarin",
            "Isian '--start' tidak dapat dipakai: 'kemarin' bukan tanggal; contoh 2026-12-01.",
        ),
        ("serve --port satu", "Isian '--port' tidak dapat dipakai: 'satu' bukan angka."),
        ("serve --port 0", "Isian '--port' tidak dapat dipakai: 0 di luar batas 1<=x<=65535."),
    ],
)
def test_a_mistake_is_answered_in_indonesian(psm: Psm, words: str, sentence: str) -> None:
    ran = psm(*words.split())

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.split("\n\n")[-1] == f"{sentence}\n"
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
