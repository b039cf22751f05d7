"""`/ponsel`: what a phone can do at this address, and what browsers allow over HTTPS alone."""

from starlette.responses import Response

from psm_course.web.visit import Visit


def phone_page(visit: Visit) -> Response:
    """`GET /ponsel`: the page behind the code on the wall; its list depends on HTTP or HTTPS."""
    return visit.page(
        "office/phone/page.html",
        is_secure=visit.request.url.scheme == "https",
        host=visit.request.url.hostname,
        published=visit.office.settings.site_address,
        help_first=visit.first_numbers,
    )
