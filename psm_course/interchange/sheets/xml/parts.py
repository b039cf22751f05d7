"""One XML part of a workbook, tag by tag and without namespaces. A document type is refused: none is written, and they can swell."""

import zipfile
from collections.abc import Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]
BROKEN = (KeyError, ValueError, expat.ExpatError)


class Part:
    """Told every tag and every text of a part, in order."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Some of the text between two tags; it may come in pieces."""


def read_part(archive: zipfile.ZipFile, path: str, part: Part, needed: bool = True) -> None:
    """Raises: one of `BROKEN` where the part is needed and not there, or is no such part; besides what `zipfile` raises."""
    if not needed and path not in archive.namelist():
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: part.start(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: part.end(_local(tag))
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(path) as stream:
        parser.ParseFile(stream)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type")
