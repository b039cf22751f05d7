"""A referral network that loses one person: which referrals still arrive?

A referral sends a person to a service, through people who know each other. It arrives if these
people still connect the volunteer with the service.

Emergencies and suspected violence are not in the model, because they are always reported directly
by telephone.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

START = "PSM"
PEOPLE = ("Puskesos", "Kelurahan", "TKSK", "Kader")
SERVICES = ("LKS disabilitas", "Disdukcapil", "Dinas Sosial", "Puskesmas")
LINKS = (
    (START, "Puskesos"),
    (START, "Kelurahan"),
    (START, "Kader"),
    ("Kelurahan", "TKSK"),
    *[("Puskesos", service) for service in SERVICES],
    ("Kelurahan", "Disdukcapil"),
    ("TKSK", "Dinas Sosial"),
    ("Kader", "Puskesmas"),
)
REFERRALS = 100
# Of a hundred people, how many need which service; made up.
_NEEDS = {"Dinas Sosial": 35, "Disdukcapil": 25, "Puskesmas": 25, "LKS disabilitas": 15}
# Whom the volunteer gets to know herself first: where there is only one way.
SPARE = ("LKS disabilitas", "Dinas Sosial", "Disdukcapil", "Puskesmas")
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Service:
    """Referrals to one service: how many were asked for, and how many arrived.

    `hands` is the smallest number of handovers by which the service can be reached; None if it
    cannot be reached.
    """

    asked: int
    arrived: int
    hands: int | None


@dataclass(frozen=True, slots=True)
class Referred:
    """The result of `REFERRALS` simulated referrals, by service."""

    services: Mapping[str, Service]

    @property
    def arrived(self) -> int:
        """The number of referrals that arrived at their service."""
        return sum(service.arrived for service in self.services.values())

    @property
    def stuck(self) -> int:
        """The number of referrals that did not arrive at their service."""
        return sum(service.asked - service.arrived for service in self.services.values())


def links(lost: str, spare: int) -> tuple[tuple[str, str], ...]:
    """Return the links between people and services; the lost person has no links any more.

    The volunteer has a direct link to each of the first `spare` services of `SPARE`.
    """
    known = (*LINKS, *((START, service) for service in SPARE[:spare]))
    return tuple(link for link in known if lost not in link)


def referred(lost: str, spare: int, smooth: int, seed: int) -> Referred:
    """Simulate a hundred referrals.

    Args:
        lost: one of `PEOPLE`; any other word means that nobody is lost.
        spare: number of services that the volunteer knows directly, in the order of `SPARE`.
        smooth: the percent of handovers that succeed.
        seed: start of the random numbers: each seed gives other referrals.
    """
    hands = _hands(links(lost, spare))
    random = Random(seed)  # noqa: S311 - a lesson, no secret
    asked, arrived = dict.fromkeys(SERVICES, 0), dict.fromkeys(SERVICES, 0)
    for _ in range(REFERRALS):
        service = random.choices(list(_NEEDS), list(_NEEDS.values()))[0]
        luck = [random.random() * 100 for _ in range(_LONGEST)]
        asked[service] += 1
        if service in hands and all(each < smooth for each in luck[: hands[service]]):
            arrived[service] += 1
    return Referred(
        {name: Service(asked[name], arrived[name], hands.get(name)) for name in SERVICES}
    )


def _hands(known: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Return by name the smallest number of handovers that lead to each person and service.

    `known` are the links, as `links` returns them. The first handover is from the volunteer to
    somebody the volunteer knows. People and services that cannot be reached are left out.
    """
    found, queue = {START: 0}, deque([START])
    while queue:
        here = queue.popleft()
        for one, other in known:
            for there in [other] if one == here else [one] if other == here else []:
                if there not in found:
                    found[there] = found[here] + 1
                    queue.append(there)
    return found
