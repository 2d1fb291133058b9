"""A file that comes in pieces: what its phone says of it. No Django."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_PIECE = 1024 * 1024  # bytes of one request
_SHA256 = re.compile(r"[0-9a-f]{64}")


def told_of(metadata: str) -> dict[str, str]:
    """`Upload-Metadata` of tus: names, each with its value in base64; {} where it is none."""
    found = {}
    for part in metadata.split(","):
        name, _space, value = part.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return {}
    return found


def is_sha256(text: str) -> bool:
    return bool(_SHA256.fullmatch(text))


def checks(checksum: str, piece: bytes) -> bool | None:
    """Whether a piece is what its `Upload-Checksum` says; None for a way that we do not know."""
    way, _space, value = checksum.partition(" ")
    if way != "sha256":
        return None
    return base64.b64encode(hashlib.sha256(piece).digest()).decode() == value.strip()


def as_number(text: str) -> int | None:
    """A header's count of bytes; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None
