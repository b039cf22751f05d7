"""Behind a proxy: takes a client's address from the headers of known proxies only.

See decision 0143. uvicorn can do this too, but accepts any text as an address. A text that no proxy
has checked would then be written to the register.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from psm_course.errors import Refused
from psm_course.web.hall.incidents import LAPTOP
from psm_course.web.health import HEALTH

Address = IPv4Address | IPv6Address


class Proxies:
    """The addresses of the proxies in front of this server; `bool()` is False if there are none."""

    def __init__(self, written: str) -> None:
        """Parse addresses and networks that are separated by commas.

        Raises:
            Refused: a part is neither an address nor a network, or a network contains all
                addresses.
        """
        self._networks = [_network(each.strip()) for each in written.split(",") if each.strip()]

    def __bool__(self) -> bool:
        return bool(self._networks)

    def __contains__(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


class BehindProxy:
    """Gives each request the client's address and the scheme that the trusted proxies report."""

    def __init__(self, app: ASGIApp, proxies: Proxies, is_only_way: bool = False) -> None:
        """If `is_only_way`, only the proxies and this machine get answers; others get status 403.

        `/sehat` (the health check) answers everybody. Its answer says nothing about people, and
        programs on other machines request it without the proxy.
        """
        self.app = app
        self.proxies = proxies
        self.is_only_way = is_only_way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            peer = _address(scope["client"][0]) if scope["client"] else None
            if peer is not None and peer in self.proxies:
                self._believe(scope)
            elif self.is_only_way and str(peer) not in LAPTOP and scope["path"] != HEALTH:
                await PlainTextResponse("Buka situs ini lewat alamatnya sendiri.\n", 403)(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if headers.getlist("x-forwarded-proto") in (["http"], ["https"]):
            scope["scheme"] = headers["x-forwarded-proto"]
        passed_on = ",".join(headers.getlist("x-forwarded-for"))
        # Each proxy adds the address it heard at the end: read backwards while we know the proxy.
        for written in reversed(passed_on.split(",") if passed_on else ()):
            address = _address(written.strip())
            if address is None:  # nobody vouches for the rest
                return
            scope["client"] = (str(address), 0)
            if address not in self.proxies:
                return


def _address(written: str) -> Address | None:
    """Parse an IP address with or without a port; None for anything else.

    Examples: `10.0.0.7`, `10.0.0.7:1234`, `2001:db8::7`, `[2001:db8::7]:1234`.
    """
    bare = written[1:].partition("]")[0] if written.startswith("[") else written
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return ip_address(bare)
    except ValueError:
        return None


def _network(written: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(written, strict=False)
    except ValueError:
        raise Refused(
            f'"{written}" bukan alamat IP. Tulis alamat proxy itu, misalnya: psm serve'
            " --behind-proxy 127.0.0.1"
        ) from None
    if network.prefixlen == 0:
        raise Refused(
            f'"{written}" berarti semua orang dipercaya. Tulis alamat proxy itu saja, misalnya: psm'
            " serve --behind-proxy 127.0.0.1"
        )
    return network
