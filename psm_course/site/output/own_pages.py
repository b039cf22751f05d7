"""Pages that no author writes: "not stored on this phone", and "not found" (404)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psm_course.content.course import first_contacts
from psm_course.content.help.contacts import find_contacts
from psm_course.forms.render import render_help_strip

NOT_STORED = "belum-tersimpan"
# Web servers look for it under this name. It is shown at whatever address was asked for, so its own
# addresses begin at the site's root.
NOT_FOUND = "404"
_SEARCH = "book/cari"

_NOT_STORED_BODY = """<section>
<h1>Halaman ini belum tersimpan</h1>
<p>Ponsel Anda sedang tanpa sinyal, dan halaman yang Anda cari belum disimpan di ponsel ini.
Jawaban dan kemajuan Anda tetap aman.</p>
<p><a href="index.html" data-again>Coba buka sekali lagi</a></p>
<div data-stored></div>
</section>
"""
_NOT_FOUND_BODY = """<section>
<h1>Halaman ini tidak ada</h1>
<p>Alamatnya mungkin salah ketik, atau halamannya sudah pindah.
Jawaban dan kemajuan Anda tetap aman.</p>
<p>Yang dapat dicoba:</p>
<ul>
<li><a href="{front}.html">buka halaman depan</a>;</li>
{search}<li>pilih halamannya di menu.</li>
</ul>
</section>
{help}"""


def connect(app: Any) -> None:
    """Connect this module's handlers to Sphinx; the extension's `setup` calls this."""
    app.connect("html-collect-pages", _own_pages)


def _own_pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield NOT_STORED, {"title": "Belum tersimpan", "body": _NOT_STORED_BODY}, "page.html"
    yield NOT_FOUND, {"title": "Halaman tidak ada", "body": _not_found(app)}, "page.html"


def _not_found(app: Any) -> str:
    """Return the body of the 404 page.

    The page has the help numbers, because somebody in need may have typed a wrong address. If the
    file of the help numbers cannot be read, the numbers are left out.
    """
    contacts = find_contacts(Path(app.srcdir))
    search = (
        f'<li><a href="{_SEARCH}.html">cari katanya</a>;</li>\n'
        if _SEARCH in app.env.found_docs
        else ""
    )
    help_ = render_help_strip(contacts, first_contacts(contacts, None)) if contacts else ""
    return _NOT_FOUND_BODY.format(front=app.config.root_doc, search=search, help=help_)
