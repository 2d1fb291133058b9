"""A sealed file: AES-256-GCM in pieces, so that a copy of any size passes through little memory.

    marrow backup 1\\n · salt · check of the key · piece · piece · … · last piece

A piece is its mark (0, or 1 for the last), its length, and its ciphertext. The nonce counts the
pieces and holds the mark, so none can be left out, moved, or cut off at the end. The key of each
file is drawn from the house's key and the file's own salt. The first piece is the manifest.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from marrow.core.refusals import Refused

MAGIC = b"marrow backup 1\n"
SALT, CHECK, TAG = 32, 16, 16
PIECE = 1024 * 1024  # bytes of clear text in a piece
LONGEST = 16 * PIECE  # a manifest may be longer than a piece
HEAD = len(MAGIC) + SALT + CHECK


class Damaged(Refused):
    """The file is not what was sealed, or another key sealed it."""

    code = "damaged"


def seal(clear: Iterable[bytes], target: BinaryIO) -> None:
    """Write the pieces sealed; each of `clear` is one piece, the first is the manifest."""
    salt = os.urandom(SALT)
    key = _file_key(salt)
    head = MAGIC + salt + _check(key)
    target.write(head)
    pieces = iter(clear)
    here = next(pieces)
    number = 0
    while here is not None:
        if len(here) > LONGEST:
            raise Refused("The list of what the backup holds is too long: too many files.")
        following = next(pieces, None)
        mark = int(following is None)
        sealed = AESGCM(key).encrypt(_nonce(number, mark), here, head)
        target.write(bytes([mark]) + len(sealed).to_bytes(4, "big") + sealed)
        number, here = number + 1, following  # type: ignore[assignment]  # None ends the loop


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """The clear pieces, the manifest first; raises Damaged before anything altered is given."""
    head = source.read(HEAD)
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise Damaged("This is not a backup of Marrow, or its beginning is damaged.")
    key = _file_key(head[len(MAGIC) : len(MAGIC) + SALT])
    if not hmac.compare_digest(_check(key), head[-CHECK:]):
        raise Damaged("This backup was sealed under another key (MARROW_BACKUP_KEY).")
    number, mark = 0, 0
    while not mark:
        mark, sealed = _next(source)
        try:
            yield AESGCM(key).decrypt(_nonce(number, mark), sealed, head)
        except InvalidTag as altered:
            raise Damaged(f"Piece {number} of the backup was altered.") from altered
        number += 1
    if source.read(1):
        raise Damaged("Something was added at the end of the backup.")


def _next(source: BinaryIO) -> tuple[int, bytes]:
    told = source.read(5)
    length = int.from_bytes(told[1:], "big")
    if len(told) < 5 or not TAG <= length <= LONGEST + TAG:
        raise Damaged("The end of the backup is missing, or it was altered.")
    sealed = source.read(length)
    if len(sealed) < length:
        raise Damaged("The end of the backup is missing.")
    return told[0] & 1, sealed


def _nonce(number: int, mark: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([mark])


def _file_key(salt: bytes) -> bytes:
    house = hashlib.sha256(b"marrow backups:" + settings.BACKUP_KEY.encode()).digest()
    return HKDF(SHA256(), 32, salt, b"marrow backup file").derive(house)


def _check(key: bytes) -> bytes:
    """Tells a wrong key from a damaged file; says nothing about either."""
    return hmac.new(key, b"check", hashlib.sha256).digest()[:CHECK]
