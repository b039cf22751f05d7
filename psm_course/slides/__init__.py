"""A module as slides: one file of its own for each, shown without a network, with a window for the trainer."""
