"""JupyterLab for trainers: a temporary copy of the lessons, settings, kernel, and the wall view."""
