"""The resume code: short, adding and never taking; its QR, read by another's decoder; and how to be
rid of it all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.axe import axe_findings, axe_findings_in_both_schemes
from tests.conftest import BuiltCourse
from tests.scripts import bundled
from tests.site.stage import PHONE, kept, kept_of_all

PAGE = "book/kemajuan.html"
LESSON = "modules/01-dasar-peran-psm/01-peran-dan-batas"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Twenty lessons with six items each.
LAYOUT = [
    [
        f"modules/{module}/{lesson}",
        [[f"latihan-{module}-{lesson}", [f"soal-{item}" for item in range(6)]]],
    ]
    for module in range(5)
    for lesson in range(4)
]

Progress = dict[str, dict[str, Any]]
WRITE_AND_READ = """([layout, many]) => Promise.all(many.map(async progress => {
  const code = await PSM.code.write(layout, progress);
  return (await PSM.code.read(layout, code)).progress;
}))"""


@pytest.fixture(scope="module")
def coder(chromium: Browser) -> Iterator[Page]:
    """A page with the scripts that write and read codes."""
    page = chromium.new_page()
    page.add_script_tag(
        content=bundled("export {code} from './resume/code.js'; export {qr} from './resume/qr.js';")
    )
    yield page
    page.close()


@contextmanager
def a_phone(chromium: Browser, address: str, page: str = PAGE, **context: Any) -> Iterator[Page]:
    phone = chromium.new_context(viewport=PHONE, service_workers="block", **context)
    opened = phone.new_page()
    opened.goto(f"{address}/{page}")
    opened.wait_for_function("window.PSM && PSM.progress")
    yield opened
    phone.close()


def write(coder: Page, progress: Progress, layout: list[Any] = LAYOUT) -> str:
    return str(
        coder.evaluate(
            "([layout, progress]) => PSM.code.write(layout, progress)", [layout, progress]
        )
    )


def read(coder: Page, code: str, layout: list[Any] = LAYOUT) -> dict[str, Any]:
    found: dict[str, Any] = coder.evaluate(
        "([layout, code]) => PSM.code.read(layout, code)", [layout, code]
    )
    return found


def whole(lesson: list[Any]) -> dict[str, Any]:
    return {
        "begun": True,
        "read": True,
        "tried": True,
        "right": {quiz: dict.fromkeys(items, True) for quiz, items in lesson[1]},
    }


# ---- the code ------------------------------------------------------------------------------------


@st.composite
def any_progress(draw: st.DrawFn) -> Progress:
    progress = {}
    for name, practices in LAYOUT:
        right = {
            quiz: {item: True for item in items if draw(st.booleans())} for quiz, items in practices
        }
        tried = draw(st.booleans()) or all(
            len(right[quiz]) == len(items) for quiz, items in practices
        )
        progress[name] = draw(
            st.sampled_from(
                [{}, {"begun": True, "right": right, "tried": tried, "read": draw(st.booleans())}]
            )
        )
    return progress


@settings(max_examples=15, deadline=None)
@given(st.lists(any_progress(), min_size=10, max_size=10))
def test_what_is_written_is_what_is_read(coder: Page, many: list[Progress]) -> None:
    """Ten at a time: to ask the browser takes longer than what it does."""
    read_again = coder.evaluate(WRITE_AND_READ, [LAYOUT, many])

    for progress, found in zip(many, read_again, strict=True):
        for name, practices in LAYOUT:
            wrote = progress[name]
            right = wrote.get("right", {})
            assert [found[name]["right"].get(quiz, {}) for quiz, _ in practices] == [
                right.get(quiz, {}) for quiz, _ in practices
            ]
            assert found[name]["read"] == wrote.get("read", False)
            assert found[name]["tried"] == wrote.get("tried", False)
            assert found[name]["begun"] == wrote.get("begun", False)


@pytest.mark.parametrize(("done", "longest"), [(1, 8), (8, 10), (20, 14)])
def test_a_code_is_short_enough_to_type(coder: Page, done: int, longest: int) -> None:
    code = write(coder, {lesson[0]: whole(lesson) for lesson in LAYOUT[:done]})

    assert len(code.replace("-", "")) <= longest


def test_a_week_of_real_work_fits_in_twenty_letters(coder: Page) -> None:
    """Six lessons read, one or two items wrong in each, and the seventh begun."""
    progress = {lesson[0]: whole(lesson) for lesson in LAYOUT[:6]}
    for at, lesson in enumerate(LAYOUT[:6:2]):
        del progress[lesson[0]]["right"][lesson[1][0][0]][f"soal-{at}"]
    progress[LAYOUT[6][0]] = {"begun": True}

    assert len(write(coder, progress).replace("-", "")) <= 20


def test_letters_that_look_alike_are_not_used_and_are_understood_when_typed(coder: Page) -> None:
    progress = {lesson[0]: whole(lesson) for lesson in LAYOUT[:15]}
    code = write(coder, progress)

    assert set(code) <= {*LETTERS, "-"}
    careless = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l").replace("v", "u")
    assert read(coder, careless) == read(coder, code)


def test_every_single_slip_is_noticed(coder: Page) -> None:
    code = write(coder, {lesson[0]: whole(lesson) for lesson in LAYOUT[:9]}).replace("-", "")
    changed = {
        code[:at] + letter + code[at + 1 :]
        for at in range(len(code))
        for letter in LETTERS
        if letter != code[at]
    }
    swapped = {
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)
    } - {code}
    shortened = {code[:at] + code[at + 1 :] for at in range(len(code))}

    for wrong in changed | swapped | shortened:
        assert read(coder, wrong) == {"trouble": "check"}, wrong
    assert read(coder, code[:4]) == {"trouble": "letters"}
    assert read(coder, "") == {"trouble": "letters"}


def test_a_code_of_another_version_is_refused_as_that(coder: Page) -> None:
    code = write(coder, {LAYOUT[0][0]: whole(LAYOUT[0])})

    assert read(coder, code, LAYOUT[1:]) == {"trouble": "list"}


# ---- the QR --------------------------------------------------------------------------------------


def seen_by_another(rows: list[list[bool]]) -> str:
    """What an independent decoder reads from the drawn squares, eight dots a square with the quiet
    zone.
    """
    dots, quiet = 8, 4
    side = (len(rows) + 2 * quiet) * dots
    picture = bytearray(b"\xff" * side * side)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                for line in range(dots):
                    start = ((y + quiet) * dots + line) * side + (x + quiet) * dots
                    picture[start : start + dots] = b"\x00" * dots
    found = zxingcpp.read_barcodes(
        memoryview(bytes(picture)).cast("B", (side, side)), formats=zxingcpp.BarcodeFormat.QRCode
    )
    return found[0].text if found else ""


@pytest.mark.parametrize(
    "length",
    [1, 14, 15, 26, 27, 60, 61, 84, 85, 106, 107, 122, 152, 180, 181, 213, 287, 331, 362, 412],
)
def test_another_decoder_reads_every_size(coder: Page, length: int) -> None:
    text = "".join(chr(33 + (7 * at + length) % 90) for at in range(length))

    assert seen_by_another(coder.evaluate("text => PSM.qr.rows(text)", text)) == text


@settings(max_examples=30, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co", "Cf", "Cc"]),
        min_size=1,
        max_size=60,
    )
)
def test_another_decoder_reads_any_text(coder: Page, text: str) -> None:
    assert seen_by_another(coder.evaluate("text => PSM.qr.rows(text)", text)) == text


@pytest.mark.parametrize("length", [14, 26, 42, 62, 84, 106, 122, 152, 180, 213])
def test_a_full_code_is_another_writer_s_too(coder: Page, length: int) -> None:
    """segno's, under one of the eight masks: which reads best is a matter of judgement. Where room
    is left each fills it its own way.
    """
    text = "".join(chr(33 + (7 * at + length) % 90) for at in range(length))
    masks = [
        segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=mask)
        for mask in range(8)
    ]

    assert coder.evaluate("text => PSM.qr.rows(text)", text) in [
        [[bool(dot) for dot in row] for row in code.matrix] for code in masks
    ]


def test_a_text_too_long_gives_no_code_rather_than_a_wrong_one(coder: Page) -> None:
    assert coder.evaluate("PSM.qr.rows('x'.repeat(413))") is None


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


def test_a_code_of_another_course_version_is_refused_kindly(
    chromium: Browser, address: str, coder: Page
) -> None:
    other = write(coder, {LAYOUT[0][0]: whole(LAYOUT[0])})
    with a_phone(chromium, address) as phone:
        phone.locator("[data-typed]").fill(other)
        phone.get_by_role("button", name="Pulihkan").click()

        expect(phone.locator("[data-told]")).to_contain_text("versi kursus yang lain")
        assert kept(phone) == {}


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
    path = page.locator(".qr path").last.get_attribute("d") or ""
    side = int((page.locator(".qr").get_attribute("viewBox") or "").split()[-1]) - 8
    dark = {(int(x) - 4, int(y) - 4) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    return [[(x, y) in dark for x in range(side)] for y in range(side)]


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
            re.compile(r"^Sekarang: 1 pelajaran yang dibuka, \d latihan yang dijawab\.$")
        )

        phone.locator("[data-wipe]").click()
        assert phone.evaluate(
            "document.activeElement.hasAttribute('data-keep')"
        )  # Enter by habit deletes nothing
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
        expect(phone.locator("[data-wiped]")).to_have_text(
            "Data Anda sudah dihapus dari ponsel ini. Data orang lain tetap ada."
        )

        left = kept_of_all(phone)
        assert [key for key in left if "D26-017" in key] == []
        assert left["p/D26-018/page/modules/x"] == {"begun": True}
        assert [one["number"] for one in left["device"]["people"]] == ["D26-018"]
        expect(phone.get_by_role("button", name="D26-018")).to_be_visible()
        assert axe_findings(phone) == []


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
