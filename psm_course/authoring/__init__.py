"""Tools shared by all files that authors write: the YAML tree, field types, problems, ids and numbers."""
