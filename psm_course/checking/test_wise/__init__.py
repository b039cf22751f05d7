"""What a test gives away to somebody who is good at tests and knows nothing: decisions 0109 and 0111."""
