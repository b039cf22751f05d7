"""The item types, one file each. Adding a type: a file here, in `grading/markers`, in `forms/templates/items` and in the tests."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from psm_course.content.items.base import BaseItem
from psm_course.content.items.case import CaseItem
from psm_course.content.items.choice import ChoiceItem
from psm_course.content.items.choices import ChoicesItem
from psm_course.content.items.match import MatchItem
from psm_course.content.items.number import NumberItem
from psm_course.content.items.order import OrderItem
from psm_course.content.items.rating import RatingItem
from psm_course.content.items.text import TextItem

Item = Annotated[
    ChoiceItem | ChoicesItem | OrderItem | MatchItem | NumberItem | TextItem | CaseItem | RatingItem,
    Field(discriminator="type"),
]

ITEM_TYPES: dict[str, type[BaseItem]] = {
    "choice": ChoiceItem,
    "choices": ChoicesItem,
    "order": OrderItem,
    "match": MatchItem,
    "number": NumberItem,
    "text": TextItem,
    "case": CaseItem,
    "rating": RatingItem,
}
