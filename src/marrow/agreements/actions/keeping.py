"""What a partnership brings to each side, what a service holds by, and who keeps it at home."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.plans import scope_of
from marrow.agreements.models import Gain, OfficeMember, Tenet
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.programmes.models import Partnership
from marrow.programmes.rules import is_in_order
from marrow.sources.actions import Source, tell_source

GAIN = Act("tell_gain", gettext_lazy("Recorded a benefit of a partnership"))
TENET = Act("tell_tenet", gettext_lazy("Recorded a value or motto"))
JOIN = Act("join_office", gettext_lazy("Named somebody of the office’s own team"))
LEAVE = Act("leave_office", gettext_lazy("Said that somebody left the office’s own team"))


def tell_gain(
    *, programme: str, to: str, text: str, language: str, source: Source, by: Viewer,
    at: dt.datetime, partnership: UUID | None = None,
) -> Gain:  # fmt: skip
    """Record what a programme or one of its partnerships brings to one of the sides."""
    owner = access.work_to_keep(by, programme)
    if to not in Gain.To.values or not text.strip():
        raise Refused(_("Say which side it is for, and what it brings."))
    pairs = Partnership.objects.filter(programme=owner)
    pair = pairs.filter(pk=partnership).first() if partnership else None
    if partnership and pair is None:
        raise Refused(_("This partnership is not one of this programme."))
    row = Gain(
        id=uuid4(), programme=owner, to=to, text=text.strip()[:300], language=language,
        partnership=pair,
    )  # fmt: skip
    with journal(GAIN, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told={"text": row.text}, source=source, at=at)
    return row


def tell_tenet(
    *, programme: str, kind: str, names: Names, source: Source, by: Viewer, at: dt.datetime
) -> Tenet:
    """Record a value or the motto of the service, in the languages that the source gives."""
    owner = access.work_to_keep(by, programme)
    if kind not in Tenet.Kind.values or not in_tongue(names):
        raise Refused(_("Write a name in at least one language."))
    row = Tenet(id=uuid4(), programme=owner, kind=kind, names=names)
    with journal(TENET, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told={"names": in_tongue(names)}, source=source, at=at)
    return row


def join_office(
    *, programme: str, name: str, duty: str, since: str, by: Viewer, at: dt.datetime,
    until: str = "",
) -> OfficeMember:  # fmt: skip
    """Name somebody of the office's own team, for what, and since when where that is known."""
    owner = access.work_to_keep(by, programme)
    if not name.strip() or not duty.strip():
        raise Refused(_("Say who it is, and for what."))
    row = OfficeMember(
        id=uuid4(), programme=owner, name=name.strip()[:120], duty=duty.strip()[:200],
        since=since, until=until,
    )  # fmt: skip
    _in_order(row)
    with journal(JOIN, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
    return row


def leave_office(*, member: UUID, until: str, by: Viewer, at: dt.datetime) -> OfficeMember:
    """Say until when somebody was of the office's own team."""
    row = access.member_to_keep(by, member)
    if not until:
        raise Refused(_("Say until when."))
    row.until = until
    _in_order(row)
    with journal(LEAVE, by=by, at=at, scope=scope_of(row.programme)) as page:
        page.save(row)
    return row


def _in_order(row: OfficeMember) -> None:
    if not is_in_order(row.since, row.until):
        raise Refused(_("Somebody cannot leave before they began."))
