"""Secret columns: ciphertext under the record's own key, in the table and in the journal alike.

Destroying the key (`erase`) makes every copy unreadable, and the seals still hold.
"""

from __future__ import annotations

import base64
import hashlib
import os
from inspect import getattr_static
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from marrow.core.models import Record, RecordKey

NONCE = 12


class Secret:
    """A text that is read and set in clear and stored as ciphertext in the column `column`."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: Record | None, owner: type[Record]) -> str | None:
        """The text; None once its key was destroyed."""
        if row is None:
            return None
        sealed = getattr(row, self.column)
        return opened(row.pk, self.place(row), sealed) if sealed else ""

    def __set__(self, row: Record, text: str) -> None:
        setattr(row, self.column, sealed(row.pk, self.place(row), text) if text else "")

    def place(self, row: Record) -> bytes:
        return f"{row._meta.label_lower}.{self.column}:{row.pk}".encode()


def sealed(record: UUID, place: bytes, text: str) -> str:
    return _text(sealed_bytes(record, place, text.encode()))


def opened(record: UUID, place: bytes, sealed_text: str) -> str | None:
    clear = opened_bytes(record, place, base64.b64decode(sealed_text))
    return None if clear is None else clear.decode()


def sealed_bytes(record: UUID, place: bytes, clear: bytes) -> bytes:
    """What is no text, as a photograph, under the record's own key."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(record, make=True) or b"").encrypt(nonce, clear, place)


def opened_bytes(record: UUID, place: bytes, data: bytes) -> bytes | None:
    """The clear bytes; None once the key was destroyed, or where they were altered."""
    return _opened(_key(record, make=False), place, data)


def clear(row: Record, *names: str) -> list[str | None]:
    """Several secrets of one record in clear: its key is asked for once."""
    key = _key(row.pk, make=False)
    told: list[str | None] = []
    for name in names:
        secret: Secret = getattr_static(type(row), name)
        sealed_text = getattr(row, secret.column)
        if not sealed_text:
            told.append("")
            continue
        data = _opened(key, secret.place(row), base64.b64decode(sealed_text))
        told.append(None if data is None else data.decode())
    return told


def _opened(key: bytes | None, place: bytes, data: bytes) -> bytes | None:
    if key is None:
        return None
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], place)
    except InvalidTag:
        return None


def erase(record: UUID) -> bool:
    """Destroy the record's key; True when there was one."""
    return RecordKey.objects.filter(pk=record).delete()[0] > 0


def has_key(record: UUID) -> bool:
    """Whether what was sealed for it can be opened still."""
    return RecordKey.objects.filter(pk=record).exists()


def _key(record: UUID, *, make: bool) -> bytes | None:
    place = str(record).encode()
    held = RecordKey.objects.filter(pk=record).first()
    if held:
        data = base64.b64decode(held.wrapped)
        return AESGCM(_master()).decrypt(data[:NONCE], data[NONCE:], place)
    if not make:
        return None
    key, nonce = AESGCM.generate_key(256), os.urandom(NONCE)
    wrapped = _text(nonce + AESGCM(_master()).encrypt(nonce, key, place))
    RecordKey.objects.create(record=record, wrapped=wrapped)
    return key


def _master() -> bytes:
    return hashlib.sha256(b"marrow record keys:" + settings.RECORD_KEY.encode()).digest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def sealed_by_house(text: str, place: bytes) -> str:
    """A secret of no record, as the seed of an app's codes: under the house's own key."""
    nonce = os.urandom(NONCE)
    return _text(nonce + AESGCM(_master()).encrypt(nonce, text.encode(), place))


def opened_by_house(sealed_text: str, place: bytes) -> str:
    data = base64.b64decode(sealed_text)
    return AESGCM(_master()).decrypt(data[:NONCE], data[NONCE:], place).decode()
