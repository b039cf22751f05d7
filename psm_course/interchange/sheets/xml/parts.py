"""Reads one XML part of a workbook, tag by tag, without namespaces.

XML with a document type (DTD) is refused: no office program writes one, and its entities can expand
without limit.
"""

import zipfile
from collections.abc import Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]
BROKEN = (KeyError, ValueError, expat.ExpatError)


class Part:
    """Base of the classes that receive, in order, every tag and text of one XML file."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Receive the start of a tag."""

    def end(self, tag: str) -> None:
        """Receive the end of a tag."""

    def text(self, text: str) -> None:
        """Receive the text between two tags, perhaps in several pieces."""


def read_part(archive: zipfile.ZipFile, path: str, part: Part, needed: bool = True) -> None:
    """Read an XML file inside a ZIP, and report its tags and texts to `part`.

    One of the exceptions in `BROKEN` is raised if the XML file is broken, or if it is missing and
    `needed` is True. A missing file that is not needed has no tags to report. For a broken ZIP the
    errors of `zipfile` are raised.
    """
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
