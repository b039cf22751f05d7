"""Makes the files that tell a web host how to send the site.

The files hold the HTTP headers and the site's own host name, and make the host publish every
folder. `psm serve` sends the same headers without these files.
"""

from urllib.parse import urlsplit

# The course's own pages run the course's own scripts,
# and keep themselves for reading without a signal.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action"
    " 'self'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'; manifest-src 'self';"
    " worker-src 'self'"
)
# Browsers ask again whether it is still the newest,
# above all for `sw.js`; most answers are "as before".
CACHE = "no-cache"
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": CACHE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_HEADERS, _NAME, _ALL = "_headers", "CNAME", ".nojekyll"
FOR_SERVERS = frozenset({_HEADERS, _NAME, _ALL})  # no reader asks for these


def files_for_servers(address: str) -> dict[str, bytes]:
    """Return the files for Netlify, Cloudflare Pages and GitHub Pages: their contents by path.

    Args:
        address: the address at which the site is published; empty if that is not known yet.
    """
    lines = (f"  {name}: {value}\n" for name, value in HEADERS.items())
    # The empty file: without it GitHub leaves out folders like `_static`.
    files = {_HEADERS: f"/*\n{''.join(lines)}".encode(), _ALL: b""}
    name = _own_name(address)
    return files | ({_NAME: f"{name}\n".encode()} if name else {})


def _own_name(address: str) -> str:
    """Return the host name in an address, if GitHub Pages needs it in a file (`CNAME`).

    The result is empty for GitHub's own names (`….github.io`), because they need no such file. It
    is also empty for an address with a number instead of a name, with a port, or with a path.
    """
    parts = urlsplit(address)
    name = parts.hostname or ""
    is_a_name = "." in name and not name.replace(".", "").isdigit() and ":" not in name
    is_ours = parts.port is None and not parts.path.strip("/") and not name.endswith(".github.io")
    return name if is_a_name and is_ours else ""
