"""A month's brief: written and written anew until it is sent; then it is what it was that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.rules.months import after, first_of
from marrow.briefs import access
from marrow.briefs.models import Brief, BriefPicture
from marrow.briefs.queries.briefing import photographs, since_until
from marrow.briefs.queries.figures import figures_of
from marrow.briefs.rules.months import months_of
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_numbers

WRITE = Act("write_brief", gettext_lazy("Wrote a month’s brief"))
SEND = Act("send_brief", gettext_lazy("Sent a month’s brief"), undo=NEVER)
MOST_PICTURES = 3
MOST_SIGNS = 6000


def write_brief(
    *, mission: UUID, month: dt.date, texts: Mapping[str, str], pictures: Sequence[UUID],
    by: Viewer, at: dt.datetime,
) -> Brief:  # fmt: skip
    """Keep the leader's words and photographs of a month, by language; a draft until it is sent."""
    team = access.team_to_brief(by, mission)
    row = _draft(team, first_of(month), by, at)
    row.texts = _texts(texts)
    chosen = list(dict.fromkeys(pictures))
    if len(chosen) > MOST_PICTURES:
        raise Refused(_("A brief shows at most %s photographs.") % MOST_PICTURES)
    if set(chosen) - {shot.pk for shot in photographs(team, row.month)}:
        raise Refused(_("Choose photographs of what the team did in this month."))
    with journal(WRITE, by=by, at=at, scope=f"mission:{team.pk}") as page:
        page.save(row)
        _show(page, row, chosen)
    return row


def _draft(team: Mission, month: dt.date, by: Viewer, at: dt.datetime) -> Brief:
    if by.person is None:
        raise Refused(_("Sign in first."))
    row = Brief.objects.filter(mission=team, month=month).first()
    if row is None:
        since, until = since_until(team)
        if since is None or month not in months_of(since, until, at.date()):
            raise Refused(_("The team was not on post in this month."))
        return Brief(
            id=same_id("brief", team.pk, month), mission=team, month=month, texts={}, figures=[],
            state=Brief.State.DRAFT, begun_by=by.person, begun_at=at,
        )  # fmt: skip
    if row.is_sent:
        raise Refused(_("This brief is sent: it stays as it is. Say what is new in the next one."))
    return row


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    known = dict(settings.LANGUAGES)
    kept = {code: text.strip() for code, text in texts.items() if code in known and text.strip()}
    if any(len(text) > MOST_SIGNS for text in kept.values()):
        raise Refused(_("Write at most %s signs.") % MOST_SIGNS)
    prove_no_numbers(*kept.values())
    return kept


def _show(page: Page, row: Brief, chosen: Sequence[UUID]) -> None:
    held = {one.picture_id: one for one in row.shown.all()}
    for picture, one in held.items():
        if picture not in chosen:
            page.remove(one)
    for place, picture in enumerate(chosen, 1):
        one = held.get(picture) or BriefPicture(
            id=same_id("brief", row.pk, picture), brief=row, picture_id=picture
        )
        one.place = place
        page.save(one)


def _prove_over(row: Brief, today: dt.date) -> None:
    """A sent brief keeps its figures: so they are those of a whole month, or of all days there."""
    _since, until = since_until(row.mission)
    ends = after(row.month)
    if today < ends and not (until and until <= today):
        raise Refused(_("The month is not over yet. Keep it, and send it from %s on.") % ends)


def send_brief(*, brief: UUID, by: Viewer, at: dt.datetime) -> Brief:
    """Send it to the office: its figures are kept as they are now, and nothing changes any more."""
    row = access.brief_to_write(by, brief)
    if row.is_sent:
        raise Refused(_("This brief is sent already."))
    if not row.texts:
        raise Refused(_("Write something of your own: the figures alone are no brief."))
    _prove_over(row, at.date())
    row.figures = [figure.kept() for figure in figures_of(row.mission, row.month)]
    row.state, row.sent_by, row.sent_at = Brief.State.SENT, by.person, at
    with journal(SEND, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row
