"""The guides name only commands, targets and files that exist; what is drawn and listed from the
code is as the code is now.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from psm_course.cli.main import COMMANDS
from tests.conftest import ROOT

GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    *(
        f"book/{name}.md"
        for name in (
            "panduan-pelatih",
            "panduan-petugas",
            "panduan-kunci",
            "panduan-cadangan",
            "panduan-pemulihan",
            "register-tidak-cocok",
            "buku-terbuka",
            "format-kuis",
        )
    ),
]
MAINTAINING = ROOT / "book/maintaining"
# Pages for programmers that speak of the present; a decision speaks of its day.
PAGES = [
    "CONTRIBUTING.md",
    *sorted(
        path.relative_to(ROOT).as_posix()
        for path in MAINTAINING.rglob("*.md")
        if "decisions" not in path.parts
    ),
]
OFFICES_OWN = ("psm.toml",)  # no file of ours
MADE = {
    "house.svg": "draw.py",
    "data.svg": "draw.py",
    "data-dictionary.md": "lists.py",
    "decisions/README.md": "lists.py",
}


@pytest.mark.parametrize("guide", GUIDES)
def test_every_psm_command_and_make_target_exists(guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )

    commands = {name for line in re.findall(r"`psm ([^`]+)`", text) for name in line.split()[:1]}
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE))

    assert commands <= set(COMMANDS)
    assert named <= targets


@pytest.mark.parametrize("page", [*GUIDES, *PAGES])
def test_every_page_has_a_title_and_something_below_it(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert re.search(r"^# \S.*\n+(?:.*\n){3}", text, re.MULTILINE)


def paths_in(text: str) -> list[str]:
    """Everything in a page that looks like a path:
    code spans with a slash or a file's ending, and the targets of links.
    """
    spans = re.findall(
        r"`([^`\s]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )
    spans = [span for span in spans if not re.fullmatch(r"psm-[a-z]+/\d", span)]  # names of formats
    named = [
        span.split(":")[0]
        for span in spans
        if re.fullmatch(
            r"[\w.*<>{},/-]*(/[\w.*<>-]*|\.(py|md|yml|js|html|css|typ|toml|svg))(:.*)?", span
        )
    ]
    linked = [target for target in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in target]
    return [
        name for name in [*named, *linked] if not name.startswith("/") and name not in OFFICES_OWN
    ]


def exists(name: str, page: Path) -> bool:
    """As seen from the repository, the package, the scripts of the site or the page itself;
    `<x>` stands for any one name.
    """
    pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
    return any(
        list(start.glob(pattern))
        for start in (ROOT, ROOT / "psm_course", ROOT / "psm_course/site", page.parent)
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_path_a_page_names_exists(page: str) -> None:
    named = paths_in((ROOT / page).read_text(encoding="utf-8"))

    assert [name for name in named if not exists(name, ROOT / page)] == []


def test_pages_for_programmers_are_no_part_of_the_trainees_site() -> None:
    assert '"book/maintaining/**"' in (ROOT / "_config.yml").read_text(encoding="utf-8")
    assert "maintaining" not in (ROOT / "book/_toc.yml").read_text(encoding="utf-8")


def test_the_architecture_names_every_part_of_the_house() -> None:
    text = (MAINTAINING / "architecture.md").read_text(encoding="utf-8")
    parts = [path.parent.name for path in (ROOT / "psm_course").glob("*/__init__.py")]

    assert [part for part in parts if f"`{part}/" not in text] == []
    assert len(paths_in(text)) > 60


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`web/routes.py`", ["web/routes.py"]),
        ("`items/<type>/`", ["items/<type>/"]),
        (
            "`course.yml` and [a](how-to/add-a-command.md)",
            ["course.yml", "how-to/add-a-command.md"],
        ),
        ("`grading/draw.py: Draw`", []),
        ("`judge`, `/angkatan`, `store.transaction()`, `psm check`, `a/b c`", []),
        ("[x](https://x.example/y.md)\n```python\n`no/such.py`\n```", []),
    ],
)
def test_a_path_in_a_page_is_seen(text: str, found: list[str]) -> None:
    assert paths_in(text) == found


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_from_the_code_is_as_the_code_is_now(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(MAINTAINING)  # as when the program is started by its name
    made = runpy.run_path(str(MAINTAINING / MADE[name]))["MADE"]

    assert set(made) == {each for each, program in MADE.items() if program == MADE[name]}
    assert (MAINTAINING / name).read_text(encoding="utf-8") == made[name](), "run make reference"


def test_every_decision_has_its_number_and_a_successor_that_exists() -> None:
    found = runpy.run_path(str(MAINTAINING / "lists.py"))["decisions"]()
    numbers = [each.number for each in found]
    superseded = {
        each.number: each.status.split()[2]
        for each in found
        if each.status.startswith("superseded")
    }

    assert [each.page[:4] for each in found] == numbers
    assert len(set(numbers)) == len(numbers)
    assert superseded.keys() >= {"0004", "0007"}
    assert {old: new for old, new in superseded.items() if new not in numbers or new <= old} == {}


@pytest.mark.parametrize("name", ["house.svg", "data.svg"])
def test_a_picture_is_small_and_carries_nothing_of_this_machine(name: str) -> None:
    text = (MAINTAINING / name).read_text(encoding="utf-8")

    assert len(text) < 40_000
    assert str(ROOT) not in text


def test_the_changelog_tells_each_kind_of_reader_what_is_not_released_yet() -> None:
    """A merge once left it empty, and nobody noticed for hours."""
    unreleased = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1]

    told = {
        reader: f"\n**{reader}**\n" in unreleased
        for reader in ("Trainees", "Trainers", "Officers", "Programmers")
    }
    assert unreleased.startswith("Unreleased")
    assert told == dict.fromkeys(told, True)


def test_the_readme_shows_its_two_commands_first_and_a_picture() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^    (make .+)$", text, re.MULTILINE) == ["make demo", "make test"]
    assert (ROOT / re.findall(r"!\[.+\]\((.+)\)", text)[0]).is_file()
    assert len(text.splitlines()) < 40
