"""The office's keys: the one that signs, the one that opens backups, and the offline one."""
