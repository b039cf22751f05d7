"""Makes the list of every city's kecamatan and kelurahan anew.

Run `python book/maintaining/regions.py wilayah.sql`. `wilayah.sql` is `db/wilayah.sql` of
github.com/cahyadsn/wilayah (MIT licence).
"""

import lzma
import re
import sys
from pathlib import Path

KEPT = Path(__file__).parents[2] / "psm_course" / "starting" / "regions.tsv.xz"
_ROW = re.compile(r"\('([0-9.]+)','((?:[^']|'')*)'\)")


def main(dump: Path) -> None:
    rows = sorted(
        (code, name.replace("''", "'").strip())
        for code, name in _ROW.findall(dump.read_text(encoding="utf-8"))
    )
    text = "".join(f"{code}\t{name}\n" for code, name in rows)
    KEPT.write_bytes(lzma.compress(text.encode(), preset=9))
    sys.stdout.write(f"{len(rows)} rows, {KEPT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
