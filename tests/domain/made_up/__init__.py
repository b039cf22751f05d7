"""A kind of requirement that the program does not know: tests register its file, nothing else."""
