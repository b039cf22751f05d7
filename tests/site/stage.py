"""A page with one quiz, made by the site's own templates and scripts, on a local server."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, ViewportSize, expect

from psm_course.content.quiz import Quiz
from psm_course.forms.render import render_quiz
from psm_course.items import TYPES
from psm_course.site.bundles import GENERATED, STYLE, WORKER, Bundle, parts_of, scripts_of

PHONE: ViewportSize = {"width": 360, "height": 720}
SHEETS = ("psm.css", "tes.css")
# How far anything moved after it was first drawn.
MOVED = """() => new Promise(resolve => {
  let moved = 0;
  const add = list => list.getEntries().forEach(entry => { moved += entry.value; });
  new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => resolve(moved), 500);
})"""
PAGE = """<!doctype html>
<html lang="id" data-root="" data-page="kuis">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kuis</title><link rel="icon" href="data:,">{sheets}{scripts}
{parts}</head>
<body><main><h1>Kuis</h1>{quiz}</main></body></html>""".replace(
    "{sheets}", "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in SHEETS)
)


def put_on_stage(folder: Path, quiz: Quiz, generated: Path = Path(str(GENERATED))) -> None:
    """Write the page `kuis.html` with what it loads; written again it is a newer version of the
    same page.

    generated: where the script files and style sheets are, for a test that made its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    body = render_quiz(quiz.public_view())
    for file in generated.iterdir():
        if file.name != WORKER:
            (folder / file.name).write_bytes(file.read_bytes())
    scripts = "".join(f'<script src="{name}" defer></script>' for name in scripts_of(body))
    links = "".join(
        f'<link rel="stylesheet" href="{kind.name}.css">'
        for kind in TYPES.values()
        if kind.text_of(STYLE)
    )
    parts = waiting(body)
    (folder / "kuis.html").write_text(
        PAGE.format(scripts=links + scripts, parts=parts, quiz=body), encoding="utf-8"
    )


def waiting(body: str, place: str = "") -> str:
    """The templates with the parts that wait on a page with this text, as the layout has them;
    script files stand at `place`.
    """
    return "\n".join(_template(part, place) for part in parts_of(body))


def _template(part: Bundle, place: str) -> str:
    style = f'<link rel="stylesheet" href="{place}{part.style}">' if part.style else ""
    after = f' data-after="{part.after}"' if part.after else ""
    return (
        f"<template data-{part.part}{after}>{style}<script"
        f' src="{place}{part.file}"></script></template>'
    )


class QuietServer(ThreadingHTTPServer):
    """A web server that says nothing of a browser which went away before it had its answer; of
    anything else that goes wrong it does.
    """

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of this folder."""
    server = QuietServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    seconds_to_end = 0.05
    thread = threading.Thread(target=server.serve_forever, args=(seconds_to_end,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ready(page: Page, address: str = "") -> Page:
    """Open (or reload) the stage and wait until the quiz answers."""
    if address:
        page.goto(f"{address}/kuis.html")
    else:
        page.reload()
    page.wait_for_selector(".quiz.ready")
    return page


def fill_in(item: Locator, response: Any) -> None:
    """Answer an item as a person does, by what is to be read on it."""
    match item.get_attribute("data-type"):
        case "choice" | "choices":
            for text in response:
                item.get_by_label(text, exact=True).check()
        case "order":
            while item.locator(".placed :checked").count():
                item.locator(".placed:has(:checked) span").last.click()
            for text in response:
                item.locator(".placed span").get_by_text(text, exact=True).click()
        case "match":
            for left, right in response.items():
                row = item.locator("[data-left]").filter(
                    has=item.page.locator("summary strong", has_text=left)
                )
                if row.locator(".said").inner_text() != right:
                    row.locator("summary").click()
                    row.get_by_role("button", name=right).click()
        case _:
            item.locator("input").fill(response)


def whole_page(page: Page) -> Page:
    """A lesson's page all at once, chosen as a reader does."""
    page.get_by_role("button", name="Seluruh halaman").click()
    return page


def to_the_last_step(page: Page) -> None:
    """Through a lesson, a step at a time."""
    place = page.locator("#bagian")
    _, at, _, of = place.inner_text().split()
    for step in range(int(at) + 1, int(of) + 1):
        page.get_by_role("link", name="Lanjut", exact=True).click()
        expect(place).to_have_text(f"Bagian {step} dari {of}")


def kept(page: Page, prefix: str = "") -> dict[str, Any]:
    """What the phone keeps of the person the page is for."""
    found: dict[str, Any] = dict(page.evaluate("prefix => PSM.mine.all(prefix)", prefix))
    return found


def kept_of_all(page: Page, prefix: str = "") -> dict[str, Any]:
    """What the phone keeps, of everybody and of itself."""
    found: dict[str, Any] = dict(page.evaluate("prefix => PSM.store.all(prefix)", prefix))
    return found


def until(page: Page, promised: str, argument: object = None) -> None:
    """Wait until what a promise in the page gives is true. Playwright's `wait_for_function` takes
    the promise itself for true.
    """
    for _ in range(600):
        if page.evaluate(promised, argument):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {promised}")
