"""The item type `order`: the learner puts parts in the right order."""

from psm_course.items.base import ItemType
from psm_course.items.order.fields import OrderItem
from psm_course.items.order.marker import guesses, mark, respond

TYPE = ItemType(OrderItem, mark, guesses, respond, place=3)
