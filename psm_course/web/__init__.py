"""The web face: the course site and the cohort's status page on one port, on this machine only."""
