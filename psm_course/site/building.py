"""One build of a site: its settings, and the comparison with the site that is published already.

This module imports little, so that a build is quick if nothing or only one page changed: most
builds are such. The steps of a build are in `build.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from psm_course.site import kept
from psm_course.site.composing import COMPOSING, Composer, composer
from psm_course.site.output.listed import is_whole, published_digest
from psm_course.site.searches.people import Registered

BUILDING = "membangun"  # the name of the lock
WAITING = "Menunggu penyusunan situs yang lain selesai"


@dataclass(frozen=True)
class Built:
    """A published site: folder, number of pages and files, size in bytes."""

    out: Path
    pages: int
    files: int
    size: int


@dataclass(frozen=True)
class Order:
    """The settings with which to publish a site. Together with the course they decide the result.

    Attributes:
        out: the folder of the site.
        extra: files that the office publishes beside its pages (keys, status lists, …), by path
            below the site.
        registered: people of the office's register, whom no page may name.
        today: the day for which the dates in the course were checked; on a later day, a date may
            be too old. None if dates are not checked.
        root: path of the site on its server, with slashes at both ends.
        whatsapp: the office's WhatsApp number for hand-ins, digits only; empty if the office takes
            no hand-ins by WhatsApp.
    """

    out: Path
    extra: Mapping[str, bytes]
    registered: Registered
    today: date | None = None
    root: str = "/"
    whatsapp: str = ""


@dataclass(frozen=True)
class Building:
    """A build that is running. No other build runs in its work folder.

    Attributes:
        root: the folder of the course.
        work: a folder for files that the next build can use again.
        content: digest of the course when this build began.
        composer: the process that composes pages; None if they are composed already.
        say: a function that is called with a sentence at each step.
    """

    root: Path
    work: Path
    content: str
    composer: Composer | None
    say: Callable[[str], None]

    def unchanged(self, order: Order) -> Built | None:
        """Return the published site if it is up to date with this order; None if it is not."""
        facts = kept.noted(self.work, "published")
        if self.composer or facts.get("from") != self._asked(order) or not is_whole(order.out):
            return None
        return (
            Built(order.out, **facts["built"])
            if published_digest(order.out) == facts["site"]
            else None
        )

    def note_published(self, order: Order, built: Built) -> None:
        """Remember the course and the settings from which the site was made.

        If the course changed during the build, nothing is remembered, because nobody knows which
        version a page shows.
        """
        if self.is_as_it_was():
            counted = {name: value for name, value in asdict(built).items() if name != "out"}
            kept.note(
                self.work,
                "published",
                {
                    "from": self._asked(order),
                    "site": published_digest(order.out),
                    "built": counted,
                },
            )

    def is_as_it_was(self) -> bool:
        """True if no file that pages show has changed since this build began."""
        return kept.content_digest(self.root) == self.content and kept.is_elsewhere_as_noted(
            self.work, self.root
        )

    def _asked(self, order: Order) -> str:
        return kept.digest_of_parts(
            [
                ("content", self.content.encode()),
                ("today", str(order.today).encode()),
                ("root", order.root.encode()),
                ("whatsapp", order.whatsapp.encode()),
                ("registered", order.registered.text().encode()),
                *sorted(order.extra.items()),
            ]
        )


@contextmanager
def building(root: Path, work: Path, say: Callable[[str], None]) -> Iterator[Building]:
    """Yield a build of the course at `root`. No other build uses its work folder `work` meanwhile.

    If another build uses this folder now, wait until that build ends. If the last build was
    stopped, delete its pages and Sphinx's cache. If pages must be composed, start the process that
    composes them at once.

    Raises:
        Refused: the part of the program that builds sites is not installed.
    """
    with kept.only_one(work, BUILDING, lambda: say(WAITING)):
        content = kept.content_digest(root)
        with kept.only_one(work, COMPOSING):
            composed = kept.are_composed(work, content) and kept.is_elsewhere_as_noted(work, root)
        with nullcontext() if composed else composer(root, work) as waiting:
            yield Building(root, work, content, waiting, say)
