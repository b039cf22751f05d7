"""`/tayangan`: the slides of each module, made from the lessons.

The lessons are not run for this. The slides show the outputs from the last run on this computer.
"""

from starlette.responses import HTMLResponse, Response

from psm_course.content.course import EVENTS, find_modules, read_course
from psm_course.errors import ContentFaulty, Refused
from psm_course.slides.deck import EVENTS_TITLE, decks_of
from psm_course.slides.making import COMMAND, EXECUTED, kept_deck, policy
from psm_course.web.request_context import RequestContext

_FRAMED = "; frame-ancestors 'none'"  # what a page can only ask for in its headers


def slides_page(context: RequestContext) -> Response:
    """`GET /tayangan`: the list of decks (sets of slides) that can be shown."""
    root = context.office.settings.root
    events = EVENTS.name if any((root / EVENTS).glob("*.ipynb")) else ""
    return context.render(
        "office/slides/page.html",
        modules=find_modules(root),
        events=events,
        events_title=EVENTS_TITLE,
        command=COMMAND,
    )


def show(context: RequestContext) -> Response:
    """`GET /tayangan/modul?nama=…`: the slides of one deck, made at this moment.

    Raises:
        Refused: there is no deck of that name, a lesson in it was not run since the lesson's code
            changed, or the deck contains an answer key or the wording of a test.
    """
    settings = context.office.settings
    course, _ = read_course(settings.root)
    decks = {deck.name: deck for deck in decks_of(course)} if course else {}
    deck = decks.get(context.asked("nama"))
    if course is None or deck is None:
        raise Refused(
            "Modul ini tidak ada di komputer ini. Pilih dari daftar di halaman Tampilkan."
        )
    try:
        html = kept_deck(course, deck, settings.data / EXECUTED)
    except ContentFaulty as faulty:
        raise Refused(str(faulty)) from None
    return HTMLResponse(html, headers={"Content-Security-Policy": policy() + _FRAMED})
