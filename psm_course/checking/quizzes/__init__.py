"""Rules about quizzes and their items."""
