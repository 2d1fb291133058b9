"""What patients, colleagues and partners said, in their own words."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.models import Voice
from marrow.activity.rules.kinds import SATISFACTIONS, SPEAKERS
from marrow.activity.rules.visits import fault_of
from marrow.core.journal import Act, Origin, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_numbers, prove_no_patient

KEEP = Act("keep_voice", gettext_lazy("Kept what somebody said of the work"))
VOID = Act("void_voice", gettext_lazy("Voided what somebody said of the work"))


def keep_voice(
    *, mission: UUID, voice: Voice, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Voice:
    """Keep the words of one person; `voice` has day, who in general, and the words."""
    voice.mission = access.mission_to_record(by, mission)
    if by.person is None:
        raise Refused(_("Sign in first."))
    voice.text = voice.text.strip()
    if not voice.text:
        raise Refused(_("Write what was said."))
    if voice.said_by not in SPEAKERS:
        raise Refused(_("Say who said it: a patient, a family, a colleague, a partner."))
    if voice.satisfied and voice.satisfied not in SATISFACTIONS:
        raise Refused(_("Choose from the list: “%s” is not in it.") % voice.satisfied)
    if fault_of(1, voice.held_on, at.date()):
        raise Refused(_("This day has not come yet."))
    prove_no_numbers(voice.text, voice.place)
    voice.recorded_by, voice.recorded_at = by.person, at
    with journal(KEEP, by=by, at=at, scope=f"mission:{mission}", origin=origin) as page:
        page.save(voice)
    return voice


def void_voice(
    *, voice: UUID, reason: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Voice:
    """Take words back, with the reason: they stay readable to whoever reads the history."""
    row = access.voice_to_void(by, voice)
    if not reason.strip():
        raise Refused(_("Say why it is void."))
    prove_no_patient(reason)
    if row.void_reason:
        raise Refused(_("It is void already."))
    row.void_reason = reason.strip()[:200]
    with journal(VOID, by=by, at=at, scope=f"mission:{row.mission_id}", origin=origin) as page:
        page.save(row)
    return row
