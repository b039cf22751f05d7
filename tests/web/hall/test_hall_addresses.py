"""What phones are told, and which hosts are answered, as addresses and certificates are."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dirty_equals import Contains

from psm_course.cli.office.serve import names_of
from psm_course.errors import Refused
from psm_course.settings import Settings
from psm_course.web.hall.addresses import OwnAddress
from psm_course.web.hall.certificate import read_certificate
from psm_course.web.hall.hall_addresses import HallAddresses, Hosts, Link, Names, listen
from tests.web.hall.certificates import a_certificate

WIFI = OwnAddress("127.0.0.3", "Wi-Fi")
CABLE = OwnAddress("127.0.0.2", "Kabel")
PUBLIC = OwnAddress("8.8.8.8", "Modem")
SITE = "https://psm.contoh.go.id"


@pytest.fixture
def port() -> int:
    with closing(listen("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def there() -> list[OwnAddress]:
    """This machine's addresses; a test changes them as Wi-Fi does."""
    return [CABLE, WIFI]


@pytest.fixture
def addresses(port: int, there: list[OwnAddress]) -> Iterator[HallAddresses]:
    made = HallAddresses(port, look_around=lambda: tuple(there))
    with closing(made):
        yield made


def test_every_private_address_is_opened_with_a_code_of_its_own(
    addresses: HallAddresses, there: list[OwnAddress], port: int
) -> None:
    there.append(PUBLIC)
    opened = addresses.refresh().opened

    assert [sock.getsockname() for sock in opened] == [("127.0.0.2", port), ("127.0.0.3", port)]
    assert addresses.links == (
        Link(f"http://127.0.0.2:{port}/", "Kabel"),
        Link(f"http://127.0.0.3:{port}/", "Wi-Fi"),
    )
    assert [link.scanned for link in addresses.links] == [
        f"http://127.0.0.{end}:{port}/ponsel" for end in (2, 3)
    ]


def test_the_hosts_that_are_answered_follow_the_addresses(
    addresses: HallAddresses, there: list[OwnAddress]
) -> None:
    hosts = Hosts(addresses=addresses)
    addresses.refresh()
    there.remove(CABLE)
    change = addresses.refresh()
    for sock in change.closed:
        sock.close()

    asked = (
        "127.0.0.1",
        "localhost",
        "127.0.0.3",
        socket.gethostname().casefold(),
        "127.0.0.2",
        "psm.contoh.go.id",
        "",
    )
    assert {host: host in hosts for host in asked} == dict(
        zip(asked, (True,) * 4 + (False,) * 3, strict=True)
    )
    assert change.sentence == Contains("127.0.0.2 (Kabel) tidak ada lagi", "kode yang baru")
    assert "ponsel" not in change.sentence


def test_a_look_that_finds_nothing_new_says_nothing(addresses: HallAddresses) -> None:
    addresses.refresh()

    assert addresses.refresh().sentence == ""


def test_a_port_that_another_program_has_at_one_address_is_said_once_and_tried_again(
    addresses: HallAddresses, port: int
) -> None:
    with closing(listen("127.0.0.3", port)):
        first, second = addresses.refresh().sentence, addresses.refresh().sentence
    third = addresses.refresh().sentence

    assert first == Contains(
        "ponsel: 127.0.0.2 (Kabel).", "kode yang baru", f"Di 127.0.0.3 (Wi-Fi) port {port} "
    )
    assert first.endswith("dipakai program lain.")
    assert second == ""
    assert third == Contains("ponsel: 127.0.0.3 (Wi-Fi).", "kode yang baru")
    assert str(port) not in third


def test_a_chosen_address_that_is_not_here_is_refused_with_those_that_are(port: int) -> None:
    addresses = HallAddresses(
        port, chosen=frozenset({"10.0.0.9"}), look_around=lambda: (CABLE, WIFI)
    )

    with pytest.raises(Refused) as refused:
        addresses.refuse_unknown()

    assert str(refused.value) == Contains(
        "tidak punya alamat 10.0.0.9.", "127.0.0.2 (Kabel), 127.0.0.3 (Wi-Fi)."
    )


def test_the_sites_own_name_is_ours_where_the_certificate_is_for_it(
    tmp_path: Path, there: list[OwnAddress], port: int
) -> None:
    names = names_of(Settings(site_address=SITE), *a_certificate(tmp_path, "psm.contoh.go.id"))
    with closing(HallAddresses(port, names, look_around=lambda: tuple(there))) as addresses:
        addresses.refresh()

        assert "psm.contoh.go.id" in Hosts(names, addresses)
        assert addresses.links == (Link(f"https://psm.contoh.go.id:{port}/", ""),)
        assert addresses.links[0].scanned == f"https://psm.contoh.go.id:{port}/"
        assert [*addresses.about_names] == [
            Contains(
                "psm.contoh.go.id", "harus menunjuk ke", "127.0.0.2 (Kabel) atau 127.0.0.3 (Wi-Fi)."
            )
        ]


def test_a_certificate_for_many_names_and_an_address_is_for_those(
    tmp_path: Path, there: list[OwnAddress], port: int
) -> None:
    names = names_of(
        Settings(site_address=SITE),
        *a_certificate(tmp_path, "*.contoh.go.id", addresses=("127.0.0.3",)),
    )
    with closing(HallAddresses(port, names, look_around=lambda: tuple(there))) as addresses:
        addresses.refresh()

        assert addresses.links == (
            Link(f"https://psm.contoh.go.id:{port}/", ""),
            Link(f"https://127.0.0.3:{port}/", "Wi-Fi"),
        )


def test_a_certificate_for_somebody_else_is_said_and_makes_no_name_ours(
    tmp_path: Path, there: list[OwnAddress], port: int
) -> None:
    names = names_of(Settings(site_address=SITE), *a_certificate(tmp_path))
    with closing(HallAddresses(port, names, look_around=lambda: tuple(there))) as addresses:
        addresses.refresh()

        assert "psm.contoh.go.id" not in Hosts(names, addresses)
        assert [link.url for link in addresses.links] == [
            f"https://127.0.0.2:{port}/",
            f"https://127.0.0.3:{port}/",
        ]
        assert [*addresses.about_names] == [
            Contains("bukan untuk", "psm.contoh.go.id (site_address", "ponsel akan memperingatkan")
        ]


def test_without_https_the_sites_name_is_ours_only_behind_a_proxy() -> None:
    alone, behind = (
        names_of(Settings(site_address=SITE, proxy=proxy), None, None) for proxy in ("", "10.0.0.1")
    )

    assert "psm.contoh.go.id" not in Hosts(alone)
    assert "psm.contoh.go.id" in Hosts(behind)
    assert Names().to_tell == ()


def test_a_file_that_is_no_certificate_gets_a_sentence(tmp_path: Path) -> None:
    certificate, key = a_certificate(tmp_path, "psm.contoh.go.id")
    certificate.write_text("x", encoding="utf-8")

    with pytest.raises(Refused, match=r"dipakai bersama\. .*berkas PEM"):
        read_certificate(certificate, key)
