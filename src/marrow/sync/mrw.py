"""The file that a phone writes when there is no network, and the receipt that goes back to it.

A line of JSON in clear, what is sealed to the server, and at the end the phone's signature over
both. `batch` is a push as it would have been sent, packed; `lines` are a locked phone's own sealed
lines, of which the key is wrapped for recovery. The content's key is found in the same way.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from marrow.sync import recovery
from marrow.sync.rules import BadBatch, Batch, parsed, read_batch

VERSION = 2
SIGNATURE = 64  # bytes: r and s
LARGEST_FILE = 8 * 1024 * 1024  # bytes
LARGEST_INSIDE = 32 * 1024 * 1024  # bytes, unpacked: years of records


class NotRead(ValueError):
    """Why a file is not taken: OLD, LARGE, BROKEN, FOREIGN or UNSIGNED."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies there: nothing of it is believed yet."""

    installation: UUID
    head: Mapping[str, Any]
    body: bytes
    signed: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Inside:
    """What was sealed, and the key that it was sealed with."""

    batch: Batch
    key: bytes


def read_file(data: bytes) -> File:
    """The parts of a file; raises NotRead."""
    if len(data) > LARGEST_FILE:
        raise NotRead("LARGE")
    line, _newline, rest = data.partition(b"\n")
    head = _head(line)
    if head.get("v") == 1 and "lines" in head:
        raise NotRead("OLD")
    try:
        inst = UUID(head["inst"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise NotRead("BROKEN") from wrong
    if head.get("mrw") != VERSION or len(rest) <= SIGNATURE:
        raise NotRead("BROKEN")
    return File(inst, head, rest[:-SIGNATURE], data[:-SIGNATURE], data[-SIGNATURE:])


def _head(line: bytes) -> Mapping[str, Any]:
    try:
        told = parsed(line)
    except ValueError as wrong:
        raise NotRead("BROKEN") from wrong
    return told if isinstance(told, dict) else {}


def prove(file: File, point: str) -> None:
    """That the phone with this key wrote it, every byte; raises NotRead."""
    if not point:
        raise NotRead("UNSIGNED")
    half = SIGNATURE // 2
    r, s = (int.from_bytes(p, "big") for p in (file.signature[:half], file.signature[half:]))
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(point))
        key.verify(encode_dss_signature(r, s), file.signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError) as wrong:
        raise NotRead("BROKEN") from wrong


def open_file(file: File) -> Inside:
    """What is in it, with the server's key; raises NotRead."""
    try:
        key = recovery.unwrapped(file.head["recovery"])
    except (KeyError, TypeError, ValueError, InvalidTag) as wrong:
        raise NotRead("FOREIGN") from wrong
    try:
        batch = _lines(file, key) if file.head["how"] == "lines" else _batch(file, key)
    except (KeyError, TypeError, ValueError, InvalidTag, OSError, EOFError, zlib.error) as wrong:
        raise NotRead("BROKEN") from wrong
    if batch.installation != file.installation:
        raise NotRead("BROKEN")
    return Inside(batch, key)


def _batch(file: File, key: bytes) -> Batch:
    return read_batch(_unpacked(recovery.clear(key, f"mrw:{file.installation}", file.body)))


def _lines(file: File, key: bytes) -> Batch:
    """A locked phone's lines, each sealed in its own place."""
    first, before, lines = file.head["from"], file.head["prev"], []
    for text in _unpacked(file.body).splitlines():
        q, _space, sealed = text.partition(b" ")
        lines.append(recovery.clear(key, f"op:{int(q)}", base64.b64decode(sealed)))
    head = {"v": 1, "inst": str(file.installation), "from": first, "prev": before, "app": "file"}
    return read_batch(b"\n".join([json.dumps(head).encode(), *lines]))


def _unpacked(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        body = packed.read(LARGEST_INSIDE + 1)
    if len(body) > LARGEST_INSIDE:
        raise BadBatch("too large inside")
    return body


def receipt(file: File, key: bytes, told: Mapping[str, Any]) -> bytes:
    """What the phone reads in: only who wrote the file can open it, and only the server made it."""
    place = f"ack:{file.installation}"
    sealed = recovery.sealed(key, place, json.dumps(told).encode())
    answer = {
        "mrw-ack": 1, "inst": str(file.installation), "mine": str(file.head.get("mine", ""))[:200],
        "c": base64.b64encode(sealed).decode(),
    }  # fmt: skip
    return json.dumps(answer).encode()


def is_point(text: str) -> bool:
    """Whether a text is the base64 of a point of P-256, as phones tell their key."""
    try:
        told = base64.b64decode(text, validate=True)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), told)
    except (ValueError, TypeError):
        return False
    return len(told) == 65
