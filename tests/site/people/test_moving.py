"""What a phone kept before it knew people: it moves once, to whom it belongs, and a kill in between
loses and doubles nothing.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.site.people.office import BUDI, SITI, opened, paired
from tests.site.stage import kept_of_all

DOCUMENT = {
    "quiz": "tes-akhir",
    "participant": BUDI,
    "id": "satu",
    "attempt": 1,
    "finished_at": "2026-11-24T09:05:00+07:00",
    "responses": {},
}
OLD: dict[str, Any] = {
    "page/modules/a": {"begun": True, "read": True},
    "quiz/latihan": {"responses": {"satu": "b"}, "right": {"satu": True}, "tries": {"satu": 2}},
    "sitting/tes-lain": {
        "participant": SITI,
        "quiz": "tes-lain",
        "id": "dua",
        "responses": {"x": "a"},
    },
    "handin/satu": {"document": DOCUMENT, "receipt": "ABCD-2345"},
    "last": "modules/a",
    "offline": {"choice": "later"},
}
MINE = ("page/modules/a", "quiz/latihan", "sitting/tes-lain", "last")
# From the n-th writing on nothing can be written any more: what stands then is what a kill at that
# moment leaves.
KILLED = """(n => {
  let left = n;
  const once = (owner, name) => { const real = owner[name]; owner[name] = function (...all) {
    if (left <= 0) throw new DOMException('mati', 'QuotaExceededError');
    left -= 1;
    return real.apply(this, all);
  }; };
  once(IDBObjectStore.prototype, 'put');
  once(IDBObjectStore.prototype, 'delete');
  Storage.prototype.setItem = () => { throw new DOMException('mati', 'QuotaExceededError'); };
})"""


def filled(phone: BrowserContext, place: str, kept: dict[str, Any]) -> Page:
    """A page of a phone that keeps this."""
    page = opened(phone, place)
    page.evaluate(
        "async all => { for (const [key, value] of Object.entries(all)) await PSM.store.update(key,"
        " () => value); }",
        kept,
    )
    return page


def moved(owner: str) -> dict[str, Any]:
    # A sitting and a hand-in say themselves whose they are.
    mine = {
        f"p/{SITI if name.startswith('sitting/') else owner}/{name}": OLD[name] for name in MINE
    }
    return mine | {
        f"p/{BUDI}/handin/satu": {"document": DOCUMENT},
        f"p/{BUDI}/receipt/satu": {"code": "ABCD-2345"},
        "offline": OLD["offline"],
    }


def a_device(active: str, *numbers: str) -> dict[str, Any]:
    return {
        "active": active,
        "people": [{"number": number, "office": "", "name": "", "code": ""} for number in numbers],
    }


def test_old_keys_move_to_the_card_that_was_known(phone: BrowserContext, place: str) -> None:
    filled(phone, place, OLD | {"me": {"participant": SITI, "token": "lama_1"}}).close()

    page = opened(phone, place)

    assert kept_of_all(page) == moved(SITI) | {"device": a_device(SITI, SITI, BUDI)}
    page.reload()
    page.wait_for_selector(".quiz.ready")
    assert kept_of_all(page) == moved(SITI) | {"device": a_device(SITI, SITI, BUDI)}


def test_old_keys_of_nobody_known_are_kept_without_a_name(
    phone: BrowserContext, place: str
) -> None:
    filled(phone, place, OLD).close()

    page = opened(phone, place)

    assert kept_of_all(page) == moved("tamu") | {"device": a_device("", SITI, BUDI)}


@pytest.mark.parametrize("writings", [0, 1, 2, 5, 8, 11, 12, 13, 14])
def test_a_move_killed_in_the_middle_is_finished_by_the_next_page(
    phone: BrowserContext, place: str, writings: int
) -> None:
    filled(phone, place, OLD | {"me": {"participant": SITI}}).close()
    dying = phone.new_page()
    dying.add_init_script(f"{KILLED}({writings})")
    dying.goto(f"{place}/kuis.html")
    dying.wait_for_selector(".quiz.ready")
    dying.close()

    page = opened(phone, place)

    found: Any = kept_of_all(page)
    device = found.pop("device")
    assert found == moved(SITI)
    assert (device["active"], {one["number"] for one in device["people"]}) == (SITI, {SITI, BUDI})


def test_taps_of_a_tab_that_is_older_than_the_move_are_taken_along(
    phone: BrowserContext, place: str
) -> None:
    mine = {"responses": {"satu": "c"}, "right": {}, "tries": {"satu": 3}}
    filled(
        phone,
        place,
        {
            "quiz/latihan": OLD["quiz/latihan"] | {"responses": {"satu": "b", "dua": "a"}},
            "p/tamu/quiz/latihan": mine,
        },
    ).close()

    page = opened(phone, place)

    assert kept_of_all(page) == {
        "p/tamu/quiz/latihan": {
            "responses": {"satu": "c", "dua": "a"},
            "right": {"satu": True},
            "tries": {"satu": 3},
        }
    }


def test_what_was_read_before_there_was_a_card_becomes_hers_when_she_says_so(
    phone: BrowserContext, place: str
) -> None:
    page = filled(
        phone, place, {"p/tamu/quiz/latihan": OLD["quiz/latihan"], "p/tamu/last": "modules/a"}
    )
    page = paired(page, place, SITI)
    assert page.evaluate("PSM.mine.all('')") == []  # asked, never guessed

    with page.expect_navigation():
        page.get_by_role("button", name="Kemajuan tanpa nama di ponsel ini milik saya").click()
    page.wait_for_selector(".quiz.ready")

    kept = kept_of_all(page)
    kept.pop("device")
    assert kept == {f"p/{SITI}/quiz/latihan": OLD["quiz/latihan"], f"p/{SITI}/last": "modules/a"}
