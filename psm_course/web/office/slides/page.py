"""`/tayangan`: the slides of each module, made when they are opened, from the lessons as they were last run on this computer."""

from starlette.responses import HTMLResponse, Response

from psm_course.content.course import find_modules, read_course
from psm_course.errors import ContentFaulty, Refused
from psm_course.slides.making import COMMAND, kept_deck, policy
from psm_course.web.visit import Visit

_FRAMED = "; frame-ancestors 'none'"  # what a page can only ask for in its headers


def slides_page(visit: Visit) -> Response:
    modules = find_modules(visit.office.settings.root)
    return visit.page("office/slides/page.html", modules=modules, command=COMMAND)


def show(visit: Visit) -> Response:
    """The slides of one module. Refused where there is none of that name, or a lesson was not run since it changed."""
    settings = visit.office.settings
    course, _ = read_course(settings.root)
    modules = {module.folder: module for module in course.modules} if course else {}
    module = modules.get(visit.asked("nama"))
    if course is None or module is None:
        raise Refused("Modul ini tidak ada di komputer ini. Pilih dari daftar di halaman Tampilkan.")
    try:
        deck = kept_deck(course, module, settings.data / "build" / "_build" / "executed")
    except ContentFaulty as faulty:
        raise Refused(str(faulty)) from None
    return HTMLResponse(deck, headers={"Content-Security-Policy": policy() + _FRAMED})
