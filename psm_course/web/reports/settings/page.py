"""`/pengaturan`: shows the settings of this office.

The settings can be changed only in `psm.toml` and in the course's files.
"""

from starlette.responses import Response

from psm_course import __version__
from psm_course.domain.rules import version_of
from psm_course.errors import PsmError
from psm_course.registrar.accounts.accounts import list_accounts
from psm_course.registrar.certificates.keys.keyring import find_issuer, key_name
from psm_course.web.request_context import RequestContext


def settings_page(context: RequestContext) -> Response:
    """`GET /pengaturan`: settings, course and keys; for officers also the accounts."""
    office = context.office
    return context.render(
        "reports/settings/page.html",
        settings=office.settings,
        course=office.course.file,
        region=office.course.region,
        contacts=office.course.contacts,
        rules_version=version_of(office.course.file),
        keys=_keys(context),
        accounts=list_accounts(office.store) if context.account.role == "petugas" else (),
        version=__version__,
    )


def _keys(context: RequestContext) -> dict[str, object]:
    """Return values for the template about the office's keys.

    `issuer` is the issuer that certificates name; `listed` are all its keys, newest first. If there
    is no key, or the list of keys cannot be read, the only value is `trouble`, a sentence about
    this.
    """
    try:
        issuer = find_issuer(context.office.settings)
    except PsmError as error:
        return {"trouble": f"Daftar kunci tidak terbaca: {error}"}
    if issuer is None:
        return {
            "trouble": (
                "Belum ada kunci penanda tangan, jadi sertifikat belum dapat diterbitkan. Buat"
                " dengan: psm keys new"
            )
        }
    return {
        "trouble": "",
        "issuer": issuer,
        "listed": [(key_name(key.multikey), key) for key in reversed(issuer.keys)],
    }
