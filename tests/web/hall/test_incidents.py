"""What is told at the desk and in the terminal while it happens, and no longer."""

from __future__ import annotations

from dirty_equals import Contains

from psm_course.web.hall.incidents import Incidents


class Clock:
    """Seconds, as a test sets them."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_few_connections_that_went_are_nothing_to_tell() -> None:
    incidents = Incidents()
    for _ in range(29):
        incidents.note_connection("10.0.0.9")

    assert incidents.lines() == ()


def test_a_crowd_of_connections_is_told_for_a_minute_or_two() -> None:
    clock = Clock()
    incidents = Incidents(clock=clock)
    for index in range(400):
        incidents.note_connection("10.0.0.9" if index % 4 else "10.0.0.8")

    line = Contains("Dalam semenit 400 sambungan", "terbanyak dari 10.0.0.9.")
    assert [*incidents.lines()] == [line]
    clock.now = 61
    assert [*incidents.lines()] == [line]
    clock.now = 122
    assert incidents.lines() == ()


def test_wrong_passwords_are_told_as_long_as_they_count() -> None:
    clock = Clock()
    incidents = Incidents(clock=clock)
    incidents.note_wrong_passwords("10.0.0.9", 4)
    incidents.note_wrong_passwords("127.0.0.1", 5)
    incidents.note_wrong_passwords("10.0.0.8", 12)

    assert [*incidents.lines()] == [
        Contains("12 kali salah sandi", "dari 10.0.0.8."),
        Contains("5 kali salah sandi", "dari laptop ini."),
    ]
    assert [line.split()[0] for line in incidents.lines()] == ["12", "5"]
    clock.now = 15 * 60
    assert incidents.lines() == ()


def test_the_terminal_says_each_thing_once_and_what_goes_on_once_a_minute() -> None:
    clock, said = Clock(), list[str]()
    incidents = Incidents(said.append, clock)
    for minute in range(3):
        for second in range(10):
            clock.now = minute * 60 + second
            for _ in range(40):
                incidents.note_connection("10.0.0.9")
            incidents.note_wrong_passwords("10.0.0.9", 5)
            incidents.say_what_is_new()

    assert [line.partition(" ")[0] for line in said] == ["5", "Dalam", "Dalam", "Dalam"]


def test_the_last_changes_of_address_are_told_for_a_quarter_of_an_hour_and_said_once() -> None:
    clock, said = Clock(), list[str]()
    incidents = Incidents(said.append, clock)
    for minute in range(4):
        clock.now = minute * 60
        incidents.note_change(f"Alamat baru {minute}")
        incidents.say_what_is_new()

    assert incidents.lines() == ("Alamat baru 1", "Alamat baru 2", "Alamat baru 3")
    assert said == ["Alamat baru 0", "Alamat baru 1", "Alamat baru 2", "Alamat baru 3"]
    clock.now = 60 + 15 * 60
    assert incidents.lines() == ("Alamat baru 2", "Alamat baru 3")


def test_made_up_addresses_take_no_room() -> None:
    incidents = Incidents()
    for index in range(5000):
        incidents.note_connection(f"10.{index // 250}.0.{index % 250}")

    assert [*incidents.lines()] == [
        Contains("Dalam semenit 5000 sambungan", "terbanyak dari banyak alamat")
    ]
