"""The page's programs and the library give the same verdicts, the same sentences and the same
facts, by WebCrypto and without it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import zlib
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from psm_course.credentials.documents import Unreadable, canonical, read_document
from psm_course.credentials.lists.digests import in_parts, part_of, sign_digests
from psm_course.credentials.signing.keys import SigningKey
from psm_course.credentials.signing.multibase import from_multikey
from psm_course.credentials.verification.verification import verify
from tests.credentials.signed import KEY, LISTED, NOW, NUMBER, OFFICE, a_badge, as_bytes
from tests.credentials.tampered_pdf import genuine_pdf
from tests.credentials.worlds import WORLDS
from tests.site.verification.pdfs import OTHER_PDFS

_ALL = """async ([ids, given]) => {
  const {worlds, cases} = await (await fetch('table.json')).json(), offices = {}, found = {};
  const {officeOf, verify} = PSM.provided('verifikasi.js');
  const kinds = {
    'perbaikan.json': 'corrections', 'sidik.json': 'digests', sidik: 'digests',
    status: 'status_lists', terbitan: 'issuances',
  };
  for (const name of Object.keys(worlds)) {
    const published = async (_, path) => worlds[name][kinds[path.split('/')[0]]];
    offices[name] = officeOf(worlds[name].keys, published);
  }
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const asked = given.length ? given : cases.filter(({id}) => !ids.length || ids.includes(id));
  for (const {id, given, world, now} of asked) {
    found[id] = await verify(bytes(given), offices[world], Date.parse(now));
  }
  return found;
}"""


def verdicts(
    page: Page, ids: list[str] | None = None, given: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_ALL, [ids or [], given or []])
    return found


def test_every_tampered_certificate_gets_the_library_s_verdict(
    asked: Page, table: dict[str, Any]
) -> None:
    found = verdicts(asked)

    wrong = {
        case["id"]: (found[case["id"]], case["expected"])
        for case in table["cases"]
        if found[case["id"]] != case["expected"]
    }
    assert len(found) == len(table["cases"]) >= 1_000
    assert wrong == {}


def test_other_pdfs_get_the_library_s_verdict(asked: Page) -> None:
    cases = [
        {
            "id": name,
            "given": base64.b64encode(raw).decode(),
            "world": "usual",
            "now": NOW.isoformat(),
        }
        for name, raw in OTHER_PDFS.items()
    ]

    assert verdicts(asked, given=cases) == {
        name: verify(raw, WORLDS["usual"].published(), NOW).to_json()
        for name, raw in OTHER_PDFS.items()
    }


# ---- the pieces ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(chromium: Browser, programs: str) -> Page:
    page = chromium.new_context().new_page()
    page.goto(programs)
    return page


def signatures() -> list[tuple[bytes, bytes, bytes]]:
    """Key, signature and message: genuine ones of every length of message, and the same changed."""
    chance = random.Random(8032)  # noqa: S311 - a fixed load
    found = []
    for length in (0, 1, 55, 110, 111, 112, 127, 128, 200, 300):
        key, message = SigningKey.from_seed(chance.randbytes(32)), chance.randbytes(length)
        public, signature = from_multikey(key.multikey), key.sign(message)
        order = 2**252 + 27742317777372353535851937790883648493
        beyond = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
        changed = bytearray(signature)
        changed[chance.randrange(64)] ^= 1 << chance.randrange(8)
        found += [
            (public, signature, message),
            (public, bytes(changed), message),
            (public, signature, message + b"x"),
        ]
        found += [
            (public, signature[:32] + beyond, message),
            (public, signature[:63], message),
            (chance.randbytes(32), signature, message),
        ]
    return found


def test_signatures_in_plain_arithmetic_are_judged_as_by_openssl(
    chromium: Browser, programs: str
) -> None:
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(window.crypto, 'subtle', {value: undefined})")
    page = context.new_page()
    page.goto(programs)

    judged = page.evaluate(
        "all => Promise.all(all.map(one => PSM.provided('verifikasi.js').hasSigned(...one.map(each"
        " => Uint8Array.from(each)))))",
        [[list(part) for part in one] for one in signatures()],
    )
    context.close()

    assert judged == [has_signed(*one) for one in signatures()]
    assert judged.count(True) == 10


def has_signed(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def test_what_zlib_packs_is_unpacked(plain: Page) -> None:
    chance = random.Random(1951)  # noqa: S311 - a fixed load
    texts = [
        b"",
        b"a",
        b"abc" * 5_000,
        bytes(40_000),
        chance.randbytes(70_000),
        as_bytes(a_badge()),
        "".join(chance.choices("abcd", k=30_000)).encode(),
    ]
    packed = [zlib.compress(text, level) for text in texts for level in (0, 1, 6, 9)]

    found = plain.evaluate(
        """async all => {
          const {unzlib} = await PSM.load('inflate'), {digestOf} = await PSM.load('hashes');
          return all.map(text => {
            const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
            const out = unzlib(packed, 100000);
            return PSM.provided('verifikasi.js').hex(digestOf(out)) + out.length;
          });
        }""",
        [base64.b64encode(each).decode() for each in packed],
    )

    assert found == [
        hashlib.sha256(text).hexdigest() + str(len(text)) for text in texts for _ in range(4)
    ]


def library_reads(raw: bytes) -> str:
    try:
        return canonical(read_document(raw)).decode()
    except Unreadable as unreadable:
        return str(unreadable)


_READ = """all => PSM.load('files').then(({readJson}) => all.map(text => {
  const {json, Unreadable} = PSM.provided('verifikasi.js');
  try {
    return json.canonical(readJson(Uint8Array.from(atob(text), letter => letter.charCodeAt(0))));
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}))"""
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=True)
    | st.text(st.characters(codec=None), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
_ODD = st.text(
    st.sampled_from('{}[]":,.-+0123456789eE \t\n\r\\u\x00\x1fdD8Cabtrufalsn\u00e9\ud800'),
    max_size=24,
)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.one_of(
            _VALUES.map(lambda value: {"a": value}),
            _VALUES,
            _ODD.map(lambda text: f'{{"a":{text}}}'),
            _ODD,
        ),
        min_size=20,
        max_size=60,
    )
)
def test_any_json_is_read_and_written_as_by_the_library(plain: Page, values: list[Any]) -> None:
    texts = [
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=bool(at % 2))
        for at, value in enumerate(values)
    ]
    raws = [text.encode("utf-8", "surrogatepass") for text in texts]

    assert plain.evaluate(_READ, [base64.b64encode(raw).decode() for raw in raws]) == [
        library_reads(raw) for raw in raws
    ]


def test_json_at_its_limits_is_read_as_by_the_library(plain: Page) -> None:
    raws = [
        b'{"a":' + b"[" * depth + b"1" + b"]" * depth + b"}"
        for depth in (29, 30, 31, 32, 200, 100_000)
    ]
    raws += [
        b'{"a":1e999}',
        b'{"a":-0}',
        b'{"a":0.1e1}',
        b'{"a":01}',
        b'{"a":1.}',
        b'{"__proto__":1,"constructor":2}',
        b'{"a":1,"a":1',
        b'{"a":{"b":1,"b":2},',
        b'{"a":[{"b":1},{"b":1,"\\u0062" :2}]}',
        b'{"a":"{\\"b\\":1,\\"b\\":2}","b":"a","c":["a","a"]}',
        b'{"\\ud83d\\ude00":1}',
    ]
    raws += [b'{"a":"' + b"x" * size + b'"}' for size in (999_992, 999_993)] + [
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b"{}\x0b",
        b'{"a":"\\ud800"}',
    ]

    assert plain.evaluate(_READ, [base64.b64encode(raw).decode() for raw in raws]) == [
        library_reads(raw) for raw in raws
    ]


# ---- many certificates ---------------------------------------------------------------------------

_IN_PARTS = """async ([files, given, now, typed]) => {
  const asked = [], bytes = Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0));
  const {officeOf, verify} = PSM.provided('verifikasi.js');
  const {digestsOf} = await PSM.load('documents');
  const office = officeOf([files['keys.json']], async (_, path) => {
    asked.push(path);
    return path in files ? [files[path]] : [];
  });
  const {verdict} = await verify(bytes, office, Date.parse(now));
  const listed = await Promise.all(typed.map((each) => digestsOf(office, office.issuers[0], each)));
  const parts = asked.filter((path) => path.startsWith('sidik'));
  return [verdict, listed.map(({pdfs}) => Object.keys(pdfs)), parts];
}"""


def test_of_many_digests_only_the_part_with_the_number_is_asked_for(asked: Page) -> None:
    others = {f"800.2/{sequence:04}/PSM-DASAR/VI/2025": ["00" * 32] for sequence in range(2_000)}
    parts = in_parts(others | {NUMBER: [hashlib.sha256(genuine_pdf()).hexdigest()]})
    files = {
        f"sidik/{part}.json": sign_digests(OFFICE, listed, KEY, LISTED, part=part)
        for part, listed in parts.items()
    }
    files |= {
        "keys.json": OFFICE.to_json(),
        "sidik.json": sign_digests(OFFICE, {}, KEY, LISTED, letters=1),
    }
    typed = [NUMBER.lower(), "800.2/0008/psm-dasar/VI/2025", "800.2/9999/PSM-DASAR/VI/2025"]

    def found(pdf: bytes) -> Any:
        return asked.evaluate(
            _IN_PARTS, [files, base64.b64encode(pdf).decode(), NOW.isoformat(), typed]
        )

    # Nothing else is published there, no status list either: it is genuine, no more is known.
    fetched = ["sidik.json", *dict.fromkeys(f"sidik/{part_of(number, 1)}.json" for number in typed)]
    assert found(genuine_pdf()) == [
        "stale",
        [sorted(parts[part_of(number, 1)]) for number in typed],
        fetched,
    ]
    assert found(genuine_pdf() + b"\n")[0] == "tampered"
