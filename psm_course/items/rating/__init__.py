"""The item type `rating`: the learner gives an opinion on a scale."""

from psm_course.items.base import ItemType
from psm_course.items.rating.fields import RatingItem
from psm_course.items.rating.marker import guesses, mark, respond

TYPE = ItemType(RatingItem, mark, guesses, respond, place=8)
