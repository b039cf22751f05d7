"""The register's values and judgements, pure: enrolments, attendance, attempts, completion, and the record it earns."""
