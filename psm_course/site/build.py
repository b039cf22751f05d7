"""Builds the site of a checked course: run lessons, compose pages, search for leaks, publish.

If one step fails, nothing is published. A step is repeated only for files that changed since this
step last succeeded; `kept.py` remembers the results.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.resources import files
from os import cpu_count
from pathlib import Path
from types import MappingProxyType

from psm_course.authoring.beside import authored, files_in
from psm_course.authoring.memory import NOTHING_KEPT, Memory
from psm_course.content.course import CourseFolder
from psm_course.content.site_info import FILE, site_info
from psm_course.errors import ContentFaulty, Refused
from psm_course.site import kept
from psm_course.site.building import BUILDING, WAITING, Building, Built, Order, building
from psm_course.site.composing import Composer
from psm_course.site.execute import are_all_kept, executed_source
from psm_course.site.output.publish import publish, refuse_foreign
from psm_course.site.searches.active import find_active
from psm_course.site.searches.again import Searched
from psm_course.site.searches.leaks import find_leaks, secret_texts_of
from psm_course.site.searches.people import Registered, find_people

FIRST_PAGE = "book/index.html"
_OUR_PAGES = ("psm_course.site", "psm_course.forms", "psm_course.items")

# No page, so beside them: the builder's folder holds what the builder wrote.
_BESIDE = f"_build/{FILE}"


class Site:
    """Composes, searches and publishes the pages of one build."""

    def __init__(self, building: Building) -> None:
        self._building = building
        self._work = building.work

    def begin(self, memory: Memory = NOTHING_KEPT) -> None:
        """Start composing the pages now, if no lesson has to be run.

        If a lesson has to be run, nothing is started yet: code of the course is run only after the
        course has been checked.

        Args:
            memory: a cache from earlier builds. It has the digest of each lesson's code, so an
                unchanged lesson is not parsed again.
        """
        composer = self._building.composer
        if composer and are_all_kept(self._building.root, self._work / kept.EXECUTED, memory):
            self._compose(composer)

    def _compose(self, composer: Composer) -> None:
        self._building.say("Menyusun halaman")
        kept.forget(self._work, "composed")
        composer.begin()

    def keep(self) -> None:
        """If composing has begun, wait until the pages are complete.

        Call this instead of `build` if the course has mistakes. Nothing is published, but the next
        build can start from these pages. Warnings and errors of Sphinx are ignored.
        """
        composer = self._building.composer
        with suppress(ContentFaulty):
            if composer and composer.has_begun:
                self._finish(composer)

    def build(self, course: CourseFolder, order: Order) -> Built:
        """Bring the site up to date with a checked course; return the site's folder and size.

        Args:
            course: the checked course.
            order: what to publish, and where.

        Raises:
            ContentFaulty: a lesson fails, Sphinx reports a warning, or a page contains secrets of a
                test, people of the register, or a script that is not ours.
            Refused: the folder of the site is a file, or has files although no site was published
                in it before.
            StoreError: the site cannot be written, for example because the disk is full.
        """
        refuse_foreign(order.out)
        kept.forget(self._work, "published")
        if composer := self._building.composer:
            if not composer.has_begun:
                _run_lessons(course, self._work / kept.EXECUTED, self._building.say)
                self._compose(composer)
            self._finish(composer)
        self._search(course, order)
        kept.replace_file(self._work / _BESIDE, site_info(course))
        kept.keep_passed(self._work)
        built = _published(self._work, order.out, order.extra, order.root, order.whatsapp)
        self._building.note_published(order, built)
        return built

    def _finish(self, composer: Composer) -> None:
        composer.finish()
        if self._building.is_as_it_was():
            kept.note_composed(self._work, self._building.content)

    def _search(self, course: CourseFolder, order: Order) -> None:
        """Search the pages for secrets of tests, people of the register, and scripts of others.

        Each search skips a file that has not changed since the same search, by the same rules,
        found nothing in it.

        Raises:
            ContentFaulty: a page contains a secret, names a person, or runs a script that is not
                ours; the message lists everything that was found.
        """
        self._building.say("Memeriksa kebocoran kunci tes dan data peserta")
        built, root = self._work / kept.PAGES, self._building.root
        quizzes = kept.digest_of_parts(
            (path.name, path.read_bytes()) for path in kept.files_below(root / "quizzes")
        )
        published = list(_published_anyway(root)) if order.registered != Registered() else []
        keys = Searched(self._work, "keys", built, quizzes)
        scripts = Searched(self._work, "scripts", built)
        people = Searched(self._work, "people", built, order.registered.text(), *published)
        with _memory_of(self._building, "search") as memory:
            sought = memory.recall(
                "sought", [quizzes], lambda: secret_texts_of(course.quizzes.values())
            )
        leaks = [
            *find_leaks(built, course.quizzes.values(), keys.to_search(), sought),
            *find_people(built, order.registered, published, people.to_search()),
        ]
        _refuse("ada yang tidak boleh keluar dari kantor", leaks)
        _refuse(
            "ada yang dapat menjalankan skrip di ponsel pembaca",
            find_active(built, scripts.to_search()),
        )
        # Else a quiz may hold words by now that nobody has looked for.
        if self._building.is_as_it_was():
            for search in (keys, people, scripts):
                search.note_clean()


@contextmanager
def _memory_of(building: Building, name: str) -> Iterator[Memory]:
    """Yield the cache of results that is called `name`, as earlier builds saved it.

    If the course changed since this build began, the cache is empty and stores nothing.
    """
    if not building.is_as_it_was():
        yield NOTHING_KEPT
        return
    with kept.remembering(building.work, name) as memory:
        yield memory


def build_site(
    course: CourseFolder,
    work: Path,
    out: Path,
    say: Callable[[str], None],
    extra: Mapping[str, bytes] = MappingProxyType({}),
    registered: Registered = Registered(),  # noqa: B008 - frozen
    root: str = "/",
) -> Built:
    """Build and publish the site of a checked course; return the site's folder and size.

    Args:
        course: the checked course.
        work: a folder for files that the next build can use again.
        out: the folder of the site.
        say: a function that is called with an Indonesian sentence at each step.
        extra: files that the office publishes beside its pages (keys, status lists, …), by path
            below the site.
        registered: people of the office's register, whom no page may name.
        root: path of the site on its server, with slashes at both ends.

    Raises:
        ContentFaulty: a lesson fails, Sphinx reports a warning, or a page contains secrets of a
            test, people of the register, or a script that is not ours.
        Refused: `out` is a file, or has files although no site was published in it before.
        StoreError: the site cannot be written, for example because the disk is full.
    """
    refuse_foreign(out)
    with building(course.root, work, say) as begun:
        order = Order(out, extra, registered, root=root)
        return begun.unchanged(order) or Site(begun).build(course, order)


def _refuse(what: str, found: list[str]) -> None:
    if found:
        raise ContentFaulty(
            f"Situs tidak diterbitkan: {what}.\n" + "\n".join(f"  {each}" for each in found)
        )


def _published_anyway(root: Path) -> Iterator[str]:
    """Yield texts that the course publishes itself.

    The search for people of the register allows a name or number that is in one of these texts. The
    texts are the guides in `book/`, the data files in `modules/`, and all files of our own packages
    that make pages.
    """
    for path in (
        *authored(root, (root / "book").rglob("*.md")),
        *files_in(root / "modules", "*.yml"),
    ):
        yield path.read_text(encoding="utf-8", errors="replace")
    for package in _OUR_PAGES:
        yield from (
            content.decode(errors="replace") for _, content in kept.contents_of(files(package))
        )


def publish_again(
    work: Path,
    out: Path,
    extra: Mapping[str, bytes],
    say: Callable[[str], None],
    root: str = "/",
    whatsapp: str = "",
) -> Built:
    """Publish the pages of the last successful build again, with newer documents in `extra`.

    This takes about a second, because no page is composed. Returns the folder and size of the site.

    Args:
        work: the work folder of that build.
        out: the folder of the site.
        extra: files that the office publishes beside its pages, by path below the site.
        say: a function that is called with an Indonesian sentence if another build is running.
        root: path of the site on its server, with slashes at both ends.
        whatsapp: the office's WhatsApp number for hand-ins, digits only; empty if the office takes
            no hand-ins by WhatsApp.

    Raises:
        Refused: no site has been built yet; or `out` is a file, or has files although no site was
            published in it before.
        StoreError: the site cannot be written, for example because the disk is full.
    """
    with kept.only_one(work, BUILDING, lambda: say(WAITING)):
        refuse_unpublishable(work, out)
        return _published(work, out, extra, root, whatsapp)


def refuse_unpublishable(work: Path, out: Path) -> None:
    """Raise an error if `publish_again` could not publish.

    Call this before a snapshot is signed, because a signed snapshot must be published.

    Raises:
        Refused: no site has been built yet; or `out` is a file, or has files although no site was
            published in it before.
    """
    if not (work / kept.PASSED).is_dir():
        raise Refused("Belum ada situs yang disusun. Susun dahulu: psm build")
    refuse_foreign(out)


def _published(
    work: Path, out: Path, extra: Mapping[str, bytes], root: str, whatsapp: str
) -> Built:
    said = {FILE: (work / _BESIDE).read_bytes()} if (work / _BESIDE).is_file() else {}
    with kept.remembering(work, "publish") as memory:
        written = publish(
            work / kept.PASSED, out, FIRST_PAGE, {**extra, **said}, root, whatsapp, memory
        )
    size = sum((out / path).stat().st_size for path in written)
    return Built(out, sum(path.suffix == ".html" for path in written), len(written), size)


def _run_lessons(course: CourseFolder, kept: Path, say: Callable[[str], None]) -> None:
    """Run all lessons of the modules that have no result in the folder `kept`.

    As many lessons run at the same time as there are processors. Most of a lesson's time is needed
    to start its kernel. `say` is called with a sentence before a lesson is run.
    """
    lessons = [lesson.path for module in course.modules for lesson in module.lessons]
    with ThreadPoolExecutor(max_workers=cpu_count()) as pool:
        list(pool.map(lambda path: executed_source(path, course.root, kept, say), lessons))
