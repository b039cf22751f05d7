"""`/ponsel`: what a phone in the hall can do at this address, and what browsers keep for https."""

from starlette.responses import Response

from psm_course.web.visit import Visit


def phone_page(visit: Visit) -> Response:
    return visit.page(
        "office/phone/page.html",
        is_secure=visit.request.url.scheme == "https",
        host=visit.request.url.hostname,
        published=visit.office.settings.site_address,
        help_first=visit.first_numbers,
    )
