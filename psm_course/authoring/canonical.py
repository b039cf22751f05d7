"""JSON with one spelling for equal values, and its digest.

Registers and phones keep digests of this spelling, so it must never change.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """A value as JSON, with sorted keys and without spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def json_digest(value: Any) -> str:
    """`sha256:…` of the canonical JSON of a value."""
    return f"sha256:{hashlib.sha256(canonical_json(value).encode()).hexdigest()}"
