"""What pages may weigh, with head-room, in bytes and requests: what a phone pays for. `make bench`
prints the times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from psm_course.site.bundles import PARTS, parts_of
from psm_course.site.output.compressed import ENDING, transferred
from tests.conftest import BuiltCourse
from tests.weights import FirstVisit, first_visit, weight

KB = 1000
# A test's page is followed by every item of its banks, so that it can be sat without a signal. Both
# together have a limit of their own: some 190 items, since each decision about safety has three
# stories.
# Behind them comes what begins, signs and hands in (cards and digests), so that no signal is needed
# for that either: counted by itself.
LESSON, CHART, TEST, HANDING_IN = 25 * KB, 35 * KB, 46 * KB, 10_500
SCRIPTS, SEARCH, COURSE = 13 * KB, 40 * KB, 700 * KB
# The page for checking reads badges and two proofs since 0122, renewed keys since 0129, and the
# open log since 0137 (3.4 kB of it).
ON_A_TAP, CRYPTOGRAPHY = 18_500, 9 * KB
REQUESTS = 6
# A server sends ten segments of 1,460 bytes before it waits for the phone. 600 of these bytes are
# left to the answers' headers.
AT_ONCE = 14 * KB
# More than a phone of 360 x 720 shows: some 22 lines of 38 letters.
FIRST_SCREEN = 850
INDEX = "cari-indeks.js"
EVERYWHERE = "psm.js"
HAS_CHART = re.compile(r'<svg [^>]*class="?bars')
IS_TEST = re.compile(r"data-use=(pretest|posttest)")


def visits(site: BuiltCourse) -> list[FirstVisit]:
    return [first_visit(path) for path in sorted(site.out.rglob("*.html"))]


def over(
    site: BuiltCourse, measured: Callable[[FirstVisit], int], allowed: Callable[[FirstVisit], int]
) -> dict[str, tuple[int, int]]:
    """The pages beyond what is allowed, with what they are and what they may be."""
    found = {visit.page: (measured(visit), allowed(visit)) for visit in visits(site)}
    return {
        path.relative_to(site.out).as_posix(): both
        for path, both in found.items()
        if both[0] > both[1]
    }


def searches(visit: FirstVisit) -> bool:
    return any(script.name == INDEX for script in visit.scripts)


def allowed_weight(visit: FirstVisit) -> int:
    """The index is the search itself, so it is allowed on top of an ordinary page."""
    text = visit.page.read_text(encoding="utf-8")
    return (CHART if HAS_CHART.search(text) else LESSON) + SEARCH * searches(visit)


def test_every_page_is_light_on_a_first_visit(site: BuiltCourse) -> None:
    assert over(site, lambda visit: visit.weight, allowed_weight) == {}


def test_a_lesson_read_to_its_end_is_light_with_all_its_pictures(site: BuiltCourse) -> None:
    """They are drawings with real text, as a chart is, and come when somebody scrolls near them."""
    lessons = [visit for visit in visits(site) if visit.pictures]

    assert len(lessons) > 10
    assert {
        visit.page.stem: whole
        for visit in lessons
        if (whole := visit.weight + weight(visit.pictures)) > CHART
    } == {}


def test_a_test_is_light_with_all_its_items(site: BuiltCourse) -> None:
    tests = [
        visit for visit in visits(site) if IS_TEST.search(visit.page.read_text(encoding="utf-8"))
    ]

    assert len(tests) == 3
    assert [len(visit.items) for visit in tests] == [1, 1, 1]
    assert all(weight(visit.items) > 10 * KB for visit in tests)
    assert {
        visit.page.stem: whole
        for visit in tests
        if (whole := visit.weight + weight(visit.items)) > TEST
    } == {}


def test_what_hands_in_and_tells_people_apart_is_light(site: BuiltCourse) -> None:
    """It comes behind a test's items, and on other pages where a phone is shared."""
    assert (
        0
        < weight(tuple(site.out / "_static" / PARTS[name] for name in ("people", "hashes")))
        <= HANDING_IN
    )


def test_what_the_page_for_checking_loads_besides_is_light(site: BuiltCourse) -> None:
    """All that waits in its templates, with the styles; cryptography has a limit of its own."""
    waiting = parts_of((site.out / "v.html").read_text(encoding="utf-8"))
    counted = [bundle for bundle in waiting if bundle.part not in {"hashes", "ed25519"}]
    files = [name for bundle in counted for name in (bundle.file, bundle.style) if name]

    assert {"notices", "ways", "files", "inflate"} <= {bundle.part for bundle in counted}
    assert weight(tuple(site.out / "_static" / name for name in files)) <= ON_A_TAP


def test_cryptography_is_two_light_files_and_digests_need_no_big_numbers(site: BuiltCourse) -> None:
    hashes, signatures = (site.out / "_static" / PARTS[name] for name in ("hashes", "ed25519"))

    assert weight((hashes, signatures)) <= CRYPTOGRAPHY
    assert "BigInt" in signatures.read_text(encoding="utf-8")
    assert "BigInt" not in hashes.read_text(encoding="utf-8")


def test_the_limits_tell_charts_from_lessons(site: BuiltCourse) -> None:
    allowed = [allowed_weight(visit) for visit in visits(site)]

    assert allowed.count(LESSON + SEARCH) == 1
    assert allowed.count(LESSON) > 30


def test_every_page_needs_few_requests(site: BuiltCourse) -> None:
    assert (
        over(
            site,
            lambda visit: visit.requests + len(visit.pictures),
            lambda visit: REQUESTS + searches(visit),
        )
        == {}
    )


def test_style_and_text_of_the_first_screen_come_in_the_first_packets(site: BuiltCourse) -> None:
    assert over(site, lambda visit: visit.before_text(FIRST_SCREEN), lambda _: AT_ONCE) == {}


def test_the_scripts_of_a_page_are_small(site: BuiltCourse) -> None:
    def program(visit: FirstVisit) -> int:
        return weight(tuple(script for script in visit.scripts if script.name != INDEX))

    assert over(site, program, lambda _: SCRIPTS) == {}


def test_search_with_its_index_and_program_is_light(site: BuiltCourse) -> None:
    searching = [visit for visit in visits(site) if searches(visit)]
    own = [
        weight(tuple(script for script in visit.scripts if script.name != EVERYWHERE))
        for visit in searching
    ]

    assert max(own, default=0) <= SEARCH
    assert len(searching) == (INDEX in {path.name for path in site.out.rglob("*.js")})


def test_the_whole_course_can_be_kept_on_a_phone(site: BuiltCourse) -> None:
    """Each file goes out in one form, so those compressed beforehand are not counted besides."""
    kept = [path for path in site.out.rglob("*") if path.is_file() and path.suffix != ENDING]

    assert sum(transferred(path.read_bytes()) for path in kept) <= COURSE


def test_every_page_parses_without_an_error(site: BuiltCourse) -> None:
    """By the rules that browsers follow: html5lib names every place where they would have to guess
    what was meant.
    """
    wrong = {
        path.relative_to(site.out).as_posix(): errors_in(path.read_text(encoding="utf-8"))
        for path in site.out.rglob("*.html")
    }

    assert {page: errors for page, errors in wrong.items() if errors} == {}


def errors_in(page: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    return [f"line {line}: {code} {details}" for (line, _), code, details in parser.errors]


@pytest.mark.parametrize(
    "mistake",
    [
        "<p><div>x</div></p>",
        "<b>x",
        "<ul><li>x</ol></ul>",
        '<a id="x" id="y">x</a>',
        "<p>&tidakada;</p>",
        "</br>",
    ],
)
def test_a_mistake_in_the_markup_is_found(mistake: str) -> None:
    assert (
        errors_in(
            "<!doctype html><html"
            f' lang="id"><head><title>x</title></head><body>{mistake}</body></html>'
        )
        != []
    )


# ---- the yardstick -------------------------------------------------------------------------------


def a_page(folder: Path, body: str, head: str = "") -> FirstVisit:
    page = folder / "modules" / "halaman.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        "<!doctype"
        f" html><html><head>{head}</head><body><nav>menu</nav><main>{body}</main></body></html>",
        encoding="utf-8",
    )
    return first_visit(page)


def test_a_first_visit_counts_what_is_loaded_at_once_and_nothing_that_waits(tmp_path: Path) -> None:
    names = ("a.css", "b.js", "c.png", "d.svg", "e.js")
    for name in names:
        (tmp_path / name).write_bytes(name.encode() * 40)
    head = (
        '<link rel="stylesheet" href="../a.css?v=1"><link rel="icon" href="../d.svg"><script'
        ' src="../b.js" defer></script>'
    )
    head += '<template><script src="../late.js"></script></template><script src="../e.js"></script>'
    head += '<template data-items><script src="../later.js"></script></template>'

    visit = a_page(
        tmp_path,
        '<img src="../c.png"><img src="../c.png"><img src="../z.png" loading="lazy"><a'
        ' href="../x.html">x</a>',
        head,
    )

    assert visit.requests == 6
    assert {path.name for path in visit.files} == {"halaman.html", *names}
    assert [path.name for path in visit.pictures] == ["z.png"]
    assert [path.name for path in visit.items] == ["later.js"]
    assert visit.weight == transferred(visit.page.read_bytes()) + sum(
        transferred((tmp_path / name).read_bytes()) for name in names
    )


def test_bytes_before_the_text_end_where_the_text_has_come(tmp_path: Path) -> None:
    short = a_page(tmp_path, f"<p>{'kata ' * 20}</p>").before_text(50)
    long = a_page(
        tmp_path,
        f"<p>{'kata ' * 20}</p>" + "".join(f"<p>{number**9}</p>" for number in range(2000)),
    ).before_text(50)

    assert short == long


def test_what_does_not_get_smaller_is_counted_as_it_is() -> None:
    assert transferred(b"x" * 5000) < 100
    assert transferred(bytes(range(40))) == 40
