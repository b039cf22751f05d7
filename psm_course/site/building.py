"""One build of a site: what was asked for, whether it is there already, and the builder that gets ready meanwhile.

Loads little: most builds of a day change nothing or one page. What there is to do is in `build.py`.
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
    """What was published."""

    out: Path
    pages: int
    files: int
    size: int


@dataclass(frozen=True)
class Order:
    """What is to be published, and where; with the content of the course, all that the result depends on.

    `extra`: what the office publishes beside its pages (keys, status lists, …), by path below the site.
    `registered`: the people of the office's register, whom no page may name.
    `today`: the day of the check that the course has passed: the age of a date may be a mistake. None where nobody counts days.
    `root`: where the site begins on its server, with slashes at both ends.
    `whatsapp`: the office's number for hand-ins, digits alone; empty where it takes none.
    """

    out: Path
    extra: Mapping[str, bytes]
    registered: Registered
    today: date | None = None
    root: str = "/"
    whatsapp: str = ""


@dataclass(frozen=True)
class Building:
    """The only build in its work folder, with a digest of the content as it was when it began. No composer: the pages are composed."""

    root: Path
    work: Path
    content: str
    composer: Composer | None
    say: Callable[[str], None]

    def unchanged(self, order: Order) -> Built | None:
        """What is published already, where all of it was made from the same as now; None where anything has to be done."""
        facts = kept.noted(self.work, "published")
        if self.composer or facts.get("from") != self._asked(order) or not is_whole(order.out):
            return None
        return Built(order.out, **facts["built"]) if published_digest(order.out) == facts["site"] else None

    def note_published(self, order: Order, built: Built) -> None:
        """Keep what was made from what. Nothing is kept where somebody went on writing meanwhile: nobody knows what a page shows then."""
        if self.is_as_it_was():
            counted = {name: value for name, value in asdict(built).items() if name != "out"}
            facts = {"from": self._asked(order), "site": published_digest(order.out), "built": counted}
            kept.note(self.work, "published", facts)

    def is_as_it_was(self) -> bool:
        """Whether the course still holds what it held at the beginning."""
        return kept.content_digest(self.root) == self.content and kept.is_elsewhere_as_noted(self.work, self.root)

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
    """A build of the course at `root`. `work` keeps what can be used again.

    Where pages have to be composed, the builder gets ready at once. What lies there from a build that was stopped is taken away first.
    """
    with kept.only_one(work, BUILDING, lambda: say(WAITING)):
        content = kept.content_digest(root)
        with kept.only_one(work, COMPOSING):
            composed = kept.are_composed(work, content) and kept.is_elsewhere_as_noted(work, root)
        with nullcontext() if composed else composer(root, work) as waiting:
            yield Building(root, work, content, waiting, say)
