"""`/peserta/<number>`: everything the register has about one person."""

from starlette.responses import Response

from psm_course.domain.register import OUTCOMES
from psm_course.registrar.answers.hand_in import receipt_of
from psm_course.registrar.people.history import history_of
from psm_course.registrar.people.leaving import left_sentence
from psm_course.web.attendance.session_list.page import PRESENCES
from psm_course.web.request_context import RequestContext

SOURCES = {"sheet": "lembar hadir", "scan": "kartu", "desk": "meja", None: "register lama"}
VERDICTS: dict[str, str] = {
    "met": "dianggap terpenuhi",
    "unmet": "dianggap belum",
    "withdrawn": "keputusan ditarik",
    **{kind: f"terbit: {said}" for kind, said in OUTCOMES.items()},
    "superseded": "diganti",
    "revoked": "dicabut",
    "printed": "dicetak",
    "reprinted": "dicetak ulang",
    "resigned": "ditandatangani ulang",
    "certified": "ditandatangani elektronik",
}


def person(context: RequestContext, status: int = 200, trouble: str = "") -> Response:
    """`GET /peserta/<number>`: the person's history and the forms for decisions about the person.

    Functions in other modules answer these forms. If such a function raises `Refused`, this page is
    shown again with the error's message (`trouble`) and with what was typed.
    """
    office, now = context.office, context.office.now()
    history = history_of(office.store, office.course, context.path("number"), now)
    adoption = history.adoption
    quizzes = (adoption.course if adoption else office.course).quizzes
    # Observations and overrides need rules that no longer change: those that a cohort adopted.
    rubric = adoption.rules.rubric if adoption else ()
    criteria = [(each.id, each.title) for each in rubric]
    choices = [(each.id, each.title) for each in history.standing.completion.requirements]
    return context.render(
        "people/person/page.html",
        status,
        history=history,
        standing=history.standing,
        cohort=history.cohort,
        others=[each for each in history.others if context.account.sees(each.enrolment.cohort)],
        left=left_sentence(history.standing.enrolment),
        left_of=left_sentence,
        may_see=lambda number: context.account.sees(number.rpartition("-")[0]),
        sessions={
            session.id: session.title
            for session in (adoption.rules if adoption else office.course.file).sessions
        },
        titles=context.quiz_titles,
        now=now,
        about=dict([*criteria, *choices]),
        presences=dict(PRESENCES),
        sources=SOURCES,
        verdicts=VERDICTS,
        receipt=receipt_of,
        rubric=rubric,
        criteria=criteria,
        choices=choices,
        typed={
            name: context.typed(name)
            for name in (
                "syarat",
                "putusan",
                "alasan",
                "kriteria",
                "tingkat",
                "alasan_kartu",
                "situs",
            )
        },
        sittable=[
            (quiz.id, quiz.header.title)
            for quiz in quizzes.values()
            if quiz.header.use in {"pretest", "posttest"}
        ],
        site=office.settings.site_address,
        trouble=trouble,
    )
