"""The web face on one port: hand-ins, the office's desk, and the course site beside them."""
