"""Publishing: makes the published site from the pages and files that Sphinx wrote.

The site gets only pages and files to which a page leads, and the documents of the office.
Every site also has the icons, the service worker, the 404 page and the page "not stored".
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.errors import Refused, StoreError, cause
from psm_course.site.output.compressed import compressed_forms
from psm_course.site.output.finishing import finish, write_public
from psm_course.site.output.listed import HALF as _HALF
from psm_course.site.output.listed import MANIFEST
from psm_course.site.output.listed import WHOLE as _WHOLE
from psm_course.site.output.offline import ICONS
from psm_course.site.output.own_pages import NOT_FOUND, NOT_STORED
from psm_course.site.output.release import Release, as_release
from psm_course.site.output.tree import Tree, addresses, resolved

_NAMED_IN_CSS = re.compile(r"""url\(\s*['"]?([^'")]+)""")


def refuse_foreign(out: Path) -> None:
    """Refuse a folder that has files, but in which nothing was published before.

    Raises:
        Refused: `out` is a file, or has files although no site was published in it before.
    """
    if out.exists() and not out.is_dir():
        raise Refused(f"{out} adalah berkas. Pilih folder lain.")
    is_ours = (out / MANIFEST).is_file() or (out / _WHOLE / MANIFEST).is_file()
    if not is_ours and out.is_dir() and any(path.name != _HALF for path in out.iterdir()):
        raise Refused(
            f"{out} sudah berisi berkas lain. Pilih folder kosong, misalnya {out / 'situs'}."
        )


def publish(
    built: Path,
    out: Path,
    first: str,
    extra: Mapping[str, bytes] = MappingProxyType({}),
    root: str = "/",
    whatsapp: str = "",
    memory: Memory = NOTHING_KEPT,
) -> list[Path]:
    """Publish the site in `built` to `out`; return its files, without compressed forms.

    Files of an earlier publication that the site no longer has are deleted. Unchanged files stay
    untouched, and so does everything that is not in our list of published files.

    Args:
        built: the folder into which Sphinx wrote the site.
        out: the published folder.
        first: path of the front page in `built`.
        extra: more files by their path below the site.
        root: path of the site on its server, with slashes at both ends.
        whatsapp: the office's WhatsApp number for hand-ins, digits only; empty if the office takes
            no hand-ins by WhatsApp.
        memory: a cache of pages as small text, and of transfer sizes, from earlier publications.

    Raises:
        Refused: `out` is a file, or has files although no site was published in it before; or one
            of `extra` would replace a page or another file.
        StoreError: the site cannot be written, for example because the disk is full.
    """
    refuse_foreign(out)
    finish(out)
    pages, files = _read(built, first)
    release = as_release(Release(pages, files, first, extra, root, whatsapp, memory=memory))
    wanted = {
        Path(path): content
        for path, content in chain(release.items(), compressed_forms(release, out))
    }
    changed = {
        path: content for path, content in wanted.items() if not _is_there(out / path, content)
    }
    _lay_ready(out, changed, wanted)
    finish(out)
    return sorted(map(Path, release))


def _is_there(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _lay_ready(out: Path, changed: Mapping[Path, bytes], wanted: Iterable[Path]) -> None:
    """Write the changed files and the list of all files (`wanted`) into a waiting folder in `out`.

    When the waiting folder is complete, it gets its final name. The published files do not change
    yet.

    Raises:
        StoreError: the files cannot be written, for example because the disk is full.
    """
    half = out / _HALF
    listed = "".join(f"{path.as_posix()}\n" for path in sorted(wanted)).encode()
    try:
        for left in (half, out / _WHOLE):
            shutil.rmtree(left, ignore_errors=True)
        for path, content in {**changed, Path(MANIFEST): listed}.items():
            write_public(out, _HALF / path, content)
        half.rename(out / _WHOLE)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        raise StoreError(
            f"Situs di {out} tidak dapat ditulis: {cause(error)}. Situs yang lama tetap utuh."
        ) from None


def _read(built: Path, first: str) -> tuple[dict[str, Tree], dict[str, bytes]]:
    """Read every page and file that can be reached from the front page; return both by path.

    The first result has the pages, the second the files. Pages and files that can be reached from
    the page "not stored", from the 404 page and from the icons are read too. Old pages in the
    folder `built` are not read, because no page leads to them.
    """
    waiting = [first, f"{NOT_STORED}.html", *ICONS]
    # A site built by an older version has none.
    waiting += [page for page in (f"{NOT_FOUND}.html",) if (built / page).is_file()]
    found = set(waiting)
    pages: dict[str, Tree] = {}
    files: dict[str, bytes] = {}
    while waiting:
        path = waiting.pop()
        content = (built / path).read_bytes()
        if PurePosixPath(path).suffix == ".html":
            pages[path] = Tree(content.decode())
            named = [address.target for address in addresses(pages[path])]
        else:
            files[path] = content
            named = (
                _NAMED_IN_CSS.findall(content.decode())
                if PurePosixPath(path).suffix == ".css"
                else []
            )
        new = {
            inside
            for inside in _below(path, named)
            if inside not in found and (built / inside).is_file()
        }
        found |= new
        waiting += sorted(new)
    return pages, files


def _below(path: str, named: Iterable[str]) -> Iterator[str]:
    """Yield the paths, from the site's root, of the addresses in `named` that are inside the site.

    `path` is the file that contains these addresses.
    """
    for target in named:
        inside = resolved(path, target)
        if inside and inside.partition("/")[0] != "..":
            yield inside
