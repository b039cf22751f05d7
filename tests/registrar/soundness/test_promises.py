"""The log rewritten so that it fits itself, or its newest events cut: nothing in the register
tells, a checkpoint kept elsewhere does.
"""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dirty_equals import Contains
from sqlalchemy import text

from psm_course.credentials.verification.notes import PUBLISHED
from psm_course.errors import Refused
from psm_course.registrar.log.checkpoints import signed_state
from psm_course.registrar.reasons import make_reason
from psm_course.registrar.soundness.checking import check_register, short_form
from psm_course.registrar.soundness.promises import losses
from psm_course.settings import Settings
from psm_course.store import audit
from psm_course.store.log.epochs import raise_epoch
from psm_course.store.log.state import log_state
from psm_course.store.soundness.events import RESTORED
from tests.databases import DATABASES
from tests.register_builders import ACTOR, NOW
from tests.registrar.soundness.falsifying import cut_newest, opened, rewrite_log, unguarded, written

pytestmark = pytest.mark.tampering
BOTH = pytest.mark.parametrize("address", DATABASES, indirect=True)
RAISED = (
    "UPDATE outcome SET points = '4', passed = true WHERE id = (SELECT max(id) FROM outcome WHERE"
    " attempt = 10)"
)


@pytest.fixture
def kept(address: str, settings: Settings, tmp_path: Path) -> Path:
    """A copy of the published site that somebody took before the register was falsified."""
    with closing(opened(address)) as store, store.reading() as tx:
        note = signed_state(tx, settings)[1]
    place = tmp_path / "salinan" / PUBLISHED
    place.parent.mkdir(parents=True)
    place.write_text(note, encoding="utf-8")
    return tmp_path / "salinan"


def said(address: str, settings: Settings, *against: Path | str) -> list[str]:
    """Without grading again: whoever rewrites a log may change what no answer earns, too."""
    with closing(opened(address)) as store:
        return [each.message for each in check_register(store, settings, against=against).problems]


@BOTH
def test_a_register_that_only_grew_fits_every_older_checkpoint(
    address: str, settings: Settings, kept: Path
) -> None:
    with closing(opened(address)) as store, store.transaction() as tx:
        audit.note(tx, ACTOR, "roster exported", "D26", NOW + timedelta(days=1))

    assert said(address, settings, kept) == []


@BOTH
def test_the_newest_five_cut_are_told_by_a_checkpoint_alone(
    address: str, settings: Settings, kept: Path
) -> None:
    with closing(opened(address)) as store, store.transaction() as tx:
        before = last_event(tx)
        for verb in ("one", "two", "three", "four", "five"):
            audit.note(tx, ACTOR, verb, "D26", NOW + timedelta(days=1))
    with closing(opened(address)) as store:
        whole = short_form(check_register(store, settings))

    with unguarded(address) as connection:
        cut_newest(connection, 5)

    assert said(address, settings) == said(address, settings, kept) == []
    (sentence,) = said(address, settings, whole)
    assert sentence == Contains(
        f"Log 1 berisi {before} catatan",
        f"pernah {before + 5}:",
        "yang diketik",
        "Jangan terbitkan",
        "psm restore",
    )


@BOTH
def test_the_newest_five_cut_from_the_log_alone_leave_rows_that_nothing_wrote(
    address: str, settings: Settings
) -> None:
    with unguarded(address) as connection:
        last = int(connection.execute(text("SELECT max(id) FROM audit_event")).scalar_one())
        connection.execute(text("DELETE FROM log_entry WHERE event > :last"), {"last": last - 5})
        connection.execute(text("DELETE FROM audit_event WHERE id > :last"), {"last": last - 5})

    assert any("tidak ada di catatan" in each for each in said(address, settings))


@BOTH
def test_the_whole_log_rewritten_around_a_raised_mark_is_told_by_a_checkpoint_alone(
    address: str, settings: Settings, kept: Path
) -> None:
    with unguarded(address) as connection:
        connection.execute(text("UPDATE attendance_mark SET presence = 'present'"))
        connection.execute(text("UPDATE enrolment SET phone = '0812'"))
        rewrite_log(connection)

    assert said(address, settings) == []
    (sentence,) = said(address, settings, kept)
    assert re.match(r"Log 1 .*-\d+: ditulis ulang \(.*/log/checkpoint\)\.", sentence)


@BOTH
def test_a_raised_mark_is_graded_again_though_the_log_fits_it(
    address: str, settings: Settings
) -> None:
    with unguarded(address) as connection:
        connection.execute(text(written(RAISED)))
        rewrite_log(connection)

    assert said(address, settings) == [
        Contains(written("Nilai {FAILED} "), " tes-akhir ", "dinilai lagi")
    ]


@BOTH
def test_a_certificate_of_another_name_has_no_signature_though_the_log_fits_it(
    address: str, settings: Settings
) -> None:
    with unguarded(address) as connection:
        change = (
            "UPDATE record_document SET content = replace(content, 'Dewi Lestari', 'Orang Lain'),"
            " credential = "
        )
        connection.execute(text(f"{change} replace(credential, 'Dewi Lestari', 'Orang Lain')"))
        rewrite_log(connection)

    assert said(address, settings) == [
        Contains("800.2/0003/PSM-DASAR/XI/2026: ", "tanda tangannya tidak sah")
    ]


def test_what_is_no_checkpoint_is_refused_before_anything_is_read(
    settings: Settings, tmp_path: Path, office_file: Path
) -> None:
    (tmp_path / "bukan.txt").write_text("bukan", encoding="utf-8")

    with pytest.raises(Refused, match=r"bukan\.txt"):
        said(f"sqlite:///{office_file}", settings, tmp_path / "bukan.txt")


def last_event(tx: Any) -> int:
    return int(tx.exec_driver_sql("SELECT max(id) FROM audit_event").scalar_one())


@BOTH
@pytest.mark.parametrize(("seen", "accepted"), [(5, True), (4, False)])
def test_what_a_restore_says_it_lost_is_told_and_nothing_more(
    address: str, settings: Settings, tmp_path: Path, seen: int, accepted: bool
) -> None:
    with closing(opened(address)) as store, store.transaction() as tx:
        size = last_event(tx)
        raise_epoch(
            tx, "", ACTOR, NOW + timedelta(days=1), make_reason("register dipulihkan", (), ())
        )
        audit.note(tx, ACTOR, RESTORED, "dua", NOW + timedelta(days=1), log_seen=size + seen)
        begun_anew = log_state(tx)

    lost = f"1:{size + 5}:0123 4567 89ab cdef"
    with closing(opened(address)) as store:
        found = check_register(store, settings, against=[lost])

    assert (found.log_size, found.root) == (begun_anew.size, begun_anew.root)
    (sentence,) = losses(found)
    assert sentence == Contains("Log 1 ", f"pada {size} dari {size + seen} catatan", "dipulihkan")
    assert (found.problems == ()) == accepted
