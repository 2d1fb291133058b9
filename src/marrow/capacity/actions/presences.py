"""What a hospital has of staff and supplies, told anew when it changes."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.first_team import prove_since_first_team
from marrow.capacity import access
from marrow.capacity.models import Presence
from marrow.catalogue.models import Requirement
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated

TELL = Act("tell_presence", gettext_lazy("Told what staff or supplies are there"), own=True)
MOST = 999  # persons of one role in one specialty
Kind = Requirement.Kind


def tell_presence(
    *, organisation: UUID, presence: Presence, by: Viewer, at: dt.datetime
) -> Presence:
    """Say how many of a role in a specialty work there, or whether a supply is there, since a day.

    A later telling holds from its day on; what was told before stays."""
    row = access.hospital_to_equip(by, organisation)
    staff = presence.kind == Kind.STAFF
    if by.person is None:
        raise Refused(_("Sign in first."))
    if not (presence.role and presence.specialty if staff else presence.resource):
        raise Refused(_("Say which staff of which specialty, or which supply."))
    if not 0 <= presence.count <= (MOST if staff else 1):
        raise Refused(_("Say how many there are. A supply is there or it is not."))
    if presence.on > at.date():
        raise Refused(_("This day is still to come."))
    prove_since_first_team(presence.on)
    prove_nobody_treated(presence.words)
    presence.organisation, presence.words = row, presence.words.strip()[:300]
    presence.told_by, presence.told_at = by.person, at
    with journal(TELL, by=by, at=at, scope=f"organisation:{row.pk}") as page:
        page.save(presence)
    return presence
