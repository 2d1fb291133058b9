"""A phone's file as the app writes it: a batch that is sealed to the server and signed."""

from __future__ import annotations

import base64
import gzip
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from marrow.sync import recovery


class Pen:
    """What a phone signs and seals with."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.key = os.urandom(32)

    @property
    def point(self) -> str:
        return _point(self.private)

    def wrapped(self) -> dict[str, str]:
        """The content's key, for the server alone."""
        mine = ec.generate_private_key(ec.SECP256R1())
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), base64.b64decode(recovery.public_key())
        )
        shared = mine.exchange(ec.ECDH(), theirs)
        key = HKDF(hashes.SHA256(), 32, salt=None, info=recovery.INFO).derive(shared)
        sealed = recovery.sealed(key, "dek", self.key)
        return {"point": _point(mine), "key": base64.b64encode(sealed).decode()}

    def write(self, inst: str, body: bytes, **head: Any) -> bytes:
        """A file with a push in it."""
        sealed = recovery.sealed(self.key, f"mrw:{inst}", gzip.compress(body))
        return self.signed({"inst": inst, "how": "batch"} | head, sealed)

    def write_locked(self, inst: str, first: int, before: str, lines: list[bytes]) -> bytes:
        """A locked phone's file: its own sealed lines."""
        told = [
            f"{q} ".encode() + base64.b64encode(recovery.sealed(self.key, f"op:{q}", line))
            for q, line in enumerate(lines, start=first)
        ]
        head = {"inst": inst, "how": "lines", "from": first, "prev": before}
        return self.signed(head, gzip.compress(b"\n".join(told)))

    def signed(self, head: dict[str, Any], body: bytes) -> bytes:
        told = {"mrw": 2, "recovery": self.wrapped()} | head
        whole = json.dumps(told).encode() + b"\n" + body
        r, s = decode_dss_signature(self.private.sign(whole, ec.ECDSA(hashes.SHA256())))
        return whole + r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def read(self, receipt: bytes) -> dict[str, Any]:
        told = json.loads(receipt)
        clear = recovery.clear(self.key, f"ack:{told['inst']}", base64.b64decode(told["c"]))
        found: dict[str, Any] = json.loads(clear)
        return found


def _point(key: ec.EllipticCurvePrivateKey) -> str:
    told = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(told).decode()
