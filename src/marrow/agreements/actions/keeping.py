"""What a partnership brings to each side, what a service holds by, and who keeps it at home."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.plans import Told, is_one_of, prove_mission_of, scope_of
from marrow.agreements.models import First, Gain, OfficeMember, Tenet
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names, in_tongue
from marrow.people.actions.wording import prove_nobody_treated
from marrow.programmes.models import Partnership, Programme
from marrow.programmes.rules import is_in_order
from marrow.sources.actions import Source, tell_source

GAIN = Act("tell_gain", gettext_lazy("Recorded a benefit of a partnership"))
FIRST = Act("tell_first", gettext_lazy("Recorded a first"))
TENET = Act("tell_tenet", gettext_lazy("Recorded a value"))
MOTTO = Act("tell_motto", gettext_lazy("Told the motto of a service"))
JOIN = Act("join_office", gettext_lazy("Named somebody of the office’s own team"))
LEAVE = Act("leave_office", gettext_lazy("Said that somebody left the office’s own team"))


def tell_gain(
    *, programme: str, to: str, text: str, language: str, source: Source, by: Viewer,
    at: dt.datetime, partnership: UUID | None = None,
) -> Gain:  # fmt: skip
    """Record what a programme or one of its partnerships brings to one of the sides."""
    owner = access.work_to_keep(by, programme)
    row = Gain(
        id=uuid4(), programme=owner, to=to, text=text, language=language, partnership_id=partnership
    )
    told = prove_gain(row)
    with journal(GAIN, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_gain(row: Gain) -> Told:
    row.text = row.text.strip()[:300]
    if row.to not in Gain.To.values or not row.text:
        raise Refused(_("Say which side it is for, and what it brings."))
    prove_nobody_treated(row.text)
    if not is_one_of(Partnership, row.partnership_id, row.programme):
        raise Refused(_("This partnership is not one of this programme."))
    return {"text": row.text}


def tell_first(  # noqa: PLR0913  a first is all of these
    *, programme: str, side: str, text: str, language: str, source: Source, by: Viewer,
    at: dt.datetime, happened_on: str = "", mission: UUID | None = None,
) -> First:  # fmt: skip
    """Record a first of one of the two sides, and on which mission where it was one."""
    owner = access.work_to_keep(by, programme)
    row = First(
        id=uuid4(), programme=owner, side=side, text=text, language=language,
        happened_on=happened_on, mission_id=mission,
    )  # fmt: skip
    told = prove_first(row)
    with journal(FIRST, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_first(row: First) -> Told:
    row.text = row.text.strip()[:300]
    if row.side not in First.Side.values or not row.text:
        raise Refused(_("Say whose first it is, and what it was."))
    prove_nobody_treated(row.text)
    prove_mission_of(row.programme, row.mission_id)
    return {"text": row.text}


def tell_tenet(
    *, programme: str, names: Names, source: Source, by: Viewer, at: dt.datetime
) -> Tenet:
    """Record a value of the service, in the languages that the source gives."""
    owner = access.work_to_keep(by, programme)
    row = Tenet(id=uuid4(), programme=owner, names=names)
    told = prove_tenet(row)
    with journal(TENET, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def prove_tenet(row: Tenet) -> Told:
    if not in_tongue(row.names):
        raise Refused(_("Write a name in at least one language."))
    return {"names": in_tongue(row.names)}


def tell_motto(
    *, programme: str, text: str, source: Source, by: Viewer, at: dt.datetime
) -> Programme:
    """Tell the motto of a service: a fact of the programme, as certificates and pages read it. One
    that was told before stands beside it from then on.
    """
    owner = access.work_to_keep(by, programme)
    if not text.strip():
        raise Refused(_("Write the motto as its source words it."))
    with journal(MOTTO, by=by, at=at, scope=scope_of(owner)) as page:
        told = {"motto": text.strip()[:300]}
        tell_source(page, about=owner, told=told, source=source, at=at)
    return owner


def join_office(
    *, programme: str, name: str, duty: str, since: str, by: Viewer, at: dt.datetime,
    until: str = "",
) -> OfficeMember:  # fmt: skip
    """Name somebody of the office's own team, for what, and since when where that is known."""
    owner = access.work_to_keep(by, programme)
    row = OfficeMember(id=uuid4(), programme=owner, name=name, duty=duty, since=since, until=until)
    prove_member(row)
    with journal(JOIN, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
    return row


def leave_office(*, member: UUID, until: str, by: Viewer, at: dt.datetime) -> OfficeMember:
    """Say until when somebody was of the office's own team."""
    row = access.member_to_keep(by, member)
    if not until:
        raise Refused(_("Say until when."))
    row.until = until
    prove_member(row)
    with journal(LEAVE, by=by, at=at, scope=scope_of(row.programme)) as page:
        page.save(row)
    return row


def prove_member(row: OfficeMember) -> Told:
    row.name, row.duty = row.name.strip()[:120], row.duty.strip()[:200]
    if not row.name or not row.duty:
        raise Refused(_("Say who it is, and for what."))
    if not is_in_order(row.since, row.until):
        raise Refused(_("Somebody cannot leave before they began."))
    return {}
