"""`kelompok`: divides the class into groups, so that each group has people from different homes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import ceil

from psm_course.content.region import Kelurahan, read_region
from psm_course.errors import Refused
from psm_course.forms.render import render
from psm_course.registrar.people.today import cohort_in_the_hall, people_in_the_hall
from psm_course.store.opening import open_register
from psm_course.trainer.asked import settings_here
from psm_course.trainer.on_site import is_for_site, only_in_class
from psm_course.trainer.shown import Shown
from psm_course.trainer.teaching.mixing import Member, mixed
from psm_course.trainer.widget import Live
from psm_course.trainer.word import nearest, word

_MIXED_BY = ("kecamatan", "kelurahan", "acak")
_WITHOUT_REGISTER = (
    "Belum ada register di laptop ini. Tulis daftarnya, misalnya kelompok(20, daftar=97) untuk"
    " peserta nomor 1 sampai 97."
)


@word('kelompok(20, campur="kecamatan")')
def kelompok(
    ukuran: int = 0,
    campur: str = "kecamatan",
    jumlah: int = 0,
    daftar: Sequence[str] | int | None = None,
    angkatan: str = "",
    undian: int = 1,
) -> Shown:
    """Divide people into groups of at most `ukuran` people, or into `jumlah` groups.

    The people are those of a cohort, or those of the list `daftar`.

    Args:
        ukuran, jumlah: size of the groups, number of groups; exactly one of the two is given.
        campur: spread people by "kecamatan" or "kelurahan"; "acak": by neither.
        daftar: names, each with its home behind a comma if known ("Siti, Beji"); or the number of
            people; None: the people of the cohort.
        angkatan: the cohort's code; empty: the cohort that meets today.
        undian: the number of the draw: the same number gives the same groups, another number gives
            other groups.

    Raises:
        Refused: neither or both of size and number are given, there are no people to divide, or
            there are more groups than people.
    """
    by = nearest("Campuran", campur, _MIXED_BY)
    if is_for_site():
        return only_in_class("Pembagian kelompok")
    title, members = (
        ("Kelompok", _listed(daftar)) if daftar is not None else _enrolled(angkatan, by)
    )
    if by == "acak":
        members = [Member(each.number, each.name) for each in members]
    groups = mixed(members, _how_many(len(members), ukuran, jumlah), undian)
    named = [
        {"title": f"Kelompok {number}", "members": group} for number, group in enumerate(groups, 1)
    ]
    return Live(
        render("teaching/groups.html", title=title, groups=named),
        only_in_class(title).for_site,
        script="tampilkan",
        state={
            "title": title,
            "called": "Kelompok",
            "look": "grouped",
            "at": 0,
            "told": False,
            "pages": [_page(f"Kelompok {number}", group) for number, group in enumerate(groups, 1)],
        },
    )


def _page(title: str, group: Sequence[Member]) -> dict[str, str]:
    return {
        "title": f"{title} · {len(group)} orang",
        "html": render("teaching/group.html", group={"members": group}),
    }


def _how_many(people: int, size: int, groups: int) -> int:
    if (size > 0) == (groups > 0):
        raise Refused(
            "kelompok(): tulis besarnya atau banyaknya, salah satu. Misalnya kelompok(20) atau"
            " kelompok(jumlah=5)."
        )
    wanted = groups or ceil(people / size)
    if wanted > people:
        raise Refused(f"kelompok(): {people} orang tidak cukup untuk {wanted} kelompok.")
    return wanted


def _listed(written: Sequence[str] | int) -> list[Member]:
    """Return the members of a typed list; they are numbered from 1."""
    names = [""] * written if isinstance(written, int) else [str(each).strip() for each in written]
    if not names:
        raise Refused("kelompok(): daftarnya kosong.")
    width = len(str(len(names)))
    split = [name.partition(",") for name in names]
    return [
        Member(f"{number:0{width}}", name.strip(), home.strip())
        for number, (name, _, home) in enumerate(split, 1)
    ]


def _enrolled(cohort: str, by: str) -> tuple[str, list[Member]]:
    settings = settings_here()
    if not settings.database and not settings.register.is_file():
        raise Refused(_WITHOUT_REGISTER)
    region, _ = read_region(settings.root)
    homes = {each.code: each for each in region.homes} if region else {}
    with open_register(settings) as store, store.reading() as tx:
        meeting = cohort_in_the_hall(tx, cohort, datetime.now(UTC))
        people = people_in_the_hall(tx, meeting)
    if not people:
        raise Refused(f"Angkatan {meeting.id} belum punya peserta.")
    return f"Kelompok {meeting.title}", [
        Member(each.number, each.name or "(dihapus)", _home(homes, each.kelurahan, by))
        for each in people
    ]


def _home(homes: Mapping[str, Kelurahan], code: str, by: str) -> str:
    if code not in homes:
        return ""
    return homes[code].kecamatan if by == "kecamatan" else str(homes[code])
