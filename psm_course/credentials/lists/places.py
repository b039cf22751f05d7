"""Where below its site an office publishes what; the first part of each path."""

STATUS = "status"
SHARED = "terbitan"
CORRECTIONS = "perbaikan.json"
DIGESTS = "sidik.json"
DIGEST_PARTS = "sidik"
SNAPSHOT = "snapshot.json"
TURNS = "snapshot"  # the snapshots with which the keys changed, `snapshot/4.json`: who missed one finds it there
KEYS = "keys.json"
