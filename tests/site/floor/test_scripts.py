"""Every script file is in the JavaScript that browsers at the floor read: one word of a later year
stops a whole file.

The year stands in `floor.json`. A file with a floor of its own (`bundles.json`) may have what that
floor `needs` besides, and nothing more.
"""

from __future__ import annotations

import json
import subprocess

import pytest

from psm_course.site.bundles import BUNDLES, generated_files
from tests.needs import COMPATIBILITY, NODE
from tests.site.floor.compat import feature, lacking, stated

# acorn knows years only: where BigInt (2020) is allowed, the n behind its numbers goes first.
_READ = """
const {parse} = require('acorn'), found = {};
const {year, scripts} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const withoutBigInt = (text) => {
  const letters = text.split('');
  const spot = ({end, value}) => { if (typeof value === 'bigint') letters[end - 1] = ' '; };
  parse(text, {ecmaVersion: 'latest', onToken: spot});
  return letters.join('');
};
for (const [name, {text, needs}] of Object.entries(scripts)) {
  try {
    parse(needs.includes('BigInt') ? withoutBigInt(text) : text, {ecmaVersion: year});
  } catch (error) {
    found[name] = error.message;
  }
}
console.log(JSON.stringify(found));
"""


def unreadable(scripts: dict[str, str], floors: dict[str, str] | None = None) -> dict[str, str]:
    """The scripts that browsers at their floor (a name; "" for the site's) cannot read, and why."""
    NODE.require()
    needs = {name: stated((floors or {}).get(name, "")).get("needs", []) for name in scripts}
    given = {
        "year": stated()["language"],
        "scripts": {name: {"text": text, "needs": needs[name]} for name, text in scripts.items()},
    }
    command = ["node", "-e", _READ]
    done = subprocess.run(
        command,
        cwd=COMPATIBILITY.require(),
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_every_script_of_the_site_is_read_by_browsers_at_its_floor() -> None:
    scripts = {
        file.name: file.read_text(encoding="utf-8")
        for file in generated_files()
        if file.name.endswith(".js")
    }
    floors = {bundle.file: bundle.floor for bundle in BUNDLES}

    assert floors["kripto-tanda.js"] == "verifying"
    assert unreadable(scripts, floors) == {}
    assert list(unreadable(scripts)) == ["kripto-tanda.js"]


def test_what_a_floor_needs_its_browsers_have() -> None:
    needs = {part: said["needs"] for part, said in stated().items() if isinstance(said, dict)}
    found = {
        (part, name): feature("javascript", "builtins", name)
        for part, names in needs.items()
        for name in names
    }

    assert {
        (part, name): lacking(each, part=part) for (part, name), each in found.items() if each
    } == {key: [] for key in found}
    assert lacking(feature("javascript", "builtins", "BigInt") or {}) == ["safari", "safari_ios"]


@pytest.mark.parametrize(
    "later", ["a?.b", "a ?? b", "1n", "try { a } catch { b }", "a ||= b", "class A { #b = 1 }"]
)
def test_what_is_later_is_found(later: str) -> None:
    assert list(unreadable({"x.js": later})) == ["x.js"]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("a = 1n + 0x1fn", True), ("a?.b(1n)", False), ("a ??= 1n", False), ("1nn", False)],
)
def test_a_floor_of_its_own_allows_what_it_needs_and_nothing_else(text: str, is_read: bool) -> None:
    assert (unreadable({"x.js": text}, {"x.js": "verifying"}) == {}) is is_read
