"""Paths of published documents below an office's site.

`STATUS`, `SHARED`, `DIGEST_PARTS` and `TURNS` are names of folders; the others are files.
"""

STATUS = "status"
SHARED = "terbitan"
CORRECTIONS = "perbaikan.json"
DIGESTS = "sidik.json"
DIGEST_PARTS = "sidik"
SNAPSHOT = "snapshot.json"
# Snapshots with which the keys changed stay there as `snapshot/4.json`, for readers who missed one.
TURNS = "snapshot"
KEYS = "keys.json"
