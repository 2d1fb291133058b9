"""Who opened a case: a line each time, apart from the journal of changes."""

from __future__ import annotations

import datetime as dt

from marrow.consults.models import Consult, Photo, Reading
from marrow.core.viewer import Viewer


def note_reading(
    *, consult: Consult, by: Viewer, at: dt.datetime, photo: Photo | None = None
) -> None:
    """Note that this viewer, who was proved to may, opens the case or a photograph now."""
    if by.person is not None:
        place = photo.pk if photo else None
        Reading.objects.create(consult=consult, reader=by.person, read_at=at, photo=place)
