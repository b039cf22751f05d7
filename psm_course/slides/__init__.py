"""Makes slides: one HTML file per module, complete in itself, with notes for the trainer."""
