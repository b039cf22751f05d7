"""The item types, one file each. Adding a type: a file here, in `grading/markers`, in `forms/templates/items` and in the tests."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from psm_course.items.base import BaseItem
from psm_course.items.case.fields import CaseItem
from psm_course.items.choice.fields import ChoiceItem
from psm_course.items.choices.fields import ChoicesItem
from psm_course.items.match.fields import MatchItem
from psm_course.items.number.fields import NumberItem
from psm_course.items.order.fields import OrderItem
from psm_course.items.rating.fields import RatingItem
from psm_course.items.text.fields import TextItem

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
