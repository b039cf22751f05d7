"""What the tests and `make bench` need of the machine, all in one list. Nothing is installed here:
`tests.setup` does that beforehand.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

Found = TypeVar("Found")
Purpose = Literal["testing", "bench"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_SERVER_PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
_NODE = 20
# veraPDF reads its profiles with JAXB, which Java itself no longer carries.
_JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)
_PANGO = ("pango-1.0", "pangoft2-1.0")

VERIFIERS_LOCK = Path(__file__).parent / "credentials" / "verifiers" / "package-lock.json"
COMPATIBILITY_LOCK = Path(__file__).parent / "site" / "floor" / "package-lock.json"
FURO_LOCK = Path(__file__).parent / "bench" / "furo.txt"
MOTO_LOCK = Path(__file__).parent / "upload" / "moto.txt"
SCRIPTS_LOCK = Path(__file__).parents[1] / "psm_course" / "site" / "scripts" / "package-lock.json"
# 1EdTech's licence lets users fetch its schema, not us hand it on;
# this package's source carries it word for word.
SCHEMA_SOURCE = "openbadgeslib==4.6.3"
LIGHTHOUSE_VERSION = "12.8.2"


class Lacking(SystemExit):
    """The machine lacks something. The sentence says what, and how to get it."""


@dataclass(frozen=True)
class Need(Generic[Found]):
    """One thing that must be there before a test or a measurement begins.

    `find` returns where it is, or None. Without Debian packages it is a download, kept in the
    folder `kept`. `lighter` is a Debian package with a program of that name, which serves as well
    for less; where Debian's packages are not to be had, nothing lacks.
    """

    what: str
    purpose: Purpose
    find: Callable[[], Found | None]
    packages: tuple[str, ...] = ()
    kept: Path = Path()
    lighter: str = ""

    def require(self) -> Found:
        """Return where it is.

        Raises:
            Lacking: it is not there.
        """
        found = self.find()
        if found is None:
            by_hand = (
                f", or install it (on Debian: apt-get install {' '.join(self.packages)})"
                if self.packages
                else ""
            )
            raise Lacking(
                f"This needs {self.what}: run `.venv/bin/python -m tests.setup"
                f" {self.purpose}`{by_hand}."
            )
        return found


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _programs(*names: str) -> list[Path] | None:
    """All of them, or None."""
    found = [path for name in names if (path := _program(name))]
    return found if len(found) == len(names) else None


def _system_programs(*names: str) -> list[Path] | None:
    """The same of what Debian keeps out of the path of ordinary people."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/lib/openssh"])
    found = [Path(path) for name in names if (path := shutil.which(name, path=places))]
    return found if len(found) == len(names) else None


def _browser() -> Path | None:
    named = [
        os.environ.get("PSM_TEST_BROWSER", ""),
        *filter(None, map(shutil.which, _BROWSERS)),
        *_BROWSER_PLACES,
    ]
    return next((Path(path) for path in named if path and Path(path).exists()), None)


def _server_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: on the path, or where packages put it."""
    on_path = _program("initdb")
    if on_path:
        return on_path.resolve().parent
    found = [
        initdb.parent
        for place in _SERVER_PLACES
        for initdb in sorted(Path(place).glob("*/bin/initdb"))
    ]
    return found[-1] if found else None


def _node() -> Path | None:
    found = _programs("node", "npm")
    if found is None:
        return None
    version = subprocess.run(
        [found[0], "--version"], capture_output=True, text=True, check=True
    ).stdout
    return found[0] if int(version.lstrip("v").split(".")[0]) >= _NODE else None


def _java_libraries() -> list[Path] | None:
    libraries = [Path("/usr/share/java") / f"{name}.jar" for name in _JAXB]
    return libraries if _program("javac") and all(path.exists() for path in libraries) else None


def _pango() -> list[str] | None:
    found = [library for name in _PANGO if (library := ctypes.util.find_library(name))]
    return found if len(found) == len(_PANGO) else None


def _download(what: str, purpose: Purpose, name: str) -> Need[Path]:
    kept = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "psm-course-tests" / name
    )
    return Need(what, purpose, lambda: kept if kept.is_dir() else None, kept=kept)


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:16]


CHROMIUM = Need(
    "Chromium or Chrome", "testing", _browser, ("chromium",), lighter="chromium-headless-shell"
)
POSTGRESQL = Need("PostgreSQL's server programs", "testing", _server_programs, ("postgresql",))
READERS = Need(
    "Poppler's tools and qpdf",
    "testing",
    lambda: _programs("pdfdetach", "pdfinfo", "qpdf"),
    ("poppler-utils", "qpdf"),
)
JAVA = Need(
    "a JDK and JAXB for veraPDF",
    "testing",
    _java_libraries,
    ("default-jdk-headless", "libjaxb-java"),
)
NODE = Need(f"Node.js {_NODE} or newer with npm", "testing", _node, ("nodejs", "npm"))
VERIFIERS = _download(
    "Digital Bazaar's verifiers", "testing", f"verifiers-{_digest(VERIFIERS_LOCK)}"
)
COMPATIBILITY = _download(
    "Mozilla's table of what browsers can do", "testing", f"browsers-{_digest(COMPATIBILITY_LOCK)}"
)
SCRIPT_TOOLS = _download(
    "esbuild, terser, TypeScript and eslint", "testing", f"scripts-{_digest(SCRIPTS_LOCK)}"
)
BADGE_SCHEMA = _download("1EdTech's schema of a badge", "testing", SCHEMA_SOURCE)
COMPILER = Need(
    "a C compiler, for the shim of tests/faults",
    "testing",
    lambda: _program("cc"),
    ("gcc", "libc6-dev"),
)
NETWORKS = Need(
    "ip and unshare, for networks of a test's own",
    "testing",
    lambda: _programs("ip", "unshare"),
    ("iproute2", "util-linux"),
)
CADDY = Need("Caddy, for a server behind a proxy", "testing", lambda: _program("caddy"), ("caddy",))
SYSTEMD = Need(
    "systemd-analyze, for the unit of a server",
    "testing",
    lambda: _program("systemd-analyze"),
    ("systemd",),
)
SSH_SERVER = Need(
    "OpenSSH's server and agent",
    "testing",
    lambda: _system_programs("sshd", "ssh-agent", "ssh-add"),
    ("openssh-server",),
)
WEB_SERVER = Need("nginx", "testing", lambda: _system_programs("nginx"), ("nginx-light",))
OBJECT_STORE = _download("the object store moto", "testing", f"moto-{_digest(MOTO_LOCK)}")
PANGO = Need("Pango for WeasyPrint", "bench", _pango, ("libpango-1.0-0", "libpangoft2-1.0-0"))
FURO = _download("the theme furo", "bench", f"furo-{_digest(FURO_LOCK)}")
LIGHTHOUSE = _download(
    f"Lighthouse {LIGHTHOUSE_VERSION}", "bench", f"lighthouse-{LIGHTHOUSE_VERSION}"
)

NEEDS: tuple[Need[object], ...] = (
    CHROMIUM,
    POSTGRESQL,
    READERS,
    JAVA,
    NODE,
    COMPILER,
    NETWORKS,
    CADDY,
    SYSTEMD,
    SSH_SERVER,
    WEB_SERVER,
    OBJECT_STORE,
    VERIFIERS,
    COMPATIBILITY,
    SCRIPT_TOOLS,
    BADGE_SCHEMA,
    PANGO,
    LIGHTHOUSE,
    FURO,
)
