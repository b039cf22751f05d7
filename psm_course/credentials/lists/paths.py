"""Paths of published documents below an office's site; for folders the first part of the path."""

STATUS = "status"
SHARED = "terbitan"
CORRECTIONS = "perbaikan.json"
DIGESTS = "sidik.json"
DIGEST_PARTS = "sidik"
SNAPSHOT = "snapshot.json"
# Snapshots with which the keys changed stay there as `snapshot/4.json`, for readers who missed one.
TURNS = "snapshot"
KEYS = "keys.json"
