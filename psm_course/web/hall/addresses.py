"""The addresses that this machine has in the networks around it."""

from dataclasses import dataclass
from ipaddress import IPv4Address

import ifaddr


@dataclass(frozen=True, slots=True, order=True)
class OwnAddress:
    """An address of this machine.

    `network` is the name of the network adapter, such as `wlan0` or `Intel(R) Wi-Fi 6`.
    """

    address: str
    network: str


def own_addresses() -> tuple[OwnAddress, ...]:
    """Return the IPv4 addresses at which other machines can reach this one, sorted.

    They are read from the network adapters, not from the routing table: a laptop that is itself the
    hotspot of the phones has no route.
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
