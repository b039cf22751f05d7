"""A folder served as a plain static host does: gzip for text, nothing kept; requests are noted."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

_COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".webmanifest"}


class Asked(NamedTuple):
    """One answered request."""

    path: str
    size: int


class Host(ThreadingHTTPServer):
    """The server with the list of what it answered."""

    daemon_threads = True
    folder: Path
    asked: list[Asked]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        content = path.read_bytes() if found else b"tidak ada"
        self.send_response(200 if found else 404)
        if path.suffix in _COMPRESSED:
            content = gzip.compress(content, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{self.guess_type(path)}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.server.asked.append(Asked(self.path, len(content)))

    def log_message(self, *_: object) -> None:
        """Said by nobody: the bench prints its own table."""


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    with Host(("127.0.0.1", 0), lambda *given: _Handler(*given, directory=str(folder))) as host:
        host.asked = []
        thread = Thread(target=host.serve_forever, daemon=True)
        thread.start()
        yield host
        host.shutdown()
