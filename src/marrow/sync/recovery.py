"""The programme's recovery key: a phone wraps its own key with the public half, so that who
forgot the passcode loses nothing. The private half is made from the server's record key."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
INFO = b"marrow field key"
NONCE = 12


class NotOpened(ValueError):
    """The export is no export, was altered, or belongs to another server."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What an export holds: whose it is and the lines that wait, as they were hashed."""

    installation: UUID
    first: int
    before: str
    lines: tuple[bytes, ...]


def public_key() -> str:
    """The public half, base64 of the uncompressed point."""
    point = _private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def open_export(text: bytes) -> Opened:
    """Open what a phone wrote out while it was locked; raises NotOpened."""
    try:
        told = json.loads(text)
        key = unwrapped(told["recovery"])
        lines = tuple(
            clear(key, f"op:{line['q']}", base64.b64decode(line["c"])) for line in told["lines"]
        )
        return Opened(UUID(told["inst"]), int(told["from"]), str(told["prev"]), lines)
    except (KeyError, TypeError, ValueError, InvalidTag) as wrong:
        raise NotOpened(str(wrong) or "it was altered, or belongs to another server") from wrong


def unwrapped(told: Mapping[str, Any]) -> bytes:
    """The key that a phone wrapped for us; raises InvalidTag where it was for another server."""
    point = base64.b64decode(told["point"])
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = _private().exchange(ec.ECDH(), theirs)
    key = HKDF(hashes.SHA256(), 32, salt=None, info=INFO).derive(shared)
    return clear(key, "dek", base64.b64decode(told["key"]))


def sealed(key: bytes, place: str, data: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def clear(key: bytes, place: str, data: bytes) -> bytes:
    return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], place.encode())


def _private() -> ec.EllipticCurvePrivateKey:
    seed = hashlib.sha512(b"marrow recovery key:" + settings.RECORD_KEY.encode()).digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())
