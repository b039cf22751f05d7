"""The command line. A command parses its arguments, calls one function, and prints the result.

Each group of commands has a file.

Python versions that are too old for this program (before `OLDEST`) also read this file and
`psm_course/__init__.py`. Use only syntax in these files that old versions can parse, so that the
program can say which version it needs.
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
