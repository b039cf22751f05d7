"""The command line: parse, call one verb, print. One file per group of commands.

Old Pythons read this file and the package's own too, so both are written for them: what they read next they cannot even parse.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.stderr.write(
        "Python di komputer ini versi %d.%d; psm memerlukan 3.11 atau lebih baru. Tidak ada yang diubah. "  # noqa: UP031
        "Pasang Python yang lebih baru, lalu ikuti Panduan pemasangan dari langkah pertama.\n" % sys.version_info[:2]
    )
    sys.exit(2)
