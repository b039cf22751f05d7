"""What the server asks of the system before strangers come."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Heaps of other threads than the first one: glibc reserves 64 MB of addresses for each, most of it
# not yet to be touched.
COUNT = """
import sys, threading
from psm_course.web.hall.limits import use_one_arena

if sys.argv[1] == "one":
    use_one_arena()
together = threading.Barrier(9)

def work():
    kept = [bytes(2000) for _ in range(1000)]
    together.wait()
    together.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
together.wait()
spans = [line.split()[0].split("-") for line in open("/proc/self/maps") if " ---p " in line]
print(sum(2**25 < int(end, 16) - int(start, 16) <= 2**26 for start, end in spans))
together.wait()
"""


@pytest.mark.parametrize(("asked", "are_there_more"), [("one", False), ("as usual", True)])
def test_threads_share_one_heap(asked: str, are_there_more: bool) -> None:
    counted = subprocess.run(
        [sys.executable, "-c", COUNT, asked], capture_output=True, text=True, check=True
    ).stdout

    assert (int(counted) > 0) == are_there_more
