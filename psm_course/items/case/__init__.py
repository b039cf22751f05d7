"""The item type `case`: a situation told step by step."""

from psm_course.items.base import ItemType
from psm_course.items.case.fields import CaseItem
from psm_course.items.case.marker import guesses, mark, respond

TYPE = ItemType(CaseItem, mark, guesses, respond, place=7)
