"""`/ponsel`: tells what a phone can do at this address, and what browsers allow only over HTTPS."""

from starlette.responses import Response

from psm_course.web.request_context import RequestContext


def phone_page(context: RequestContext) -> Response:
    """`GET /ponsel`: the page that the QR code on the wall opens.

    Over plain HTTP the page lists what phones cannot do here.
    """
    return context.render(
        "office/phone/page.html",
        is_secure=context.request.url.scheme == "https",
        host=context.request.url.hostname,
        published=context.office.settings.site_address,
        help_first=context.first_numbers,
    )
