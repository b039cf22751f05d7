"""The words with which a trainer works with the hall: a quiz item by item, a case by show of hands, a tally, groups, the clock."""
