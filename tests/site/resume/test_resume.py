"""The page of the resume code: adding and never taking away; and how to be rid of it all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_findings, axe_findings_in_both_schemes
from tests.conftest import BuiltCourse
from tests.site.resume.qr import rows_of, seen_by_another
from tests.site.stage import PHONE, kept, kept_of_all

PAGE = "book/kemajuan.html"
LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas"


@contextmanager
def a_phone(chromium: Browser, address: str, page: str = PAGE, **context: Any) -> Iterator[Page]:
    phone = chromium.new_context(viewport=PHONE, service_workers="block", **context)
    opened = phone.new_page()
    opened.goto(f"{address}/{page}")
    opened.wait_for_function("window.PSM && PSM.progress")
    yield opened
    phone.close()


# ---- the page ------------------------------------------------------------------------------------


def learn(page: Page, address: str) -> None:
    """Read the first lesson, and have all but the first item of each of its practices right."""
    page.goto(f"{address}/{LESSON}.html")
    page.evaluate(
        """async id => {
          for (const section of document.querySelectorAll('[data-use=practice]')) {
            const items = section.querySelectorAll('.item:not([data-type=rating])');
            const quiz = `quiz/${section.dataset.quiz}`, right = {}, tries = {};
            items.forEach(({dataset: {item}}, at) => {
              tries[item] = 2;
              if (at) right[item] = true;
            });
            await PSM.mine.update(quiz, () => ({responses: {}, right, tries}));
          }
          await PSM.mine.update(`page/${id}`, () => ({begun: true, read: true}));
        }""",
        LESSON,
    )
    page.goto(f"{address}/{PAGE}")
    page.locator("[data-code]").filter(has_text=re.compile("..")).wait_for()


def state(page: Page) -> Any:
    return page.locator(f'main [data-state="{LESSON}"]').filter(has_text=re.compile("."))


@pytest.mark.journey
def test_progress_goes_to_another_phone_by_typing_the_code(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as old:
        learn(old, address)
        code = old.locator("[data-code]").inner_text()
        shown = old.locator(f'[data-right="{LESSON}"]').inner_text()
    with a_phone(chromium, address) as new:
        new.locator("[data-typed]").fill(code.lower().replace("-", " "))
        new.get_by_role("button", name="Pulihkan").click()

        expect(new.locator("[data-told]")).to_contain_text("Kemajuan dipulihkan")
        expect(state(new)).to_have_text("selesai")
        expect(new.locator(f'[data-right="{LESSON}"]')).to_have_text(shown)
        expect(new.locator("[data-code]")).to_have_text(code)
        assert axe_findings(new) == []
        said: list[str] = []
        new.on("pageerror", lambda error: said.append(str(error)))
        new.goto(f"{address}/{LESSON}.html")
        new.wait_for_selector(".quiz.ready", state="attached")
        assert said == []


def test_restoring_adds_and_never_takes_away(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as old:
        learn(old, address)
        code = old.locator("[data-code]").inner_text()
        quiz, before = next(iter(kept(old, "quiz/").items()))
    with a_phone(chromium, address) as new:
        mine = {"responses": {"baru": "a"}, "right": {"baru": True}, "tries": {"baru": 5}}
        new.evaluate("([key, value]) => PSM.mine.update(key, () => value)", [quiz, mine])
        new.evaluate("PSM.mine.update('page/modules/lain', () => ({begun: true, read: true}))")

        new.locator("[data-typed]").fill(code)
        new.get_by_role("button", name="Pulihkan").click()
        expect(new.locator("[data-told]")).to_contain_text("Kemajuan dipulihkan")

        assert isinstance(before, dict)
        after = kept(new)[quiz]
        assert isinstance(after, dict)
        assert after["responses"] == mine["responses"]
        assert after["right"] == before["right"] | mine["right"]
        assert after["tries"] == dict.fromkeys(before["tries"], 1) | mine["tries"]
        assert kept(new)["page/modules/lain"] == {"begun": True, "read": True}


def test_a_wrong_code_is_answered_kindly_and_changes_nothing(
    chromium: Browser, address: str
) -> None:
    with a_phone(chromium, address) as old:
        learn(old, address)
        code = old.locator("[data-code]").inner_text()
        before = kept(old)

        for typed, said in [
            (code[:3], "belum lengkap"),
            (code[:-1] + ("2" if code[-1] != "2" else "3"), "keliru atau tertukar"),
        ]:
            old.locator("[data-typed]").fill(typed)
            old.get_by_role("button", name="Pulihkan").click()
            expect(old.locator("[data-told]")).to_contain_text(said)

        assert kept(old) == before


def test_the_qr_on_the_page_leads_to_this_page_with_the_code_filled_in(
    chromium: Browser, address: str
) -> None:
    with a_phone(chromium, address) as old:
        learn(old, address)
        link = seen_by_another(shown_squares(old))
        code = old.locator("[data-code]").inner_text()
    assert link == f"{address}/{PAGE}#kode={code}"

    with a_phone(chromium, address, f"{PAGE}#kode={code}") as new:
        expect(new.locator("[data-typed]")).to_have_value(code)
        assert kept(new) == {}  # a link alone changes nothing
        new.get_by_role("button", name="Pulihkan").click()
        expect(state(new)).to_have_text("selesai")


def shown_squares(page: Page) -> list[list[bool]]:
    """The squares of the SVG on the page, from its own path."""
    path = page.locator(".qr path").get_attribute("d") or ""
    return rows_of(page.locator(".qr").get_attribute("viewBox") or "", path)


def test_a_folder_on_a_stick_shows_the_code_without_a_link_nobody_could_open(
    chromium: Browser, site: BuiltCourse
) -> None:
    page = chromium.new_page()
    page.goto((site.out / PAGE).as_uri())
    page.evaluate("id => PSM.mine.update(`page/${id}`, () => ({begun: true}))", LESSON)
    page.reload()

    expect(page.locator("[data-code]")).to_have_text(re.compile("^[0-9A-Z]{4}-"))
    assert not page.locator("[data-scan]").is_visible()
    page.close()


def test_the_code_counts_along_ids_of_practice_alone(site: BuiltCourse) -> None:
    page = (site.out / PAGE).read_text(encoding="utf-8")
    found = re.search(r"data-layout[^>]*>(.*?)</script>", page)
    assert found is not None
    layout = json.loads(found[1])

    practice = {
        quiz.id: sorted(item.id for item in quiz.items if item.type != "rating")
        for quiz in site.course().quizzes.values()
        if not quiz.is_test
    }
    lessons = sorted(
        lesson.file.removesuffix(".ipynb")
        for module in site.course().modules
        for lesson in module.lessons
    )
    assert [name for name, _ in layout] == lessons
    assert {
        quiz: items for _, practices in layout for quiz, items in practices
    }.items() <= practice.items()
    assert any(practices for _, practices in layout)


def test_everything_is_gone_after_saying_so_twice(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as phone:
        learn(phone, address)
        expect(phone.locator("[data-kept]")).to_have_text(
            re.compile(r"^\D+ 1 pelajaran\D+, \d latihan\D+$")
        )

        phone.locator("[data-wipe]").click()
        # Enter by habit deletes nothing.
        assert phone.evaluate("document.activeElement.hasAttribute('data-keep')")
        phone.locator("[data-keep]").click()
        assert kept(phone) != {}

        phone.locator("[data-wipe]").click()
        assert axe_findings(phone) == []
        phone.locator("[data-gone]").click()
        expect(phone.locator("[data-wiped]")).to_contain_text("sudah dihapus")

        assert kept(phone) == {}
        expect(phone.locator("[data-none]")).to_be_visible()
        phone.reload()
        phone.wait_for_function("document.querySelector('main .state:not(:empty)')")
        assert phone.locator(".notice").count() == 0  # nobody is told of a loss they asked for


SHARED = """async ([siti, budi]) => {
  const people = [siti, budi].map(number => ({number, office: '', name: '', code: ''}));
  await PSM.store.update('device', () => ({active: siti, people}));
  for (const number of [siti, budi]) {
    await PSM.mine.of(number).update('page/modules/x', () => ({begun: true}));
  }
}"""


def test_on_a_shared_phone_only_her_own_data_is_deleted(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as phone:
        phone.evaluate(SHARED, ["D26-017", "D26-018"])
        phone.reload()
        phone.get_by_role("button", name="Hapus data saya dari ponsel ini").click()
        phone.locator("[data-gone]").click()
        expect(phone.locator("[data-wiped]")).to_contain_text("Data orang lain tetap")

        left = kept_of_all(phone)
        assert [key for key in left if "D26-017" in key] == []
        assert left["p/D26-018/page/modules/x"] == {"begun": True}
        assert [one["number"] for one in left["device"]["people"]] == ["D26-018"]
        expect(phone.get_by_role("button", name="D26-018")).to_be_visible()
        assert axe_findings(phone) == []


def test_where_she_alone_is_known_all_is_deleted_and_nobody_is_named(
    chromium: Browser, address: str
) -> None:
    with a_phone(chromium, address) as phone:
        phone.evaluate("PSM.load('people').then(({device}) => device.join({number: 'D26-017'}))")
        phone.reload()
        expect(phone.locator("section.who")).to_contain_text("D26-017")

        phone.get_by_role("button", name="Hapus semua dari ponsel ini").click()
        phone.locator("[data-gone]").click()

        expect(phone.locator("[data-wiped]")).to_contain_text("Semua sudah dihapus")
        expect(phone.locator("section.who")).to_have_count(0)
        expect(phone.get_by_text("Anda membaca sebagai tamu")).to_be_visible()
        assert kept_of_all(phone) == {}


def test_a_code_holds_the_progress_of_one_person(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as phone:
        learn(phone, address)
        hers = phone.locator("[data-code]").inner_text()
        phone.evaluate("PSM.load('people').then(({device}) => device.join({number: 'D26-018'}))")
        phone.evaluate("PSM.load('people').then(({device}) => device.know({number: 'D26-019'}))")
        phone.reload()
        phone.get_by_role("button", name="Bukan Anda?").wait_for()

        assert not phone.locator("[data-have]").is_visible()  # he has not begun
        phone.get_by_role("button", name="Bukan Anda?").click()
        expect(phone.locator("[data-code]")).to_have_text(hers)


def test_axe_finds_nothing_with_and_without_progress(chromium: Browser, address: str) -> None:
    with a_phone(chromium, address) as phone:
        assert axe_findings_in_both_schemes(phone) == []
        learn(phone, address)
        assert axe_findings_in_both_schemes(phone) == []
