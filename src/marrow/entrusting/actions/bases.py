"""Houses that train others, whom they take without waiting, and what goes down a level."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.entrusting import access
from marrow.entrusting.actions.days import prove_after, prove_begun
from marrow.entrusting.models import Base, GreenChannel, HandedDown
from marrow.people.actions.wording import prove_no_patient

NAME = Act("name_base", gettext_lazy("Recorded a training base"))
END = Act("end_base", gettext_lazy("Recorded that a training base ended"))
OPEN = Act("open_channel", gettext_lazy("Opened a green channel to a training base"))
CLOSE = Act("close_channel", gettext_lazy("Recorded that a green channel closed"))
DOWN = Act("hand_down", gettext_lazy("Recorded experience handed down"))


def name_base(*, organisation: UUID, base: Base, by: Viewer, at: dt.datetime) -> Base:
    """Record that a house trains people of others; `base` has kind, specialty and since when."""
    base.organisation = access.hospital_to_keep(by, organisation)
    if base.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    prove_begun(base.started_on, at)
    same = {"kind": base.kind, "specialty": base.specialty, "stopped_on": ""}
    if Base.objects.filter(organisation=organisation, **same).exists():
        raise Overtaken(_("This base stands already."))
    with journal(NAME, by=by, at=at, scope=f"organisation:{organisation}") as page:
        page.save(base)
    return base


def end_base(*, base: UUID, on: str, by: Viewer, at: dt.datetime) -> Base:
    """Say since when a base no longer trains; its green channels close on the same day."""
    row = access.base_to_keep(by, base)
    if row.stopped_on:
        raise Overtaken(_("This base has ended already."))
    if not on:
        raise Refused(_("Say since when."))
    prove_begun(on, at)
    open_ones = list(row.channels.filter(stopped_on=""))
    for began in (row.started_on, *(one.started_on for one in open_ones)):
        prove_after(on, began)
    row.stopped_on = on
    with journal(END, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        page.save(row)
        for channel in open_ones:
            channel.stopped_on = on
            page.save(channel)
    return row


def open_channel(*, base: UUID, channel: GreenChannel, by: Viewer, at: dt.datetime) -> GreenChannel:
    """Record that a base takes people of a hospital without waiting, since when."""
    channel.base = access.base_to_keep(by, base)
    if channel.organisation_id == channel.base.organisation_id:
        raise Refused(_("A house needs no green channel to itself."))
    if channel.base.stopped_on:
        raise Overtaken(_("This base has ended already."))
    prove_begun(channel.started_on, at)
    opened, began = channel.started_on, channel.base.started_on
    if opened and began and opened < began[: len(opened)]:
        raise Refused(_("A green channel opens after its base began: that is %s.") % began)
    same = {"base": base, "organisation": channel.organisation_id, "stopped_on": ""}
    if GreenChannel.objects.filter(**same).exists():
        raise Overtaken(_("This green channel is open already."))
    scope = f"organisation:{channel.base.organisation_id}"
    with journal(OPEN, by=by, at=at, scope=scope) as page:
        page.save(channel)
    return channel


def close_channel(*, channel: UUID, on: str, by: Viewer, at: dt.datetime) -> GreenChannel:
    """Say since when a base no longer takes the people of a house without waiting."""
    row = access.channel_to_keep(by, channel)
    if row.stopped_on:
        raise Overtaken(_("This green channel is closed already."))
    if not on:
        raise Refused(_("Say since when."))
    prove_begun(on, at)
    if row.started_on and on < row.started_on[: len(on)]:
        raise Refused(_("It closes after it opened."))
    row.stopped_on = on
    with journal(CLOSE, by=by, at=at, scope=f"organisation:{row.base.organisation_id}") as page:
        page.save(row)
    return row


def hand_down(
    *, organisation: UUID, taker: Organisation, down: HandedDown, by: Viewer, at: dt.datetime
) -> HandedDown:
    """Record a session or experience passed on to a house of the next level down; `down` has the
    item or the specialty, the day, what it was and how many people it reached (None: unknown)."""
    down.giver, down.taker = access.hospital_to_keep(by, organisation), taker
    if taker.pk == organisation:
        raise Refused(_("Name the other house that it went to."))
    if down.on > at.date():
        raise Refused(_("This day is still to come."))
    if down.item:
        down.specialty = down.item.specialty
    if down.specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty from the list."))
    down.what = down.what.strip()[:300]
    prove_no_patient(down.what)
    if not down.what:
        raise Refused(_("Say what was passed on."))
    prove_no_patient(down.what)
    with journal(DOWN, by=by, at=at, scope=f"organisation:{organisation}") as page:
        page.save(down)
    return down
