"""The command line. A command parses its arguments, calls one verb, and prints the result.

Each group of commands has a file.

Pythons before `OLDEST` read this file and `psm_course/__init__.py`: keep both to syntax that they
parse, so that they can say which version is needed.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.stderr.write(
        "Python di komputer ini versi %d.%d; psm memerlukan 3.11 atau lebih baru. "  # noqa: UP031
        "Tidak ada yang diubah. "
        "Pasang Python yang lebih baru, lalu ikuti Panduan pemasangan dari langkah pertama.\n"
        % sys.version_info[:2]
    )
    sys.exit(2)
