"""The published site without a signal, over a real server that can be stopped, slowed to nothing, or given a newer release."""

from __future__ import annotations

import http.server
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from psm_course.site.build import FIRST_PAGE
from psm_course.site.offline import ICONS, transferred
from psm_course.site.publish import publish
from tests.browser import ARGUMENTS, browser
from tests.conftest import BuiltCourse

PHONE = {"width": 360, "height": 720}
WHOLE_COURSE = 640_000  # bytes compressed; the issue allows 700 000
_OWN = ("script", "style", "connect", "manifest", "worker")
CSP = "default-src 'none'; img-src 'self' data:" + "".join(f"; {kind}-src 'self'" for kind in _OWN)
FRONT, LESSON = "index.html", "modules/03-perlindungan-anak/01-mendengar-anak.html"
PRACTICE, TEST = "modules/02-mengenali-ppks/01-dua-puluh-enam-jenis.html", "book/tes-akhir.html"
STORED, READY = "Bisa dibaca tanpa sinyal", "Versi baru siap"
METERED = "Object.defineProperty(navigator, 'connection', {value: %s})"
SAVES_DATA = METERED % "{saveData: true, effectiveType: '4g'}"


class Office:
    """A web server whose folder, and whose mood, can change."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked, self.answers_left = folder, [], -1  # type: tuple[Path, list[str], int]
        office = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                found = office.folder / unquote(urlsplit(path).path).lstrip("/")
                return str(found / FRONT if found.is_dir() else found)

            def do_GET(self) -> None:
                if office.answers_left == 0 and not self.path.startswith("/sw.js"):
                    self.close_connection = True  # as a signal that is gone: not a word
                    return
                office.answers_left -= office.answers_left > 0
                del self.headers["If-Modified-Since"]  # our releases are told apart by content, whichever was written first
                office.asked.append(urlsplit(self.path).path.lstrip("/"))
                super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", CSP)
                self.send_header("Cache-Control", "no-cache")
                super().end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._handler, self._address = Handler, ("127.0.0.1", 0)
        self.open()

    def open(self) -> None:
        self._server = http.server.ThreadingHTTPServer(self._address, self._handler)
        self._address = self._server.server_address  # type: ignore[assignment]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def at(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self._address[1]}/{path}"


@pytest.fixture
def office(site: BuiltCourse) -> Iterator[Office]:
    office = Office(site.out)
    yield office
    office.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def newer(site: BuiltCourse, tmp_path: Path) -> Callable[..., Path]:
    """Publish the same course with something replaced in some of its files."""

    def release(**changes: tuple[str, str]) -> Path:
        built, out = tmp_path / "built", tmp_path / f"rilis-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(site.work / "_build" / "html", built, dirs_exist_ok=True)
        for path, (old, new) in changes.items():
            text = (built / path).read_text(encoding="utf-8")
            assert old in text
            (built / path).write_text(text.replace(old, new), encoding="utf-8")
        publish(built, out, FIRST_PAGE)
        return out

    return release


def pages_of(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))


def release_of(out: Path) -> dict[str, Any]:
    text = (out / "sw.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("self.PSM=").split(";\n", 1)[0])["release"]  # type: ignore[no-any-return]


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-offline]")).to_contain_text(text, timeout=30_000)


def saved(context: BrowserContext, office: Office, path: str = FRONT) -> Page:
    """A first visit after which all is stored."""
    page = opened(context, office.at(path))
    says(page, STORED)
    return page


def cut(context: BrowserContext, office: Office) -> None:
    office.close()
    context.set_offline(True)


def restored(context: BrowserContext, office: Office) -> None:
    office.open()
    context.set_offline(False)


def put(page: Page, key: str, value: object) -> None:
    page.evaluate("([key, value]) => PSM.store.update(key, () => value === null ? undefined : value)", [key, value])


# ---- what is published -----------------------------------------------------------------------------------------------------------


def test_the_root_is_the_front_page_itself_and_every_address_on_it_leads_somewhere(site: BuiltCourse) -> None:
    root, front = ((site.out / path).read_text(encoding="utf-8") for path in (FRONT, FIRST_PAGE))
    main = re.compile(r"<h1>.*?</h1>")

    assert main.search(root)[0] == main.search(front)[0]  # type: ignore[index]
    assert 'http-equiv="refresh"' not in root
    assert 'href="../index.html"' in (site.out / TEST).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r'(?:href|src)="([^"#][^"]*)"', root) if ":" not in target]
    assert len(targets) > 20
    assert [target for target in targets if not (site.out / urlsplit(target).path).is_file()] == []


def test_the_whole_course_weighs_what_is_allowed_and_the_list_says_so(site: BuiltCourse) -> None:
    files = release_of(site.out)["files"]
    on_disk = {path.relative_to(site.out).as_posix() for path in site.out.rglob("*") if path.is_file()}

    assert on_disk - set(files) == {"sw.js", ".psm-site", *ICONS}
    assert sum(transferred((site.out / path).read_bytes()) for path in files) <= WHOLE_COURSE
    assert abs(sum(size for _, size in files.values()) - sum(transferred((site.out / path).read_bytes()) for path in files)) < 1000


def test_a_module_says_its_weight_and_the_front_page_the_course_s(site: BuiltCourse) -> None:
    module = site.out / "modules/02-mengenali-ppks"
    pages = sum(transferred(path.read_bytes()) for path in module.glob("*.html"))
    said = re.search(r'data-size="module">· modul ini (\d+) kB', (module / "index.html").read_text(encoding="utf-8"))
    course = re.search(r'data-size="course">Seluruh kursus (\d+) kB', (site.out / FRONT).read_text(encoding="utf-8"))
    listed = sum(size for _, size in release_of(site.out)["files"].values())

    assert said is not None
    assert pages // 1000 <= int(said[1]) <= pages // 1000 + 40  # its pictures may come on top
    assert course is not None
    assert int(course[1]) == -(-listed // 1000)


def test_the_same_course_published_twice_is_the_same_release(site: BuiltCourse, newer: Callable[..., Path]) -> None:
    assert newer() != site.out
    assert release_of(newer()) == release_of(site.out)


# ---- reading without a signal ----------------------------------------------------------------------------------------------------


def test_after_one_visit_everything_opens_with_the_network_cut(context: BrowserContext, office: Office) -> None:
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(message.text))
    saved(context, office, LESSON).close()
    cut(context, office)

    page = context.new_page()
    # An icon still under way when the next page is opened is no trouble.
    page.on("requestfailed", lambda request: troubles.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    for path in pages_of(office.folder):
        page.goto(office.at(path))
        styled = "getComputedStyle(document.querySelector('.top')).backgroundColor !== 'rgba(0, 0, 0, 0)'"
        assert page.evaluate(styled), path
        page.evaluate("Promise.all([...document.images].map((each) => { each.loading = 'eager'; return each.decode(); }))")
    page.goto(office.at())
    expect(page.locator("h1")).to_be_visible()

    page.goto(office.at(PRACTICE))
    item = page.locator(".item-choice").first
    item.locator("label").first.click()
    item.locator("button.check").click()
    expect(item.locator(".verdict")).to_be_visible()
    assert troubles == []


def test_the_course_works_under_a_sub_path(context: BrowserContext, office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.folder, tmp_path / "dinsos" / "kursus")
    office.folder = tmp_path
    saved(context, office, "dinsos/kursus/").close()
    cut(context, office)

    page = opened(context, office.at(f"dinsos/kursus/{LESSON}"))

    assert "Mendengar" in page.title() or page.locator("h1").inner_text()
    page.goto(office.at("dinsos/kursus/tidak-ada.html"))
    expect(page.locator("h1")).to_have_text("Halaman ini belum tersimpan")
    assert page.url.startswith(office.at("dinsos/kursus/belum-tersimpan.html"))


@pytest.mark.parametrize("address", ["file", "http://situs.lan/"])
def test_a_folder_and_plain_http_are_plain_pages(context: BrowserContext, site: BuiltCourse, address: str) -> None:
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    root = f"{site.out.as_uri()}/" if address == "file" else address
    context.route("http://situs.lan/**", lambda route: route.fulfill(path=site.out / urlsplit(route.request.url).path.lstrip("/")))
    page = context.new_page()
    for path in (FRONT, LESSON, PRACTICE):
        page.goto(root + path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("[data-offline]")).to_be_hidden()

    assert page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert said == []


def test_a_page_that_is_not_stored_says_so_and_shows_what_is(context: BrowserContext, office: Office) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(FRONT))
    says(page, "Simpan seluruh kursus")
    page.goto(office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    cut(context, office)

    page.goto(office.at(PRACTICE))

    expect(page.locator("h1")).to_have_text("Halaman ini belum tersimpan")
    stored = page.locator("[data-stored] a")
    expect(stored).to_have_count(2)  # the front page and the lesson read before
    restored(context, office)
    page.locator("[data-again]").click()
    page.wait_for_url(office.at(PRACTICE))
    cut(context, office)
    page.goto(office.at("modules/"))
    page.locator(f"[data-stored] a[href$='{PRACTICE}']").click()
    page.wait_for_url(office.at(PRACTICE))


def test_a_phone_can_install_the_course(chromium: Browser, office: Office, tmp_path: Path) -> None:
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profil",
        executable_path=browser(),
        args=ARGUMENTS,
        viewport=PHONE,  # type: ignore[arg-type]
    )
    page = saved(context, office)
    tools = context.new_cdp_session(page)

    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["lang"] == "id"
    context.close()


# ---- saving ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["{saveData: true, effectiveType: '4g'}", "{type: 'cellular', effectiveType: '4g'}", "{effectiveType: '3g'}", "undefined"]
)
def test_data_that_may_cost_something_is_spent_only_after_asking(context: BrowserContext, office: Office, line: str) -> None:
    context.add_init_script(METERED % line)
    page = opened(context, office.at(LESSON))

    says(page, "Simpan seluruh kursus")
    assert not [path for path in office.asked if path.endswith(".html") and path not in (LESSON, "belum-tersimpan.html")]
    size = re.search(r"\((\d+) kB\)", page.locator("[data-offline]").inner_text())
    files = release_of(office.folder)["files"]
    assert size is not None
    assert 0 < int(size[1]) < sum(size for _, size in files.values()) / 1000  # what was read already is not counted again

    page.get_by_role("button", name="Nanti").click()
    says(page, "Baru tersimpan")
    page.goto(office.at(FRONT))
    says(page, "Baru tersimpan")
    expect(page.get_by_role("button", name="Nanti")).to_have_count(0)

    page.get_by_role("button", name=re.compile("Simpan")).click()
    says(page, STORED)
    assert set(files) - set(office.asked) == set()


def test_saving_that_is_cut_off_goes_on_where_it_stopped(context: BrowserContext, office: Office) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    office.answers_left = 6
    page.get_by_role("button", name="Simpan").click()
    says(page, "Sambungan terputus")
    count = re.search(r"Baru tersimpan (\d+) dari (\d+)", page.locator("[data-offline]").inner_text())
    assert count is not None
    assert 6 <= int(count[1]) < int(count[2])
    before = len(office.asked)

    office.answers_left = -1
    page.get_by_role("button", name="Lanjutkan menyimpan").click()

    says(page, STORED)
    fetched = [path for path in office.asked[before:] if path != "sw.js"]
    assert len(fetched) == len(set(fetched)) == int(count[2]) - int(count[1])


def test_a_full_phone_is_told_and_still_reads(context: BrowserContext, office: Office) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    tools = context.new_cdp_session(page)
    used = tools.send("Storage.getUsageAndQuota", {"origin": office.at()})["usage"]
    tools.send("Storage.overrideQuotaForOrigin", {"origin": office.at(), "quotaSize": used + 40_000})

    page.get_by_role("button", name="Simpan").click()

    says(page, "Penyimpanan ponsel penuh")
    page.goto(office.at(TEST))
    expect(page.locator("h1")).to_be_visible()


def test_a_course_thrown_away_by_the_browser_is_said_and_saved_again(context: BrowserContext, office: Office) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    page.get_by_role("button", name="Simpan").click()
    says(page, STORED)
    put(page, "offline", {"whole": True, "choice": None})
    page.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")

    page.reload()

    says(page, "Peramban menghapus kursus yang tersimpan di ponsel ini.")
    page.get_by_role("button", name="Simpan").click()
    says(page, STORED)


# ---- a new release ---------------------------------------------------------------------------------------------------------------


NEW = {LESSON: ("</h1>", " (baru)</h1>")}


def test_a_new_release_fetches_what_changed_and_waits_for_a_word(
    context: BrowserContext, office: Office, newer: Callable[..., Path]
) -> None:
    errors: list[str] = []
    context.on("console", lambda message: errors.append(message.text))
    page = saved(context, office, LESSON)
    old = release_of(office.folder)["files"]
    office.folder = newer(**NEW)
    changed = {path for path, file in release_of(office.folder)["files"].items() if file != old.get(path)}
    assert LESSON in changed
    assert len(changed) <= 3
    office.asked.clear()

    page.reload()
    says(page, READY)
    expect(page.locator("h1")).not_to_contain_text("(baru)")
    assert set(office.asked) - {"sw.js"} == changed
    page.goto(office.at(FRONT))
    page.goto(office.at(LESSON))
    expect(page.locator("h1")).not_to_contain_text("(baru)")

    says(page, READY)
    page.get_by_role("button", name="Pakai versi baru").click()
    expect(page.locator("h1")).to_contain_text("(baru)")
    says(page, STORED)
    assert errors == []


@pytest.mark.parametrize("sitting", [{"items": [], "responses": {}}, {"finished_at": None}])
def test_no_update_reaches_a_test_in_progress(context: BrowserContext, office: Office, newer: Callable[..., Path], sitting: object) -> None:
    page = saved(context, office, LESSON)
    put(page, "sitting/tes-akhir", sitting)
    office.folder = newer(**NEW)

    page.reload()
    says(page, "Versi baru menunggu sampai tes Anda diserahkan")
    expect(page.get_by_role("button", name="Pakai versi baru")).to_have_count(0)
    page.evaluate("navigator.serviceWorker.ready.then(({active}) => active.postMessage({ask: 'use'}))")  # as a button from before would
    page.close()
    page = opened(context, office.at(LESSON))  # the tab was killed: not even a fresh start brings the new release
    expect(page.locator("h1")).not_to_contain_text("(baru)")
    says(page, "menunggu")

    put(page, "sitting/tes-akhir", None)
    page.close()
    page = opened(context, office.at(LESSON))
    expect(page.locator("h1")).to_contain_text("(baru)")


def test_a_page_with_a_test_offers_no_update(context: BrowserContext, office: Office, newer: Callable[..., Path]) -> None:
    page, other = saved(context, office, TEST), opened(context, office.at(LESSON))
    office.folder = newer(**NEW)
    other.reload()
    says(other, READY)

    page.reload()
    says(page, STORED)
    expect(page.get_by_role("button", name="Pakai versi baru")).to_have_count(0)


def test_another_tab_is_told_and_left_as_it_is(context: BrowserContext, office: Office, newer: Callable[..., Path]) -> None:
    page, other = saved(context, office, LESSON), saved(context, office, LESSON)
    other.evaluate("window.typed = 'belum hilang'")
    office.folder = newer(**NEW)
    page.reload()
    says(page, READY)
    page.get_by_role("button", name="Pakai versi baru").click()
    expect(page.locator("h1")).to_contain_text("(baru)")

    says(other, "Versi baru sudah dipakai di tab lain")
    assert other.evaluate("window.typed") == "belum hilang"
    other.get_by_role("button", name="Muat ulang halaman ini").click()
    expect(other.locator("h1")).to_contain_text("(baru)")


def test_half_an_update_changes_nothing_and_is_finished_later(context: BrowserContext, office: Office, newer: Callable[..., Path]) -> None:
    page = saved(context, office, LESSON)
    office.folder = newer(**dict.fromkeys((LESSON, PRACTICE, TEST, "book/tes-awal.html"), ("</h1>", " (baru)</h1>")))
    office.answers_left = 2

    page.reload()
    says(page, "versi barunya belum lengkap")
    for path in (LESSON, PRACTICE, TEST):
        page.goto(office.at(path))
        expect(page.locator("h1")).not_to_contain_text("(baru)")
    office.answers_left = -1
    page.goto(office.at(FRONT))
    says(page, READY)
    page.close()

    page = opened(context, office.at(TEST))
    expect(page.locator("h1")).to_contain_text("(baru)")


def test_no_page_mixes_files_of_two_releases(context: BrowserContext, office: Office, newer: Callable[..., Path]) -> None:
    """Only half of the old release is stored, and the server has the next one; its worker has not arrived."""
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    mark = ".top{outline:7px solid;"
    updated = newer(**{"_static/psm.css": (".top{", mark), PRACTICE: ("</h1>", " (baru)</h1>")})
    shutil.copy(office.folder / "sw.js", updated / "sw.js")
    office.folder = updated
    outline = "getComputedStyle(document.querySelector('.top')).outlineWidth"

    page.goto(office.at(PRACTICE))
    expect(page.locator("h1")).to_contain_text("(baru)")
    assert page.evaluate(outline) == "7px"
    page.goto(office.at(LESSON))
    assert page.evaluate(outline) != "7px"


def test_a_worker_from_before_this_design_is_replaced(context: BrowserContext, office: Office, tmp_path: Path) -> None:
    new, old = office.folder, tmp_path / "lama"
    old.mkdir()
    (old / "index.html").write_text("<!doctype html><title>Lama</title><h1>Lama</h1><script src=a.js></script>", encoding="utf-8")
    (old / "a.js").write_text("navigator.serviceWorker.register('sw.js')", encoding="utf-8")
    (old / "sw.js").write_text(
        "addEventListener('install', (e) => e.waitUntil(caches.open('lama').then((c) => c.addAll(['index.html', 'a.js']))));"
        "addEventListener('activate', (e) => e.waitUntil(clients.claim()));"
        "addEventListener('fetch', (e) => e.respondWith(caches.match(e.request).then((found) => found || fetch(e.request))));",
        encoding="utf-8",
    )
    office.folder = old
    page = opened(context, office.at("index.html"))
    taken_over = """async (before) => {
        const changed = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
        if (before && navigator.serviceWorker.controller) return;
        if (!before) await navigator.serviceWorker.ready.then((found) => found.update());
        await Promise.race([changed, new Promise((_, failed) => setTimeout(failed, 20000, new Error('never taken over')))]);
    }"""
    page.evaluate(taken_over, True)
    office.folder = new

    page.evaluate(taken_over, False)
    page.goto(office.at("index.html"))

    expect(page.locator("h1")).not_to_have_text("Lama")
    says(page, STORED)
