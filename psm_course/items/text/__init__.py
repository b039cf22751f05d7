"""The item type `text`: the learner writes a word or two."""

from psm_course.items.base import ItemType
from psm_course.items.text.fields import TextItem
from psm_course.items.text.marker import guesses, mark, respond

TYPE = ItemType(TextItem, mark, guesses, respond, place=6)
