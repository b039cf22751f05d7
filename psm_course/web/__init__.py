"""The web server on one port: hand-ins from phones, the office's desk and the course site."""
