"""Reads notebooks: our own code reads simple ones, the library `nbformat` reads all others.

A notebook is simple if it has no outputs and only the fields that JupyterLab writes. `nbformat` is
loaded only if a notebook needs it, because loading takes a fifth of a second.
"""

import json
import re
import sys
from typing import Any

# The grammars of web addresses, colours and spans of time, which the library's own library would
# make ready where they are installed (they come with JupyterLab): 1.5 seconds of every command, for
# data that nobody here validates.
GRAMMARS = (
    "rfc3987_syntax",
    "rfc3986_validator",
    "isoduration",
    "webcolors",
    "uri_template",
    "fqdn",
)


def notebook_library() -> Any:
    """Load and return the module `nbformat`, without the packages in `GRAMMARS`.

    `nbformat` would load them too if they are installed, which takes long. Other code can still
    load them afterwards.
    """
    left_out = [name for name in GRAMMARS if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import nbformat.warnings  # noqa: PLC0415 - most commands read no notebook
    finally:
        for name in left_out:
            del sys.modules[name]
    return nbformat


_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_ABOUT_LANGUAGE = {
    "codemirror_mode",
    "file_extension",
    "mimetype",
    "name",
    "nbconvert_exporter",
    "pygments_lexer",
    "version",
}


def read_plain(text: str) -> dict[str, Any] | None:
    """Read a notebook that has no outputs and exactly the fields that JupyterLab then writes.

    The result is the same as from `nbformat`: the lines of each cell are joined. For any other text
    the result is None; the caller then uses `nbformat`, which tells if the text is a notebook.
    """
    try:
        written = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not (
        _has(written, {"cells", "metadata", "nbformat", "nbformat_minor"})
        and (written["nbformat"], written["nbformat_minor"]) == (4, 5)
        and type(written["nbformat"]) is type(written["nbformat_minor"]) is int
        and _is_plain_about(written["metadata"])
        and isinstance(written["cells"], list)
        and all(map(_is_plain_cell, written["cells"]))
        and len({cell["id"] for cell in written["cells"]}) == len(written["cells"])
    ):
        return None
    for cell in written["cells"]:
        cell["source"] = "".join(cell["source"])
    return dict(written)


def _has(part: Any, names: set[str]) -> bool:
    return isinstance(part, dict) and part.keys() == names


def _is_plain_about(part: Any) -> bool:
    if not isinstance(part, dict) or not part.keys() <= {"kernelspec", "language_info", "psm"}:
        return False
    if None in part.values():
        return False
    kernel = part.get("kernelspec")
    is_plain_kernel = kernel is None or (
        _has(kernel, {"display_name", "language", "name"}) and _are_texts(kernel.values())
    )
    return is_plain_kernel and _is_plain_language(part.get("language_info"))


def _is_plain_language(language: Any) -> bool:
    if language is None:
        return True
    if not isinstance(language, dict) or "name" not in language:
        return False
    return language.keys() <= _ABOUT_LANGUAGE and all(
        isinstance(value, str) or (name == "codemirror_mode" and isinstance(value, dict))
        for name, value in language.items()
    )


def _is_plain_cell(cell: Any) -> bool:
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    names = {"cell_type", "id", "metadata", "source"}
    if kind == "code":
        if (
            not _has(cell, names | {"execution_count", "outputs"})
            or cell["execution_count"] is not None
            or cell["outputs"] != []
        ):
            return False
    elif kind != "markdown" or not _has(cell, names):
        return False
    source = cell["source"]
    return (
        isinstance(cell["id"], str)
        and _ID.fullmatch(cell["id"]) is not None
        and _are_plain_tags(cell["metadata"])
        and (isinstance(source, str) or (isinstance(source, list) and _are_texts(source)))
    )


def _are_plain_tags(about: Any) -> bool:
    """True if the metadata of a cell are empty or have nothing but tags."""
    if not isinstance(about, dict) or not about.keys() <= {"tags"}:
        return False
    tags = about.get("tags", [])
    return (
        isinstance(tags, list)
        and _are_texts(tags)
        and len(set(tags)) == len(tags)
        and all(tag and "," not in tag for tag in tags)
    )


def _are_texts(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
