"""Find people by words of a name, by a number, or by a kelurahan. Changes nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from psm_course.content.region import Region
from psm_course.domain.register import Enrolment
from psm_course.errors import Refused
from psm_course.interchange.people.names import words_to_search
from psm_course.store.engine import Connection, Store
from psm_course.store.people import cohorts, searching

MOST = 50
MOST_WORDS = 6
_NUMBER = re.compile(r"([A-Za-z0-9]{1,12})-([0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """The people found, at most 50; `is_all` is False if more people were found.

    `titles` are the titles of these people's cohorts, by cohort id.
    """

    people: tuple[Enrolment, ...]
    is_all: bool
    titles: dict[str, str]


def search_people(
    store: Store, region: Region, looked_for: str, among: Iterable[str] | None = None
) -> PeopleFound:
    """Find people by a participant number, a name or a kelurahan.

    If `looked_for` is a participant number or the beginning of one, finds the people whose numbers
    begin with this text. Otherwise finds people by words: each word must be the beginning of a word
    of the person's name. If some words are the name of a kelurahan, also finds people of this
    kelurahan whose names fit the other words.

    `among` are the cohorts to search; None: all cohorts.

    Raises:
        Refused: `looked_for` is no number, and no word has at least two letters.
    """
    scope = None if among is None else tuple(among)
    number, words = _NUMBER.fullmatch(looked_for.strip()), sorted(words_to_search(looked_for[:200]))
    if not number and not any(len(word) > 1 for word in words):
        raise Refused(
            "Tulis nama, nomor peserta, atau kelurahan yang dicari: sedikitnya dua huruf."
        )
    with store.reading() as tx:
        if number:
            cohort = number[1].upper()
            # One more than is shown tells that there are more.
            found = list(
                searching.find_by_number(tx, cohort, f"{cohort}-{number[2]}", scope, MOST + 1)
            )
        else:
            found = _by_words(tx, region, words[:MOST_WORDS], scope)
        titles = cohorts.titles_of(tx, {each.cohort for each in found})
    return PeopleFound(tuple(found[:MOST]), len(found) <= MOST, titles)


def _by_words(
    tx: Connection, region: Region, words: list[str], scope: tuple[str, ...] | None
) -> list[Enrolment]:
    """Find people by `words`, first by names alone, then by a kelurahan and names; each once.

    `scope` has the ids of the cohorts to search; None: all cohorts.
    """
    found = {each.number: each for each in searching.find_by_name(tx, words, scope, MOST + 1)}
    homes, rest = _homes(region, words)
    if homes and len(found) <= MOST:
        found |= {
            each.number: each for each in searching.find_by_name(tx, rest, scope, MOST + 1, homes)
        }
    return list(found.values())


def _homes(region: Region, words: list[str]) -> tuple[list[str], list[str]]:
    """Find the kelurahan that the words name; returns their codes, and the words that remain.

    All words of the kelurahan's name must be among `words`. If `words` also name a kecamatan, only
    the kelurahan in this kecamatan are returned.
    """
    said = set(words)
    best = [
        (home, words_to_search(home.name))
        for home in region.homes
        if words_to_search(home.name) <= said
    ]
    longest = max((len(name) for _, name in best), default=0)
    homes = [(home, name) for home, name in best if len(name) == longest]
    narrower = [
        (home, name)
        for home, name in homes
        if words_to_search(home.kecamatan) - name and words_to_search(home.kecamatan) <= said
    ]
    chosen = narrower or homes
    used = {
        word
        for home, name in chosen
        for word in name | (words_to_search(home.kecamatan) if narrower else set())
    }
    return [home.code for home, _ in chosen], [word for word in words if word not in used]
