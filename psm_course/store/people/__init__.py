"""SQL about people: who belongs to a cohort."""
