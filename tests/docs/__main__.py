"""Prints how well every package is documented; with the name of one, what is missing in it."""

from __future__ import annotations

import sys

from tests.docs.docstrings import measure, packages


def main() -> None:
    """Print a line for every package, or every name with a fault of the packages that are named."""
    named = sys.argv[1:]
    print(
        f"{'package':12} {'names':>5} {'documented':>10} {'puzzles':>7} {'silent':>6}"
        f" {'comments':>8}"
    )
    for package in named or packages():
        found = measure(package)
        comments = found.comments / max(found.lines, 1)
        row = (
            f"{len(found.public):5} {found.documented:10.1%} {len(found.puzzles):7}"
            f" {len(found.silent):6} {comments:8.1%}"
        )
        print(f"{package:12} {row}")
        if named:
            for fault in ("undocumented", "puzzles", "silent"):
                print(f"\n{fault}:", *getattr(found, fault), sep="\n  ")


if __name__ == "__main__":
    main()
