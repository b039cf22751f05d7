"""`/jawaban`: what was handed in, what is held and why, and a box for files and texts from phones."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urlencode

from starlette.responses import Response

from psm_course.grading.documents import documents
from psm_course.grading.submission import NotASubmission, read_submission
from psm_course.registrar.history import find_hand_ins, list_hand_ins, receipt_of
from psm_course.web.paging import Paging
from psm_course.web.visit import Visit, go

_ONLY = {"ditahan": "held", "dihitung": "counted"}
_MOST_TOLD = 30  # receipts in the address after a hand-in


@dataclass(frozen=True)
class _TakenIn:
    """What became of one upload: the ids of what is in the register now, and a sentence for each that is not."""

    ids: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def submissions(visit: Visit) -> Response:
    return _submissions(visit, visit.request.query_params.getlist("baru")[:_MOST_TOLD])


def take_in(visit: Visit) -> Response:
    """Handing in the same document again counts once, so whatever went wrong may simply be sent once more."""
    upload = visit.upload("berkas")
    pasted = visit.form.get("teks")
    taken = _TakenIn()
    if upload:
        _take_in(visit, upload.file, taken)
    if isinstance(pasted, str) and pasted.strip():
        _take_in(visit, io.BytesIO(pasted.encode("utf-8", "replace")), taken)
    if not taken.ids and not taken.faults:
        taken.faults.append("Belum ada jawaban. Pilih berkasnya, atau tempel teksnya.")
    if taken.faults:
        return _submissions(visit, taken.ids[:_MOST_TOLD], 422, "\n".join(taken.faults[:50]), str(pasted or ""))
    told = [("baru", each) for each in taken.ids[:_MOST_TOLD] if len(each) < 100]
    return go(f"/jawaban?{urlencode([*told, ('jumlah', str(len(taken.ids)))])}")


def _take_in(visit: Visit, stream: BinaryIO, taken: _TakenIn) -> None:
    for line, document in documents(stream):
        try:
            submission = read_submission(document)
            visit.office.desk.submit(submission, document.decode().strip(), visit.actor, visit.office.now())
            taken.ids.append(submission.id)
        except NotASubmission as error:
            taken.faults.append(f"Baris {line}: {error}; tidak disimpan. Minta dikirim ulang.")


def _submissions(visit: Visit, fresh: list[str], status: int = 200, trouble: str = "", pasted: str = "") -> Response:
    store, paging = visit.office.store, Paging.asked_for(visit)
    only = visit.asked("hanya")
    found = list_hand_ins(store, visit.account, _ONLY.get(only, ""), paging.offset, paging.size + 1)
    told = visit.asked("jumlah")
    return visit.page(
        "jawaban.html",
        status,
        found=found[: paging.size],
        paging=paging.of(found),
        only=only,
        fresh=find_hand_ins(store, visit.account, fresh) if fresh else (),
        count=int(told) if told.isascii() and told.isdigit() and len(told) < 7 else len(fresh),
        receipt=receipt_of,
        titles={name: quiz.header.title for name, quiz in visit.office.course.quizzes.items()},
        trouble=trouble,
        pasted=pasted,
    )
