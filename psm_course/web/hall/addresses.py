"""The addresses that this machine has in the networks around it."""

from dataclasses import dataclass
from ipaddress import IPv4Address

import ifaddr


@dataclass(frozen=True, slots=True, order=True)
class OwnAddress:
    """An address of this machine.

    `network` is the adapter's name in this system, such as `wlan0` or `Intel(R) Wi-Fi 6`.
    """

    address: str
    network: str


def own_addresses() -> tuple[OwnAddress, ...]:
    """The IPv4 addresses that other machines can reach, in the order of the addresses.

    The adapters are asked, not the routes: a laptop whose own hotspot the phones use has no route
    to anywhere.
    """
    found = {
        OwnAddress(str(each.ip), adapter.nice_name)
        for adapter in ifaddr.get_adapters()
        for each in adapter.ips
        if each.is_IPv4
    }
    return tuple(
        sorted(
            (each for each in found if _is_reached(IPv4Address(each.address))),
            key=lambda each: IPv4Address(each.address),
        )
    )


def _is_reached(address: IPv4Address) -> bool:
    # 169.254.x.x is what an adapter gives itself that found no network.
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
