"""Draws `house.svg` and `data.svg` from the code. `make reference` runs it.

Nothing of the running system needs it, so it stands beside what it makes and not in the package.
The words in the pictures are those of the docstrings, the fields those of the classes and tables;
only the floors (`drawing/house.py`) and the order of the steps (`drawing/road.py`) are said. What
does not fit the code any more (a room without a floor, an import upward, a class that went) ends
the program with the reason. `tests/test_docs.py` runs it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from drawing.house import house
from drawing.road import data_road

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
MADE = {"house.svg": house, "data.svg": data_road}

if __name__ == "__main__":
    for name, make in MADE.items():
        (HERE / name).write_text(make(), encoding="utf-8")
        sys.stdout.write(f"{(HERE / name).relative_to(ROOT)}\n")
