"""Photographs that a phone names with its question: their bytes come later, piece by piece."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.queries.pictures import has_picture
from marrow.consults import access
from marrow.consults.actions.holding import held, scope
from marrow.consults.actions.photos import keep_bytes
from marrow.consults.models import Consult, Photo, Promised
from marrow.consults.queries import photo_bytes
from marrow.consults.rules.cases import MOST_PHOTOS
from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.sync.rules.pictures import Picture
from marrow.sync.rules.uploads import is_sha256
from marrow.sync.uploads import let_go, picture_of, sent_files

NAME = Act(
    "name_photo", gettext_lazy("Named a photograph of a case, of which the bytes come later"),
    undo=NEVER,
)  # fmt: skip
CAME = Act("photo_came", gettext_lazy("A photograph of a case came from a phone"), undo=NEVER)
State = Consult.State
OPEN = (State.DRAFT, State.SUBMITTED, State.ASSIGNED)


def name_photo(
    *, promised: UUID, consult: UUID, sha256: str, by: Viewer, at: dt.datetime,
    origin: Origin | None = None,
) -> Promised:  # fmt: skip
    """Name a photograph of one's own case, which stands in it once its bytes have come.

    Raises Refused for an answered or ended case, and for more than eight photographs.
    """
    row = access.case_of_asker(by, consult)
    if by.person is None or not is_sha256(sha256):
        raise Refused(_("A photograph is named by the digest of its bytes."))
    if row.asked_by != by.person or row.state not in OPEN:
        raise Refused(_("It is answered or ended, or somebody else asked: nothing is added to it."))
    if row.photos.count() + row.promised.filter(photo=None).count() >= MOST_PHOTOS:
        raise Refused(_("A case has at most %s photographs.") % MOST_PHOTOS)
    fresh = Promised(id=promised, consult=row, sha256=sha256, added_by=by.person, added_at=at)
    with held(row), journal(NAME, by=by, at=at, scope=scope(row), origin=origin) as page:
        page.save(fresh)
        if picture := _came_before(fresh):
            _stand_in(page, fresh, picture, at)
    return fresh


def photo_came(sha256: str, at: dt.datetime) -> None:
    """These bytes are here: they stand in the cases that they were named for, under each case's own
    key, and nowhere else unless what was done has them too."""
    named = Promised.objects.select_related("consult").filter(sha256=sha256)
    for row in named.filter(photo=None):
        by = Viewer(person=row.added_by, via="phone")
        with (
            held(row.consult),
            journal(CAME, by=by, at=at, scope=scope(row.consult)) as page,
        ):
            if picture := _came_before(row):
                _stand_in(page, row, picture, at)
    if named.exists() and not has_picture(sha256):
        let_go(sha256)


def _came_before(row: Promised) -> Picture | None:
    """The photograph as it was sent, or as it stands in another case of the same asker."""
    if sent := sent_files([row.sha256]).get(row.sha256):
        data = picture_of(sent)
        return Picture(data, sent.width, sent.height) if data else None
    others = Promised.objects.filter(sha256=row.sha256, added_by=row.added_by).exclude(photo=None)
    other = others.select_related("photo__bytes").first()
    if other is None or other.photo is None:
        return None
    data = photo_bytes(other.photo)
    return Picture(data, other.photo.width, other.photo.height) if data else None


def _stand_in(page: Page, row: Promised, picture: Picture, at: dt.datetime) -> None:
    last = row.consult.photos.aggregate(last=Max("place"))["last"] or 0
    photo = Photo(
        id=uuid4(), consult=row.consult, place=last + 1, width=picture.width,
        height=picture.height, size=len(picture.data), added_at=at,
    )  # fmt: skip
    page.save(photo)
    keep_bytes(photo, picture.data)
    row.photo = photo
    page.save(row)
