"""Objectives: agreed by both sides from their own accounts, scored by both at the end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import NotAllowed, Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_patient
from marrow.posts import access
from marrow.posts.models import Objective
from marrow.teams.actions.stages import GUARDS
from marrow.teams.rules.stages import HOME_AGAIN

PROPOSE = Act("propose_objective", gettext_lazy("Proposed an objective"))
AGREE = Act("agree_objective", gettext_lazy("Agreed to an objective"), undo=NEVER)
SCORE = Act("score_objective", gettext_lazy("Scored an objective"), undo=NEVER)
DROP = Act("drop_objective", gettext_lazy("Dropped an objective"))
AT_THE_END = (Mission.Status.HANDING_OVER, Mission.Status.DEBRIEFING, Mission.Status.CLOSED)


def propose_objective(
    *, mission: UUID, text: str, language: str, by: Viewer, at: dt.datetime, target: str = "",
    site: UUID | None = None,
) -> Objective:  # fmt: skip
    """Propose what shall be reached; the side that proposes agrees with it."""
    row = access.post_for(by, mission)
    place = access.site_of(row, site)
    side = access.may_speak(by, row, place)
    if row.status in HOME_AGAIN:
        raise Refused(_("This mission is over."))
    if not text.strip():
        raise Refused(_("Say what shall be reached."))
    prove_no_patient(text, target)
    objective = Objective(
        id=uuid4(), mission=row, site=place, text=text.strip()[:600], language=language,
        target=target.strip()[:120],
    )  # fmt: skip
    _mark(objective, side, "agreed", by, at)
    with journal(PROPOSE, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(objective)
    return objective


def agree_objective(*, objective: UUID, by: Viewer, at: dt.datetime) -> Objective:
    """The other side agrees, from another account than the first."""
    row = access.objective_for(by, objective)
    side = access.may_speak(by, row.mission, row.site)
    if row.dropped_on or row.agreed:
        raise Refused(_("This objective is agreed or dropped already."))
    if by.person in (row.team_agreed_by, row.host_agreed_by):
        raise NotAllowed(_("You agreed already: now the other side does."))
    if getattr(row, f"{side}_agreed_at"):
        raise Refused(_("Your side agreed already: now the other side does."))
    _mark(row, side, "agreed", by, at)
    with journal(AGREE, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row


def score_objective(
    *, objective: UUID, score: int, words: str, by: Viewer, at: dt.datetime
) -> Objective:
    """Say how far it was reached, for one's own side, with a sentence; once."""
    row = access.objective_for(by, objective)
    side = access.may_speak(by, row.mission, row.site)
    if row.dropped_on or not row.agreed:
        raise Refused(_("Only what both sides agreed is scored."))
    if row.mission.status not in AT_THE_END:
        raise Refused(_("Objectives are scored at the end, once the handover begins."))
    if getattr(row, f"{side}_score") is not None:
        raise Refused(_("Your side has scored this already."))
    if by.person in (row.team_scored_by, row.host_scored_by):
        raise NotAllowed(_("You scored already: now the other side does."))
    if score not in Objective.Score.values or not words.strip():
        raise Refused(_("Give a score from 0 to 4 and a sentence."))
    prove_no_patient(words)
    setattr(row, f"{side}_score", score)
    setattr(row, f"{side}_words", words.strip()[:300])
    _mark(row, side, "scored", by, at)
    with journal(SCORE, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row


def drop_objective(*, objective: UUID, reason: str, by: Viewer, at: dt.datetime) -> Objective:
    """Say that an objective is pursued no more, and why; what was scored stays."""
    row = access.objective_for(by, objective)
    if not access.looks_after(by, row.mission):
        raise NotAllowed(_("The team’s leader or its programme office does this."))
    if row.dropped_on or row.scored:
        raise Refused(_("This objective is dropped or scored already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.dropped_on, row.reason = at.date(), reason.strip()[:300]
    with journal(DROP, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row


def _mark(row: Objective, side: str, what: str, by: Viewer, at: dt.datetime) -> None:
    setattr(row, f"{side}_{what}_by", by.person)
    setattr(row, f"{side}_{what}_at", at)


def objectives_are_scored(mission: Mission) -> list[str]:
    """Before a mission closes, what was agreed was scored by both sides, or dropped."""
    rows = Objective.objects.filter(mission=mission, dropped_on=None)
    open_ones = [o for o in rows if o.agreed and not o.scored]
    if not open_ones:
        return []
    return [_("%(count)s objectives are not scored by both sides.") % {"count": len(open_ones)}]


GUARDS.setdefault(Mission.Status.CLOSED, []).append(objectives_are_scored)
