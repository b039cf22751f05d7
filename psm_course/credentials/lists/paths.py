"""Paths of published documents below an office's site; for folders the first part of the path."""

STATUS = "status"
SHARED = "terbitan"
CORRECTIONS = "perbaikan.json"
DIGESTS = "sidik.json"
DIGEST_PARTS = "sidik"
SNAPSHOT = "snapshot.json"
# The snapshots with which the keys changed, `snapshot/4.json`: who missed one finds it there.
TURNS = "snapshot"
KEYS = "keys.json"
