"""Words that the course does not use in its own voice."""
