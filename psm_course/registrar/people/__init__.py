"""Use-cases about people: who belongs to a cohort."""
