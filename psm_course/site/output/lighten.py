"""Pages and pictures as they go over the air: the same document, without idle space, quotes and end tags that a browser does not need."""

import minify

# Signed documents stand in pages: their numbers are left as they were written.
_SETTINGS = {"json-keep-numbers": True, "html-keep-default-attr-vals": True}
_KINDS = {".html": "text/html", ".svg": "image/svg+xml"}


def lightened(path: str, content: bytes) -> bytes:
    """The content of a file, smaller where we know how; any other file is left alone."""
    kind = next((kind for ending, kind in _KINDS.items() if path.endswith(ending)), None)
    if kind is None:
        return content
    minify.config(_SETTINGS)
    return str(minify.string(kind, content.decode())).encode()
