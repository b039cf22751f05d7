"""`/ponsel`: what a phone can do at this address, and what browsers allow over HTTPS alone."""

from starlette.responses import Response

from psm_course.web.request_context import RequestContext


def phone_page(context: RequestContext) -> Response:
    """`GET /ponsel`: the page behind the code on the wall; its list depends on HTTP or HTTPS."""
    return context.render(
        "office/phone/page.html",
        is_secure=context.request.url.scheme == "https",
        host=context.request.url.hostname,
        published=context.office.settings.site_address,
        help_first=context.first_numbers,
    )
