"""The register's values and the rules that judge them: enrolments, attendance, completion, records.

Nothing here reads files or the database.
"""
