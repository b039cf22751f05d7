"""Takes responses, returns marks and outcomes. It uses no files, no clock and no database."""
