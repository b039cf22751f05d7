"""`match`: join each left side to its right side."""
