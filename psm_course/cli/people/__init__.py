"""Commands about people: who belongs to a cohort."""
