"""Times of a course day outside sessions: doors open, a test, a break, a meal."""

from typing import Literal

from pydantic import Field

from psm_course.authoring.fields import Clock, Count, Flag, Ids, Model, Text

SlotKind = Literal["door", "test", "rest", "meal"]


class Slot(Model):
    """A time of a course day that is no session. A slot within a session interrupts the session."""

    day: Count = Field(description="Hari ke berapa.")
    start: Clock = Field(description="Jam mulai, misalnya 10.00.")
    minutes: Count = Field(description="Lamanya dalam menit.")
    kind: SlotKind = Field(description="door: pintu dibuka; test: tes; rest: rehat; meal: makan.")
    title: Text = Field(description="Nama yang dicetak di rundown.")
    prayer: Flag = Field(False, description="yes: waktu salat termasuk di dalamnya.")
    quizzes: Ids | None = Field(None, description="Tes yang dikerjakan pada waktu ini.")
