"""Messages of regard to those who serve or served."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient_by_name
from marrow.posts import access
from marrow.posts.models import Regard
from marrow.teams.access import forms

SEND = Act("send_regards", gettext_lazy("Sent a message of regard"), undo=NEVER)


def send_regards(
    *, mission: UUID, occasion: str, text: str, language: str, signed: str, by: Viewer,
    at: dt.datetime, to_all: bool = False,
) -> Regard:  # fmt: skip
    """Write to a team, or with `to_all` to everybody who serves or ever served in its programme."""
    row = access.mission_to_greet(by, mission)
    if to_all and not forms(by, row):
        raise NotAllowed(_("Only the programme office writes to all teams of the programme."))
    if not text.strip() or not signed.strip():
        raise Refused(_("Write the message and who sends it."))
    prove_no_patient_by_name(text, signed)
    if by.person is None:
        raise Unseen(_("There is no such team on post, or it is not for your eyes."))
    regard = Regard(
        id=uuid4(), programme=row.programme, mission=None if to_all else row, occasion=occasion,
        text=text.strip()[:2000], language=language, signed=signed.strip()[:120],
        sent_by=by.person, sent_at=at,
    )  # fmt: skip
    with journal(SEND, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(regard)
    return regard
