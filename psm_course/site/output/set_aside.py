"""The items of a test in a file of their own, which comes once the page stands: only the title and the start form are needed at once.

A test holds its whole pool, so that it can be drawn from and sat without a signal; that is four fifths of its page.
"""

import json
import posixpath
import re

from psm_course.site.output.lighten import lightened

_TEST = re.compile(
    r'(?P<opening><section class="quiz[^>]* data-quiz="(?P<quiz>[^"]+)" data-use="(?:pretest|posttest)".*?<ol class="items">)'
    r"(?P<items>.*?)(?P<closing></ol>\s*)</section>",
    re.DOTALL,
)


def with_items_aside(path: str, page: str) -> tuple[str, dict[str, bytes]]:
    """A page with places for the items of its tests, and the scripts that fill them, by address."""
    folder = posixpath.dirname(path)
    found = {posixpath.join(folder, _name(test["quiz"])): _script(test["quiz"], test["items"]) for test in _TEST.finditer(page)}
    return _TEST.sub(_with_place, page), found


def _name(quiz: str) -> str:
    return f"soal-{quiz}.js"


def _with_place(test: re.Match[str]) -> str:
    waiting = f'<template data-items><script src="{_name(test["quiz"])}"></script></template>'
    return f"{test['opening']}{test['closing']}{waiting}\n</section>"


def _script(quiz: str, items: str) -> bytes:
    """See `scripts/test/items.js`."""
    light = lightened("soal.html", items.encode()).decode()
    return f'PSM.provide("items",{json.dumps([quiz, light], ensure_ascii=False)});'.encode()
