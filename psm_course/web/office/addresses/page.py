"""`/alamat`: the addresses at which phones find this machine now, with QR codes for the wall."""

import segno
from starlette.responses import Response

from psm_course.web.request_context import RequestContext


def addresses_page(context: RequestContext) -> Response:
    """`GET /alamat`: the addresses with their QR codes, or advice if there are no addresses."""
    addresses = context.office.addresses
    if addresses is None:
        return context.render("office/addresses/page.html", is_open=False)
    return context.render(
        "office/addresses/page.html",
        is_open=True,
        shown=[
            (
                link,
                segno.make(link.scanned, error="m", micro=False).svg_data_uri(
                    border=0, omitsize=True
                ),
            )
            for link in addresses.links
        ],
        about_names=addresses.about_names,
        is_overheard=addresses.names.scheme == "http",
    )
