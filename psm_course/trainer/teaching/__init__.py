"""Functions for working with the class: items one by one, a case, a tally, groups, the clock."""
