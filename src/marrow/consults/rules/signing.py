"""The fingerprint of what a specialist signed."""

from __future__ import annotations

import hashlib
import json


def fingerprint(told: dict[str, object]) -> str:
    """SHA-256 over the content with its salt, in one form everywhere."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
