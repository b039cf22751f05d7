"""The quiz files of a course: reads one with all its problems, and finds one in the folder."""
