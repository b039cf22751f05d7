"""The QR's token: small enough for its print, read by libraries and a decoder that are not ours,
and in one proper form only.
"""

from __future__ import annotations

import base64
import io
from typing import Any

import cbor2
import cwt
import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter
from pycose.keys import OKPKey
from pycose.messages import Sign1Message

from psm_course.credentials.documents import Unreadable
from psm_course.credentials.formats.issuance import issuances_of, read_issuance
from psm_course.credentials.formats.token import (
    CLAIM,
    SHARED,
    read_token,
    sign_token,
    token_address,
    token_statement,
)
from psm_course.credentials.signing.multibase import from_multikey
from psm_course.credentials.verification.verification import FACT_NAMES
from tests.credentials.signed import (
    FOREIGN_KEY,
    KEY,
    LISTED,
    OFFICE,
    POSITION,
    SIGNED,
    SITE,
    a_record,
    a_token,
    an_address,
    an_issuance,
)

LONG_NAME = "Raden Ayu Siti Nurhayati Kusumaningtyas Hadiwijayakusuma Putri, M.Kesos"[:70]
FAR = 131_072 * 3 + 99_999  # a position that takes all the room it may
WORST = a_record(name=LONG_NAME, kelurahan="Curug (Bojongsari)", score="86.67")
ONE_POINT = 25.4 / 300  # millimetres on paper, for a printer of 300 points to the inch


# ---- what it says --------------------------------------------------------------------------------


def test_the_address_leads_to_the_page_and_keeps_its_secret_from_the_server() -> None:
    page, _, fragment = an_address().partition("#")

    assert page == "https://dinsos.depok.go.id/psm/v"
    assert base64.urlsafe_b64decode(fragment + "=" * (-len(fragment) % 4)) == a_token()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"kind": "attended", "score": None},
        {"name": "Ng Đặng Ñoño Łukasz"},
        {"name": "Été’s – “Šimon” œuf € Ÿ"},
        {"number": "7"},
        {"valid_until": "2030-01-01"},
        {"letterhead": []},
        {"score": "100"},
    ],
)
def test_every_printed_fact_comes_back(changes: dict[str, Any]) -> None:
    record = a_record(**changes)
    (issuance,) = issuances_of([record], OFFICE.did)

    token = read_token(token_address(SITE, sign_token(record, issuance, POSITION, KEY, SIGNED)))

    assert token_statement(token, OFFICE, read_issuance(issuance.to_json())).facts == record


def test_without_the_issuance_only_what_the_token_itself_signs_is_said() -> None:
    statement = token_statement(read_token(an_address()), OFFICE, None)

    assert {**a_record(), **statement.facts} == a_record()
    assert {*statement.facts} | {*statement.missing} == {*a_record(), "wording"}
    assert {*statement.facts} & {*statement.missing} == set()


def test_every_fact_that_may_be_missing_has_a_name_for_people() -> None:
    assert {"number", *SHARED} == {*FACT_NAMES}


def test_a_token_signed_after_the_day_of_issue_says_when() -> None:
    assert (read_token(an_address()).signed_on, read_token(an_address(at=LISTED)).signed_on) == (
        "2025-06-02",
        "2025-06-09",
    )


def test_a_record_of_another_issuance_is_not_signed() -> None:
    with pytest.raises(ValueError, match=r"does not cover 800\.2"):
        sign_token(a_record(course="Lain"), an_issuance(), POSITION, KEY, SIGNED)


# ---- how large it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letters", "length", "modules"),
    [(10, 245, 61), (40, 287, 65), (70, 327, 69), (100, 367, 77)],
)
def test_it_is_as_small_as_promised(letters: int, length: int, modules: int) -> None:
    record = WORST | {"name": ("Siti Nurhayati Kusumaningtyas " * 4)[:letters]}

    address = token_address(SITE, sign_token(record, an_issuance(record), FAR, KEY, SIGNED))

    assert (len(address), segno.make(address, error="m", micro=False).symbol_size(border=0)) == (
        length,
        (modules, modules),
    )


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("Ñoño José d’Été Ångström Šimon-Žižek née Müller, S.Sos., M.Si., Ph.D.é", 327),
        ("Prof. Dr. Hj. Ng Đặng Ñoño José Łukasz Čapek-Šimić Ångström d’Été, S.H", 348),
        ("é’" * 35, 327),
        ("Č" * 17 + "a" * 53, 349),
        ("ặ" * 8 + "a" * 62, 348),
    ],
)
def test_a_name_of_seventy_letters_with_accents_still_fits(name: str, length: int) -> None:
    """As many letters as one likes that Windows-1252 has;
    of others, up to 17 with two bytes in UTF-8 or 8 with three.
    """
    record = WORST | {"name": name}

    address = token_address(SITE, sign_token(record, an_issuance(record), FAR, KEY, SIGNED))

    assert (len(name), len(address), read_token(address).facts["name"]) == (70, length, name)


def test_a_longer_address_is_only_a_denser_code() -> None:
    record = WORST | {"name": "Č" * 35 + "a" * 35}

    address = token_address(SITE, sign_token(record, an_issuance(record), FAR, KEY, LISTED))

    assert (len(address), segno.make(address, error="m", micro=False).symbol_size(border=0)) == (
        377,
        (77, 77),
    )
    assert [
        each.text
        for each in zxingcpp.read_barcodes(printed(address).filter(ImageFilter.GaussianBlur(2.0)))
    ] == [address]


# ---- others read it ------------------------------------------------------------------------------


def parts(raw: bytes) -> list[Any]:
    protected, unprotected, payload, signature = cbor2.loads(raw).value
    return [protected, dict(unprotected), payload, signature]


@pytest.fixture
def cwt_reads_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """`cwt` 1.4 expects lists and dicts in a tag; cbor2 since 6 gives tuples and frozen dicts."""

    def loads(raw: bytes) -> Any:
        read = cbor2.loads(raw)
        return cbor2.CBORTag(read.tag, parts(raw)) if isinstance(read, cbor2.CBORTag) else read

    monkeypatch.setattr("cwt.cbor_processor.loads", loads)


@pytest.mark.usefixtures("cwt_reads_tags")
def test_cwt_believes_it_and_not_another_keys() -> None:
    believed: Any = cwt.decode(a_token(), _cwt_key(KEY.multikey))

    assert believed == {
        CLAIM: [
            an_issuance().digest,
            b"Siti Nur\x92aini, S.Sos",
            "0007",
            "D25-017",
            "Curug (Cimanggis)",
            1,
            20241,
            "86.67",
            7,
        ]
    }
    with pytest.raises(cwt.VerifyError):
        cwt.decode(a_token(), _cwt_key(FOREIGN_KEY.multikey))


@pytest.mark.usefixtures("cwt_reads_tags")
def test_cwt_knows_when_it_expires() -> None:
    with pytest.raises(cwt.VerifyError, match="expired"):
        cwt.decode(a_token(a_record(valid_until="2025-06-09")), _cwt_key(KEY.multikey))


def test_pycose_believes_it_and_nothing_changed() -> None:
    protected, unprotected, payload, signature = parts(a_token())

    def believed(shown: bytes) -> bool:
        message = Sign1Message.from_cose_obj(
            [protected, unprotected, shown, signature], allow_unknown_attributes=False
        )
        message.key = OKPKey(
            crv="ED25519",
            x=from_multikey(KEY.multikey),
            optional_params={"ALG": "EDDSA", "KEY_OPS": ["VERIFY"]},
        )
        return bool(message.verify_signature())

    assert (believed(payload), believed(payload[:-1] + b"\x08")) == (True, False)


def _cwt_key(multikey: str) -> cwt.COSEKeyInterface:
    """Named as our token names it; COSE numbers: key type OKP, EdDSA, to verify, Ed25519."""
    kid = cbor2.loads(cbor2.loads(a_token()).value[0])[4]
    return cwt.COSEKey.new({1: 1, 2: kid, 3: -8, 4: [2], -1: 6, -2: from_multikey(multikey)})


# ---- paper ---------------------------------------------------------------------------------------


def printed(address: str, millimetres: float = 38) -> Image.Image:
    """The code as printed at 300 points to the inch, quiet zone included in its size,
    on a sheet of grey-white paper.
    """
    code = segno.make(address, error="m", micro=False)
    out = io.BytesIO()
    code.save(out, kind="png", scale=10, border=4)
    points = round(millimetres / ONE_POINT)
    symbol = Image.open(out).convert("L").resize((points, points), Image.Resampling.LANCZOS)
    sheet = Image.new("L", (points + 200, points + 200), 245)
    sheet.paste(symbol, (100, 100))
    return sheet


@pytest.mark.parametrize("blur", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("degrees", [0, 7, 31, 90, 183])
def test_a_print_of_38_mm_is_read_turned_and_blurred(degrees: int, blur: float) -> None:
    address = token_address(SITE, sign_token(WORST, an_issuance(WORST), FAR, KEY, SIGNED))
    seen = (
        printed(address)
        .rotate(degrees, expand=True, fillcolor=245, resample=Image.Resampling.BICUBIC)
        .filter(ImageFilter.GaussianBlur(blur))
    )

    assert [each.text for each in zxingcpp.read_barcodes(seen)] == [address]


def test_a_print_that_is_too_blurred_is_not_read_at_all() -> None:
    assert zxingcpp.read_barcodes(printed(an_address()).filter(ImageFilter.GaussianBlur(9))) == []


# ---- issuances -----------------------------------------------------------------------------------


def test_records_that_share_their_facts_share_one_issuance() -> None:
    records = [
        a_record(number=f"800.2/{sequence:04}/PSM-DASAR/VI/2025", name=f"Peserta {sequence}")
        for sequence in range(1, 13)
    ]

    issuances = issuances_of([*records, a_record(course="Lain")], OFFICE.did)

    assert [(each.before, each.after, each.facts["course"]) for each in issuances] == [
        ("800.2/00", "/PSM-DASAR/VI/2025", "Bimtek Dasar PSM"),
        ("800.2/0007/PSM-DASAR/VI/2025", "", "Lain"),
    ]
    assert [
        issuances[0].before + issuances[0].inner(each["number"]) + issuances[0].after
        for each in records
    ] == [each["number"] for each in records]
    assert all(issuances[0].covers(each) for each in records)
    assert not issuances[0].covers(a_record(number="900/1"))


def test_no_one_persons_fact_is_in_an_issuance() -> None:
    document = an_issuance().to_json()

    assert {*document["facts"]} == {*a_record()} - {
        "number",
        "kind",
        "participant",
        "name",
        "kelurahan",
        "issued_on",
        "score",
    }
    assert an_issuance().file_name == f"{an_issuance().digest.hex()}.json"


@pytest.mark.parametrize(
    "numbers", [["11", "111"], ["1/1", "1/11"], ["aba", "abaaba"], ["7", "8"], ["7"]]
)
def test_numbers_whose_beginning_and_end_overlap_come_back_whole(numbers: list[str]) -> None:
    records = [a_record(number=number) for number in numbers]
    (issuance,) = issuances_of(records, OFFICE.did)

    tokens = [
        read_token(token_address(SITE, sign_token(each, issuance, POSITION, KEY, SIGNED)))
        for each in records
    ]

    assert [token_statement(token, OFFICE, issuance).facts["number"] for token in tokens] == numbers


@pytest.mark.parametrize(
    "change", [{"format": "x"}, {"issuer": 1}, {"number": {}}, {"facts": []}, {"added": 1}]
)
def test_what_is_no_issuance_is_unreadable(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_issuance(an_issuance().to_json() | change)

    assert str(unreadable.value) == "Dokumen terbitan tidak terbaca."
