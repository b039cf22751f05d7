"""The kinds of problem that happen on a real course day.

The files of an invented course day contain them. Officers practise with these files, and tests
check that the register handles each problem rightly.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of problem that a demo makes on purpose, such as a name that is in a sheet twice.

    The value is the Indonesian text that tells the officer about a problem of this kind.
    """

    LETTERHEAD = "daftar peserta .csv dengan kop surat, tanda tangan, dan huruf Windows-1252"
    NIK_COLUMN = "daftar peserta dengan kolom NIK"
    TWINS = "dua orang bernama sama di satu kelurahan"
    WRITTEN_TWICE = "orang yang sama ditulis dua kali"
    SHARED_NAME = "kelurahan yang namanya ada dua, tanpa kecamatan"
    SPELLING = "nama kelurahan dieja lain"
    EATEN_NOUGHTS = "angka 0 di depan nomor HP hilang"
    HALF_FILLED = "lembar hadir baru terisi separuh"
    DOUBLE_SCAN = "kartu dipindai dua kali"
    WRONG_SESSION = "kartu dipindai untuk sesi hari lain"
    UNKNOWN_CARD = "kartu yang bukan dari angkatan ini"
    TWICE = "jawaban yang sama dikirim dua kali"
    LATE = "jawaban baru dikirim beberapa hari kemudian"
    OLD_VERSION = "jawaban dari versi kursus yang lama"
    WRONG_CLOCK = "jam ponsel meleset satu tahun"
    NO_CARD = "ponsel tidak mengenal kartunya"
    WRONG_MAC = "jawaban dikirim dengan kartu orang lain"
    UNKNOWN_PARTICIPANT = "nomor peserta yang tidak ada"
    REUSED_ID = "dua jawaban berbeda dengan id yang sama"
    TOO_OFTEN = "mengerjakan lebih sering dari yang dibolehkan"


@dataclass(frozen=True, slots=True)
class Mess:
    """One problem in the files of an invented course day.

    `file` is the name of the file. `numbers` are the numbers of the participants with the problem.
    `where` are the places of the problem: cells of a sheet, or ids of submissions.
    """

    kind: Kind
    file: str
    numbers: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    def __str__(self) -> str:
        about = ", ".join((*self.numbers, *self.where))
        return f"{self.file}: {self.kind}" + (f" ({about})" if about else "")
