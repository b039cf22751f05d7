"""The register's values and judgements, pure: enrolments, attendance, attempts, completion.

Also the record that a completion earns.
"""
