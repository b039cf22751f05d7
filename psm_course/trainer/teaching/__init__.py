"""Words for working with the hall: quiz items one by one, a case, a tally, groups, the clock."""
