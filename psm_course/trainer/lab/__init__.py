"""JupyterLab as a trainer needs it: a throw-away copy of the lessons, its settings, its kernel, and the wall beside it."""
