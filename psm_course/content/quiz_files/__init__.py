"""The quiz files of a course: reading one with all its problems, and finding one in the folder."""
