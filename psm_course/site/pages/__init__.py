"""What Sphinx draws: directives, cells, menus, pictures."""
