"""The site without a signal: what is published, what opens, what is saved at whose expense."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from psm_course.site.build import FIRST_PAGE
from psm_course.site.output.compressed import transferred
from psm_course.site.output.offline import ICONS
from tests.browser import ARGUMENTS, browser
from tests.conftest import BuiltCourse
from tests.site.offline.office import (
    FRONT,
    LESSON,
    METERED,
    PRACTICE,
    SAVES_DATA,
    STORED,
    TEST,
    WHOLE_COURSE,
    Office,
    cut,
    opened,
    pages_of,
    put,
    release_of,
    restored,
    saved,
    says,
)
from tests.site.stage import PHONE, whole_page

# ---- what is published ---------------------------------------------------------------------------


def test_the_root_is_the_front_page_itself_and_every_address_on_it_leads_somewhere(
    site: BuiltCourse,
) -> None:
    root, front = ((site.out / path).read_text(encoding="utf-8") for path in (FRONT, FIRST_PAGE))
    main = re.compile(r"<h1>.*?</h1>")

    assert main.search(root)[0] == main.search(front)[0]  # type: ignore[index]
    assert 'http-equiv="refresh"' not in root
    assert "href=../index.html" in (site.out / TEST).read_text(encoding="utf-8")
    targets = [
        target
        for target in re.findall(r'(?:href|src)="?([^"#\s>][^"\s>]*)', root)
        if ":" not in target
    ]
    assert len(targets) > 20
    assert [target for target in targets if not (site.out / urlsplit(target).path).is_file()] == []


def test_the_whole_course_weighs_what_is_allowed_and_the_list_says_so(site: BuiltCourse) -> None:
    files = release_of(site.out)["files"]
    on_disk = {
        path.relative_to(site.out).as_posix()
        for path in site.out.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }

    # What no page shows: the worker, what the office reads, and the page that only a server sends.
    assert on_disk - set(files) == {"sw.js", ".psm-site", "kursus.json", "404.html", *ICONS}
    assert sum(transferred((site.out / path).read_bytes()) for path in files) <= WHOLE_COURSE
    assert (
        abs(
            sum(size for _, size in files.values())
            - sum(transferred((site.out / path).read_bytes()) for path in files)
        )
        < 1000
    )


def test_a_module_says_its_weight_and_the_front_page_the_course_s(site: BuiltCourse) -> None:
    module = site.out / "modules/02-mengenali-ppks"
    pages = sum(transferred(path.read_bytes()) for path in module.glob("*.html"))
    said = re.search(
        r"data-size=module>· modul ini (\d+) kB",
        (module / "index.html").read_text(encoding="utf-8"),
    )
    course = re.search(
        r"data-size=course>Seluruh kursus (\d+) kB", (site.out / FRONT).read_text(encoding="utf-8")
    )
    listed = sum(size for _, size in release_of(site.out)["files"].values())

    assert said is not None
    assert pages // 1000 <= int(said[1]) <= pages // 1000 + 40  # its pictures may come on top
    assert course is not None
    assert int(course[1]) == -(-listed // 1000)


def test_the_same_course_published_twice_is_the_same_release(
    site: BuiltCourse, newer: Callable[..., Path]
) -> None:
    assert newer() != site.out
    assert release_of(newer()) == release_of(site.out)


# ---- reading without a signal --------------------------------------------------------------------


@pytest.mark.journey
def test_after_one_visit_everything_opens_with_the_network_cut(
    context: BrowserContext, office: Office
) -> None:
    troubles: list[str] = []
    context.on("console", lambda message: troubles.append(message.text))
    saved(context, office, LESSON).close()
    cut(context, office)

    page = context.new_page()
    # An icon still under way when the next page is opened is no trouble.
    page.on(
        "requestfailed",
        lambda request: (
            troubles.append(request.url) if request.failure != "net::ERR_ABORTED" else None
        ),
    )
    for path in pages_of(office.folder):
        page.goto(office.at(path))
        styled = (
            "getComputedStyle(document.querySelector('.top')).backgroundColor !== 'rgba(0, 0,"
            " 0, 0)'"
        )
        assert page.evaluate(styled), path
        page.evaluate(
            """Promise.all([...document.images].map((each) => {
              each.removeAttribute('loading');
              return each.decode();
            }))"""
        )
    page.goto(office.at())
    expect(page.locator("h1")).to_be_visible()

    page.goto(office.at(PRACTICE))
    item = whole_page(page).locator(".item-choice").first
    item.locator("label").first.click()
    item.locator("button.check").click()
    expect(item.locator(".verdict")).to_be_visible()
    assert troubles == []


def test_the_course_works_under_a_sub_path(
    context: BrowserContext, office: Office, tmp_path: Path
) -> None:
    shutil.copytree(office.folder, tmp_path / "dinsos" / "kursus")
    office.folder = tmp_path
    saved(context, office, "dinsos/kursus/").close()
    cut(context, office)

    page = opened(context, office.at(f"dinsos/kursus/{LESSON}"))

    assert "Mendengar" in page.title() or page.locator("h1").inner_text()
    page.goto(office.at("dinsos/kursus/tidak-ada.html"))
    expect(page.locator("h1")).to_have_text("Halaman ini belum tersimpan")
    own = page.url.removeprefix(office.at("dinsos/kursus/"))
    assert own.startswith("belum-tersimpan.html")


@pytest.mark.parametrize("address", ["file", "http://situs.lan/"])
def test_a_folder_and_plain_http_are_plain_pages(
    context: BrowserContext, site: BuiltCourse, address: str
) -> None:
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    root = f"{site.out.as_uri()}/" if address == "file" else address
    context.route(
        "http://situs.lan/**",
        lambda route: route.fulfill(path=site.out / urlsplit(route.request.url).path.lstrip("/")),
    )
    page = context.new_page()
    for path in (FRONT, LESSON, PRACTICE):
        page.goto(root + path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("[data-offline]")).to_be_hidden()

    assert (
        page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    assert said == []


@pytest.mark.journey
def test_a_page_that_is_not_stored_says_so_and_shows_what_is(
    context: BrowserContext, office: Office
) -> None:
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
    page.wait_for_url(f"{office.at(PRACTICE)}*")  # the lesson may have named its step already
    cut(context, office)
    page.goto(office.at("modules/"))
    page.locator(f"[data-stored] a[href$='{PRACTICE}']").click()
    page.wait_for_url(f"{office.at(PRACTICE)}*")  # the lesson may have named its step already


def test_a_phone_can_install_the_course(chromium: Browser, office: Office, tmp_path: Path) -> None:
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profil",
        executable_path=browser(),
        args=ARGUMENTS,
        viewport=PHONE,
    )
    page = saved(context, office)
    tools = context.new_cdp_session(page)

    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["lang"] == "id"
    context.close()


# ---- saving --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "{saveData: true, effectiveType: '4g'}",
        "{type: 'cellular', effectiveType: '4g'}",
        "{effectiveType: '3g'}",
        "undefined",
    ],
)
def test_data_that_may_cost_something_is_spent_only_after_asking(
    context: BrowserContext, office: Office, line: str
) -> None:
    context.add_init_script(METERED % line)
    page = opened(context, office.at(LESSON))

    says(page, "Simpan seluruh kursus")
    assert not [
        path
        for path in office.asked
        if path.endswith(".html") and path not in (LESSON, "belum-tersimpan.html")
    ]
    size = re.search(r"\((\d+) kB\)", page.locator("[data-offline]").inner_text())
    files = release_of(office.folder)["files"]
    assert size is not None
    # What was read already is not counted again.
    assert 0 < int(size[1]) < sum(size for _, size in files.values()) / 1000

    page.get_by_role("button", name="Nanti").click()
    says(page, "Baru tersimpan")
    page.goto(office.at(FRONT))
    says(page, "Baru tersimpan")
    expect(page.get_by_role("button", name="Nanti")).to_have_count(0)

    page.get_by_role("button", name=re.compile("Simpan")).click()
    says(page, STORED)
    assert set(files) - set(office.asked) == set()


def test_saving_that_is_cut_off_goes_on_where_it_stopped(
    context: BrowserContext, office: Office
) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    says(page, "Simpan seluruh kursus")
    office.answers_left = 6
    page.get_by_role("button", name="Simpan").click()
    says(page, "Sambungan terputus")
    count = re.search(
        r"Baru tersimpan (\d+) dari (\d+)", page.locator("[data-offline]").inner_text()
    )
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
    tools.send(
        "Storage.overrideQuotaForOrigin", {"origin": office.at(), "quotaSize": used + 40_000}
    )

    page.get_by_role("button", name="Simpan").click()

    says(page, "Penyimpanan ponsel penuh")
    page.goto(office.at(TEST))
    expect(page.locator("h1")).to_be_visible()


def test_a_course_thrown_away_by_the_browser_is_said_and_saved_again(
    context: BrowserContext, office: Office
) -> None:
    context.add_init_script(SAVES_DATA)
    page = opened(context, office.at(LESSON))
    page.get_by_role("button", name="Simpan").click()
    says(page, STORED)
    put(page, "offline", {"whole": True, "choice": None})
    page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"
    )

    page.reload()

    says(page, "Peramban menghapus kursus yang tersimpan di ponsel ini.")
    page.get_by_role("button", name="Simpan").click()
    says(page, STORED)
