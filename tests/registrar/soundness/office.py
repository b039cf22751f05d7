"""An office in which everything happened once: something stands in every table, through the
office's own verbs.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from psm_course.content.course import Course
from psm_course.domain.accounts import Account
from psm_course.registrar.answers.deciding import decide
from psm_course.registrar.answers.regrading import apply_regrade
from psm_course.registrar.certificates.correcting import Correction, revoke, supersede
from psm_course.registrar.certificates.series import skip_numbers
from psm_course.registrar.completion.adopting import adopt_course
from psm_course.registrar.completion.cohort_rules import adopt_rules
from psm_course.registrar.completion.overriding import observe, override
from psm_course.registrar.people.cards import open_cards
from psm_course.registrar.people.cohorts import open_cohort
from psm_course.registrar.people.merging import link_persons, merge_persons
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store import accounts, audit
from psm_course.store.engine import Store
from tests.builders import REGION
from tests.register_builders import (
    ACTOR,
    COMPLETION,
    NOW,
    RIGHT,
    WRONG,
    a_card_secret,
    a_course,
    a_criterion,
    a_dangerous_test,
    a_hand_in,
    a_signer,
    a_test,
    attends,
    completes,
    enrols,
    hands_in,
    issues,
    sends,
    signed,
)

# Numbers of D26 by what became of their people.
CORRECTED, REVOKED, HOLDS, FAILED, DANGEROUS, HELD, MERGED, ERASED = (
    f"D26-00{number}" for number in range(1, 9)
)
NAMES = (
    "Siti Rahayu",
    "Ujang Sumarna",
    "Dewi Lestari",
    "Euis Komala",
    "Asep Hidayat",
    "Nining Kurnia",
    "Ratna Lestari",
    "Tono Hartono",
)
NEXT_DAY, LATER = NOW + timedelta(hours=20), NOW + timedelta(hours=23)


def the_course(share: str = "80") -> Course:
    asked = [each | ({"share": share} if each["id"] == "hadir" else {}) for each in COMPLETION]
    tests = a_test("tes-awal", use="pretest"), a_dangerous_test(id="tes-akhir")
    return a_course(*tests, rubric=(a_criterion("sapa", 3),), completion=tuple(asked))


def where(folder: Path) -> Settings:
    """That office's settings, in a folder of its own with its key list and card secret."""
    settings = Settings(data=folder)
    a_card_secret(folder)
    settings.key_list.write_text(json.dumps(a_signer().issuer.to_json()), encoding="utf-8")
    return settings


def a_busy_office(store: Store, settings: Settings, folder: Path) -> None:
    course, signer = the_course(), a_signer()
    open_cards(store, settings, ACTOR, NOW)
    open_cohort(store, "D26", "Angkatan D26", NOW.date(), ACTOR, NOW, course, "Aula Kecamatan Beji")
    open_cohort(store, "D27", "Angkatan D27", NOW.date(), ACTOR, NOW, course)
    enrols(store, folder, *((name, "Beji") for name in NAMES))
    enrols(store, folder, ("Euis Komala", "Beji"), cohort="D27")
    they_sit_their_tests(store, course)
    issues(store, course)
    officers_decide(store, settings, course)
    (first,) = [number for number in issued(store) if "0001" in number]
    (second,) = [number for number in issued(store) if "0002" in number]
    supersede(
        store,
        REGION,
        settings,
        signer,
        first,
        Correction(name="Siti Rahayu Dewi"),
        "nama kurang",
        ACTOR,
        NEXT_DAY,
    )
    revoke(store, signer, [second], "hadirnya keliru", ACTOR, NEXT_DAY)
    skip_numbers(store, 2026, 9, "blangko rusak", ACTOR, NEXT_DAY, "bimtek")
    adopt_course(store, the_course("75"), "aturan kota berubah", ACTOR, NEXT_DAY)
    adopt_rules(store, the_course("75"), "D26", "aturan kota berubah", ACTOR, NEXT_DAY)
    apply_regrade(
        store,
        the_course("75"),
        "tes-awal",
        {"empat": "disregard"},
        "butirnya keliru",
        ACTOR,
        NEXT_DAY,
        lambda *_: None,
    )
    erase_person(store, settings, ERASED, "diminta pemiliknya", ACTOR, LATER)


def they_sit_their_tests(store: Store, course: Course) -> None:
    completes(store, course, CORRECTED, REVOKED, HOLDS, ERASED)
    for number, responses in ((FAILED, WRONG), (DANGEROUS, RIGHT | {"satu": "c"})):
        attends(store, number, "buka", "dasar")
        hands_in(store, course, a_hand_in(number, "tes-awal", WRONG))
        hands_in(store, course, a_hand_in(number, "tes-akhir", responses))
    for place in ("satu", "dua", "tiga"):
        sends(store, course, a_hand_in(HELD, "tes-akhir", RIGHT, id=f"tanpa kartu {place}"))
    sends(
        store,
        course,
        signed(a_hand_in(HELD, "tes-akhir", RIGHT, id="kartu palsu"), serial=7),
        address="10.0.0.7",
    )


def officers_decide(store: Store, settings: Settings, course: Course) -> None:
    observe(store, FAILED, "sapa", 2, ACTOR, NOW)
    override(
        store, FAILED, "hadir", met=True, reason="hadir di angkatan lain", actor=ACTOR, now=NOW
    )
    decide(store, course, "tanpa kartu satu", "accepted", "kartunya hilang", ACTOR, NOW)
    decide(store, course, "tanpa kartu dua", "refused", "sudah ada", ACTOR, NOW)
    merge_persons(store, HOLDS, MERGED, "orangnya sama", ACTOR, NOW)
    link_persons(store, FAILED, "D27-001", "orangnya sama", ACTOR, NOW)
    with store.transaction() as tx:
        accounts.add_account(
            tx,
            Account("budi", "pelatih", cohorts=frozenset({"D26"})),
            "$argon2id$v=19$m=65536$budi",
        )
        accounts.add_account(tx, Account("rini", "petugas"), "$argon2id$v=19$m=65536$rini")
        audit.note(tx, ACTOR, "account made", "budi", NOW)
        accounts.add_sign_in(tx, "5" * 64, "budi", "token", NOW + timedelta(hours=1))
        accounts.add_failures(tx, ["budi"], NOW)


def issued(store: Store) -> list[str]:
    with store.reading() as tx:
        return [
            str(number)
            for (number,) in tx.exec_driver_sql("SELECT number FROM record ORDER BY year, sequence")
        ]
