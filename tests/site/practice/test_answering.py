"""Practice on the phone: what each type tells before and after answering; the case's steps."""

from __future__ import annotations

import re
from typing import Any

import pytest
from dirty_equals import Contains
from playwright.sync_api import Page, expect

from tests.site.practice.quiz import RIGHT, answer, case_of, check, item_of, take
from tests.site.stage import ready, until

# ---- what is told --------------------------------------------------------------------------------


LINES = {"choice": 1, "choices": 2, "order": 3, "match": 3}


@pytest.mark.journey
def test_a_right_answer_is_confirmed_with_reason_and_source(page: Page) -> None:
    for kind, response in RIGHT.items():
        item = answer(page, kind, response)
        assert item.locator(".told").inner_text() == ""

        said = check(item)

        assert said.startswith("Tepat.")
        assert item.locator(
            ".marked.right + .remark.right strong", has_text="Tepat"
        ).count() == LINES.get(kind, 0)
        assert f"Sebab {kind}." in said
        assert f"Dasar: Dasar {kind}" in said
        assert not item.get_by_role("button", name="Lihat jawaban").is_visible()


JUDGED: list[tuple[str, Any, str]] = [
    ("choice", ["Menanyai tetangganya"], "Belum tepat."),
    ("choice", ["Mencatat lalu pamit"], "Sebagian tepat."),
    ("choices", ["Yang Anda lihat"], "Pilihan Anda tepat, tetapi masih ada yang kurang."),
    ("choices", ["Yang dikatakan warga itu", "Dugaan tetangga"], "Sebagian tepat."),
    ("order", ["Pamit", "Izin", "Salam"], "1 dari 3 baris sudah tepat."),
    ("order", ["Pamit", "Salam", "Izin"], "Belum tepat."),
    (
        "match",
        {"Kebakaran": "113", "Sakit mendadak": "110", "Kejahatan": "119"},
        "1 dari 3 pasangan sudah tepat.",
    ),
    ("match", {"Kebakaran": "119", "Sakit mendadak": "110", "Kejahatan": "113"}, "Belum tepat."),
    ("number", "20", "Belum tepat."),
    ("number", "12 mil", "Tulis angka saja, misalnya 12 atau 12,5."),
    ("number", "20 KM", "Belum tepat."),
    ("text", "petugas", "Belum tepat."),
    ("text", "relawam", "Hampir tepat. Periksa ejaannya, lalu coba lagi."),
]


@pytest.mark.journey
def test_another_answer_is_judged_without_giving_the_key_away_until_it_is_asked_for(
    page: Page,
) -> None:
    for kind, response, first_line in JUDGED:
        item = answer(page, kind, response)

        said = check(item)
        assert said.splitlines()[0] == first_line
        assert f"Sebab {kind}." not in said
        assert not item.locator(".told .key").count()

        item.get_by_role("button", name="Lihat jawaban").click()
        said = item.locator(".told").inner_text()
        assert said.splitlines()[0] == first_line
        assert f"Sebab {kind}." in said
        assert f"Dasar {kind}" in said


def test_the_feedback_is_that_of_the_chosen_choices_alone(page: Page) -> None:
    check(answer(page, "choices", ["Yang Anda lihat", "Dugaan tetangga"]))
    lines = item_of(page, "choices").locator(".remark")

    assert lines.all_inner_texts() == ["Tepat\nFakta.", Contains("Tidak tepat\nItu kabar")]

    item_of(page, "choices").get_by_role("button", name="Lihat jawaban").click()
    expect(lines).to_have_count(4)


def test_a_dangerous_choice_is_explained_with_care(page: Page) -> None:
    for kind, response in (
        ("choice", "Memanggil orang tuanya"),
        ("choices", "Foto wajah anak di grup"),
    ):
        said = check(answer(page, kind, [response]))

        assert said.startswith("Hati-hati, ini berbahaya.")
        assert "Anda boleh keliru" in said
        option = item_of(page, kind).locator(".option.critical", has_text=response)
        assert (
            option.locator("xpath=following-sibling::*[1]").inner_text().startswith("Berbahaya\n")
        )


UNFINISHED: dict[str, tuple[Any, str]] = {
    "choice": ([], "Pilih satu jawaban dulu, lalu periksa."),
    "choices": ([], "Centang pilihan Anda dulu, lalu periksa."),
    "order": (["Salam"], "Ketuk semua baris dulu, lalu periksa."),
    "match": ({"Kebakaran": "113"}, "Pilih pasangan untuk semua baris dulu, lalu periksa."),
    "number": ("  ", "Tulis angkanya dulu, lalu periksa."),
    "text": ("", "Tulis jawaban Anda dulu, lalu periksa."),
}


@pytest.mark.journey
def test_what_is_not_whole_is_not_judged_and_counts_as_no_try(page: Page) -> None:
    for kind, (response, wanted) in UNFINISHED.items():
        item = answer(page, kind, response)

        assert check(item) == wanted
        assert not item.get_by_role("button", name="Lihat jawaban").is_visible()
    assert page.evaluate("PSM.mine.get('quiz/latihan').then(kept => kept.tries)") == {}


def test_a_changed_answer_takes_the_verdict_away_and_may_be_tried_again(page: Page) -> None:
    item = answer(page, "choice", ["Menanyai tetangganya"])
    check(item)
    answer(page, "choice", RIGHT["choice"])

    assert item.locator(".told").inner_text() == ""
    assert not item.get_by_role("button", name="Lihat jawaban").is_visible()
    assert check(item).startswith("Tepat.")
    until(
        page,
        "PSM.mine.get('quiz/latihan').then(kept => kept.tries.choice === 2 && kept.right.choice)",
    )


def test_looking_at_the_answer_keeps_the_focus_and_what_is_told_is_in_sight(page: Page) -> None:
    item = answer(page, "choice", ["Menanyai tetangganya"])
    page.evaluate("scrollTo(0, 0)")
    item.get_by_role("button", name="Periksa jawaban").press("Enter")

    assert item.locator(".verdict").evaluate(
        "part => part.getBoundingClientRect().bottom <= innerHeight"
    )
    item.get_by_role("button", name="Lihat jawaban").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Periksa lagi"


@pytest.mark.parametrize("kind", ["match", "order"])
def test_right_once_in_an_older_form_of_the_item_is_no_answer_to_this_one(
    page: Page, kind: str
) -> None:
    page.evaluate(
        """kind => PSM.mine.update('quiz/latihan', () => (
          {responses: {[kind]: 'a'}, right: {[kind]: true}, tries: {}}))""",
        kind,
    )

    ready(page)
    until(page, "PSM.provided('verdicts')")

    told = item_of(page, kind).locator(".told")
    expect(told).to_have_attribute("role", "status")
    assert told.inner_text() == ""


@pytest.mark.journey
def test_a_rating_is_kept_and_never_judged(page: Page) -> None:
    item_of(page, "rating").get_by_label("4", exact=True).check()
    item_of(page, "rating").get_by_text("Tersimpan di ponsel ini").wait_for()

    ready(page)

    assert item_of(page, "rating").get_by_label("4", exact=True).is_checked()
    assert not item_of(page, "rating").get_by_role("button").count()


# ---- the case ------------------------------------------------------------------------------------


@pytest.mark.journey
def test_a_case_opens_step_by_step_with_its_consequences(page: Page) -> None:
    case = case_of(page)
    assert case.locator(".step:visible").count() == 1
    assert not case.locator(".consequence:visible").count()

    take(page, "Menyapa dan menemani")

    assert case.locator(".consequence:visible").all_inner_texts() == ["Nenek tersenyum."]
    assert case.locator(".step:visible .step-number").all_inner_texts() == [
        "Langkah 1",
        "Langkah 2",
    ]
    assert not case.get_by_role("button", name="Memotretnya untuk grup").is_visible()
    page.locator(
        "p.unseen[role=status]", has_text="Nenek tersenyum. Lanjut ke langkah 2."
    ).wait_for(state="attached")


def test_a_step_without_consequence_shows_no_empty_box(page: Page) -> None:
    case = take(page, "Menunggu bus datang")

    assert not case.locator(".consequence:visible").count()


def test_pressing_a_taken_step_again_lets_choose_anew_from_there(page: Page) -> None:
    case = take(page, "Menyapa dan menemani", "Dinas Sosial")

    case.get_by_role(
        "button", name=re.compile("Menyapa dan menemani.*Tepat. Ketuk lagi untuk mengganti")
    ).click()

    assert case.locator(".step:visible").count() == 1
    assert case.locator(".step:visible button").count() == 3
    assert case.locator(".told").inner_text() == ""
    until(page, "PSM.mine.get('quiz/latihan').then(kept => kept.responses.case.length === 0)")


ENDS: list[tuple[list[str], str, str]] = [
    (
        ["Memotretnya untuk grup", "Menghapus foto", "Dinas Sosial"],
        "critical",
        "ada langkah yang berbahaya",
    ),
    (["Memotretnya untuk grup", "Pulang saja"], "critical", "Tidak apa-apa, ini latihan"),
    (["Menunggu bus datang", "Tidak seorang pun"], "wrong", "Beberapa langkah belum membantu"),
    (["Menunggu bus datang", "Dinas Sosial"], "right", "Satu dua langkah masih dapat lebih baik"),
    (
        ["Menyapa dan menemani", "Dinas Sosial"],
        "right",
        "Cerita selesai. Semua langkah Anda tepat.",
    ),
]


@pytest.mark.journey
def test_the_end_of_a_case_sums_it_up(page: Page) -> None:
    for tries, (path, look, words) in enumerate(ENDS, 1):
        case = take(page, *path)

        assert words in case.locator(f".told .verdict.{look}").inner_text()
        assert "Sebab case." in case.locator(".told").inner_text()
        assert "Dasar: Dasar case" in case.locator(".told").inner_text()
        until(
            page,
            "n => PSM.mine.get('quiz/latihan').then(kept => kept && kept.tries.case === n)",
            tries,
        )
        assert page.evaluate(
            "PSM.mine.get('quiz/latihan').then(kept => Boolean(kept.right.case))"
        ) is (tries > 3)
        case.get_by_role("button", name="Ulangi dari awal").click()


def strip(page: Page) -> list[str]:
    return [
        str(each.get_attribute("aria-label"))
        for each in case_of(page).locator(".path button").all()
    ]


def test_the_end_of_a_case_shows_its_steps_and_leads_back_to_the_first_that_could_be_better(
    page: Page,
) -> None:
    case = take(page, "Menyapa dan menemani", "Tidak seorang pun")
    assert strip(page) == ["Ulangi langkah 1: tepat", "Ulangi langkah 2: belum tepat"]
    assert case.locator(".act.marked").evaluate_all("all => all.map(each => each.className)") == [
        "act marked right",
        "act marked wrong",
    ]

    case.get_by_role("button", name="Ulangi langkah 2", exact=True).click()

    assert page.evaluate("document.activeElement.dataset.step") == "tiga"
    assert case.locator(".step:visible").count() == 2
    assert not case.locator(".marked").count()
    take(page, "Dinas Sosial")
    assert strip(page) == ["Ulangi langkah 1: tepat", "Ulangi langkah 2: tepat"]
    assert not case.get_by_role("button", name="Ulangi langkah 2", exact=True).count()


def test_a_step_is_measured_by_the_best_that_could_be_done_there(page: Page) -> None:
    take(page, "Memotretnya untuk grup", "Menghapus foto dan meminta maaf", "Dinas Sosial")

    assert strip(page) == [
        "Ulangi langkah 1: berbahaya",
        "Ulangi langkah 2: tepat",
        "Ulangi langkah 3: tepat",
    ]


def test_danger_in_a_case_is_named_and_leads_to_a_step_that_repairs(page: Page) -> None:
    case = take(page, "Memotretnya untuk grup")

    assert case.locator(".consequence:visible").inner_text() == "Berbahaya.\n\nFotonya tersebar."
    assert case.get_by_role(
        "group", name="Langkah 2 Keluarganya marah. Bagaimana memperbaikinya?"
    ).is_visible()


def test_a_case_starts_over_with_the_focus_at_its_beginning(page: Page) -> None:
    case = take(page, "Menyapa dan menemani", "Dinas Sosial")

    case.get_by_role("button", name="Ulangi dari awal").click()

    assert case.locator(".step:visible").count() == 1
    assert page.evaluate("document.activeElement.dataset.step") == "satu"
    assert not case.get_by_role("button", name="Ulangi dari awal").is_visible()
