"""Recognition's part of the demonstration: the certificate of an invented team that came home."""

from __future__ import annotations

import datetime as dt

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_by_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.missions.models import Mission
from marrow.recognition.actions import issue_certificates
from marrow.recognition.models import Certificate

DAY = dt.timedelta(days=1)
ISSUER = names(
    "Programme office (invented)", "项目办公室（虚构）", "Bureau du programme (fictif)"
)  # fmt: skip


def fill(by: Viewer, at: dt.datetime) -> None:
    """A second call adds nothing."""
    home = Mission.objects.get(key="demonstration:advance")
    if Certificate.objects.filter(assignment__seat__mission=home).exists():
        return
    _certificates(home, at)


def _office() -> Viewer:
    return viewer_by_id(Account.objects.get(username="demo-office").pk)


def _certificates(home: Mission, at: dt.datetime) -> None:
    issue_certificates(
        mission=home.pk, issuer=ISSUER, signed_by="Chen Wei (invented)", languages="ALL",
        issued_on=at.date() - 25 * DAY, by=_office(), at=at - 25 * DAY,
    )  # fmt: skip
