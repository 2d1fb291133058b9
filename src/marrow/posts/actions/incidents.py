"""Incidents of a team on post: told by the team, closed with what came of it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marrow.core.book import same_id
from marrow.core.days import LIVING, prove_happened
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_numbers
from marrow.posts import access
from marrow.posts.actions.days import first_day
from marrow.posts.models import Incident
from marrow.sources.actions import open_work
from marrow.sources.models import WorkItem
from marrow.teams.actions.stages import GUARDS

REPORT = Act("report_incident", gettext_lazy("Told of an incident"))
CLOSE = Act("close_incident", gettext_lazy("Closed an incident"))
SERIOUS, GRAVE = "POST_INCIDENT", "POST_INCIDENT_GRAVE"  # the codes of its work
MOST_NAMED, LETTERS = 5, 60  # of what is open where a team would close, and of each
MOST_TOLD = 160  # letters of what happened in the line of its work
TOLD_AT_ONCE = (Incident.Severity.SERIOUS, Incident.Severity.GRAVE)


def report_incident(*, mission: UUID, incident: Incident, by: Viewer, at: dt.datetime) -> Incident:
    """Say what happened; what is serious or grave becomes work of the office at once."""
    row = access.mission_to_tell_of(by, mission)
    if not incident.what.strip():
        raise Refused(_("Say what happened."))
    prove_no_numbers(incident.what, incident.done)
    prove_happened(incident.happened_on, at=at, since=first_day(row, untold=LIVING))
    incident.mission, incident.site = row, access.site_of(row, incident.site_id)
    with journal(REPORT, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(incident)
        if incident.severity in TOLD_AT_ONCE:
            open_work(page, [_work(incident, at)])
    return incident


def _work(incident: Incident, at: dt.datetime) -> WorkItem:
    grave = incident.severity == Incident.Severity.GRAVE
    what = Truncator(incident.what).chars(MOST_TOLD)
    return WorkItem(
        id=same_id("incident", incident.pk), key=f"incident:{incident.pk}",
        code=GRAVE if grave else SERIOUS,
        params={"team": in_all_tongues(incident.mission), "what": what},
        about_model="posts.incident", about=incident.pk, role="office", opened_at=at,
        due_on=at.date(),
    )  # fmt: skip


def close_incident(
    *, incident: UUID, outcome: str, by: Viewer, at: dt.datetime, done: str = ""
) -> Incident:
    """Close an incident with what came of it; its work is done with it."""
    row = access.incident_to_keep(by, incident)
    if row.state == Incident.State.CLOSED:
        raise Refused(_("This incident is closed already."))
    if not outcome.strip():
        raise Refused(_("Say what came of it."))
    prove_no_numbers(outcome, done)
    row.state, row.closed_on = Incident.State.CLOSED, at.date()
    row.outcome, row.done = outcome.strip()[:1000], (done.strip() or row.done)[:1000]
    with journal(CLOSE, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
        for item in WorkItem.objects.filter(about=row.pk, code__in=(SERIOUS, GRAVE), done_at=None):
            item.done_by, item.done_at = by.person, at
            page.save(item)
    return row


def incidents_are_closed(mission: Mission) -> list[str]:
    """Before a mission closes, of each incident it is said what came of it: named by day."""
    rows = list(
        Incident.objects.filter(mission=mission, state=Incident.State.OPEN).order_by("happened_on")
    )
    if not rows:
        return []
    which = "; ".join(
        f"{row.happened_on}, {Truncator(row.said('what')).chars(LETTERS)}"
        for row in rows[:MOST_NAMED]
    )
    more = "; …" if len(rows) > MOST_NAMED else ""
    return [
        ngettext(
            "%(count)s incident is open (%(which)s): say what came of it.",
            "%(count)s incidents are open (%(which)s): say what came of them.", len(rows),
        )
        % {"count": len(rows), "which": which + more}
    ]  # fmt: skip


GUARDS.setdefault(Mission.Status.CLOSED, []).append(incidents_are_closed)
