"""One release of the site: makes the files to publish from the pages and files of Sphinx.

Pages load style and scripts by addresses such as `psm.css?v=<digest>`. The service worker (`sw.js`)
keeps each file under its digest. So no page mixes files of two releases, and an update fetches only
changed files.

Each page is parsed once, goes through `STEPS` as a tree, and is written once. Only a page that
shows the size of a module or of the course is written twice, because sizes are known only after the
first writing (decision 0102).
"""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from math import ceil
from urllib.parse import quote

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.errors import Refused
from psm_course.site.bundles import WORKER
from psm_course.site.output import verification
from psm_course.site.output.compressed import transferred
from psm_course.site.output.items_file import TESTS, move_items_out
from psm_course.site.output.lighten import lightened
from psm_course.site.output.offline import (
    FRONT,
    ICONS,
    MANIFEST,
    digest,
    manifest,
    only_fetched,
    worker,
)
from psm_course.site.output.own_pages import NOT_FOUND
from psm_course.site.output.tree import (
    Tree,
    addresses,
    copied,
    elements,
    relative,
    resolved,
    written,
)

_NOT_FOUND_PAGE = f"{NOT_FOUND}.html"
_SAYS_A_SIZE = "[data-size]"
_WEIGHS = {"course": "Seluruh kursus {} kB bila disimpan di ponsel", "module": "· modul ini {} kB"}


@dataclass
class Release:
    """A release that is being made.

    Attributes:
        pages: trees by path; every step may change them.
        files: contents of all other files by path; at the end also the contents of the pages.
        first: path to which Sphinx wrote the front page.
        extra: files that the office publishes beside its pages, by path.
        root: path of the site on its server, with slashes at both ends: `/`, or `/psm/`.
        whatsapp: the office's WhatsApp number for hand-ins, digits only; empty if the office takes
            no hand-ins by WhatsApp.
        sizes: transfer size in bytes of each file that a phone keeps.
        memory: a cache of pages as small text, and of transfer sizes, from earlier releases.
    """

    pages: dict[str, Tree]
    files: dict[str, bytes]
    first: str
    extra: Mapping[str, bytes]
    root: str = "/"
    whatsapp: str = ""
    sizes: dict[str, int] = field(default_factory=dict)
    memory: Memory = NOTHING_KEPT


def as_release(release: Release) -> dict[str, bytes]:
    """Return the files to publish: their contents by path.

    Raises:
        Refused: one of `extra` would replace a page or another file.
    """
    clash = sorted(
        release.extra.keys()
        & {
            *release.pages,
            *release.files,
            FRONT,
            MANIFEST,
            WORKER,
            *verification.addresses(release.pages),
        }
    )
    if clash:
        raise Refused(
            f"Situs sudah punya berkas {', '.join(clash)}; berkas lain dengan nama itu tidak"
            " diterbitkan."
        )
    release.files.update(release.extra)
    for step in STEPS:
        step(release)
    listed = {path: (digest(release.files[path]), size) for path, size in release.sizes.items()}
    return {**release.files, WORKER: worker(listed).encode()}


def pages_moved(release: Release) -> None:
    """Copy the front page to the site's root, and the verification page to where QR codes lead.

    A redirect would cost a phone another request and answer, so the page itself is at each address.
    """
    release.pages[FRONT] = _moved(release.pages[release.first], release.first, FRONT)
    if verification.PAGE in release.pages:
        release.files.update(verification.publications_script(release.extra))
        verification.put_publications(release.pages[verification.PAGE], release.extra)
    for address in verification.addresses(release.pages):
        release.pages[address] = _moved(
            release.pages[verification.PAGE], verification.PAGE, address
        )


def items_moved_out(release: Release) -> None:
    """Move the items of tests into their own files.

    Each test page also gets the office's WhatsApp number for hand-ins. So a phone knows the number
    when it has no signal.
    """
    for path, page in release.pages.items():
        for test in page.css(TESTS) if release.whatsapp else ():
            test.attrs["data-whatsapp"] = release.whatsapp
        release.files.update(move_items_out(path, page))


def addresses_final(release: Release) -> None:
    """Add digests to the addresses of files, and make links to the front page lead to the root."""
    digests = {path: digest(content) for path, content in release.files.items()}
    for path, page in release.pages.items():
        for each in addresses(page):
            inside, separator, rest = resolved(path, each.target), *_rest(each.target)
            if inside == release.first:
                each.change(relative(path, FRONT) + separator + rest)
            elif inside in digests and not separator:
                each.change(f"{each.target}?v={digests[inside]}")
    if _NOT_FOUND_PAGE in release.pages:
        _begin_at_the_root(release.pages[_NOT_FOUND_PAGE], release.root)


def lightened_and_written(release: Release) -> None:
    """Write pages as small text, and measure each file that a phone keeps."""
    release.files.update(
        (path, _as_file(page, release.memory)) for path, page in release.pages.items()
    )
    release.files[MANIFEST] = manifest(_title(release.pages[FRONT])).encode()
    unkept = {*ICONS, _NOT_FOUND_PAGE, *only_fetched(release.extra)}
    release.sizes = {
        path: _weight(content, release.memory)
        for path, content in release.files.items()
        if path not in unkept
    }


def sizes_filled(release: Release) -> None:
    """Fill the theme's empty `data-size` elements: the size of the course or of a module.

    The few pages with such an element are written again. The sizes are measured before these
    elements are filled. So they are a few bytes too small, but they are the same on every page.
    """
    for path, page in release.pages.items():
        places = [*elements(page, _SAYS_A_SIZE)]
        for place in places:
            of = place.attributes["data-size"] or ""
            weight = sum(
                release.sizes[each]
                for each in (release.sizes if of == "course" else _module_of(path, release))
            )
            place.inner_html = _WEIGHS[of].format(ceil(weight / 1000))
        if places:
            release.files[path] = _as_file(page)


# What is done with the pages between the builder and the reader, in this order.
STEPS: tuple[Callable[[Release], None], ...] = (
    # The front page to the root, the page for checking to the addresses of the QR codes.
    pages_moved,
    items_moved_out,  # the items of tests from their page into a script beside it
    # Files by their digest, the front page by one address, those of 404.html from the site's root.
    addresses_final,
    # Without idle space, quotes and end tags; from here on pages are files too.
    lightened_and_written,
    sizes_filled,  # "Seluruh kursus … kB", which needs the weight of everything
)


def _moved(page: Tree, origin: str, to: str) -> Tree:
    """Return a copy of a page for the path `to`.

    The relative addresses in the copy lead to the same files as before. `origin` is the old path of
    the page.
    """
    moved = copied(page)
    for each in addresses(moved):
        if inside := resolved(origin, each.target):
            each.change(relative(to, inside) + "".join(_rest(each.target)))
    _say_root(moved, "../" * to.count("/"))
    return moved


def _begin_at_the_root(page: Tree, root: str) -> None:
    """Make the relative addresses on `404.html` absolute, as servers show this page at any address.

    `root` is the path of the site on its server.
    """
    for each in addresses(page):
        if inside := resolved("", each.target):
            each.change(root + quote(inside) + "".join(_rest(each.target)))
    _say_root(page, root)


def _say_root(page: Tree, root: str) -> None:
    """Write the address of the site's root into the page (`data-root`), where scripts read it."""
    for element in page.css("[data-root]"):
        element.attrs["data-root"] = root


def _rest(target: str) -> tuple[str, str]:
    """Return the end of an address, after its path: the separator (`?` or `#`) and the rest.

    Both texts are empty if the address is only a path.
    """
    at = next((at for at, letter in enumerate(target) if letter in "?#"), len(target))
    return target[at : at + 1], target[at + 1 :]


def _as_file(page: Tree, memory: Memory = NOTHING_KEPT) -> bytes:
    """Return the page as small text in UTF-8, taken from `memory` if the page did not change.

    A page that shows a size is never remembered, because its text is not final at the first
    writing.
    """
    says_a_size = next(elements(page, _SAYS_A_SIZE), None) is not None
    return (
        lightened(page).encode()
        if says_a_size
        else memory.recall("page", [written(page)], lambda: lightened(page).encode())
    )


def _weight(content: bytes, memory: Memory) -> int:
    return memory.recall("weight", [sha256(content).hexdigest()], lambda: transferred(content))


def _module_of(path: str, release: Release) -> set[str]:
    """Return the paths of a module's own files: its pages, and the pictures on them.

    `path` is the path of one page of the module. Style sheets and scripts are left out, because all
    modules share them.
    """
    folder = posixpath.dirname(path)
    own = {page for page in release.pages if posixpath.dirname(page) == folder}
    shown = {
        resolved(page, each.target)
        for page in own
        for each in addresses(release.pages[page])
        if each.name == "src"
    }
    return own | {
        file for file in shown if file in release.sizes and not file.startswith("_static/")
    }


def _title(page: Tree) -> str:
    title = page.css_first("title")
    return title.text() if title else ""
