"""Writes the files of an invented course day, with the mistakes of real days.

Examples are half-filled sheets, cards that are scanned twice, and submissions that arrive twice,
too late, or from somebody who is not enrolled.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from psm_course.content.quiz import Quiz
from psm_course.content.region import Region
from psm_course.domain.card import mac_key
from psm_course.domain.register import Enrolment
from psm_course.domain.requirement import Session
from psm_course.grading.submission import card_mac
from psm_course.interchange.attendance_sheet import write_attendance_sheet
from psm_course.simulate.answers import Phone
from psm_course.simulate.messes import Kind, Mess

HALF_FILLED, SCANS = "kehadiran-separuh.xlsx", "pindaian.jsonl"
NOBODY = "X00-000"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scan:
    """A card scanned for a session; `at` is an ISO time with its offset."""

    number: str
    session: str
    at: str


Codes = Mapping[str, str]  # codes of cards by participant number; empty before cards are made


def _signed(document: Document, codes: Codes) -> Document:
    code = codes.get(document["participant"])
    return document | {"mac": card_mac(mac_key(code), document)} if code else document


# ---- attendance ----------------------------------------------------------------------------------


def write_attendance(
    region: Region,
    path: Path,
    enrolled: Sequence[Enrolment],
    sessions: Sequence[Session],
    seed: int,
) -> None:
    """Write a correctly filled attendance sheet for all sessions.

    Most people come to all sessions, some miss one, a few miss a day.
    """
    random = Random(seed)  # noqa: S311 - made-up days need no secret dice
    marks = []
    for _ in enrolled:
        missed_day = random.choice([1, 2]) if random.random() < 0.05 else None
        marks.append(
            ["-" if s.day == missed_day or random.random() < 0.03 else "x" for s in sessions]
        )
    write_attendance_sheet(region, path, enrolled, sessions, marks)


def write_half_filled(
    region: Region,
    folder: Path,
    enrolled: Sequence[Enrolment],
    sessions: Sequence[Session],
    seed: int,
) -> Mess:
    """Write an attendance sheet that is filled in only for the first day and half of the people.

    These are the people in the upper half of the rows. Each of their cells for the first day has a
    random mark: `x` or `V` (present), `t` (late), `i` or `s` (excused), `-` (absent).

    Returns:
        The mistake in the sheet, with the numbers of the people whose rows are empty.
    """
    random = Random(seed)  # noqa: S311 - made-up days need no secret dice
    filled = (len(enrolled) + 1) // 2
    marks = [
        [
            random.choice("xxxxxxxVtis-") if index < filled and session.day == 1 else ""
            for session in sessions
        ]
        for index in range(len(enrolled))
    ]
    write_attendance_sheet(region, folder / HALF_FILLED, enrolled, sessions, marks)
    return Mess(
        Kind.HALF_FILLED, HALF_FILLED, numbers=tuple(person.number for person in enrolled[filled:])
    )


def write_scans(
    folder: Path,
    enrolled: Sequence[Enrolment],
    sessions: Sequence[Session],
    seed: int,
    at: datetime,
) -> list[Mess]:
    """Write a file of JSON lines, one `Scan` each, some of them wrong.

    Everybody's card is scanned for the first session. Then two cards are scanned again, the first
    person's card is scanned for the last session, and a card that nobody has is scanned.

    Args:
        at: time of the first scan.

    Returns:
        The mistakes in the file: one `Mess` for each kind, with the numbers on the cards.
    """
    random = Random(seed)  # noqa: S311 - made-up days need no secret dice
    scans = [
        Scan(person.number, sessions[0].id, (at + timedelta(seconds=4 * n)).isoformat())
        for n, person in enumerate(enrolled)
    ]
    twice = random.sample(scans, min(2, len(scans)))
    late = (at + timedelta(seconds=4 * len(scans) + 2)).isoformat()
    wrong = [Scan(person.number, sessions[-1].id, late) for person in enrolled[:1]]
    scans += [
        *[Scan(scan.number, scan.session, late) for scan in twice],
        *wrong,
        Scan(NOBODY, sessions[0].id, late),
    ]
    (folder / SCANS).write_text(
        "".join(json.dumps(asdict(scan)) + "\n" for scan in scans), encoding="utf-8"
    )
    return [
        Mess(Kind.DOUBLE_SCAN, SCANS, tuple(scan.number for scan in twice)),
        Mess(Kind.WRONG_SESSION, SCANS, tuple(scan.number for scan in wrong)),
        Mess(Kind.UNKNOWN_CARD, SCANS, (NOBODY,)),
    ]


# ---- answers -------------------------------------------------------------------------------------


def write_messy_answers(
    folder: Path,
    quiz: Quiz,
    enrolled: Sequence[Enrolment],
    codes: Codes,
    skill: tuple[float, float],
    seed: int,
    started: datetime,
) -> list[Mess]:
    """Write two files of JSON lines with submissions to a quiz, in random order.

    `<quiz id>.jsonl` has the submissions of the day, `<quiz id>-susulan.jsonl` those that arrive
    days later. Most people hand in once, signed by their card. Each kind of problem happens to one
    person; if the cohort has too few people, some problems are left out. One more submission has a
    participant number that is not enrolled. The same seed gives the same files.

    Args:
        codes: the secret codes of the cards, by participant number.
        skill: two probabilities (0 to 1) of knowing an item: of the weakest and of the strongest
            person. Each person gets a random probability between these two.
        started: when each person begins the first attempt.

    Returns:
        The problems, each with its file, the participant number and the ids of the submissions.
    """
    # With the seed alone, each test would have the same people with problems.
    random = Random(f"{seed}|{quiz.id}")  # noqa: S311 - made-up days need no secret dice
    phone = Phone(quiz)
    # Without a limit of attempts, nobody can hand in too often.
    kinds = [*_BEFALL, *([Kind.TOO_OFTEN] if quiz.header.attempts else [])]
    victims = random.sample([person.number for person in enrolled], min(len(enrolled), len(kinds)))
    befallen = dict(zip(victims, kinds, strict=False))
    on_the_day, later, messes = list[Document](), list[Document](), list[Mess]()
    for person in enrolled:
        document = phone.document(person.number, random.uniform(*skill), random, started)
        kind = befallen.get(person.number)
        documents = _happens(kind, document, codes, phone, random)
        (later if kind is Kind.LATE else on_the_day).extend(documents)
        if kind:
            messes.append(
                Mess(
                    kind,
                    _file(quiz, late=kind is Kind.LATE),
                    (person.number,),
                    tuple(each["id"] for each in documents),
                )
            )
    stranger = phone.document(NOBODY, 1.0, random, started)
    on_the_day.append(stranger | {"mac": card_mac(mac_key("kartu-entah"), stranger)})
    messes.append(
        Mess(Kind.UNKNOWN_PARTICIPANT, _file(quiz, late=False), (NOBODY,), (stranger["id"],))
    )
    for documents, late in ((on_the_day, False), (later, True)):
        random.shuffle(documents)
        text = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
        (folder / _file(quiz, late)).write_text(text, encoding="utf-8")
    return messes


def _file(quiz: Quiz, late: bool) -> str:
    return f"{quiz.id}{'-susulan' if late else ''}.jsonl"


def _happens(
    kind: Kind | None, document: Document, codes: Codes, phone: Phone, random: Random
) -> list[Document]:
    """Return the submissions that the office receives instead of `document`.

    `document` is a submission, not signed yet, and `kind` is the problem that happens to it: for
    example, it is sent twice. If `kind` is None, only the signed submission is returned.
    """
    if kind is Kind.TOO_OFTEN:
        return [
            _signed(each, codes) for each in (document, *_again_and_again(document, phone, random))
        ]
    return _BEFALL[kind](document, codes) if kind else [_signed(document, codes)]


def _again_and_again(document: Document, phone: Phone, random: Random) -> Iterator[Document]:
    """Yield more attempts of the person who wrote the submission `document`.

    Together with `document`, the person then has one attempt more than the quiz allows.
    """
    started = datetime.fromisoformat(document["started_at"])
    for attempt in range(2, (phone.quiz.header.attempts or 0) + 2):
        yield phone.document(
            document["participant"], 0.5, random, started + timedelta(minutes=30 * attempt), attempt
        )


def _a_year_ago(document: Document) -> Document:
    times = {
        name: datetime.fromisoformat(document[name]) - timedelta(days=365)
        for name in ("started_at", "finished_at")
    }
    return document | {name: at.isoformat() for name, at in times.items()}


_BEFALL: dict[Kind, Callable[[Document, Codes], list[Document]]] = {
    Kind.TWICE: lambda document, codes: [_signed(document, codes)] * 2,
    Kind.LATE: lambda document, codes: [_signed(document, codes)],
    Kind.OLD_VERSION: lambda document, codes: [
        _signed(document | {"digest": "sha256:" + "0" * 64}, codes)
    ],
    Kind.WRONG_CLOCK: lambda document, codes: [_signed(_a_year_ago(document), codes)],
    Kind.NO_CARD: lambda document, _: [document],
    Kind.WRONG_MAC: lambda document, _: [
        document | {"mac": card_mac(mac_key("kartu orang lain"), document)}
    ],
    Kind.REUSED_ID: lambda document, codes: [
        _signed(document, codes),
        _signed(document | {"responses": {}}, codes),
    ],
}
