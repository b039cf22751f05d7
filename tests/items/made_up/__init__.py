"""`span`: a made-up type for the tests.
From which value to which? Both ends are picked from the same numbers.
"""

from psm_course.items.base import ItemType
from tests.items.made_up.fields import SpanItem
from tests.items.made_up.marker import guesses, mark, respond

TYPE = ItemType(SpanItem, mark, guesses, respond, place=99)
