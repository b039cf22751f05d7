"""Hundreds of phones at once on real connections: none lost, none doubled, whatever is killed
meanwhile. Figures are in `make bench`.
"""

from __future__ import annotations

import json
from collections import Counter

from psm_course.grading.submission import canonical
from psm_course.registrar.answers.hand_in import receipt_code
from tests.load.conftest import a_database
from tests.load.office import an_office, open_register
from tests.load.phones import Answer, documents, enrolled, hand_in_all, spread
from tests.register_builders import register_of
from tests.server import Server


def held_by(database: str, count: int) -> list[bytes]:
    """The documents of as many phones, whose owners the register knows."""
    store = open_register(database)
    tokens = enrolled(store, count)
    store.close()
    return documents(tokens)


def kept_by(database: str) -> Counter[str]:
    """How often the register counted each document, having looked at every table of it."""
    store = open_register(database)
    kept = register_of(store)
    store.close()
    recorded = [row for row in kept["audit_event"] if row[3] == "submission recorded"]
    assert len(kept["submission"]) == len(kept["attempt"]) == len(kept["outcome"]) == len(recorded)
    return Counter(row[1] for row in kept["attempt"])


def codes(held: list[bytes]) -> dict[str, str]:
    parsed = [json.loads(document) for document in held]
    return {each["id"]: receipt_code(canonical(each)) for each in parsed}


def receipts(answers: list[Answer]) -> dict[str, str]:
    return {answer.id: answer.body["receipt"] for answer in answers if answer.is_receipt}


def test_five_hundred_phones_lose_nothing_and_count_nothing_twice(database: str) -> None:
    held = held_by(database, 500)

    with an_office(database) as office:
        answers = hand_in_all(office.port, spread(held, within=4))

    assert Counter((answer.status, answer.body["standing"]) for answer in answers) == {
        (200, "recorded"): 500,
        (200, "known"): 50,
    }
    assert receipts(answers) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)


def test_several_programs_on_one_register_lose_nothing_and_count_nothing_twice(
    database: str,
) -> None:
    """Who hands in twice at the same moment reaches two programs: 301 phones are dealt to three."""
    held = held_by(database, 301)

    with an_office(database) as one, an_office(database) as two, an_office(database) as three:
        answers = hand_in_all((one.port, two.port, three.port), spread(held, within=4))

    assert Counter((answer.status, answer.body["standing"]) for answer in answers) == {
        (200, "recorded"): 301,
        (200, "known"): 31,
    }
    assert receipts(answers) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)


def test_one_of_several_programs_is_killed_and_the_others_go_on(database: str) -> None:
    held = held_by(database, 301)
    phones = spread(held, within=3)

    with an_office(database) as one, an_office(database) as two:
        before = hand_in_all((one.port, two.port), phones, after=60, happens=one.kill)
        given = receipts(before)
        again = hand_in_all(two.port, spread(held, within=2))

    assert 60 <= len(given) < 301
    assert given.items() <= codes(held).items()
    assert receipts(again) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)


def test_a_receipt_given_outlives_kill_9(database: str) -> None:
    """Killed in the middle, the office has every hand-in it gave a receipt for;
    and the phones hand in the rest again.
    """
    held = held_by(database, 300)
    phones = spread(held, within=2)

    with an_office(database) as office:
        before = hand_in_all(office.port, phones, after=100, happens=office.kill)
    given = receipts(before)
    after_kill = kept_by(database)
    with an_office(database) as office:
        again = hand_in_all(office.port, spread(held, within=2))

    assert 0 < len(given) < 300
    assert given.items() <= codes(held).items()
    assert given.keys() <= after_kill.keys()
    assert receipts(again) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)


def test_when_the_server_restarts_phones_get_a_sentence_and_then_their_receipt(
    server: Server,
) -> None:
    database = a_database(server, "putus")
    held = held_by(database, 200)
    phones = spread(held, within=2)
    meanwhile = list[Answer]()

    def restart() -> None:
        server.stop()
        meanwhile.extend(hand_in_all(office.port, spread(held[-1:], within=0)))
        server.start()

    with an_office(database) as office:
        before = hand_in_all(office.port, phones, after=50, happens=restart)
        again = hand_in_all(office.port, phones)
    given = receipts(before)

    turned_away = [*meanwhile, *(answer for answer in before if not answer.is_receipt)]
    assert {answer.status for answer in turned_away} == {503}
    assert len(given) >= 40
    assert all(
        answer.body["error"].startswith("Server register tidak menjawab") for answer in turned_away
    )
    assert given.items() <= codes(held).items()
    assert receipts(again) == codes(held)
    assert kept_by(database) == dict.fromkeys(codes(held), 1)
