"""What teams tell: photographs that have come, operations of a team."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from uuid import uuid4

from PIL import Image

from marrow.activity.actions import add_picture, record_deed
from marrow.activity.models import Deed, Picture
from marrow.activity.rules.kinds import REACHING
from marrow.sync.models import Installation
from marrow.sync.uploads import begin, take_piece
from tests.builders.on_post import Team


def done(team: Team, on: dt.date, kind: str = "OPERATION_DONE", **told: object) -> Deed:
    """Something that the team's leader recorded at its hospital."""
    assert team.site.organisation_id
    reached = 12 if kind in REACHING else None
    values = {"kind": kind, "held_on": on, "count": 1, "people_reached": reached, **told}
    deed = Deed(id=uuid4(), **values)
    return record_deed(
        organisation=team.site.organisation_id, mission=team.mission.pk, deed=deed,
        by=team.leader, at=_noon(on),
    )  # fmt: skip


def a_shot(team: Team, deed: Deed, shade: int = 120) -> Picture:
    """A photograph of a record whose bytes have come from a phone."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 200), (shade, 90, 60)).save(drawn, "JPEG")
    data = drawn.getvalue()
    sha, at = hashlib.sha256(data).hexdigest(), _noon(deed.held_on)
    picture = add_picture(picture=uuid4(), deed=deed.pk, sha256=sha, by=team.leader, at=at)
    assert team.leader.person
    phone = Installation.objects.create(
        account=team.leader.person, token_sha256=uuid4().hex, seen_at=at
    )
    upload = begin(phone=phone.pk, sha256=sha, size=len(data), at=at)
    take_piece(upload=upload.upload, start=0, piece=data, at=at)
    return picture


def _noon(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), dt.UTC)
