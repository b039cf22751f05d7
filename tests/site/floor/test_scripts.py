"""Every script file is in the JavaScript of 2018, which browsers at the floor read: one word of a later year stops a whole file.

A file with a floor of its own (`bundles.json`) is loaded only where that holds; it may have the large numbers of 2020.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from psm_course.site.bundles import BUNDLES, generated_files
from tests.needs import COMPATIBILITY, NODE

_READ = """
const {parse} = require('acorn'), found = {};
for (const [name, text] of Object.entries(JSON.parse(require('fs').readFileSync(0, 'utf8')))) {
  try { parse(text, {ecmaVersion: 2018}); } catch (error) { found[name] = error.message; }
}
console.log(JSON.stringify(found));
"""


def unreadable(scripts: dict[str, str]) -> dict[str, str]:
    """The scripts that are no JavaScript of 2018, with the reason."""
    NODE.require()
    command, given = ["node", "-e", _READ], json.dumps(scripts)
    done = subprocess.run(command, cwd=COMPATIBILITY.require(), input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_every_script_of_the_site_is_javascript_of_2018() -> None:
    scripts = {file.name: file.read_text(encoding="utf-8") for file in generated_files() if file.name.endswith(".js")}
    later = {bundle.file for bundle in BUNDLES if bundle.floor}

    assert "psm.js" in scripts
    assert unreadable(scripts).keys() <= later


@pytest.mark.parametrize("later", ["a?.b", "a ?? b", "1n", "try { a } catch { b }", "a ||= b", "class A { #b = 1 }"])
def test_what_is_later_is_found(later: str) -> None:
    assert list(unreadable({"x.js": later})) == ["x.js"]
