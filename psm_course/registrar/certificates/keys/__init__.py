"""The office's keys: the signing key, the key that opens backups, and the offline key."""
