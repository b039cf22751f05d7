"""A regrade in a process of its own, to be killed: `python -m
tests.registrar.answers.regrade_until_killed ADDRESS`, one line a cohort.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from psm_course.registrar.answers.regrading import apply_regrade
from psm_course.registrar.answers.remarking import Change
from psm_course.store.opening import open_server, open_store
from tests.builders import OFFICE
from tests.register_builders import ACTOR, NOW
from tests.registrar.answers.test_regrading import CORRECTED


def main(address: str) -> None:
    store = open_server(address, OFFICE) if "://" in address else open_store(Path(address), OFFICE)

    def each(cohort: str, changes: Sequence[Change]) -> None:
        sys.stdout.write(f"{cohort} {len(changes)}\n")
        sys.stdout.flush()
        sys.stdin.readline()  # go on when told to

    apply_regrade(store, CORRECTED, "tes-akhir", {"tiga": "full"}, "kunci keliru", ACTOR, NOW, each)
    sys.stdout.write("selesai\n")


if __name__ == "__main__":
    main(sys.argv[1])
