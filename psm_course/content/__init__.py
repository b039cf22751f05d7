"""Files in, values out: quizzes, modules, lessons and the course, or a list of problems. Knows nothing of grading or storing."""
