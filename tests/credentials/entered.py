"""A certificate and the open log: proofs beside it, and copies of the log.
One table for library, command and page.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from psm_course.credentials.documents import Json, read_document, written
from psm_course.credentials.formats.attachment import PROOF_NAME
from psm_course.credentials.log.checkpoint import Checkpoint, write_checkpoint
from psm_course.credentials.log.inclusion import write_proof
from psm_course.credentials.verification.open_log import LogCopy
from psm_course.credentials.verification.published import Published
from psm_course.credentials.verification.verdict import Verdict
from psm_course.credentials.verification.verification import verify
from tests.credentials.log.made_up import (
    EARLIER_SIZE,
    FOREIGN_ORIGIN,
    INDEX,
    ORIGIN,
    SIZE,
    TOO_SHORT,
    Files,
    address,
    inclusion,
    leaves,
    log,
    note,
    proof,
    root_at,
    seen,
    with_file,
    world,
    world_json,
)
from tests.credentials.signed import NOW, POSITION, a_badge, a_record, an_issuance, as_bytes
from tests.credentials.tampered_pdf import a_pdf
from tests.credentials.tampered_png import baked
from tests.credentials.tampered_receipts import LOG_KEY, OTHER_LOG_KEY

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
        if self.files is None:
            return known
        return replace(known, log=LogCopy(self.files.get, self.seen))

    def answer(self) -> Verdict:
        return verify(self.given, self.published(), NOW, beside=self.beside)

    def expected(self) -> Json:
        return {"verdict": self.verdict, "log": self.log} if self.log else {"verdict": self.verdict}

    @property
    def log(self) -> Json | None:
        if self.says != FOUND:
            return None
        return {"origin": ORIGIN, "index": INDEX, "size": _size(self.files)}


FOUND = f" Tercatat dalam buku terbuka, nomor {INDEX}."


def _size(files: Files | None) -> int:
    if files is None:
        return SIZE
    has_ended = b"/log/2\n" in files["checkpoint"]
    return int(files["1/checkpoint" if has_ended else "checkpoint"].split(b"\n")[1])


# ---- the table -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """What may carry where a certificate was entered; `beside` as in a case."""

    name: str
    given: bytes
    beside: bytes | None = None

    def case(
        self,
        name: str,
        verdict: str,
        says: str,
        files: Files | None,
        seen: tuple[Checkpoint, ...] = (),
        world: str = "usual",
    ) -> Case:
        name = f"{name}/{self.name}"
        return Case(name, self.given, verdict, says, files, self.beside, seen, world)

    def unlogged(
        self, name: str, says: str, files: Files, seen: tuple[Checkpoint, ...] = ()
    ) -> Case:
        return self.case(name, "unlogged", says, files, seen)


def forms() -> Iterator[Form]:
    """A code, a PDF with its proof inside, a credential with its proof beside."""
    badge = as_bytes(a_badge())
    yield Form("token", address())
    yield Form("pdf", a_pdf({PROOF_NAME: proof(), "credential.json": badge}))
    yield Form("json", badge, proof())


@cache
def entered_cases() -> tuple[Case, ...]:
    return (*_genuine(), *_heads(), *_broken_tiles(), *_proofs(), *_others())


def _genuine() -> Iterator[Case]:
    for form in forms():
        for size in (INDEX + 1, 511, 512, 513, SIZE, 65_535, 65_536, 65_537):
            yield form.case(f"genuine/{size}", "valid", FOUND, log(size))
        ended = {
            **{f"1/{path}": each for path, each in log().items()},
            "checkpoint": note(3, "dinsos.depok.go.id/log/2"),
        }
        yield form.case("genuine/in-a-log-that-ended", "valid", FOUND, ended)
        yield form.case(
            "genuine/longer-than-seen", "valid", FOUND, log(), (seen(EARLIER_SIZE), seen(9_999, 3))
        )
        yield form.case("genuine/as-long-as-seen", "valid", FOUND, log(), (seen(SIZE),))
        yield form.case("genuine/no-lists", "stale", FOUND, log(), world="no-lists")
        yield form.case("genuine/revoked", "revoked", "dicabut", log(), world="revoked")
        yield form.case("genuine/no-log-keys", "valid", ASIDE, log(), world="without-log-keys")
    yield Case("genuine/no-log/token", address(), "valid", ASIDE)
    for form in list(forms())[1:]:
        yield form.case("genuine/no-log", "valid", FOUND, None)


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
    for form in forms():
        for name, head in heads.items():
            says = (
                "tidak ada di sini"
                if name in ("of-another-epoch", "of-another-name")
                else "puncak buku terbuka"
            )
            yield form.unlogged(f"head/{name}", says, with_file("checkpoint", head))
        ended = {
            **{f"1/{path}": each for path, each in log().items()},
            "checkpoint": note(3, "dinsos.depok.go.id/log/2"),
        }
        of_another = ended | {"1/checkpoint": note(origin="dinsos.depok.go.id/log/3")}
        yield form.unlogged(
            "head/of-an-ended-log-in-the-place-of-another", "puncak buku terbuka", of_another
        )
        yield form.unlogged("head/none", "tidak ada di sini", with_file("checkpoint", None))
        signed_by_another_too = write_checkpoint(
            Checkpoint(ORIGIN, SIZE, root_at(SIZE)), [LOG_KEY, OTHER_LOG_KEY]
        ).encode()
        yield form.case(
            "head/signed-by-another-too",
            "valid",
            FOUND,
            with_file("checkpoint", signed_by_another_too),
        )
        yield form.unlogged(
            "head/older-than-seen", "lebih pendek", log(EARLIER_SIZE), (seen(SIZE),)
        )
        yield form.unlogged("head/rewritten", "ditulis ulang", log(), (seen(SIZE, root=bytes(32)),))
        lacks = f"baru memuat {TOO_SHORT} catatan, dan nomor {INDEX} belum ada"
        yield form.unlogged("head/too-short", lacks, log(TOO_SHORT))
        yield form.unlogged("head/just-too-short", "belum ada di sana", log(INDEX))


def _broken_tiles() -> Iterator[Case]:
    own, last, above = "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"
    for form in forms():
        for path in (own, last, above):
            content = log()[path]
            name, says = path.replace("/", "-"), "terpotong atau berubah"
            yield form.unlogged(f"tile/{name}-truncated", says, with_file(path, content[:-1]))
            yield form.unlogged(f"tile/{name}-gone", says, with_file(path, None))
            yield form.unlogged(f"tile/{name}-longer", says, with_file(path, content + bytes(32)))
            turned = bytes([content[40] ^ 1])
            yield form.unlogged(
                f"tile/{name}-changed", says, with_file(path, content[:40] + turned + content[41:])
            )
        put_in = leaves(SIZE)[INDEX]
        forged = log(without_ours=True)[own]
        at = (INDEX - 256) * 32
        grafted = forged[:at] + put_in + forged[at + 32 :]
        yield form.unlogged(
            "tile/leaf-put-into-a-log-without-it",
            "terpotong atau berubah",
            {**log(without_ours=True), own: grafted},
        )
        yield form.unlogged(
            "tile/log-without-it", f"nomor {INDEX} berisi catatan lain", log(without_ours=True)
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
    """The table for the page: each case with the library's whole answer;
    copies of the log by name, each file once.
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
