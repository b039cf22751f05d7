"""The fields of `modules/course.yml`: sessions, other times of the day, requirements and rubric.

The same model reads the author's file and the frozen rules that were made from such a file.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, SerializeAsAny

from psm_course.authoring.fields import Clock, Count, Id, Model, Text, mistake
from psm_course.authoring.problems import did_you_mean, shorten
from psm_course.domain.requirement import Criterion, Requirement, Session
from psm_course.domain.requirements import KINDS
from psm_course.domain.slots import Slot


def _refuse(kind: Any) -> str:
    guess = did_you_mean(kind, KINDS) if isinstance(kind, str) else None
    hint = f'maksud Anda "{guess}"?' if guess else f"pilih salah satu: {', '.join(KINDS)}"
    raise mistake(f'"{shorten(str(kind))}" tidak dikenal', hint)


class _OfNoKind(Requirement):
    """A requirement whose `kind` is unknown. Reading it always fails.

    The other fields are read too, so that the author gets all mistakes at once.
    """

    kind: Annotated[str, BeforeValidator(_refuse)]


def _of_its_kind(tree: Any) -> Requirement:
    """Read one requirement of the file (`tree`) with the class that belongs to its `kind`."""
    kind = tree.get("kind") if isinstance(tree, dict) else None
    if isinstance(kind, str) and kind in KINDS:
        return KINDS[kind].model_validate(tree)
    return _OfNoKind.model_validate(tree)


class CourseFile(Model):
    """`modules/course.yml` as its author writes it."""

    id: Id = Field(description="Nama kursus, tetap selamanya.")
    title: Text = Field(description="Nama kursus di sertifikat.")
    organiser: Text = Field(description="Penyelenggara.")
    hours: Count = Field(description="Jumlah JP seluruhnya.")
    minutes_per_hour: Count = Field(45, description="Menit dalam satu JP.")
    record_number: Text | None = Field(
        None,
        description=(
            "Pola nomor sertifikat kursus ini, misalnya"
            " 800.2/{seq:04}/PSM-DASAR/{roman_month}/{year}. Tidak ditulis: pola kantor."
        ),
    )
    day_from: Clock | None = Field(None, description="Jam paling awal sebuah hari, misalnya 07.15.")
    day_to: Clock | None = Field(None, description="Jam paling akhir sebuah hari, misalnya 16.30.")
    sessions: tuple[Session, ...] = Field(min_length=1, description="Sesi-sesi menurut jadwal.")
    slots: tuple[Slot, ...] | None = Field(
        None, description="Yang mengisi hari di luar sesi: pintu, tes, rehat, makan."
    )
    completion: tuple[Annotated[SerializeAsAny[Requirement], PlainValidator(_of_its_kind)], ...] = (
        Field(min_length=1, description="Syarat selesai.")
    )
    rubric: tuple[Criterion, ...] = Field((), description="Yang diamati pelatih (observed).")
