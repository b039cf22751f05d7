"""`/jawaban`: the submissions, why some are held, and a form for files and texts from phones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.responses import Response

from psm_course.box.box import open_box
from psm_course.domain.register import HandIn
from psm_course.grading.submission import read_submission
from psm_course.interchange.answer_files import answers_in
from psm_course.registrar.answers import submitting
from psm_course.registrar.answers.deciding import list_held
from psm_course.registrar.answers.hand_in import Refusal, receipt_of
from psm_course.registrar.answers.holding import sentence_of
from psm_course.registrar.answers.quarantining import count_quarantined
from psm_course.registrar.people.history import find_hand_ins, list_hand_ins
from psm_course.web.paging import SIZE, Paging
from psm_course.web.request_context import RequestContext, redirect

_ONLY = {"ditahan": "held", "dihitung": "counted"}
_MOST_TOLD = 30  # receipts in the address after a hand-in
_MOST_FAULTS = 50


@dataclass(slots=True)
class _Received:
    """Result of one upload.

    Attributes:
        kept: one text for each submission that is in the register now: receipt code, a dot, and id.
        faults: sentences about submissions that are not in the register.
        passed: the number of lines of the text that contain no submission and were ignored.
    """

    kept: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    passed: int = 0


def submissions(
    context: RequestContext,
    status: int = 200,
    trouble: str = "",
    told: Sequence[str] = (),
    pasted: str = "",
    only: str = "",
) -> Response:
    """`GET /jawaban`: the list of submissions; at the top those just received (`?baru=…`).

    Args:
        trouble: the error to show above the list; empty: none.
        told: one text for each submission just received: receipt code, a dot, and id. Empty: the
            texts come from the parameters `baru` of the address.
        pasted: the text that the form's text field contains when the page opens.
        only: `ditahan` to list only held submissions, `dihitung` to list only submissions with an
            attempt. Empty: the parameter `hanya` of the address decides.
    """
    told = told or context.request.query_params.getlist("baru")[:_MOST_TOLD]
    store, paging = context.office.store, Paging.asked_for(context)
    only = only or context.asked("hanya")
    found = list_hand_ins(store, context.account, _ONLY.get(only, ""), paging.offset, SIZE + 1)
    return context.render(
        "answers/submissions/page.html",
        status,
        found=found[:SIZE],
        paging=paging.of(found),
        only=only,
        fresh=_fresh(context, told),
        count=context.asked_number("jumlah") or len(told),
        passed=context.asked_number("lewat"),
        receipt=receipt_of,
        now=context.office.now(),
        causes=_causes(context) if only == "ditahan" else [],
        typed={name: context.typed(name) for name in ("putusan", "sebab", "alasan")},
        quarantined=count_quarantined(store) if context.account.role == "petugas" else 0,
        titles=context.quiz_titles,
        trouble=trouble,
        pasted=pasted,
    )


def receive_answers(context: RequestContext) -> Response:
    """`POST /jawaban`: receive submissions from a file or a pasted text.

    A submission that is in the register already is not recorded twice. So if some submissions were
    not received, people may send all of them again.
    """
    text, received = context.typed_exactly("teks"), _Received()
    with open_box():
        for name, content in _sent(context, text):
            _receive_file(context, name, content, received)
    if not received.kept and not received.faults:
        received.faults.append(
            "Belum ada jawaban di kiriman ini. Pilih berkasnya, atau tempel teksnya."
        )
    if received.faults:
        return submissions(
            context,
            422,
            "\n".join(received.faults[:_MOST_FAULTS]),
            received.kept[:_MOST_TOLD],
            text,
        )
    told = [
        *(("baru", each) for each in received.kept[:_MOST_TOLD] if len(each) < 100),
        ("jumlah", str(len(received.kept))),
        ("lewat", str(received.passed)),
    ]
    return redirect(f"/jawaban?{urlencode(told)}")


def _sent(context: RequestContext, text: str) -> Iterator[tuple[str, bytes]]:
    upload = context.upload("berkas")
    if upload:
        yield upload.filename or "berkas", upload.file.read()
    if text.strip():
        yield "teks", text.encode("utf-8", "replace")


def _receive_file(context: RequestContext, name: str, content: bytes, received: _Received) -> None:
    for answers in answers_in(name, content):
        received.faults += answers.troubles
        received.passed += answers.other_lines
        became = submitting.receive_submissions(
            context.office.desk,
            [document for _, document in answers.documents],
            context.actor,
            context.office.now(),
        )
        for (where, document), each in zip(answers.documents, became, strict=True):
            if isinstance(each, Refusal):
                received.faults.append(
                    f"{where}: {each.reason}; tidak disimpan. Minta dikirim ulang."
                )
            elif each.standing == "quarantined":
                received.faults.append(
                    f"{where}: belum diterima, {each.reason}. Bila Anda tahu pengirimnya, buka"
                    " Karantina."
                )
            else:
                received.kept.append(f"{each.code}.{read_submission(document).id}")


def _causes(context: RequestContext) -> list[tuple[str, str]]:
    """Return the reasons for which submissions are held now, the most frequent reason first.

    Each is a pair: the code of the reason, and an Indonesian text with the number of submissions.
    """
    counts = Counter(
        each.held or "" for each in list_held(context.office.store, context.account.scope)
    )
    return [
        (held, f"semua {count} yang {sentence_of(held)}") for held, count in counts.most_common()
    ]


def _fresh(context: RequestContext, told: Sequence[str]) -> tuple[HandIn, ...]:
    """Return those of the submissions just received that this account may see.

    `told` has one text for each submission just received: receipt code, a dot, and id. If another
    submission already had the same id, the register added `#` and the receipt code to the new
    submission's id.
    """
    named = {code: id_ for code, _, id_ in (each.partition(".") for each in told)}
    ids = [name for code, id_ in named.items() for name in (id_, f"{id_}#{code}")]
    found = find_hand_ins(context.office.store, context.account, ids) if ids else ()
    return tuple(each for each in found if receipt_of(each) in named)
