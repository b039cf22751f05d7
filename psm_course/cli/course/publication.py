"""The site that an office publishes: the course, with files that others need for checking.

With these files others can check certificates. The modules for register, database and checks are
imported inside the functions that need them, because most builds do not need them: they change
nothing or one page, in a folder without a register.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from psm_course.errors import ContentFaulty
from psm_course.settings import Settings
from psm_course.site import kept
from psm_course.site.building import Building, Built, Order
from psm_course.site.output.hosting import files_for_servers
from psm_course.site.searches.people import Registered


def order(where: Settings, out: Path, today: date) -> Order:
    """Return the facts by which `build` builds the site.

    They are: folder of the site, files that are no course pages, people whom no page may name, the
    day, and two settings. `Building.unchanged` compares these facts with the published site.

    Args:
        where: the office's settings.
        out: folder for the site.
        today: the day that decides which dates in the content are too old.

    Raises:
        Refused: the register is another office's, or older than what was published before.
        StoreError: the register cannot be opened.
    """
    return Order(
        out,
        records_to_publish(where) | files_for_servers(where.site_address),
        people_to_look_for(where),
        today,
        where.site_root,
        where.whatsapp,
    )


def build(where: Settings, begun: Building, order: Order) -> Built:
    """Check the course, then build its site, and return the finished site.

    If no lesson has to be run, the pages are composed during the check.

    Args:
        where: the office's settings.
        begun: the running build, which no other build disturbs.
        order: the description of the site, from the function `order`.

    Raises:
        Refused: there is no course here; or the folder of the site has files but no list of an
            earlier publication, or is itself a file.
        ContentFaulty: the course has mistakes, or its site would contain something secret.
    """
    from psm_course.cli.usable import usable_course  # noqa: PLC0415 - see above
    from psm_course.site.build import Site  # noqa: PLC0415

    site = Site(begun)
    with kept.remembering(begun.work, "check") as memory:
        site.begin(memory)
        try:
            course = usable_course(where.root, memory)
        except ContentFaulty:
            # The next build, after the mistake is mended, can use the pages composed until now.
            site.keep()
            raise
    return site.build(course, order)


def records_to_publish(where: Settings) -> dict[str, bytes]:
    """Return the files that others need to check certificates, by path below the site.

    If the office has no key yet, there are no such files, and the register is not opened.

    Raises:
        Refused: the register is another office's, or older than what was published before.
        StoreError: the register cannot be opened.
    """
    if not where.key_list.is_file():
        return {}
    # Imported here, as the top of this file says.
    from psm_course.registrar.certificates.publishing import public_files  # noqa: PLC0415
    from psm_course.store.opening import open_register  # noqa: PLC0415

    with open_register(where) as store:
        return public_files(store, where)


def people_to_look_for(where: Settings) -> Registered:
    """Return the people whom no page may name.

    If there is no register, the result has no people; a register is never made for this.
    """
    if not _has_register(where):
        return Registered()
    from psm_course.registrar.people.everybody import numbers_and_names  # noqa: PLC0415 - see above
    from psm_course.store.opening import open_register  # noqa: PLC0415

    with open_register(where) as store:
        return Registered(*numbers_and_names(store))


def _has_register(where: Settings) -> bool:
    return bool(where.database) or where.register.is_file()


def said_of_folder(where: Settings) -> Iterator[str]:
    """Yield a sentence if the office has not adopted the course in its folder as it is now.

    If there is no register, the course is not read.
    """
    if _has_register(where):
        # Imported here, as the top of this file says.
        from psm_course.content.adopted import site_digest  # noqa: PLC0415
        from psm_course.content.course import read_course  # noqa: PLC0415
        from psm_course.registrar.completion.adopting import sentence_about_site  # noqa: PLC0415
        from psm_course.store.opening import open_register  # noqa: PLC0415

        if course := read_course(where.root)[0]:
            with open_register(where) as store:
                # As the site that is built of it.
                if sentence := sentence_about_site(store, (course.file.id, site_digest(course))):
                    yield sentence


def sentence_about(built: Built) -> str:
    """Return a sentence on a finished site: number of pages, size in kB, folder."""
    return f"Situs jadi: {built.pages} halaman, {built.size / 1000:.0f} kB, di {built.out}"
