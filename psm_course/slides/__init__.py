"""Modules as slides: one self-contained HTML file per module, with a window for the trainer."""
