"""The open log on the page: its modules as written, in Node, over the whole table; and in a browser, from a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from psm_course.credentials.log.tiles import tiles_through
from tests.credentials.entered import INDEX, as_json
from tests.site.unbundled import unbundled

SCRIPT = Path(__file__).with_name("unbundled.mjs")
TABLE = as_json()
ALONE = "proof/alone/json"  # the page remembers the credential that was handed in before it


@pytest.mark.parametrize("cryptography", ["with WebCrypto", "without WebCrypto"])
def test_the_page_s_modules_say_what_the_library_says(cryptography: str) -> None:
    found: dict[str, Any] = {}
    fetched: dict[str, list[str]] = {}
    with unbundled(SCRIPT, cryptography) as modules:
        for name, world in TABLE["worlds"].items():
            modules.call("world", name, world)
        for name, files in TABLE["logs"].items():
            modules.call("log", name, files)
        for case in sorted(TABLE["cases"], key=lambda case: case["id"] != ALONE):  # first
            asked = [case[name] for name in ("given", "beside", "world", "log", "seen", "now")]
            found[case["id"]], fetched[case["id"]] = modules.call("entered", *asked)
        genuine, alone = (next(case for case in TABLE["cases"] if case["id"] == name) for name in ("genuine/700/json", ALONE))
        modules.call("entered", genuine["given"], None, "usual", None, [], genuine["now"])
        handed_in_after_it, _ = modules.call("entered", alone["given"], None, "usual", genuine["log"], [], alone["now"])

    assert {case["id"]: found[case["id"]] for case in TABLE["cases"] if found[case["id"]] != case["expected"]} == {}
    assert len(found) > 230
    assert handed_in_after_it == genuine["expected"]
    for size in (INDEX + 1, 65_535, 65_536, 65_537):
        assert fetched[f"genuine/{size}/token"] == ["checkpoint", *(tile.path for tile in tiles_through(INDEX, size))]
        assert len(fetched[f"genuine/{size}/token"]) <= (4 if size <= 65_536 else 6)
