"""`psm verify` gives the same verdicts as the library over the table of forgeries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from psm_course.credentials.verification.verification import verify
from tests.cli.certificates.sites import a_site
from tests.cli.conftest import Psm
from tests.credentials.signed import NOW
from tests.credentials.tampering import WORLDS, Case, cases
from tests.credentials.worlds import World

SAMPLE = 400


def stratified() -> list[Case]:
    """Cases of every kind, at least one of each; each group gives its share. What the clock decides
    is the library's argument.
    """
    usable = [
        case
        for case in cases()
        if case.now == NOW and not case.id.startswith("time/") and WORLDS[case.world].issuers
    ]
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in usable:
        groups["/".join([*case.id.split("/")[:2], case.world])].append(case)
    random = Random(2026)  # noqa: S311 - the same sample each time
    share = SAMPLE / len(usable)
    return [
        case
        for group in groups.values()
        for case in random.sample(group, max(min(len(group), 3), round(len(group) * share)))
    ]


def sites_of(world: World, folder: Path) -> Iterator[str]:
    for index, issuer in enumerate(world.issuers):
        yield from ("--site", str(a_site(world, issuer, folder / str(index))))


def test_command_and_library_agree_over_the_table(psm: Psm, tmp_path: Path) -> None:
    """The command reads a copy of a site and files; the library is handed the same as values."""
    chosen = stratified()
    by_world: dict[str, list[Case]] = defaultdict(list)
    for case in chosen:
        by_world[case.world].append(case)
    answers: dict[str, object] = {}

    for world, found in by_world.items():
        folder = tmp_path / world
        sites = list(sites_of(WORLDS[world], folder))
        files = []
        for index, case in enumerate(found):
            files.append(folder / f"{index}.bin")
            files[-1].write_bytes(case.given)
        printed = json.loads(psm("verify", *files, *sites, "--json").out)
        listed = printed if isinstance(printed, list) else [printed]
        answers |= {case.id: each for case, each in zip(found, listed, strict=True)}

    now = datetime.now(UTC)  # by its clock lists are old that were not then
    known = {name: WORLDS[name].published() for name in by_world}
    assert len(chosen) >= 300
    assert {case.verdict for case in chosen} >= {
        "valid",
        "stale",
        "unlisted",
        "superseded",
        "revoked",
        "tampered",
        "unknown_issuer",
        "unreadable",
    }
    for case in chosen:
        said = answers[case.id]
        assert isinstance(said, dict)
        assert {name: value for name, value in said.items() if name != "given"} == verify(
            case.given, known[case.world], now
        ).to_json(), case.id
