"""Files of phones, piece by piece: on the disk before they are counted, whole before they are kept.

A file is named by the digest of its bytes. It lies as `<id>.part` while it comes; whole, it is
drawn anew, sealed, and lies as `<id>.picture`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from marrow.core.backups.files import HALF, keep_the_names, named_by
from marrow.core.jobs import enqueue
from marrow.core.secrets import erase, has_key, opened_bytes, sealed_bytes
from marrow.sync.models import Installation, SentFile, Upload
from marrow.sync.rules.pictures import NoPicture, Picture, drawn_anew
from marrow.sync.rules.uploads import LARGEST_FILE

PICTURE = ".picture"
WAITS = dt.timedelta(days=60)  # as long as a phone may be away
A_DAY = dt.timedelta(days=1)  # the pieces that follow a beginning
MOST_OPEN = 300  # files that one phone has on their way
MOST_A_DAY = 1000  # files that one phone begins, ended or not
TIDY = "sync.uploads"
#: each room says whether every record of its own that had this file has it no more
TAKEN_OUT: list[Callable[[str], bool]] = []
#: each room says whether a record of its own wants this file all the same
WANTED: list[Callable[[str], bool]] = []
#: each room takes what has come for records of its own, by the file's name on phones
CAME: list[Callable[[str, dt.datetime], None]] = []
named_by(SentFile._meta.db_table, PICTURE)


@dataclass(frozen=True, slots=True)
class Far:
    """How far a file has come, in bytes; `came` where it became whole just now."""

    upload: UUID
    held: int
    size: int
    came: bool = False


class Elsewhere(Exception):
    """The piece does not begin where the file ends here; `held` says where that is."""

    def __init__(self, held: int) -> None:
        super().__init__(str(held))
        self.held = held


class NotTaken(Exception):
    """Why a file is not taken: DIGEST, SIZE, MANY, KIND, PIXELS or GONE."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def begin(*, phone: UUID, sha256: str, size: int, at: dt.datetime) -> Far:
    """The one upload of these bytes, whichever phone began it; raises NotTaken."""
    if not 0 < size <= LARGEST_FILE:
        raise NotTaken("SIZE")
    with transaction.atomic():
        Installation.objects.select_for_update().get(pk=phone)
        _prove_not_too_many(phone, sha256, at)
        _prove_wanted(sha256)
        fresh = {"installation_id": phone, "size": size, "begun_at": at, "touched_at": at}
        row, _new = Upload.objects.get_or_create(sha256=sha256, defaults=fresh)
        row = Upload.objects.select_for_update().get(pk=row.pk)
        enqueue(TIDY, key=f"uploads:{at:%Y-%m-%d}", at=at, not_before=at + WAITS + A_DAY)
        kept = bool(row.ended_at) and not row.refused
        if kept and not _can_be_opened(row.pk):
            row.held, row.ended_at, kept = 0, None, False  # it is taken again
            let_go(sha256)
        if row.size != size and not kept:  # one of the two is wrong; the digest will say which
            row.size, row.held, row.ended_at, row.refused = size, 0, None, ""
        row.held, row.touched_at = held(row), at
        row.save()
    return _ended(row, at)


def _can_be_opened(upload: UUID) -> bool:
    """Not where its file was lost; nor where it was taken out of its last record, and another
    record has it now."""
    return place_of(upload).exists() and has_key(upload)


def _prove_not_too_many(phone: UUID, sha256: str, at: dt.datetime) -> None:
    own = Upload.objects.filter(installation=phone).exclude(sha256=sha256)
    begun = own.filter(begun_at__gt=at - A_DAY).count()
    if begun >= MOST_A_DAY or own.filter(ended_at=None).count() >= MOST_OPEN:
        raise NotTaken("MANY")


def _prove_wanted(sha256: str) -> None:
    """What was taken out before its bytes came is not stored, unless another room wants it."""
    if any(taken_out(sha256) for taken_out in TAKEN_OUT) and not _wanted(sha256):
        raise NotTaken("GONE")


def _wanted(sha256: str) -> bool:
    return any(wants(sha256) for wants in WANTED)


def take_piece(*, upload: UUID, start: int, piece: bytes, at: dt.datetime) -> Far:
    """Write a piece where the file ends, and count it once it is on the disk.

    Raises Elsewhere, and NotTaken when the file is whole and is not what it was said to be.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload)
        here = held(row)
        if start != here:
            raise Elsewhere(here)
        if here + len(piece) > row.size:
            raise NotTaken("SIZE")
        if piece:
            write(part_of(row.pk), here, piece)
        row.held, row.touched_at = here + len(piece), at
        row.save()
    return _ended(row, at)


def arrived(phone: UUID, far: Far) -> Far:
    """Of a photograph that came: one fewer is on that phone alone, as far as it told. Of one that
    was here when it asked the phone tells itself: an answer may be lost, and it counts once."""
    if far.came:
        waits = Installation.objects.filter(pk=phone, pictures__gt=0)
        waits.update(pictures=F("pictures") - 1)
    return far


def far_of(upload: UUID) -> Far | None:
    """How far a file has come; None for one that nobody began."""
    row = Upload.objects.filter(pk=upload).first()
    return _far(row) if row else None


def _far(row: Upload) -> Far:
    return Far(row.pk, held(row), row.size)


def held(row: Upload) -> int:
    """What is counted and is there: a disk set back holds less than its rows say."""
    if row.ended_at:
        return row.size
    part = part_of(row.pk)
    return min(row.held, part.stat().st_size) if part.exists() else 0


def write(part: Path, start: int, piece: bytes) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        rest, place = memoryview(piece), start
        while rest:
            done = os.pwrite(descriptor, rest, place)
            rest, place = rest[done:], place + done
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if start == 0:
        keep_the_names(part.parent)


def _ended(row: Upload, at: dt.datetime) -> Far:
    """Of a whole file, what becomes of it: kept when it is what was said, and a picture."""
    if row.refused:
        raise NotTaken(row.refused)
    if row.ended_at or row.held < row.size:
        return _far(row)
    try:
        data = part_of(row.pk).read_bytes()[: row.size]
    except FileNotFoundError:  # another phone's request ended it this moment
        return _far(Upload.objects.get(pk=row.pk))
    try:
        return _kept_as_drawn(row, data, at)
    except NotTaken as wrong:
        if wrong.why != "DIGEST":  # what came broken is sent again into the same place
            part_of(row.pk).unlink(missing_ok=True)
        raise


def _kept_as_drawn(row: Upload, data: bytes, at: dt.datetime) -> Far:
    _prove_wanted(row.sha256)
    if hashlib.sha256(data).hexdigest() != row.sha256:
        Upload.objects.filter(pk=row.pk, ended_at=None).update(held=0)
        raise NotTaken("DIGEST")
    try:
        picture = drawn_anew(data)
    except NoPicture as wrong:
        Upload.objects.filter(pk=row.pk).update(refused=wrong.why, ended_at=at)
        raise NotTaken(wrong.why) from wrong
    return _keep(row.pk, picture, at)


def _keep(upload: UUID, picture: Picture, at: dt.datetime) -> Far:
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload)
        if row.ended_at:
            return _far(row)
        _prove_wanted(row.sha256)  # drawing takes seconds: somebody may have taken it out
        sealed = sealed_bytes(row.pk, _bound(row.pk), picture.data)
        fresh = place_of(row.pk).with_suffix(f"{PICTURE}{HALF}")
        write(fresh, 0, sealed)
        os.truncate(fresh, len(sealed))
        fresh.rename(place_of(row.pk))
        keep_the_names(settings.UPLOADS)
        if SentFile.objects.filter(sent_sha256=row.sha256).exclude(pk=row.pk).exists():
            let_go(row.sha256)  # of an upload that was forgotten
        told = {
            "sent_sha256": row.sha256, "sha256": hashlib.sha256(sealed).hexdigest(),
            "width": picture.width, "height": picture.height, "kept_at": at,
        }  # fmt: skip
        SentFile.objects.update_or_create(pk=row.pk, defaults=told)
        row.held, row.ended_at = row.size, at
        row.save()
        for take in CAME:
            take(row.sha256, at)
    part_of(row.pk).unlink(missing_ok=True)
    return Far(row.pk, row.size, row.size, came=True)


def part_of(upload: UUID) -> Path:
    place: Path = settings.UPLOADS / f"{upload}{HALF}"
    return place


def place_of(upload: UUID) -> Path:
    place: Path = settings.UPLOADS / f"{upload}{PICTURE}"
    return place


def _bound(upload: UUID) -> bytes:
    return f"sync.sentfile:{upload}".encode()


def sent_files(sha256s: Iterable[str]) -> dict[str, SentFile]:
    """Those of the files that have come, by the name that phones give them."""
    return {row.sent_sha256: row for row in SentFile.objects.filter(sent_sha256__in=set(sha256s))}


def picture_of(row: SentFile) -> bytes | None:
    """The JPEG; None where its key was destroyed or its file is gone."""
    try:
        return opened_bytes(row.pk, _bound(row.pk), place_of(row.pk).read_bytes())
    except FileNotFoundError:
        return None


@transaction.atomic
def lose(sha256: str) -> None:
    """Destroy the key of a file: no copy of it can be opened any more. It is taken again only for
    a record that has it anew; what is on its way to a record of another room goes on. One that is
    being kept this moment is waited for."""
    list(Upload.objects.select_for_update().filter(sha256=sha256))
    for row in SentFile.objects.filter(sent_sha256=sha256):
        erase(row.pk)
    if _wanted(sha256):
        return
    for upload in Upload.objects.filter(sha256=sha256, ended_at=None):
        part_of(upload.pk).unlink(missing_ok=True)


def let_go(sha256: str) -> None:
    """Forget a file that stands elsewhere now; a phone that sends it again is taken at its word."""
    for row in SentFile.objects.filter(sent_sha256=sha256):
        erase(row.pk)
        transaction.on_commit(partial(place_of(row.pk).unlink, missing_ok=True))
        row.delete()


def tidy(at: dt.datetime) -> int:
    """Forget files that no phone went on with for sixty days; how many there were."""
    gone = 0
    for row in Upload.objects.filter(ended_at=None, touched_at__lte=at - WAITS):
        with transaction.atomic():
            still = Upload.objects.select_for_update().filter(pk=row.pk, ended_at=None)
            if still.filter(touched_at__lte=at - WAITS).delete()[0]:
                part_of(row.pk).unlink(missing_ok=True)
                gone += 1
    return gone
