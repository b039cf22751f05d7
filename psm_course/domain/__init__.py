"""The register's values and the rules that judge them: enrolments, attendance, completion.

Nothing here reads files or the database. Also the record that a completion earns.
"""
