"""The resume code: short, forgiving, one slip noticed; and its QR, read by another's decoder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.scripts import bundled
from tests.site.resume.qr import rows_of, seen_by_another
from tests.site.resume.test_resume import a_phone
from tests.site.stage import kept

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Twenty lessons with six items each.
LAYOUT: list[Any] = [
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
        content=bundled(
            "export {code} from './resume/code.js'; export {draw} from './resume/qr.js';"
        )
    )
    yield page
    page.close()


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


def learnt(lessons: list[Any]) -> Progress:
    """As a phone keeps it: these lessons read, and all their items right."""
    return {
        "pages": {name: {"begun": True, "read": True} for name, _ in lessons},
        "quizzes": {
            quiz: {"right": dict.fromkeys(items, True), "tries": dict.fromkeys(items, 1)}
            for _, practices in lessons
            for quiz, items in practices
        },
    }


# ---- the code ------------------------------------------------------------------------------------


@st.composite
def any_progress(draw: st.DrawFn) -> Progress:
    pages, quizzes = {}, {}
    for name, practices in LAYOUT:
        if not draw(st.booleans()):
            continue
        pages[name] = {"begun": True, **({"read": True} if draw(st.booleans()) else {})}
        is_tried = draw(st.booleans())
        for quiz, items in practices:
            right = {item: True for item in items if draw(st.booleans())}
            tried = items if is_tried else right
            if tried:
                quizzes[quiz] = {"right": right, "tries": dict.fromkeys(tried, 1)}
    return {"pages": pages, "quizzes": quizzes}


@settings(max_examples=15, deadline=None)
@given(st.lists(any_progress(), min_size=10, max_size=10))
def test_what_is_written_is_what_is_read(coder: Page, many: list[Progress]) -> None:
    """Ten at a time: to ask the browser takes longer than what it does."""
    assert coder.evaluate(WRITE_AND_READ, [LAYOUT, many]) == many


@pytest.mark.parametrize(("done", "longest"), [(1, 8), (8, 10), (20, 14)])
def test_a_code_is_short_enough_to_type(coder: Page, done: int, longest: int) -> None:
    code = write(coder, learnt(LAYOUT[:done]))

    assert len(code.replace("-", "")) <= longest


def test_a_week_of_real_work_fits_in_twenty_letters(coder: Page) -> None:
    """Six lessons read, one or two items wrong in each, and the seventh begun."""
    progress = learnt(LAYOUT[:6])
    for at, (_, practices) in enumerate(LAYOUT[:6:2]):
        del progress["quizzes"][practices[0][0]]["right"][f"soal-{at}"]
    progress["pages"][LAYOUT[6][0]] = {"begun": True}

    assert len(write(coder, progress).replace("-", "")) <= 20


def test_letters_that_look_alike_are_not_used_and_are_understood_when_typed(coder: Page) -> None:
    code = write(coder, learnt(LAYOUT[:15]))

    assert set(code) <= {*LETTERS, "-"}
    careless = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l").replace("v", "u")
    assert read(coder, careless) == read(coder, code)


def test_every_single_slip_is_noticed(coder: Page) -> None:
    code = write(coder, learnt(LAYOUT[:9])).replace("-", "")
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
    code = write(coder, learnt(LAYOUT[:1]))

    assert read(coder, code, LAYOUT[1:]) == {"trouble": "list"}


def test_a_code_of_another_course_version_is_refused_kindly(
    chromium: Browser, address: str, coder: Page
) -> None:
    other = write(coder, learnt(LAYOUT[:1]))
    with a_phone(chromium, address) as phone:
        phone.locator("[data-typed]").fill(other)
        phone.get_by_role("button", name="Pulihkan").click()

        expect(phone.locator("[data-told]")).to_contain_text("versi kursus yang lain")
        assert kept(phone) == {}


# ---- the QR --------------------------------------------------------------------------------------

DRAWN = """text => {
  const [svg, path] = ['svg', 'path'].map(
    (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.append(path);
  return PSM.draw(svg, text) ? [svg.getAttribute('viewBox'), path.getAttribute('d')] : null;
}"""


def drawn(coder: Page, text: str) -> list[list[bool]]:
    """The squares; none for a text that is too long."""
    found = coder.evaluate(DRAWN, text)
    return rows_of(*found) if found else []


@pytest.mark.parametrize(
    "length",
    [1, 14, 15, 26, 27, 60, 61, 84, 85, 106, 107, 122, 152, 180, 181, 213, 287, 331, 362, 412],
)
def test_another_decoder_reads_every_size(coder: Page, length: int) -> None:
    text = "".join(chr(33 + (7 * at + length) % 90) for at in range(length))

    assert seen_by_another(drawn(coder, text)) == text


@settings(max_examples=30, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co", "Cf", "Cc"]),
        min_size=1,
        max_size=60,
    )
)
def test_another_decoder_reads_any_text(coder: Page, text: str) -> None:
    assert seen_by_another(drawn(coder, text)) == text


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

    assert drawn(coder, text) in [
        [[bool(dot) for dot in row] for row in code.matrix] for code in masks
    ]


def test_a_text_too_long_gives_no_code_rather_than_a_wrong_one(coder: Page) -> None:
    assert drawn(coder, "x" * 413) == []
