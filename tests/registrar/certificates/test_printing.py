"""The paper of records: printed once from what was frozen, byte for byte the same, and known to the
register by its digest.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from dirty_equals import Contains

from psm_course.credentials.formats.attachment import attached_to
from psm_course.credentials.number_patterns import file_name
from psm_course.credentials.verification.verification import CHANGED_PDF, verify
from psm_course.domain.register import CompletionRecord, Enrolment
from psm_course.errors import Refused
from psm_course.registrar.certificates.correcting import reprint, revoke
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.printing import (
    find_print,
    move_invalid_prints,
    print_certificates,
    print_for_the_printer,
    unprinted,
)
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from psm_course.store.people import people
from tests.published import published_in
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_signer,
    arranging,
    completes,
    events_of,
    register_of,
)

COURSE = a_course()
SIGNER = a_signer()
FIRST, SECOND = (f"800.2/000{sequence}/PSM-DASAR/XI/2026" for sequence in (1, 2))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(root=tmp_path, data=tmp_path)


@pytest.fixture
def two(store: Store, settings: Settings) -> tuple[CompletionRecord, ...]:
    return issues_to(store, settings, "Siti Rahayu", "Ujang Hidayat")


def issues_to(store: Store, settings: Settings, *names: str) -> tuple[CompletionRecord, ...]:
    completes(store, COURSE, *[person.number for person in a_cohort(store, *names)])
    return issue_records(store, COURSE, settings, SIGNER, "D26", ACTOR, NOW).new


def as_before(store: Store, record: CompletionRecord, name: str) -> None:
    """The newest document of a record counts."""
    with arranging(store) as tx:
        records.add_document(tx, replace(record, content=record.content | {"name": name}), NOW)


def prints(store: Store, settings: Settings) -> list[Path]:
    return list(print_certificates(store, settings, "D26", ACTOR, NOW))


def texts(path: Path) -> str:
    with pypdf.PdfReader(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_every_record_is_printed_once_with_its_credential_inside(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    printed = prints(store, settings)

    folder = settings.records / "D26"
    assert printed == [
        folder / "800.2-0001-PSM-DASAR-XI-2026.pdf",
        folder / "800.2-0002-PSM-DASAR-XI-2026.pdf",
    ]
    assert sorted(folder.iterdir()) == printed
    assert prints(store, settings) == []
    for path, record in zip(printed, two, strict=True):
        assert record.content["name"] in texts(path)
        assert json.loads(attached_to(path.read_bytes())[0]) == json.loads(record.credential or "")


def test_the_register_knows_the_digest_of_what_was_printed(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    printed = prints(store, settings)

    with store.reading() as tx:
        known = records.file_digests(tx)
    assert known == {
        record.number: [hashlib.sha256(path.read_bytes()).hexdigest()]
        for record, path in zip(two, printed, strict=True)
    }
    assert [event for event in events_of(store) if event[1] == "record printed"] == [
        (ACTOR, "record printed", "D26-001", {"record": FIRST}),
        (ACTOR, "record printed", "D26-002", {"record": SECOND}),
    ]


def test_a_lost_pdf_is_printed_again_byte_for_byte(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    first = prints(store, settings)[0]
    before = first.read_bytes()
    first.unlink()
    with arranging(store) as tx:
        people.change_enrolments(tx, [Enrolment("D26-001", "D26", "Siti Ningsih", "32.76.05.1005")])

    record = reprint(store, FIRST, "lembar hilang di jalan", ACTOR, NOW)
    printed = prints(store, settings)

    assert record == two[0]
    assert printed == [first]
    assert first.read_bytes() == before
    with store.reading() as tx:
        assert len(records.file_digests(tx, [FIRST])[FIRST]) == 1
    assert [
        (row[1], row[2], row[3])
        for row in register_of(store)["record_event"]
        if row[2] == "reprinted"
    ] == [(FIRST, "reprinted", "lembar hilang di jalan")]


def test_an_edited_page_is_told_from_the_one_issued(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    genuine = prints(store, settings)[0]
    publish_status(store, SIGNER, ACTOR, NOW)
    editor, edited = pypdf.PdfWriter(clone_from=genuine), io.BytesIO()
    editor.add_blank_page(842, 595)
    editor.write(edited)

    known = published_in(store)
    as_issued, changed = (
        verify(genuine.read_bytes(), known, NOW),
        verify(edited.getvalue(), known, NOW),
    )

    assert (as_issued.verdict, as_issued.record) == ("valid", two[0].content)
    assert (changed.verdict, changed.record, changed.reason) == (
        "tampered",
        two[0].content,
        CHANGED_PDF,
    )


def test_what_no_longer_stands_is_not_printed(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    revoke(store, SIGNER, [FIRST], "salah orang", ACTOR, NOW)

    assert [record.number for record in unprinted(store, settings, "D26")] == [SECOND]
    assert [path.name for path in prints(store, settings)] == [file_name(SECOND)]


def test_one_name_that_cannot_be_printed_does_not_hold_up_the_others(
    store: Store, settings: Settings
) -> None:
    """Its number was given out before numbers were kept from such names; the others must still get
    their paper, and somebody must hear.
    """
    three = issues_to(store, settings, "Siti", "Li Ming", "Ujang")
    as_before(store, three[1], "李明")

    printing = print_certificates(store, settings, "D26", ACTOR, NOW)
    printed = [next(printing).name, next(printing).name]
    with pytest.raises(Refused) as refused:
        next(printing)

    assert printed == ["800.2-0001-PSM-DASAR-XI-2026.pdf", "800.2-0003-PSM-DASAR-XI-2026.pdf"]
    assert str(refused.value).splitlines() == [
        Contains("1 sertifikat tidak dapat", "psm supersede NOMOR --name", "--reason"),
        Contains(f'  {SECOND}: Huruf "李" tidak dapat'),
    ]


def test_all_that_stand_come_in_one_file_for_the_printer(store: Store, settings: Settings) -> None:
    as_before(store, issues_to(store, settings, "Siti", "Ujang", "Li Ming", "Ani")[2], "李明")
    with pytest.raises(Refused, match="李"):
        prints(store, settings)
    revoke(store, SIGNER, [SECOND], "salah orang", ACTOR, NOW)

    (path,) = print_for_the_printer(store, settings, "D26")

    assert path == settings.records / "D26" / "cetak-semua-1.pdf"
    assert [name for name in ("Siti", "Ujang", "Ani") if name in texts(path)] == ["Siti", "Ani"]


def test_what_no_longer_counts_is_set_aside_whole(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    """So nobody prints it with the others, and it can still be looked at."""
    first, second = prints(store, settings)
    (batch,) = print_for_the_printer(store, settings, "D26")
    content = second.read_bytes()
    revoke(store, SIGNER, [two[1].number], "salah orang", ACTOR, NOW)

    move_invalid_prints(store, settings, "D26")
    move_invalid_prints(store, settings, "D26")

    found = find_print(settings, "D26", two[1].number)
    assert (first.is_file(), second.exists(), batch.exists()) == (True, False, False)
    assert found == second.parent / "tidak-berlaku" / second.name
    assert found.read_bytes() == content
    assert find_print(settings, "D26", two[0].number) == first
    assert prints(store, settings) == []


def test_nothing_for_the_printer_is_said(store: Store, settings: Settings) -> None:
    a_cohort(store, "Siti")

    with pytest.raises(Refused, match=r"Belum ada sertifikat .*berlaku.*D26"):
        print_for_the_printer(store, settings, "D26")
    with pytest.raises(Refused, match='Angkatan "D27" tidak ada'):
        list(print_certificates(store, settings, "D27", ACTOR, NOW))


def test_a_logo_that_is_not_there_is_said_before_anything_is_printed(
    store: Store, settings: Settings, two: tuple[CompletionRecord, ...]
) -> None:
    with pytest.raises(Refused, match=r"Logo .*/lambang\.svg .*psm\.toml"):
        list(
            print_certificates(
                store,
                Settings(root=settings.root, data=settings.data, logo="lambang.svg"),
                "D26",
                ACTOR,
                NOW,
            )
        )

    assert not settings.records.exists()


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (FIRST, "800.2-0001-PSM-DASAR-XI-2026.pdf"),
        ("../../etc/1", "..-..-etc-1.pdf"),
        ("1 / é / 2026", "1-2026.pdf"),
    ],
)
def test_a_number_becomes_a_file_name_inside_its_folder(number: str, name: str) -> None:
    assert file_name(number) == name
