"""Tools for all files that authors write: the YAML tree, field types, problems, ids, numbers."""
