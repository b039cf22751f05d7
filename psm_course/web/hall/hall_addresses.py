"""Addresses and host names at which phones in the course room (the hall) reach this machine.

The addresses can change while the server runs, for example when Wi-Fi is switched on.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from threading import Lock

from psm_course.errors import Refused
from psm_course.web.hall.addresses import OwnAddress, own_addresses
from psm_course.web.hall.certificate import Certified

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
Look = Callable[[], Sequence[OwnAddress]]


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that opens this site on a phone, and the network in which the URL works.

    `network` is empty for a URL with a host name, which may work in any network.
    """

    url: str
    network: str

    @property
    def scanned(self) -> str:
        """The URL in the QR code.

        Over plain HTTP this URL leads to `/ponsel`, the page that says what a phone cannot do here.
        """
        return f"{self.url}ponsel" if self.url.startswith("http:") else self.url


@dataclass(frozen=True, slots=True)
class Change:
    """Changes since the last `refresh`, and a sentence about them for the officer.

    `opened` are the new sockets, at which the caller must accept connections. `closed` are the
    sockets that the caller must close. The sentence is empty if nothing changed.
    """

    opened: Sequence[socket.socket] = ()
    closed: Sequence[socket.socket] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The host names of this machine.

    Attributes:
        site: host name in the site's own address. Empty if the TLS certificate is not for this
            name, or if there is neither a certificate nor a proxy.
        certified: names and addresses in the TLS certificate, to which this machine answers too;
            None: plain HTTP.
        not_certified: host name in the site's own address if the certificate is not for it; else
            empty.
    """

    site: str = ""
    certified: Certified | None = None
    not_certified: str = ""

    @property
    def scheme(self) -> str:
        """`https` with a certificate, else `http`."""
        return "https" if self.certified else "http"

    @property
    def to_tell(self) -> tuple[str, ...]:
        """The names of this machine to show to people; none over plain HTTP.

        If `site` is set, only this name is returned. Otherwise these are all names in the
        certificate, sorted, without names that begin with `*`.
        """
        if not self.certified:
            return ()
        if self.site:
            return (self.site,)
        return tuple(sorted(name for name in self.certified.names if not name.startswith("*")))

    @property
    def all(self) -> frozenset[str]:
        """Every host name whose requests are answered, without the IP addresses."""
        own = socket.gethostname().casefold()
        certified = self.certified or Certified()
        return frozenset({own, f"{own}.local", *filter(None, [self.site]), *certified.names})


@dataclass
class HallAddresses:
    """The hall's addresses. Any thread may read them; only the hall's server calls `refresh`.

    Attributes:
        port: the TCP port, the same at each address.
        names: the host names of this machine.
        chosen: the addresses that the officer named; empty: every private address.
        look_around: a function that returns the addresses that this machine has now.
        pause: seconds between two calls of `refresh`.
    """

    port: int
    names: Names = field(default_factory=Names)
    chosen: frozenset[str] = frozenset()
    look_around: Look = own_addresses
    pause: float = 3
    _lock: Lock = field(default_factory=Lock)
    _open: dict[OwnAddress, socket.socket] = field(default_factory=dict)
    _refused: frozenset[OwnAddress] = frozenset()

    def refuse_unknown(self) -> None:
        """Refuse a chosen address that this machine does not have.

        Raises:
            Refused: such an address was chosen; the message lists the addresses that the machine
                has.
        """
        there = self.look_around()
        for address in sorted(self.chosen - {each.address for each in there}):
            have = (
                ", ".join(f"{each.address} ({each.network})" for each in there)
                or "belum ada; sambungkan ke jaringan dahulu"
            )
            raise Refused(f"Laptop ini tidak punya alamat {address}. Alamatnya: {have}.")

    def refresh(self) -> Change:
        """Open sockets at new addresses, and list the sockets whose address is gone.

        The caller accepts connections at the new sockets and closes the others. If another program
        uses the port at an address, each call tries that address again, but only the first call
        reports it.
        """
        try:
            there = self.look_around()
        except OSError:  # the system did not tell; it is asked again
            return Change()
        wanted = [each for each in there if self._is_wanted(each)]
        opened, refused = {}, set()
        for each in wanted:
            if each not in self._open:
                try:
                    opened[each] = listen(each.address, self.port)
                except OSError:
                    refused.add(each)
        with self._lock:
            closed = {each: sock for each, sock in self._open.items() if each not in wanted}
            self._open = {
                each: sock for each, sock in self._open.items() if each in wanted
            } | opened
            new, self._refused = refused - self._refused, frozenset(refused)
        return Change(
            tuple(opened.values()), tuple(closed.values()), self._sentence(opened, closed, new)
        )

    @property
    def is_shut_out(self) -> bool:
        """True if no address is open, because another program uses the port at each of them."""
        return bool(self._refused) and not self.own

    @property
    def own(self) -> tuple[OwnAddress, ...]:
        """The addresses at which a socket is open now."""
        with self._lock:
            return tuple(self._open)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links to show to people with phones: first those with a host name, then the others.

        Over HTTPS, an address that the certificate does not contain is left out if there is a name,
        because the phone would show a warning.
        """
        certified = self.names.certified
        names = [Link(self._url(name), "") for name in self.names.to_tell]
        own = [
            each
            for each in self.own
            if certified is None or not names or each.address in certified.addresses
        ]
        return (*names, *(Link(self._url(each.address), each.network) for each in own))

    @property
    def about_names(self) -> tuple[str, ...]:
        """Sentences for the officer about the host names; empty if there is nothing to say.

        They say that the certificate is not for the site's name, or to which addresses a name must
        point.
        """
        if self.names.not_certified:
            return (
                (
                    f"Sertifikat itu bukan untuk {self.names.not_certified} (site_address di"
                    " psm.toml): ponsel akan memperingatkan."
                ),
            )
        if self.names.to_tell and self.own:
            own = _listed(self.own, "atau")
            return (f"Di jaringan ini nama {self.names.to_tell[0]} harus menunjuk ke {own}.",)
        return ()

    def close(self) -> None:
        """Close all sockets; they are not opened again."""
        with self._lock:
            for sock in self._open.values():
                sock.close()
            self._open = {}

    def _is_wanted(self, each: OwnAddress) -> bool:
        # Unless addresses were named: those of private networks, such as that of a course room.
        return each.address in self.chosen if self.chosen else IPv4Address(each.address).is_private

    def _url(self, host: str) -> str:
        return f"{self.names.scheme}://{host}:{self.port}/"

    def _sentence(
        self,
        opened: Iterable[OwnAddress],
        closed: Iterable[OwnAddress],
        refused: Iterable[OwnAddress],
    ) -> str:
        gone, come = _listed(closed), _listed(opened)
        said = [
            f"Alamat {gone} tidak ada lagi." if gone else "",
            f"Alamat baru untuk ponsel: {come}." if come else "",
        ]
        if gone or come:
            said.append(
                "Tunjukkan kode yang baru."
                if self.own
                else "Laptop ini tidak tersambung ke jaringan mana pun."
            )
        if shut := _listed(refused):
            said.append(f"Di {shut} port {self.port} sedang dipakai program lain.")
        return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that a request may name: this machine's own names and its present addresses."""

    names: Names = field(default_factory=Names)
    addresses: HallAddresses | None = None  # None: only this machine itself may ask

    def __contains__(self, host: object) -> bool:
        if host in LOOPBACK or host == self.names.site:
            return bool(host)
        return self.addresses is not None and (
            host in self.names.all or any(host == each.address for each in self.addresses.own)
        )


def _listed(addresses: Iterable[OwnAddress], last: str = "dan") -> str:
    *others, end = [f"{each.address} ({each.network})" for each in addresses] or [""]
    return f"{', '.join(others)} {last} {end}" if others else end


def listen(host: str, port: int) -> socket.socket:
    """Open a TCP socket at one of this machine's own addresses.

    The socket object has its protocol number set to TCP, which `create_server` does not do.
    Without this number asyncio does not switch off Nagle's algorithm. On a connection that stays
    open, most answers would then take 40 ms longer: their second part waits until the client has
    acknowledged their first part.

    Raises:
        OSError: another program has the port, or the address has gone.
    """
    made = socket.create_server((host, port))
    return socket.socket(made.family, made.type, socket.IPPROTO_TCP, fileno=made.detach())
