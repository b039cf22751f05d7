"""The certified signature's way: out to be signed, back in only when it is our file with a whole
signature and nothing else.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdf
import pytest
from dirty_equals import Contains

from psm_course.credentials.verification.verification import verify
from psm_course.errors import Refused
from psm_course.registrar.certificates.certifying import (
    MANIFEST,
    Certified,
    NobodySigns,
    RejectedFile,
    SigningFolder,
    hand_over,
    import_signed,
    uncertified,
)
from psm_course.registrar.certificates.correcting import revoke
from psm_course.registrar.certificates.issuing import issue_records
from psm_course.registrar.certificates.printing import certified_path, print_certificates
from psm_course.registrar.certificates.publishing import publish_status
from psm_course.registrar.certificates.signed_pdf import read_signed
from psm_course.registrar.people.privacy import erase_person
from psm_course.settings import Settings
from psm_course.store.certificates import records
from psm_course.store.engine import Store
from tests.published import published_in
from tests.register_builders import (
    ACTOR,
    NOW,
    a_cohort,
    a_course,
    a_signer,
    completes,
    events_of,
    register_of,
)
from tests.registrar.certificates.signing_client import AUTHORITY, OFFICIAL, signed, turned

COURSE = a_course()
SIGNER = a_signer()
FIRST, SECOND = (f"800.2/000{sequence}/PSM-DASAR/XI/2026" for sequence in (1, 2))
NAMES = ["800.2-0001-PSM-DASAR-XI-2026.pdf", "800.2-0002-PSM-DASAR-XI-2026.pdf"]


@pytest.fixture
def settings(store: Store, tmp_path: Path) -> Settings:
    """An office that has printed two certificates."""
    office = Settings(data=tmp_path / "var", certified_signature="folder")
    completes(
        store,
        COURSE,
        *[person.number for person in a_cohort(store, "Siti Rahayu", "Ujang Hidayat")],
    )
    issue_records(store, COURSE, office, SIGNER, "D26", ACTOR, NOW)
    list(print_certificates(store, office, "D26", ACTOR, NOW))
    return office


def exports(store: Store, settings: Settings, folder: Path) -> list[Path]:
    list(hand_over(store, settings, SigningFolder(folder), "D26", ACTOR, NOW))
    return sorted(folder.glob("*.pdf"))


def imports(
    store: Store, settings: Settings, *files: bytes | Path
) -> list[Certified | RejectedFile]:
    paths = []
    for index, file in enumerate(files):
        paths.append(file if isinstance(file, Path) else settings.data / f"kembali-{index}.pdf")
        if isinstance(file, bytes):
            paths[-1].write_bytes(file)
    return list(import_signed(store, settings, paths, ACTOR, NOW))


def reasons(found: list[Certified | RejectedFile]) -> list[str]:
    return [each.reason for each in found if isinstance(each, RejectedFile)]


# ---- out and back --------------------------------------------------------------------------------


def test_what_is_exported_is_what_was_issued_with_its_digests(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    exported = exports(store, settings, tmp_path / "tte")
    exports(store, settings, tmp_path / "tte")

    assert [path.name for path in exported] == NAMES
    assert [path.read_bytes() for path in exported] == [
        (settings.records / "D26" / name).read_bytes() for name in NAMES
    ]
    assert (tmp_path / "tte" / MANIFEST).read_text(encoding="utf-8") == "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in exported
    )
    assert events_of(store)[-1] == (ACTOR, "record handed over", "D26-002", {"record": SECOND})


def test_a_signed_file_is_kept_beside_the_record_whatever_it_is_called(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    exported = exports(store, settings, tmp_path / "tte")
    back = signed(exported[0].read_bytes())

    (kept,) = imports(store, settings, back)

    assert isinstance(kept, Certified)
    assert kept.path == settings.records / "D26" / "800.2-0001-PSM-DASAR-XI-2026.tte.pdf"
    assert (kept.signed.number, kept.signed.by, kept.signed.vouched_by) == (
        FIRST,
        OFFICIAL,
        AUTHORITY,
    )
    assert kept.path.read_bytes() == back
    with store.reading() as tx:
        assert records.file_digests(tx, [FIRST], ("certified",)) == {
            FIRST: [hashlib.sha256(back).hexdigest()]
        }
    assert events_of(store)[-1] == (ACTOR, "record certified", "D26-001", {"record": FIRST})
    assert [record.number for record in uncertified(store, settings, "D26")] == [SECOND]


def test_once_published_the_signed_file_is_believed_like_the_first(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    exported = exports(store, settings, tmp_path / "tte")
    back = signed(exported[0].read_bytes())
    imports(store, settings, back)
    publish_status(store, SIGNER, ACTOR, NOW)

    known = published_in(store)
    assert [
        verify(each, known, NOW).verdict for each in (back, exported[0].read_bytes(), turned(back))
    ] == ["valid", "valid", "tampered"]


def test_the_same_file_again_changes_nothing(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    back = signed(exports(store, settings, tmp_path / "tte")[0].read_bytes())
    imports(store, settings, back)
    before = register_of(store)

    assert isinstance(imports(store, settings, back)[0], Certified)
    assert register_of(store) == before


# ---- what is turned away -------------------------------------------------------------------------


def test_what_is_not_our_file_with_a_whole_signature_is_turned_away(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    ours = exports(store, settings, tmp_path / "tte")[0].read_bytes()
    whole = signed(ours)
    other = tmp_path / "lain.pdf"
    with pypdf.PdfWriter() as writer:
        writer.add_blank_page(842, 595)
        writer.write(other)
    at = len(ours) + (len(whole) - len(ours)) // 2
    before = register_of(store)

    found = imports(
        store,
        settings,
        ours,
        ours + b"\n",
        signed(turned(ours)),
        turned(whole),
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        whole[: len(whole) - 2000],
        whole.replace(b"%PDF-1.7", b"%PDF-1.6", 1),
        signed(other.read_bytes()),
        b"halo",
    )

    foreign = Contains("byte aslinya sudah berubah")
    broken = Contains("tanda tangannya rusak")
    unsigned = Contains("belum ditandatangani: ")
    assert reasons(found) == [
        unsigned,
        unsigned,
        Contains("diganti sebelum ditandatangani"),
        broken,
        broken,
        broken,
        foreign,
        foreign,
        foreign,
    ]
    assert register_of(store) == before
    assert not certified_path(settings, "D26", FIRST).exists()


def test_every_file_is_judged_though_another_is_turned_away(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    exported = exports(store, settings, tmp_path / "tte")

    found = imports(store, settings, b"halo", *[signed(path.read_bytes()) for path in exported])

    assert [type(each) for each in found] == [RejectedFile, Certified, Certified]


def test_a_file_larger_than_any_certificate_is_not_read(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    huge = tmp_path / "besar.pdf"
    with huge.open("wb") as stream:
        stream.truncate(50_000_001)

    assert reasons(imports(store, settings, huge)) == [Contains("terlalu besar")]


def test_what_no_longer_stands_is_turned_away(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    first, second = [
        signed(path.read_bytes()) for path in exports(store, settings, tmp_path / "tte")
    ]
    revoke(store, SIGNER, [FIRST], "salah orang", ACTOR, NOW)
    erase_person(store, settings, "D26-002", "permintaan peserta", ACTOR, NOW)

    assert reasons(imports(store, settings, first, second)) == [
        f"nomor {FIRST} sudah tidak berlaku",
        "data pemiliknya sudah dihapus",
    ]


def test_a_second_signed_file_never_replaces_the_first(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    ours = exports(store, settings, tmp_path / "tte")[0].read_bytes()
    first, second = signed(ours), signed(ours, "LAIN")
    imports(store, settings, first)

    kept = certified_path(settings, "D26", FIRST)
    assert reasons(imports(store, settings, second)) == [
        Contains(FIRST, f"bertanda tangan lain: {kept}")
    ]
    assert kept.read_bytes() == first


def test_an_erased_person_leaves_no_signed_file(store: Store, settings: Settings) -> None:
    exported = exports(store, settings, settings.records / "D26" / "untuk-tte")
    imports(store, settings, signed(exported[0].read_bytes()))

    removed = erase_person(store, settings, "D26-001", "permintaan peserta", ACTOR, NOW)

    assert sorted(path.name for path in removed) == sorted(
        [NAMES[0], NAMES[0], NAMES[0].replace(".pdf", ".tte.pdf")]
    )
    assert list(settings.records.rglob("*0001*")) == []


def test_nothing_is_handed_over_before_everything_is_printed(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    (settings.records / "D26" / NAMES[1]).unlink()

    with pytest.raises(Refused, match=r"belum dicetak.*psm issue D26"):
        exports(store, settings, tmp_path / "tte")
    assert not (tmp_path / "tte").exists()


def test_an_office_without_a_certified_signature_hands_nothing_over(
    store: Store, settings: Settings
) -> None:
    with pytest.raises(Refused, match="tersertifikasi belum dipakai"):
        list(hand_over(store, settings, NobodySigns(), "D26", ACTOR, NOW))


@pytest.mark.parametrize(("chosen", "printed"), [("none", False), ("folder", True), ("bsre", True)])
def test_the_sentence_about_bsre_is_frozen_only_where_it_is_true(
    store: Store, tmp_path: Path, chosen: str, printed: bool
) -> None:
    completes(store, COURSE, *[person.number for person in a_cohort(store, "Siti Rahayu")])
    office = Settings(data=tmp_path, certified_signature=chosen)
    (record,) = issue_records(store, COURSE, office, SIGNER, "D26", ACTOR, NOW).new
    (path,) = print_certificates(store, office, "D26", ACTOR, NOW)

    with pypdf.PdfReader(path) as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert (record.content["tte_note"], "BSrE" in text) == (printed, printed)


def test_a_file_of_ends_alone_is_turned_away_and_not_digested_once_for_each() -> None:
    with pytest.raises(Refused) as refused:
        read_signed(b"%%EOF\n" * 1_500_000, {})

    assert str(refused.value) == Contains("byte aslinya sudah berubah")
