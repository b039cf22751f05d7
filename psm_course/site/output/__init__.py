"""From the builder's pages to the files that are published."""
