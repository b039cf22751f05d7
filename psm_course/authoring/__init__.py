"""What every file that an author writes has in common: the YAML tree, field types, problems, ids and numbers."""
