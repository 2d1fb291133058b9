"""What handovers hand in: their records' pages and locks, sentences of work, the team's panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marrow.core.journal.column_words import name_columns
from marrow.core.models import Record
from marrow.core.subjects import Subject, seen_with, tell
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.handovers import access, queries
from marrow.handovers.models import (
    Fault,
    FollowUp,
    Handover,
    OpenPatients,
    Promise,
    Signature,
    Trainee,
)
from marrow.handovers.words import side_words
from marrow.missions.access import of_mission_office
from marrow.missions.models import Mission, Site
from marrow.people.actions.wording import hold_words, prove_no_names, prove_no_numbers
from marrow.sources.sentences import tell as tell_sentences
from marrow.sources.waiting import BY_ITS_ROOM, NARROWED
from marrow.teams.access import LEADERS, missions_of
from marrow.ui.panels import hand_in
from marrow.ui.rail import WORK, Entry, add
from marrow.ui.requests import MarrowRequest


def _nobody(*texts: str) -> None:
    prove_no_numbers(*texts)
    prove_no_names(*texts)


hold_words(prove_no_numbers, Handover, OpenPatients, Trainee, Fault, Promise, FollowUp)
hold_words(_nobody, OpenPatients, columns=("needs",))
hold_words(_nobody, Trainee, columns=("described",))
name_columns(
    {
        "begun_on": _("begun"), "broken": _("what is broken"),
        "completed_on": _("signed by all"), "described": _("who, without a name"),
        "equipment": _("equipment"), "from_mission_id": _("mission that leaves"),
        "handed_in_on": _("handed in"), "handover_id": _("handover"),
        "how_far": _("how far somebody is"), "needs": _("what patients need"),
        "next_step": _("what comes next"), "none_of": _("nothing to write under"),
        "outcome": _("what came of it"), "promised": _("what was promised"),
        "settled_how": _("how it was settled"), "settled_on": _("settled"),
        "side": _("side"), "signed_at": _("signed"), "signer": _("account that signed"),
        "signer_name": _("who signed"), "technique": _("technique"),
        "to_mission_id": _("mission that follows"), "to_whom": _("promised to"),
        "version": _("version"),
        "way": pgettext_lazy("signature", "way"), "who_waits": _("who waits for it"),
        "why_nobody": _("why nobody follows"), "written_at": _("written"),
    }
)  # fmt: skip
add(
    Entry(
        44,
        _("Handovers"),
        "handovers:mine",
        ("office", "leader", "recipient", "unit", "auditor"),
        group=WORK,
    )
)
tell_sentences(
    {
        "HANDOVER_SIGN": names(
            "A handover waits for your signature.",
            "一份交接单待您签字。",
            "Une passation attend votre signature.",
        ),
        "HANDOVER_PAPER": names(
            "A handover waits for a signed paper: one side has no account.",
            "一份交接单待登记签字文件：一方无账号。",
            "Une passation attend un papier signé : une partie n’a pas de compte.",
        ),
        "HANDOVER_WITHDRAWN": names(
            "A handover that you signed is being changed: your signature no longer holds.",
            "您签过字的交接单正在修改，您的签字已失效。",
            "Une passation que vous avez signée change : votre signature ne vaut plus.",
        ),
        "HANDOVER_PATIENTS": names(
            "Open patients left by the team before: {count}. {what}",
            "上一批留下的在治患者：{count}人。{what}",
            "Patients en cours laissés par l’équipe précédente : {count}. {what}",
        ),
        "HANDOVER_PATIENTS_UNCOUNTED": names(
            "Open patients left by the team before, number unknown. {what}",
            "上一批留下的在治患者，人数不详。{what}",
            "Patients en cours laissés par l’équipe précédente, nombre inconnu. {what}",
        ),
        "HANDOVER_FAULT": names(
            "A fault left by the team before: {what}",
            "上一批留下的设备故障：{what}",
            "Panne laissée par l’équipe précédente : {what}",
        ),
        "HANDOVER_PROMISE": names(
            "Promised by the team before: {what}",
            "上一批的承诺：{what}",
            "Promis par l’équipe précédente : {what}",
        ),
        "HANDOVER_OVERDUE": names(
            "Left at a handover, and not settled by its day: {what}",
            "交接事项逾期未落实：{what}",
            "Laissé lors d’une passation, non réglé au jour dit : {what}",
        ),
        "FOLLOW_UP_OVERDUE": names(
            "Support after the end was due, and nothing is told of it: {what}",
            "后续支持已到期，尚无记录：{what}",
            "Un suivi après la fin était prévu, rien n’en est dit : {what}",
        ),
    },
    {},
)  # fmt: skip
BY_ITS_ROOM.update(
    {
        "HANDOVER_SIGN", "HANDOVER_PAPER", "HANDOVER_PATIENTS", "HANDOVER_PATIENTS_UNCOUNTED",
        "HANDOVER_FAULT", "HANDOVER_PROMISE", "HANDOVER_OVERDUE", "FOLLOW_UP_OVERDUE",
    }
)  # fmt: skip


def _whose(viewer: Viewer) -> Q:
    """Work of leaders goes to who leads that mission, a recipient's to its own hospital, word of
    a signature that was withdrawn to who signed."""
    found = Q(role="office") | Q(code=WITHDRAWN, params__person=str(viewer.person))
    if viewer.holds("leader"):
        led = [str(pk) for pk in missions_of(viewer, LEADERS)]
        found |= ~Q(code=WITHDRAWN) & Q(role="leader", params__mission__in=led)
    if viewer.holds("recipient") and (places := access.recipient_places(viewer)):
        served = Site.objects.filter(access.at(places)).values_list("mission", flat=True)
        received = [str(pk) for pk in served]
        found |= ~Q(code=WITHDRAWN) & Q(role="recipient", params__mission__in=received)
    return found


WITHDRAWN = "HANDOVER_WITHDRAWN"
NARROWED["HANDOVER_"] = _whose


def _whole(row: Any) -> Handover:
    found: Handover = row if isinstance(row, Handover) else row.handover
    return found


def _page(row: Record) -> str:
    return reverse("handovers:of", args=[_whole(row).from_mission_id])


SEES = seen_with(lambda row: _whole(row).pk, access.handovers_for)


def _teams(rows: Sequence[Any]) -> list[str]:
    """A line's words stand in its work and its history: its name says whose it is."""
    return [str(row.handover) for row in rows]


tell(
    Subject(
        Handover, _("handover"), _page, sees=SEES, mine=of_mission_office("from_mission"),
        related=("from_mission",),
    )
)  # fmt: skip
for model, word in (
    (OpenPatients, _("open patients")), (Trainee, _("trainee under way")), (Fault, _("fault")),
    (Promise, _("promise")), (FollowUp, _("support after the end")), (Signature, _("signature")),
):  # fmt: skip
    tell(
        Subject(
            model, word, _page, sees=SEES, mine=of_mission_office("handover__from_mission"),
            related=("handover__from_mission",), names=_teams,
        )
    )  # fmt: skip


def _unsigned(row: Handover) -> list[str]:
    words = side_words(row)
    return [words[side] for side in queries.unsigned(row)]


def _of_team(request: MarrowRequest, mission: Mission) -> dict[str, Any]:
    """The team's handover, and those that it received."""
    viewer = request.viewer
    row = queries.handover_of(mission)
    coming = list(access.handovers_for(viewer).filter(to_mission=mission))
    may_begin = mission.status in queries.AWAY_OR_BACK and access.writes(viewer, mission)
    if not (row or coming or may_begin):
        return {}
    mine = row is not None and access.may_see(viewer, row)
    left = queries.open_by_row(coming)
    return {
        "mission": mission, "row": row if mine else None, "may_begin": may_begin and row is None,
        "coming": [(h, left.get(h.pk, 0)) for h in coming],
        "missing": _unsigned(row) if row and mine else [],
    }  # fmt: skip


hand_in("teams.team", "handovers/team_panel.html", _of_team)


def _at_hospital(request: MarrowRequest, organisation: Organisation) -> dict[str, Any]:
    """What waits for the hospital's signature, and what teams left broken there."""
    signs = request.viewer.holds("recipient")
    waits, faults = queries.left_at(organisation, access.handovers_for(request.viewer))
    return {"to_sign": waits if signs else [], "signs": signs, "faults": faults}


hand_in("desk.hospital", "handovers/hospital_panel.html", _at_hospital)
