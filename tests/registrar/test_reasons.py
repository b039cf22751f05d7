"""A reason is kept for ever, so none may tell who somebody is: not in any table, not by any verb,
not after the person is erased.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_type_hints

import pytest
from dirty_equals import Contains

from psm_course.domain.register import AttendanceMark, Reason
from psm_course.errors import Refused
from psm_course.registrar.answers.deciding import decide, list_held
from psm_course.registrar.answers.regrading import apply_regrade
from psm_course.registrar.attendance.handouts import make_new_card
from psm_course.registrar.attendance.presence import mark_session
from psm_course.registrar.certificates.correcting import (
    Correction,
    check_ending,
    reprint,
    resign_all,
    revoke,
    supersede,
)
from psm_course.registrar.certificates.keys.keyring import Signer
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.registrar.completion.adopting import adopt_course
from psm_course.registrar.completion.cohort_rules import adopt_rules
from psm_course.registrar.completion.overriding import override
from psm_course.registrar.people.cards import renew_secret
from psm_course.registrar.people.privacy import erase_person
from psm_course.registrar.reasons import make_reason
from psm_course.settings import Settings
from psm_course.store.engine import Store
from psm_course.store.schema import APPEND_ONLY, metadata
from tests.arranged import arranged
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    CARDS,
    COMPLETION,
    NOW,
    a_cohort,
    a_course,
    a_hand_in,
    a_signer,
    adopts,
    completes,
    enrolled_in,
    hands_in,
    issues,
    office_adopts,
    register_of,
)
from tests.test_architecture import modules

COURSE = a_course()
SITI, RINI = "Siti Nur Hayati", "Hj. Rini Kusuma, S.Sos"
NIK = "3276014506780001"

# ---- the function --------------------------------------------------------------------------------


def said_of(written: str, concerned: tuple[str, ...] = (), others: tuple[str, ...] = ()) -> str:
    with pytest.raises(Refused) as refused:
        make_reason(written, concerned, others)
    return str(refused.value)


def test_a_reason_is_kept_on_one_line_without_what_nobody_sees() -> None:
    assert make_reason(" salah\tketik\n pada\u200b nama\0 ", (), ()) == "salah ketik pada nama"


@pytest.mark.parametrize("written", ["", " \n\0 ", "ya", "\u200b\u200b\u200b\u200b\u200b"])
def test_a_reason_that_says_nothing_is_refused(written: str) -> None:
    assert said_of(written) == Contains("alasannya", "beberapa kata")


def test_an_endless_reason_is_refused() -> None:
    assert make_reason("a" * 500, (), ()) == "a" * 500
    assert said_of("a" * 501) == Contains("Alasannya", "500 huruf")


@pytest.mark.parametrize(
    "number",
    [
        NIK,
        "3276 0145 0678 0001",
        "32.76.01.450678.0001",
        "3276-0145-0678-0001",
        "3276014506 780001",
        f"{NIK}7",
        "3276 – 014506780001",
        "\u0663\u0662\u0667\u0666" * 4,
    ],
)
def test_sixteen_digits_are_refused_however_they_are_spaced(number: str) -> None:
    said = said_of(f"sakit, NIK {number}, surat ada")

    assert said == Contains("alasan tanpa NIK")


@pytest.mark.parametrize(
    "written",
    [
        "surat 800.2/0001/PSM-DASAR/XI/2026",
        "hadir 24-11-2026 pukul 08.00, pulang 12.00",
        "telepon 0812 3456 7890",
        "10 dari 12",
    ],
)
def test_other_numbers_may_stand_in_a_reason(written: str) -> None:
    assert make_reason(written, (), ()) == written


@pytest.mark.parametrize(
    "written",
    [
        "Siti Nur Hayati sakit",
        "sakit: SITI NURHAYATI.",
        "menurut siti   nur-hayati",
        "(Siti.Nur.Hayati)",
        "Bu Sitinurhayati sakit",
        "Śiti Nur Hàyati sakit",
        "Siti\u200bNur\u200bHayati sakit",
        "kata Ibu Hj. Siti Nur Hayati, S.Sos",
    ],
)
def test_a_whole_name_of_the_cohort_is_refused_however_it_is_written(written: str) -> None:
    said = said_of(written, others=("Ujang", "Hj. Siti Nur Hayati, S.Pd"))

    assert said == Contains("tanpa menyebut nama")


@pytest.mark.parametrize(
    "written", ["muhammad yusuf sakit", "M. Yusuf sakit", "Moh Yusuf sakit", "sakit,Mochamad yusuf"]
)
def test_every_muhammad_is_one(written: str) -> None:
    assert said_of(written, others=("Muh. Yusuf",)) == Contains("tanpa menyebut nama")


def test_a_single_word_is_a_name_only_of_whom_it_is_about() -> None:
    """Names are words too: nobody could write anything if a hundred people's were forbidden."""
    assert make_reason("hari kedua sakit", (), ("Hari", "Hari Susanto")) == "hari kedua sakit"
    assert said_of("hari kedua sakit", ("Hari Susanto",)) == Contains("tanpa menyebut nama")
    assert make_reason("surat dari ibu kos", ("Ibu Ani",), ()) == "surat dari ibu kos"


@pytest.mark.parametrize("written", [f"sakit {NIK}", "Siti Nur Hayati sakit", "Siti sakit"])
def test_a_refusal_repeats_nothing_of_it(written: str) -> None:
    said = said_of(written, ("Siti Nur Hayati",))

    assert not {"siti", "hayati", NIK, "sakit"} & {
        word.strip('.,:"()').casefold() for word in said.split()
    }


# ---- every deed that keeps a reason --------------------------------------------------------------


@pytest.fixture
def office(store: Store) -> Store:
    arranged(store, siti_and_rini)
    return store


def siti_and_rini(store: Store) -> None:
    """Siti with a certificate and a held hand-in, and Rini beside her."""
    a_cohort(store, SITI, RINI)
    adopts(store, COURSE)
    office_adopts(store, a_course(completion=COMPLETION[:2]))
    completes(store, COURSE, "D26-001")
    issues(store, COURSE)
    hands_in(store, COURSE, a_hand_in("D26-001", digest="sha256:00", id="ditahan"))


def the_record(store: Store) -> str:
    return str(register_of(store)["record"][0][0])


def compromised() -> Signer:
    signer = a_signer()
    return Signer(signer.issuer.with_compromised(signer.key.multikey, NOW), signer.key)


Deed = Callable[[Store, Path, str], object]
# By the table that keeps the reason; two where two verbs write to it.
DEEDS: Mapping[str, Deed] = {
    "course_version": lambda store, _, why: adopt_course(
        store, a_course(completion=COMPLETION[:1]), why, ACTOR, NOW
    ),
    "adoption": lambda store, _, why: adopt_rules(store, COURSE, "D26", why, ACTOR, NOW),
    "override": lambda store, _, why: override(store, "D26-001", "hadir", False, why, ACTOR, NOW),
    "attendance_mark": lambda store, _, why: mark_session(
        store, COURSE, "D26", "buka", {"D26-001": "excused"}, why, ACTOR, NOW
    ),
    "decision": lambda store, _, why: decide(
        store, COURSE, list_held(store)[0].id, "refused", why, ACTOR, NOW
    ),
    "disposition": lambda store, _, why: apply_regrade(
        store, COURSE, "tes-akhir", {"satu": "full"}, why, ACTOR, NOW, lambda *_: None
    ),
    "number_skip": lambda store, _, why: skip_numbers(store, 2026, 5, why, ACTOR, NOW),
    "record_event revoked": lambda store, _, why: revoke(
        store, a_signer(), [the_record(store)], why, ACTOR, NOW
    ),
    "record_event reprinted": lambda store, _, why: reprint(
        store, the_record(store), why, ACTOR, NOW
    ),
    "record_event superseded": lambda store, folder, why: supersede(
        store,
        REGION,
        Settings(data=folder),
        a_signer(),
        the_record(store),
        Correction("Siti Nurhayati"),
        why,
        ACTOR,
        NOW,
    ),
    "record_event resigned": lambda store, folder, why: resign_all(
        store, Settings(data=folder), compromised(), a_signer().key.multikey, why, ACTOR, NOW
    ),
    "card_secret": lambda store, folder, why: renew_secret(
        store, Settings(data=folder), why, ACTOR, NOW
    ),
    "audit_event of a new card": lambda store, _, why: make_new_card(
        store, COURSE, Settings(), CARDS, "D26-001", why, ACTOR, NOW, "https://psm.contoh.go.id"
    ),
    "audit_event": lambda store, folder, why: erase_person(
        store, Settings(data=folder), "D26-001", why, ACTOR, NOW
    ),
}


@pytest.mark.parametrize("written", [f"sakit jiwa, NIK {NIK}", "diganti rini kusuma"])
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_reason_that_tells_who_somebody_is_is_refused_by_every_deed(
    office: Store, tmp_path: Path, deed: Deed, written: str
) -> None:
    before = register_of(office)

    with pytest.raises(Refused, match="Tulis alasan tanpa"):
        deed(office, tmp_path, written)

    assert register_of(office) == before


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_reason_that_tells_nothing_of_anybody_is_kept_by_every_deed(
    office: Store, tmp_path: Path, deed: Deed
) -> None:
    deed(office, tmp_path, "keputusan rapat")

    assert "keputusan rapat" in str(register_of(office))


def test_nothing_of_an_erased_person_stands_in_a_row_that_is_never_changed(
    office: Store, tmp_path: Path
) -> None:
    for written in (
        f"sakit jiwa, NIK {NIK}",
        "Siti Nur Hayati sakit",
        "Hayati sakit",
        "sakit jiwa",
    ):
        try:
            override(office, "D26-001", "hadir", True, written, ACTOR, NOW)
        except Refused:
            continue

    erase_person(office, Settings(data=tmp_path), "D26-001", "diminta orangnya", ACTOR, NOW)

    kept = str({table: rows for table, rows in register_of(office).items() if table in APPEND_ONLY})
    assert "sakit jiwa" in kept
    assert "Hayati" not in kept
    assert NIK not in kept
    assert [person.name for person in enrolled_in(office)] == ["", RINI]


def test_what_would_be_refused_later_is_refused_before_the_passphrase(office: Store) -> None:
    with pytest.raises(Refused, match="Tulis alasan tanpa"):
        check_ending(office, [the_record(office)], "Siti salah")


# ---- no other way --------------------------------------------------------------------------------


def test_only_one_function_makes_a_reason() -> None:
    """`Reason(…)`, or a cast to it, stands in one place of the program."""
    calls = [
        (module, ast.unparse(node.func), ast.unparse(node.args[0]).strip("'"))
        for module, source in modules().items()
        if "Reason" in source  # to read them all as Python takes a second
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and node.args
    ]

    assert [call for call in calls if "Reason" in call[1:]] == [
        ("domain/register.py", "NewType", "Reason"),
        ("registrar/reasons.py", "Reason", "kept"),
    ]


def test_every_table_with_a_reason_takes_one_that_was_made() -> None:
    """The functions of the store that write such a table say so in their types, which mypy proves
    of whoever calls them.
    """
    functions = [
        node
        for module, source in modules().items()
        if module.startswith("store/")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    ]
    taking = {
        function.name: ast.unparse(each.annotation)
        for function in functions
        for each in function.args.args
        if each.arg == "reason" and each.annotation
    }

    assert taking == {
        "raise_epoch": "Reason",
        "add_version": "Reason",
        "add_adoption": "Reason",
        "add_decisions": "Reason",
        "add_secret": "Reason",
        "add_dispositions": "Reason",
        "add_override": "Reason",
        "skip_numbers": "Reason",
        "skip_positions": "Reason",
        "add_event": "Reason | None",
    }
    assert get_type_hints(AttendanceMark)["reason"] == Reason | None
    with_a_reason = {table.name for table in metadata.sorted_tables if "reason" in table.c}
    in_our_words = {"position_skip"}  # written by a restore alone, which says the backup's day
    assert with_a_reason == {name.split()[0] for name in DEEDS} - {"audit_event"} | in_our_words
