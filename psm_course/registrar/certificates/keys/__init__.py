"""The office's keys: the signing key, the key that decrypts backups, and the offline key."""
