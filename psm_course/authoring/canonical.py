"""JSON in one form: equal values always give the same text, and so the same digest.

Registers and phones store digests of this text, so its form must never change.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """Return a value as JSON, with sorted keys and without spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def json_digest(value: Any) -> str:
    """Return `sha256:…`, the digest of the canonical JSON of a value."""
    return f"sha256:{hashlib.sha256(canonical_json(value).encode()).hexdigest()}"
