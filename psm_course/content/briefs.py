"""Sheets for invited speakers, to send before the course (`modules/pemateri.yml`).

A course need not have this file.
"""

from pathlib import Path as FilePath

from pydantic import Field

from psm_course.authoring.fields import Count, Id, Model, Text
from psm_course.authoring.ids import repeated_in
from psm_course.authoring.problems import Problem
from psm_course.authoring.reading import read_optional_file
from psm_course.authoring.yaml_source import Source

BRIEFS_FILE = FilePath("modules/pemateri.yml")


class Brief(Model):
    """The sheet for one invited speaker: the part of a lesson, what to say and what not to say."""

    id: Id = Field(description="Nama pendek lembar ini.")
    institution: Text = Field(description="Lembaga yang diminta.")
    session: Id = Field(description="Sesi di course.yml.")
    lesson: Id = Field(description="Pelajaran di modul sesi itu: nama notebook tanpa .ipynb.")
    minutes: Count = Field(description="Menit bicara, di dalam pelajaran itu.")
    topic: Text = Field(description="Pokok bicara, satu kalimat.")
    before: tuple[Text, ...] = Field(min_length=1, description="Yang sudah dikerjakan peserta.")
    after: tuple[Text, ...] = Field(min_length=1, description="Yang dikerjakan peserta sesudahnya.")
    say: tuple[Text, ...] = Field(
        min_length=1, description="Yang disampaikan, dengan sumbernya bila perlu."
    )
    avoid: tuple[Text, ...] = Field(min_length=1, description="Yang tidak disampaikan.")
    bring: tuple[Text, ...] = Field(min_length=1, description="Yang dibawa atau dipastikan dulu.")


class BriefsFile(Model):
    """`modules/pemateri.yml`: the sheets that invited speakers get before the course."""

    audience: Text = Field(description="Siapa pesertanya.")
    room: tuple[Text, ...] = Field(
        min_length=1, description="Yang berlaku di ruangan bagi setiap pemateri."
    )
    briefs: tuple[Brief, ...] = Field(min_length=1, description="Lembar pemateri.")


def read_briefs(root: FilePath) -> tuple[Source, BriefsFile | None, list[Problem]]:
    """Read `modules/pemateri.yml`; return the file as read, its sheets, and all its problems.

    The sheets are None if they cannot be read. If there is no such file, the result is an empty
    source, None, and no problems.
    """
    return read_optional_file(
        BriefsFile, root, BRIEFS_FILE, lambda file: repeated_in(file, "briefs")
    )
