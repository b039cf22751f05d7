"""A certificate and the open log: proofs beside it, and copies of the log. One table for library,
command and page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from psm_course.credentials.documents import Json, canonical, read_document, written
from psm_course.credentials.formats.attachment import PROOF_NAME
from psm_course.credentials.formats.issuance import Issuance
from psm_course.credentials.formats.token import (
    read_token,
    sign_token,
    token_address,
    token_inclusion,
)
from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.inclusion import Entered, Inclusion, Place, leaf_of, write_proof
from psm_course.credentials.log.merkle import between, inclusion_proof, leaf_hash, root_of
from psm_course.credentials.log.tiles import tile_files
from psm_course.credentials.signing.keys import SigningKey
from psm_course.credentials.verification.open_log import LogCopy
from psm_course.credentials.verification.published import Published, published
from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import verify
from tests.credentials.signed import (
    KEY,
    NOW,
    POSITION,
    SIGNED,
    SITE,
    a_badge,
    a_correction,
    a_record,
    an_issuance,
    as_bytes,
    corrections,
    status_lists,
)
from tests.credentials.tampered_pdf import a_pdf
from tests.credentials.tampered_png import baked
from tests.credentials.tampered_receipts import LOG_KEY, OFFICE_WITH_LOG, OTHER_LOG_KEY

ORIGIN, FOREIGN_ORIGIN = "dinsos.depok.go.id/log/1", "lain.example/log/1"
SIZE, INDEX, AT = 700, 300, "2025-06-02T03:00:00"
EARLIER_SIZE, TOO_SHORT = 520, 290
FIRST = Place("3276", ORIGIN, INDEX - 1, 1_300, AT)  # the one before it was entered with it
ENTERED = Entered(FIRST, (POSITION - 1, POSITION, POSITION + 9))
OF_PAGE = ("genuine/", "head/", "tile/")  # what a browser is shown too
Files = Mapping[str, bytes]
ASIDE = "asli: ditandatangani"


@dataclass(frozen=True)
class Case:
    """`files`: a copy of the log by path, None where there is none; `beside`: the proof that stood
    beside a credential as JSON.
    """

    id: str
    given: bytes
    verdict: str
    says: str
    files: Files | None = None
    beside: bytes | None = None
    seen: tuple[Checkpoint, ...] = ()
    world: str = "usual"

    def published(self) -> Published:
        known = world(self.world)
        return (
            known if self.files is None else replace(known, log=LogCopy(self.files.get, self.seen))
        )

    def answer(self) -> Verdict:
        return verify(self.given, self.published(), NOW, beside=self.beside)

    def expected(self) -> Json:
        return {"verdict": self.verdict, "log": self.log} if self.log else {"verdict": self.verdict}

    @property
    def log(self) -> Json | None:
        return (
            None
            if self.says != FOUND
            else {"origin": ORIGIN, "index": INDEX, "size": _size(self.files)}
        )


FOUND = f" Tercatat dalam buku terbuka, nomor {INDEX}."


def _size(files: Files | None) -> int:
    return (
        SIZE
        if files is None
        else int(
            files["1/checkpoint" if b"/log/2\n" in files["checkpoint"] else "checkpoint"].split(
                b"\n"
            )[1]
        )
    )


@cache
def issuance() -> Issuance:
    return replace(an_issuance(), log=ENTERED)


def address(
    position: int = POSITION, key: SigningKey = KEY, shared: Issuance | None = None, **changes: Any
) -> bytes:
    """The text of a code whose issuance says where it was entered."""
    return token_address(
        SITE, sign_token(a_record(**changes), shared or issuance(), position, key, SIGNED)
    ).encode()


@cache
def inclusion() -> Inclusion:
    found = token_inclusion(read_token(address().decode()), issuance())
    assert found is not None
    return found


@cache
def world(name: str) -> Published:
    """What the office published."""
    shared = [issuance().to_json(), an_issuance().to_json()]
    ended = [corrections(a_correction())] if name == "revoked" else []
    office = (
        replace(OFFICE_WITH_LOG, log_keys=()) if name == "without-log-keys" else OFFICE_WITH_LOG
    )
    return published([office], status_lists() if name != "no-lists" else [], shared, ended)


# ---- the log -------------------------------------------------------------------------------------


@cache
def entries() -> tuple[bytes, ...]:
    """Those of others are made up; the leaf of ours is worked out as a reader does."""
    return tuple(hashlib.sha256(f"entry {at}".encode()).digest() for at in range(70_000))


@cache
def leaves_of_others() -> tuple[bytes, ...]:
    return tuple(leaf_hash(each) for each in entries())


@cache
def leaves(size: int) -> tuple[bytes, ...]:
    found = [*leaves_of_others()[:size]]
    ours = inclusion()
    assert ours.place is not None
    if size > INDEX:
        found[INDEX] = leaf_of(ours.place, ours.blind, a_record())
    return tuple(found)


@cache
def root_at(size: int) -> bytes:
    return root_of(leaves(size))


@cache
def path_of_ours(size: int) -> tuple[bytes, ...]:
    return inclusion_proof(INDEX, size, between(leaves(size)))


def note(
    size: int = SIZE, origin: str = ORIGIN, key: SigningKey = LOG_KEY, root: bytes | None = None
) -> bytes:
    return write_checkpoint(Checkpoint(origin, size, root or root_at(size)), [key]).encode()


@cache
def log(size: int = SIZE, without_ours: bool = False) -> dict[str, bytes]:
    """The published files. Bundles of entries are left out: no reader of a certificate needs them."""
    hashes = leaves_of_others()[:size] if without_ours else leaves(size)
    return {"checkpoint": note(size, root=root_of(hashes)), **_tiles(hashes)}


def _tiles(hashes: Any) -> dict[str, bytes]:
    """Tiles over hashes of leaves: the level that `tile_files` makes of entries is put in their
    place.
    """
    level, found = [*hashes], dict[str, bytes]()
    for depth in range(3):
        for number in range(-(-len(level) // 256)):
            some = level[number * 256 : (number + 1) * 256]
            part = "" if len(some) == 256 else f".p/{len(some)}"
            found[f"tile/{depth}/{number:03}{part}"] = b"".join(some)
        level = [root_of(level[at * 256 : (at + 1) * 256]) for at in range(len(level) // 256)]
    return found


assert {path for path, _ in tile_files(entries()[:SIZE]) if "entries" not in path} == {
    *_tiles(entries()[:SIZE])
}


def proof(
    size: int = SIZE, key: SigningKey = LOG_KEY, checkpoint: bytes | None = None, **changes: Any
) -> bytes:
    ours = inclusion()
    assert ours.place is not None
    path = path_of_ours(size)
    made = write_proof(ours.place, ours.blind, path, (checkpoint or note(size, key=key)).decode())
    return canonical(read_document(made) | changes) if changes else made


def with_file(path: str, content: bytes | None, size: int = SIZE) -> dict[str, bytes]:
    """The log with one file changed, or without it."""
    changed = {**log(size), path: content or b""}
    return (
        changed
        if content is not None
        else {name: each for name, each in changed.items() if name != path}
    )


# ---- the table -----------------------------------------------------------------------------------


def forms() -> Iterator[tuple[str, bytes, bytes | None]]:
    """Everything that may carry where it was entered: a code, a PDF with its proof inside, a
    credential with its proof beside.
    """
    badge = as_bytes(a_badge())
    yield "token", address(), None
    yield "pdf", a_pdf({PROOF_NAME: proof(), "credential.json": badge}), None
    yield "json", badge, proof()


@cache
def entered_cases() -> tuple[Case, ...]:
    return (*_genuine(), *_heads(), *_broken_tiles(), *_proofs(), *_others())


def _genuine() -> Iterator[Case]:
    for form, given, beside in forms():
        for size in (INDEX + 1, 511, 512, 513, SIZE, 65_535, 65_536, 65_537):
            yield Case(f"genuine/{size}/{form}", given, "valid", FOUND, log(size), beside)
        ended = {
            **{f"1/{path}": each for path, each in log().items()},
            "checkpoint": note(3, "dinsos.depok.go.id/log/2"),
        }
        yield Case(f"genuine/in-a-log-that-ended/{form}", given, "valid", FOUND, ended, beside)
        yield Case(
            f"genuine/longer-than-seen/{form}",
            given,
            "valid",
            FOUND,
            log(),
            beside,
            (seen(EARLIER_SIZE), seen(9_999, 3)),
        )
        yield Case(
            f"genuine/as-long-as-seen/{form}", given, "valid", FOUND, log(), beside, (seen(SIZE),)
        )
        yield Case(
            f"genuine/no-lists/{form}", given, "stale", FOUND, log(), beside, world="no-lists"
        )
        yield Case(
            f"genuine/revoked/{form}", given, "revoked", "dicabut", log(), beside, world="revoked"
        )
        yield Case(
            f"genuine/no-log-keys/{form}",
            given,
            "valid",
            ASIDE,
            log(),
            beside,
            world="without-log-keys",
        )
    yield Case("genuine/no-log/token", address(), "valid", ASIDE)
    for form, given, beside in list(forms())[1:]:
        yield Case(f"genuine/no-log/{form}", given, "valid", FOUND, None, beside)


def seen(size: int, epoch: int = 1, root: bytes | None = None) -> Checkpoint:
    return Checkpoint(f"dinsos.depok.go.id/log/{epoch}", size, root or root_at(min(size, SIZE)))


def _heads() -> Iterator[Case]:
    whole = note()
    heads = {
        "truncated": whole[:-20],
        "empty": b"",
        "another-size": whole.replace(b"\n700\n", b"\n701\n"),
        "by-another-key": note(key=OTHER_LOG_KEY),
        "of-another-office": note(origin=FOREIGN_ORIGIN, key=OTHER_LOG_KEY),
        "of-another-name": note(origin=FOREIGN_ORIGIN),
        "of-another-epoch": note(origin="dinsos.depok.go.id/log/2"),
        "rubbish": bytes(range(256)),
        "html": b"<!doctype html><title>404</title>",
        "two-lines": whole + whole,
    }
    for form, given, beside in forms():
        for name, head in heads.items():
            says = (
                "tidak ada di sini"
                if name in ("of-another-epoch", "of-another-name")
                else "puncak buku terbuka"
            )
            yield Case(
                f"head/{name}/{form}",
                given,
                "unlogged",
                says,
                with_file("checkpoint", head),
                beside,
            )
        ended = {
            **{f"1/{path}": each for path, each in log().items()},
            "checkpoint": note(3, "dinsos.depok.go.id/log/2"),
        }
        of_another = ended | {"1/checkpoint": note(origin="dinsos.depok.go.id/log/3")}
        yield Case(
            f"head/of-an-ended-log-in-the-place-of-another/{form}",
            given,
            "unlogged",
            "puncak buku terbuka",
            of_another,
            beside,
        )
        yield Case(
            f"head/none/{form}",
            given,
            "unlogged",
            "tidak ada di sini",
            with_file("checkpoint", None),
            beside,
        )
        signed_by_another_too = write_checkpoint(
            Checkpoint(ORIGIN, SIZE, root_at(SIZE)), [LOG_KEY, OTHER_LOG_KEY]
        ).encode()
        yield Case(
            f"head/signed-by-another-too/{form}",
            given,
            "valid",
            FOUND,
            with_file("checkpoint", signed_by_another_too),
            beside,
        )
        yield Case(
            f"head/older-than-seen/{form}",
            given,
            "unlogged",
            "lebih pendek",
            log(EARLIER_SIZE),
            beside,
            (seen(SIZE),),
        )
        yield Case(
            f"head/rewritten/{form}",
            given,
            "unlogged",
            "ditulis ulang",
            log(),
            beside,
            (seen(SIZE, root=bytes(32)),),
        )
        lacks = f"baru memuat {TOO_SHORT} catatan, dan nomor {INDEX} belum ada"
        yield Case(f"head/too-short/{form}", given, "unlogged", lacks, log(TOO_SHORT), beside)
        yield Case(
            f"head/just-too-short/{form}",
            given,
            "unlogged",
            "belum ada di sana",
            log(INDEX),
            beside,
        )


def _broken_tiles() -> Iterator[Case]:
    own, last, above = "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"
    for form, given, beside in forms():
        for path in (own, last, above):
            content = log()[path]
            name, says = path.replace("/", "-"), "terpotong atau berubah"
            yield Case(
                f"tile/{name}-truncated/{form}",
                given,
                "unlogged",
                says,
                with_file(path, content[:-1]),
                beside,
            )
            yield Case(
                f"tile/{name}-gone/{form}", given, "unlogged", says, with_file(path, None), beside
            )
            yield Case(
                f"tile/{name}-longer/{form}",
                given,
                "unlogged",
                says,
                with_file(path, content + bytes(32)),
                beside,
            )
            turned = bytes([content[40] ^ 1])
            yield Case(
                f"tile/{name}-changed/{form}",
                given,
                "unlogged",
                says,
                with_file(path, content[:40] + turned + content[41:]),
                beside,
            )
        put_in = leaves(SIZE)[INDEX]
        forged = log(without_ours=True)[own]
        at = (INDEX - 256) * 32
        grafted = forged[:at] + put_in + forged[at + 32 :]
        yield Case(
            f"tile/leaf-put-into-a-log-without-it/{form}",
            given,
            "unlogged",
            "terpotong atau berubah",
            {**log(without_ours=True), own: grafted},
            beside,
        )
        yield Case(
            f"tile/log-without-it/{form}",
            given,
            "unlogged",
            f"nomor {INDEX} berisi catatan lain",
            log(without_ours=True),
            beside,
        )


def _proofs() -> Iterator[Case]:
    """Proofs beside a credential that do not fit it, with a genuine log at hand and without one."""
    whole = read_document(proof())
    ours = inclusion()
    broken = {
        "empty": b"",
        "no-json": b"halo",
        "only-its-format": b'{"format":"psm-inclusion/1"}',
        "another-format": proof(format="psm-inclusion/2"),
        "something-added": proof(added=1),
        "truncated": proof()[:-40],
        "another-index": proof(index=INDEX + 1),
        "another-event": proof(event=1),
        "another-moment": proof(at="2025-06-02T03:00:01"),
        "another-office": proof(office="3201"),
        "another-log": proof(origin="dinsos.depok.go.id/log/2"),
        "foreign-log": proof(origin=FOREIGN_ORIGIN),
        "no-log": proof(origin="../../log/1/x"),
        "negative-index": proof(index=-1),
        "index-beyond": proof(index=10**12),
        "another-blind": proof(blind="00" * 32),
        "blind-in-capitals": proof(blind=whole["blind"].upper()),
        "short-blind": proof(blind=whole["blind"][:-2]),
        "short-path": proof(path=whole["path"][:-1]),
        "long-path": proof(path=[*whole["path"], whole["path"][0]]),
        "path-turned": proof(path=whole["path"][::-1]),
        "no-path": proof(path=[]),
        "path-of-numbers": proof(path=[1, 2]),
        "path-of-short-hashes": proof(path=[base64.b64encode(b"x").decode()]),
        "checkpoint-by-another-key": proof(key=OTHER_LOG_KEY),
        "checkpoint-of-another-log": proof(checkpoint=note(origin="dinsos.depok.go.id/log/2")),
        "checkpoint-of-another-size": proof(checkpoint=note(EARLIER_SIZE)),
        "checkpoint-truncated": proof(checkpoint=note()[:-9]),
        "no-checkpoint": proof()
        if ours.place is None
        else write_proof(ours.place, ours.blind, (), "\n"),
    }
    badge = as_bytes(a_badge())
    for name, file in broken.items():
        for copy, files in (("log", log()), ("no-log", None)):
            yield Case(
                f"proof/{name}/{copy}/json",
                badge,
                "unlogged",
                "bukti catatannya rusak",
                files,
                file,
            )
        yield Case(
            f"proof/{name}/log/pdf",
            a_pdf({PROOF_NAME: file, "credential.json": badge}),
            "unlogged",
            "bukti catatannya",
            log(),
        )
    for name, changes in (
        ("of-another-name", {"name": "Orang Lain"}),
        ("of-another-number", {"number": "800.2/0099/PSM-DASAR/VI/2025"}),
    ):
        other = as_bytes(a_badge(a_record(**changes)))
        yield Case(
            f"proof/{name}/log/json", other, "unlogged", "bukti catatannya rusak", log(), proof()
        )
        yield Case(
            f"proof/{name}/no-log/pdf",
            a_pdf({PROOF_NAME: proof(), "credential.json": other}),
            "unlogged",
            "bukti catatannya",
        )
    yield Case("proof/revoked/json", badge, "revoked", "dicabut", log(), b"", world="revoked")
    yield Case("proof/alone/json", proof(), "unreadable", "Ini bukti catatan, bukan sertifikatnya")
    indented = as_bytes(read_document(proof())).replace(b'", "', b'",\n "')
    yield Case("proof/laid-out-otherwise/json", badge, "valid", FOUND, log(), indented)


def _others() -> Iterator[Case]:
    """Codes that nobody entered, and what was signed before anything was."""
    yield Case(
        "code/of-another-name",
        address(name="Orang Lain"),
        "unlogged",
        f"nomor {INDEX} berisi catatan lain",
        log(),
    )
    yield Case(
        "code/of-another-score", address(score="99"), "unlogged", "berisi catatan lain", log()
    )
    yield Case(
        "code/of-another-place",
        address(POSITION + 9),
        "unlogged",
        "nomor 301 berisi catatan lain",
        log(),
    )
    yield Case(
        "code/of-a-place-not-entered",
        address(POSITION + 1),
        "unlogged",
        "bukti catatannya rusak",
        log(),
    )
    before = an_issuance()
    yield Case("earlier/token", address(shared=before), "valid", ASIDE, log())
    badge = as_bytes(a_badge())
    yield Case("earlier/json", badge, "valid", ASIDE, log())
    yield Case("earlier/pdf", a_pdf({"credential.json": badge}), "valid", ASIDE, log())
    yield Case("earlier/png", baked(a_badge()), "valid", ASIDE, log())


def as_json() -> Json:
    """The table for the page: each case with the library's whole answer; copies of the log by name,
    each file once.
    """
    cases, logs = entered_cases(), dict[str, dict[str, str]]()
    told = [_case_json(case, logs) for case in cases]
    worlds = {
        name: world_json(name) for name in ("usual", "revoked", "no-lists", "without-log-keys")
    }
    return {"worlds": worlds, "logs": logs, "cases": told}


def _case_json(case: Case, logs: dict[str, dict[str, str]]) -> Json:
    files = (
        None
        if case.files is None
        else {path: base64.b64encode(each).decode() for path, each in sorted(case.files.items())}
    )
    name = None if files is None else hashlib.sha256(repr(files).encode()).hexdigest()[:12]
    if name is not None and files is not None:
        logs[name] = files
    return {
        "id": case.id,
        "given": base64.b64encode(case.given).decode(),
        "beside": None if case.beside is None else base64.b64encode(case.beside).decode(),
        "log": name,
        "seen": [
            {"origin": each.origin, "size": each.size, "root": each.root.hex()}
            for each in case.seen
        ],
        "world": case.world,
        "now": written(NOW),
        "expected": case.answer().to_json(),
    }


def world_json(name: str) -> Json:
    """The same as documents."""
    office = (
        replace(OFFICE_WITH_LOG, log_keys=()) if name == "without-log-keys" else OFFICE_WITH_LOG
    )
    return {
        "keys": [office.to_json()],
        "status_lists": status_lists() if name != "no-lists" else [],
        "issuances": [issuance().to_json(), an_issuance().to_json()],
        "corrections": [corrections(a_correction())] if name == "revoked" else [],
        "digests": [],
    }
