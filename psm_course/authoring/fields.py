"""The types of value an author can write.

Each type is declared once. `authoring.reading`, the editor schema and the reference page all use
this declaration. Each type has a function that reads it: the function receives the text exactly as
written, and returns a value or raises an error with an Indonesian sentence.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeGuard

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from psm_course.authoring.numbers import plain, read_number
from psm_course.authoring.problems import shorten

YES = frozenset({"yes", "ya", "true"})
NO = frozenset({"no", "tidak", "false"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MILLIONTH = Decimal("0.000001")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Model(BaseModel):
    """A value that is read from a file and cannot be changed; unknown keys are mistakes.

    pydantic prepares the checks of a model when the first file is read, not while the program
    loads, because many commands read no such file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def mistake(message: str, hint: str) -> PydanticCustomError:
    """Return the error to raise for a wrong value; pydantic adds the path of the value.

    `message` is an Indonesian sentence, and `hint` tells the author what to do. The message is
    passed as a value of a template, because pydantic would read braces in the message as
    placeholders.
    """
    return PydanticCustomError("psm", "{message}", {"message": message, "hint": hint})


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    raise mistake("di sini harus ada teks, bukan daftar", "tulis satu teks saja")


def _read_text(value: Any) -> str:
    text = _as_text(value)
    if not text:
        raise mistake("masih kosong", "isi, atau hapus kuncinya bila memang tidak perlu")
    return text


def _read_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _as_text(value)
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise mistake(f'"{shorten(text)}" bukan yes atau no', "tulis yes atau no")


def is_id(value: Any) -> TypeGuard[str]:
    """True if a value can be an id.

    An id has no slash, so that a file named after it cannot lie outside its folder.
    """
    return isinstance(value, str) and _ID.fullmatch(value.strip()) is not None


def _read_id(value: Any) -> str:
    text = _read_text(value)
    if is_id(text):
        return text
    raise mistake(
        f'"{shorten(text)}" tidak dapat menjadi id',
        "pakai huruf, angka, dan tanda hubung saja, tanpa spasi",
    )


def _read_ids(value: Any) -> tuple[str, ...]:
    written = value if isinstance(value, list | tuple) else [value]
    if not written:
        raise mistake("masih kosong", "tulis sedikitnya satu id")
    return tuple(_read_id(one) for one in written)


def _amount(lowest: Decimal, highest: Decimal) -> Callable[[Any], Decimal]:
    def read(value: Any) -> Decimal:
        if isinstance(value, Decimal):
            return value
        text = _read_text(value)
        number = read_number(text)
        if number is None:
            raise mistake(f'"{shorten(text)}" bukan angka', "tulis angka saja, misalnya 2 atau 0,5")
        if not lowest <= number <= highest:
            raise mistake(
                f"{shorten(text)} di luar batas", f"isi antara {plain(lowest)} dan {plain(highest)}"
            )
        return number

    return read


def _read_credit(value: Any) -> Decimal:
    """Read the share of an item's points that an answer earns: a number from 0 to 1.

    At most six decimals are allowed, because pages count in millionths: a phone adds whole numbers
    without rounding.

    Raises:
        PydanticCustomError: the text is no number from 0 to 1, or has more than six decimals.
    """
    credit = _amount(Decimal(0), Decimal(1))(value)
    if credit % _MILLIONTH:
        raise mistake(
            f"{plain(credit)} terlalu rinci",
            "tulis paling banyak enam angka di belakang koma, misalnya 0,333333",
        )
    return credit


def _count(lowest: int, highest: int) -> Callable[[Any], int]:
    read_amount = _amount(Decimal(lowest), Decimal(highest))

    def read(value: Any) -> int:
        # Frozen rules are read from JSON, where this is a number already.
        if isinstance(value, int):
            return value
        number = read_amount(value)
        if number != number.to_integral_value():
            raise mistake(
                f'"{shorten(_as_text(value))}" bukan bilangan bulat',
                "tulis bilangan bulat, misalnya 2",
            )
        return int(number)

    return read


def _read_month(value: Any) -> date:
    """Read a month such as 2027-06, and return the first day after that month.

    A fact that is to be reviewed by 2027-06 is out of date from 2027-07-01.

    Raises:
        PydanticCustomError: the text is no month.
    """
    text = _read_text(value)
    found = _MONTH.fullmatch(text)
    year, month = (int(found.group(1)), int(found.group(2))) if found else (0, 0)
    if not 1 <= year < date.max.year:
        raise mistake(f'"{shorten(text)}" bukan bulan', "tulis tahun-bulan, misalnya 2027-06")
    return date(year + month // 12, month % 12 + 1, 1)


def _write_month(after: date) -> str:
    """Return the month before the day `after` as `YYYY-MM`; `_read_month` reads it again."""
    year, month = divmod(after.year * 12 + after.month - 2, 12)
    return f"{year}-{month + 1:02}"


def is_clock(value: str) -> bool:
    """True if a text is a time of day, such as 08.30."""
    return _CLOCK.fullmatch(value.strip()) is not None


def _read_clock(value: Any) -> str:
    """Read a time of day and return it as it is printed, such as 08.30. `8:30` is accepted too.

    Raises:
        PydanticCustomError: the text is no time of day.
    """
    text = _read_text(value)
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise mistake(f'"{shorten(text)}" bukan jam', "tulis jam.menit, misalnya 08.30")
    return f"{int(found[1]):02}.{found[2]}"


def _read_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _read_text(value)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise mistake(
            f'"{shorten(text)}" bukan tanggal', "tulis tahun-bulan-tanggal, misalnya 2026-11-23"
        ) from None


_NUMBER_SCHEMA = {"type": ["number", "string"]}

# Two versions of a test that measure the same objectives with other stories.
Form = Literal["a", "b"]
Text = Annotated[str, BeforeValidator(_read_text), WithJsonSchema({"type": ["string", "number"]})]
Flag = Annotated[
    bool,
    BeforeValidator(_read_flag),
    WithJsonSchema({"enum": ["yes", "no", "ya", "tidak", True, False]}),
]
Id = Annotated[
    str,
    BeforeValidator(_read_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{_ID.pattern}$"}),
]
Ids = Annotated[
    tuple[str, ...],
    BeforeValidator(_read_ids),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "integer"]},
                {"type": "array", "items": {"type": ["string", "integer"]}},
            ]
        }
    ),
]
Credit = Annotated[Decimal, BeforeValidator(_read_credit), WithJsonSchema(_NUMBER_SCHEMA)]
Points = Annotated[
    Decimal,
    BeforeValidator(_amount(Decimal("0.01"), Decimal(1000))),
    WithJsonSchema(_NUMBER_SCHEMA),
]
Percent = Annotated[
    Decimal, BeforeValidator(_amount(Decimal(0), Decimal(100))), WithJsonSchema(_NUMBER_SCHEMA)
]
Number = Annotated[
    Decimal,
    BeforeValidator(_amount(Decimal(-(10**15)), Decimal(10**15))),
    WithJsonSchema(_NUMBER_SCHEMA),
]
NotNegative = Annotated[
    Decimal, BeforeValidator(_amount(Decimal(0), Decimal(10**15))), WithJsonSchema(_NUMBER_SCHEMA)
]
Count = Annotated[
    int, BeforeValidator(_count(1, 10_000)), WithJsonSchema({"type": "integer", "minimum": 1})
]
Level = Annotated[
    int,
    BeforeValidator(_count(1, 4)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 4}),
]
ScaleSize = Annotated[
    int,
    BeforeValidator(_count(2, 10)),
    WithJsonSchema({"type": "integer", "minimum": 2, "maximum": 10}),
]
Month = Annotated[
    date,
    BeforeValidator(_read_month),
    PlainSerializer(_write_month, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_MONTH.pattern}$"}),
]
Clock = Annotated[
    str,
    BeforeValidator(_read_clock),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK.pattern}$"}),
]
Day = Annotated[
    date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})
]
