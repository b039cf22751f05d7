"""A site on two kinds of real server: whole before it is seen, only what differs is sent, nobody
else's files are touched.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from psm_course.errors import Refused
from psm_course.site.output.listed import MANIFEST, listed_in
from psm_course.upload.items import Item
from psm_course.upload.opening import opened, send_there
from psm_course.upload.remote import LIST, READY, Cut, Remote
from psm_course.upload.sending import Sent, send
from tests.upload.conftest import Place, a_site

LARGE = {
    f"gambar-{number:02}.bin": random.Random(number).randbytes(20_000)  # noqa: S311 - no secret
    for number in range(40)
}


def sent(place: Place, site: Path) -> tuple[Sent, list[str]]:
    """What was done, and what was said meanwhile."""
    said: list[str] = []
    return send_there(place.address, site, said.append), said


def of(site: Path, place: Place) -> dict[str, bytes]:
    """What such a place is to show: an object store has no compressed form beside the plain one."""
    paths = [path.as_posix() for path in listed_in(site, site / MANIFEST)]
    return {
        path: (site / path).read_bytes()
        for path in paths
        if place.address.scheme == "sftp" or not path.endswith(".gz")
    }


def test_all_of_a_site_arrives_and_a_second_time_nothing_is_sent(
    place: Place, tmp_path: Path
) -> None:
    site = a_site(tmp_path, "Satu")

    first, said = sent(place, site)
    shown = place.shown()
    again, said_again = sent(place, site)

    assert shown == of(site, place) == place.shown()
    assert (first.files, first.all, first.removed) == (len(shown), len(shown), 0)
    assert said == [f"Mengirim {len(shown)} dari {len(shown)} berkas ({first.size / 1000:.0f} kB)"]
    assert (again, said_again) == (Sent(0, 0, len(shown), 0), [])
    assert place.ready() == set()


def test_only_what_differs_is_sent_and_what_nobody_wants_any_more_goes(
    place: Place, tmp_path: Path
) -> None:
    sent(place, a_site(tmp_path, "Satu", **{"dalam/sekali/lama.json": b"{}", "sama.json": b"{}"}))

    done, _ = sent(place, site := a_site(tmp_path, "Satu", **{"sama.json": b"[]"}))

    assert place.shown() == of(site, place)
    assert (done.removed, place.shown()["sama.json"]) == (1, b"[]")
    assert 1 <= done.files <= 4  # sw.js, which names it, and their compressed forms


def test_what_was_changed_or_lost_over_there_is_sent_again(place: Place, tmp_path: Path) -> None:
    sent(place, site := a_site(tmp_path, "Satu"))
    place.lay("status/0", b"status Satu, diubah orang")

    done, _ = sent(place, site)

    assert (done.files, place.shown()) == (1, of(site, place))


def test_what_others_put_there_stays(place: Place, tmp_path: Path) -> None:
    place.lay("robots.txt", b"orang lain")
    place.lay("status/catatan.txt", b"orang lain")
    sent(place, a_site(tmp_path, "Satu", **{"lama.json": b"{}"}))
    place.lay("lama.json", b"ditimpa orang lain")

    done, _ = sent(place, a_site(tmp_path, "Dua"))

    others = {path: content for path, content in place.shown().items() if b"orang lain" in content}
    assert set(others) == {"robots.txt", "status/catatan.txt", "lama.json"}
    assert done.removed == 0


def test_where_somebody_elses_file_has_the_same_name_nothing_is_sent(
    place: Place, tmp_path: Path
) -> None:
    place.lay("index.html", b"situs orang lain")

    with pytest.raises(Refused, match=r"berkas orang lain .*: index\.html\. "):
        sent(place, a_site(tmp_path, "Satu"))

    assert place.look() == {"index.html": b"situs orang lain"}


def test_a_site_that_was_copied_there_by_hand_is_ours(place: Place, tmp_path: Path) -> None:
    old = a_site(tmp_path, "Satu", **{"lama.json": b"{}"})
    for path in [path for path in old.rglob("*") if path.is_file()]:
        place.lay(path.relative_to(old).as_posix(), path.read_bytes())

    sent(place, site := a_site(tmp_path, "Dua"))

    assert {
        path: content for path, content in place.shown().items() if path in of(site, place)
    } == of(site, place)
    assert MANIFEST not in place.look()


def test_what_was_cut_goes_on_from_what_had_arrived_and_nobody_saw_a_part_of_it(
    place: Place, tmp_path: Path
) -> None:
    sent(place, a_site(tmp_path, "Satu"))
    before = place.shown()
    site = a_site(tmp_path, "Dua", **LARGE)

    place.door.left = (
        480_000  # of 800,000; 16 files of 20,000 go at once, so some are whole by then
    )
    with pytest.raises((Cut, Refused)):
        sent(place, site)
    seen, arrived = place.shown(), len(place.ready())
    place.door.left = None
    done, said = sent(place, site)

    assert seen == before
    assert arrived > 0
    assert said == [
        f"Mengirim {done.files - arrived} dari {done.all} berkas ({done.size / 1000:.0f} kB)"
    ]
    assert (place.shown(), place.ready()) == (of(site, place), set())


class Stopping:
    """A place that stops answering after so many files have been shown."""

    def __init__(self, remote: Remote, after: int) -> None:
        self._remote, self.left = remote, after
        # One after another, so that those before the end are there for certain.
        self._turn = asyncio.Lock()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._remote, name)

    async def show(self, item: Item) -> None:
        async with self._turn:
            self.left -= 1
            if self.left < 0:
                raise Cut("sambungan terputus")
            await self._remote.show(item)


async def stopped(place: Place, site: Path, after: int) -> None:
    async with opened(place.address) as remote:
        with pytest.raises(Cut):
            await send(Stopping(remote, after), site, lambda _: None)


def test_wherever_it_stops_a_new_snapshot_is_seen_only_with_all_that_it_names(
    place: Place, tmp_path: Path
) -> None:
    old, new = a_site(tmp_path / "a", "Satu"), a_site(tmp_path / "b", "Dua")
    changed = [
        path for path, content in of(new, place).items() if of(old, place).get(path) != content
    ]
    assert len(changed) > 8
    for after in {*range(0, len(changed), 5), *range(len(changed) - 5, len(changed))}:
        sent(place, old)
        asyncio.run(stopped(place, new, after))

        seen = place.shown()
        behind = {path for path in changed if seen[path] != of(new, place)[path]}
        assert len(behind) == len(changed) - after
        assert seen["snapshot.json"] == of(old, place)["snapshot.json"] or behind <= {
            "snapshot.json.gz"
        }, "the last of all"

        done, _ = sent(place, new)
        assert (place.shown(), done.files) == (of(new, place), len(behind))


def test_the_list_over_there_leads_nowhere_else(place: Place, tmp_path: Path) -> None:
    sent(place, site := a_site(tmp_path, "Satu"))
    outside = place.look()
    mark = b"../luar.txt\t\t5-1\n/etc/passwd\t\t1-1\nbaris tanpa arti\n"
    place.lay(".psm-unggahan", outside[".psm-unggahan"] + mark)

    done, _ = sent(place, site)

    assert (done.files, done.removed) == (0, 0)
    assert b".." not in place.look()[".psm-unggahan"]
    assert not [path for path in place.look() if path.startswith(READY)]


def test_a_file_whose_mark_somebody_took_out_of_the_list_is_sent_again(
    place: Place, tmp_path: Path
) -> None:
    sent(place, site := a_site(tmp_path, "Satu"))
    whole = place.look()[LIST].splitlines()
    place.lay(LIST, b"\n".join([whole[0].rpartition(b"\t")[0], *whole[1:]]))

    done, _ = sent(place, site)

    assert (done.files, done.removed) == (1, 0)
    assert place.shown() == of(site, place)
    assert [line.count(b"\t") for line in place.look()[LIST].splitlines()] == [2] * len(whole)
