"""A browser from which everything is taken that browsers at the floor do not have: what the
journeys of the tests are run in once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from playwright.sync_api import Browser, BrowserContext, Page

from tests.site.floor.compat import Tree, feature, lacking, table

# What the tests' own helpers need in the page, whatever the site does.
_KEPT = {
    "globalThis",
    "Window",
    "Document",
    "HTMLDocument",
    "BigInt64Array",
    "BigUint64Array",
    "checkVisibility",
}
_TAKE = """((names, algorithms) => {
  for (const [owner, name] of names) {
    const holder = owner ? self[owner] : self;
    if (!holder) continue;
    for (const place of [holder, holder.prototype]) {
      if (place && Object.getOwnPropertyDescriptor(place, name)) delete place[name];
    }
  }
  const keys = self.SubtleCrypto && SubtleCrypto.prototype, own = keys && keys.importKey;
  if (keys) keys.importKey = function (format, key, algorithm, ...more) {
    const isNewer = algorithms.includes(String(algorithm.name || algorithm).toLowerCase());
    if (isNewer) return Promise.reject(new DOMException('', 'NotSupportedError'));
    return own.call(this, format, key, algorithm, ...more);
  };
})"""


def at_the_floor(browser: Browser, part: str = "") -> Browser:
    """The same browser, whose pages have no programming interface newer than the floor (of a part:
    a key of `floor.json`).
    """
    return cast(
        "Browser",
        _Older(
            browser,
            f"{_TAKE}({json.dumps(newer_interfaces(part))},"
            f" {json.dumps(newer_algorithms(part))});\n",
        ),
    )


def taking_away(browser: Browser) -> str:
    """The script that takes it away, for a service worker, which no page's script reaches; "" for a
    browser that keeps all.
    """
    return browser.take if isinstance(browser, _Older) else ""


class _Older:
    def __init__(self, browser: Browser, take: str) -> None:
        self._browser, self.take = browser, take

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)

    def new_context(self, **settings: Any) -> BrowserContext:
        context = self._browser.new_context(**settings)
        context.add_init_script(self.take)
        return context

    def new_page(self, **settings: Any) -> Page:
        page = self._browser.new_page(**settings)
        page.add_init_script(self.take)
        return page


def newer_algorithms(part: str = "") -> list[str]:
    """Algorithms of the browser's own cryptography that came after the floor, in small letters."""
    members = (feature("api", "SubtleCrypto", "importKey") or {}).items()
    return [
        name.lower() for name, member in members if name != "__compat" and _is_newer(member, part)
    ]


def newer_interfaces(part: str = "") -> list[tuple[str, str]]:
    """Owner ("" is the page itself) and name of all that came later than the floor: interfaces,
    their members, and JavaScript's own.
    """
    folders = (table()["api"], feature("javascript", "builtins") or {})
    return [
        (owner, name)
        for folder in folders
        for owner, name in _in_folder(folder, part)
        if name not in _KEPT
    ]


def _in_folder(folder: Tree, part: str) -> Iterator[tuple[str, str]]:
    for owner, members in folder.items():
        if owner != "__compat":
            own = {"": members} | {
                name: member for name, member in members.items() if name not in {"__compat", owner}
            }
            for name, member in own.items():
                if _is_newer(member, part):
                    yield ("", owner) if name == "" else ("" if owner == "Window" else owner, name)


def _is_newer(place: Tree, part: str) -> bool:
    return "__compat" in place and bool(lacking(place, part=part))
