"""The addresses that this machine has in the networks around it."""

from dataclasses import dataclass
from ipaddress import IPv4Address

import ifaddr


@dataclass(frozen=True, slots=True, order=True)
class OwnAddress:
    """An address of this machine; `network` is what its system calls the adapter, such as `wlan0` or `Intel(R) Wi-Fi 6`."""

    address: str
    network: str


def own_addresses() -> tuple[OwnAddress, ...]:
    """Every IPv4 address but those that only this machine itself reaches, in the order of the addresses.

    Asked of the adapters, not of the routes: a laptop whose own hotspot the phones use has no route to anywhere.
    """
    found = {OwnAddress(str(each.ip), adapter.nice_name) for adapter in ifaddr.get_adapters() for each in adapter.ips if each.is_IPv4}
    return tuple(sorted((each for each in found if _is_reached(IPv4Address(each.address))), key=lambda each: IPv4Address(each.address)))


def is_private(own: OwnAddress) -> bool:
    """Of a network of its own, not of the internet: there the hall is."""
    return IPv4Address(own.address).is_private


def _is_reached(address: IPv4Address) -> bool:
    # 169.254.x.x is what an adapter gives itself that found no network.
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
