"""The quarantine: how much it keeps, who is told, and how its documents go or are let in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from psm_course.domain.accounts import Account
from psm_course.errors import Refused
from psm_course.registrar.answers import quarantining
from psm_course.registrar.answers.deciding import decide, list_decided, list_held
from psm_course.registrar.answers.quarantining import (
    admit,
    count_quarantined,
    purge,
    put_in_quarantine,
    quarantined,
)
from psm_course.store.answers.quarantine import Quarantined, Space
from psm_course.store.engine import Store
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    arranging,
    events_of,
    sends,
)

COURSE = a_course()


def a_stray(
    name: str, address: str = "10.0.0.7", letters: int = 10, minutes: int = 0
) -> Quarantined:
    at = NOW + timedelta(minutes=minutes)
    return Quarantined(
        f"sidik-{name}",
        address,
        at,
        name,
        "D26-099",
        "tes-akhir",
        "x" * letters,
        "unknown_participant",
    )


def puts(store: Store, *strays: Quarantined) -> None:
    with arranging(store) as tx:
        put_in_quarantine(tx, strays)


def kept(store: Store, address: str | None = None) -> list[str]:
    return [each.submission for each in quarantined(store, address).newest]


def test_it_tells_of_every_address_and_shows_the_newest_first(store: Store) -> None:
    puts(store, a_stray("a"), a_stray("b", minutes=2), a_stray("c", "10.0.0.8", minutes=1))

    found = quarantined(store)

    assert [(each.address, each.count, each.first_at, each.last_at) for each in found.sources] == [
        ("10.0.0.7", 2, NOW, NOW + timedelta(minutes=2)),
        ("10.0.0.8", 1, NOW + timedelta(minutes=1), NOW + timedelta(minutes=1)),
    ]
    assert (kept(store), kept(store, "10.0.0.7"), kept(store, "lain")) == (
        ["b", "c", "a"],
        ["b", "a"],
        [],
    )
    assert (found.count, quarantined(store, "10.0.0.8").count, count_quarantined(store)) == (
        3,
        3,
        3,
    )


def test_a_document_is_kept_once_however_often_it_comes(store: Store) -> None:
    puts(store, a_stray("a"), a_stray("a", "10.0.0.8"), a_stray("b"))
    puts(store, a_stray("b", "10.0.0.8"))
    puts(store)

    assert sorted(kept(store)) == ["a", "b"]
    assert [each.address for each in quarantined(store).sources] == ["10.0.0.7"]


@pytest.mark.parametrize(
    ("most_of_one", "most_in_all", "stays"),
    [
        (Space(2, 1_000), Space(9, 1_000), ["a", "b", "d"]),
        (Space(9, 20), Space(9, 1_000), ["a", "b", "d"]),
        (Space(9, 1_000), Space(3, 1_000), ["a", "b", "c"]),
        (Space(9, 1_000), Space(9, 30), ["a", "b", "c"]),
        (Space(9, 1_000), Space(9, 39), ["a", "b", "c"]),
        (Space(9, 1_000), Space(9, 40), ["a", "b", "c", "d"]),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_what_does_not_fit_is_not_kept(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    most_of_one: Space,
    most_in_all: Space,
    stays: list[str],
    together: bool,
) -> None:
    monkeypatch.setattr(quarantining, "MOST_OF_AN_ADDRESS", most_of_one)
    monkeypatch.setattr(quarantining, "MOST_IN_ALL", most_in_all)
    strays = [a_stray("a"), a_stray("b"), a_stray("c"), a_stray("d", "10.0.0.8")]

    for some in [strays] if together else [[each] for each in strays]:
        puts(store, *some)

    assert sorted(kept(store)) == stays


def test_what_is_deleted_is_noted_by_its_number_and_nothing_by_nothing(store: Store) -> None:
    puts(store, a_stray("a"), a_stray("b"), a_stray("c", "10.0.0.8"))
    before = len(events_of(store))

    assert [purge(store, address, ACTOR, NOW) for address in ("lain", "10.0.0.7", None, None)] == [
        0,
        2,
        1,
        0,
    ]
    assert events_of(store)[before:] == [
        (ACTOR, "quarantine purged", "quarantine", {"attempts": count}) for count in (2, 1)
    ]


def test_after_sixty_days_it_goes_when_the_next_comes_and_that_is_noted(store: Store) -> None:
    puts(store, a_stray("a"))
    before = len(events_of(store))
    puts(store, a_stray("b", minutes=60 * 24 * 60 + 1))

    assert kept(store) == ["b"]
    assert events_of(store)[before:] == [
        ("psm serve", "quarantine purged", "quarantine", {"attempts": 1})
    ]


def test_one_document_is_taken_in_as_held_and_only_once(store: Store) -> None:
    a_cohort(store, "Siti")
    document = a_hand_in("D26-099", id="dari-luar")
    sends(store, COURSE, document, address="10.0.0.7")
    (stray,) = quarantined(store).newest

    with pytest.raises(Refused, match="alasan"):
        admit(store, stray.digest, "", ACTOR, NOW)
    taken = admit(store, stray.digest, "Kartunya dipegang orang lain", ACTOR, NOW)

    assert (taken.id, taken.participant, taken.held) == (
        "dari-luar",
        "D26-099",
        "unknown_participant",
    )
    assert (kept(store), [each.id for each in list_held(store)]) == ([], ["dari-luar"])
    actor, verb, subject, detail = events_of(store)[-1]
    assert (actor, verb, subject, detail["held"], detail["quiz"]) == (
        ACTOR,
        "submission held",
        "dari-luar",
        "unknown_participant",
        "tes-akhir",
    )
    with pytest.raises(Refused, match="lagi di karantina"):
        admit(store, stray.digest, "Sekali lagi", ACTOR, NOW)
    puts(store, a_stray("dari-luar"))
    with pytest.raises(Refused, match="sudah ada di register"):
        admit(store, "sidik-dari-luar", "Sekali lagi", ACTOR, NOW)


def test_who_decides_sees_what_waits_in_cohorts_of_their_own_and_what_was_decided(
    store: Store,
) -> None:
    a_cohort(store, "Siti")
    a_cohort(store, "Ujang", cohort="E26")
    for minute, number in enumerate(("D26-001", "E26-001")):
        sends(store, COURSE, a_hand_in(number), now=NOW + timedelta(minutes=minute))
    first, second = (each.id for each in list_held(store))

    def seen(role: str, *cohorts: str) -> list[str]:
        return [
            each.id
            for each in list_held(store, Account("a", role, cohorts=frozenset(cohorts)).scope)  # type: ignore[arg-type]
        ]

    assert (seen("petugas"), seen("pelatih", "E26"), seen("pelatih")) == (
        [first, second],
        [second],
        [],
    )
    assert [
        [each.id for each in list_held(store, [cohort])] for cohort in ("D26", "E26", "F26")
    ] == [
        [first],
        [second],
        [],
    ]
    for name in (first, second):
        decide(
            store,
            COURSE,
            name,
            "refused",
            "Bukan jawabannya",
            ACTOR,
            NOW + timedelta(minutes=len(name)),
        )
    assert {each.id for each in list_decided(store)} == {first, second}
    assert seen("petugas") == []


def test_the_newest_two_hundred_are_shown_and_all_are_counted(store: Store) -> None:
    strays = [a_stray(f"palsu-{n}", f"10.0.0.{n // 50}") for n in range(201)]
    with arranging(store) as tx:
        put_in_quarantine(tx, strays)

    found = quarantined(store)
    assert (found.count, len(found.newest)) == (201, 200)
