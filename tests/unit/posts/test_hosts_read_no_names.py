"""What hosts and other teams read names no patient: objectives, scores, steps, why a team stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from marrow.core.refusals import Refused
from marrow.posts.actions import (
    agree_objective,
    drop_objective,
    extend,
    plan_milestone,
    propose_objective,
    score_objective,
    send_regards,
)
from marrow.teams.actions import move_stage
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team, a_team_on_post, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
NAMED = "Patient Mamadou Diallo is operated on again"


def proposed(team: Team, text: str, target: str = "") -> None:
    propose_objective(
        mission=team.mission.pk, text=text, target=target, language="en", by=team.leader, at=NOW
    )


def stays(team: Team) -> None:
    extend(
        mission=team.mission.pk, on=TODAY, planned_end_on=TODAY + dt.timedelta(days=900),
        reason=NAMED, staying=[], by=OFFICE, at=NOW,
    )  # fmt: skip


WRITTEN: dict[str, Callable[[Team], object]] = {
    "an objective": lambda team: proposed(team, NAMED),
    "by what one sees it": lambda team: proposed(team, "Two operate alone", NAMED),
    "a milestone": lambda team: plan_milestone(
        mission=team.mission.pk, what=NAMED, due_on=TODAY, by=team.leader, at=NOW
    ),
    "why a team stays": stays,
    "why a team is suspended": lambda team: move_stage(
        mission=team.mission.pk, stage="SUSPENDED", on=TODAY, reason=NAMED, by=OFFICE, at=NOW
    ),
    "regards": lambda team: send_regards(
        mission=team.mission.pk, occasion="OTHER", text=NAMED, language="en", signed="The office",
        by=OFFICE, at=NOW,
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_no_patient_is_named_in(write: Callable[[Team], object]) -> None:
    team = a_team_on_post()
    with pytest.raises(Refused, match="looks like"):
        write(team)


def test_no_patient_is_named_in_the_words_of_a_score_or_why_an_objective_was_dropped() -> None:
    team = a_team_on_post()
    row = propose_objective(
        mission=team.mission.pk, text="Two surgeons operate alone", language="en", by=team.leader,
        at=NOW,
    )  # fmt: skip
    agree_objective(objective=row.pk, by=team.host, at=NOW)
    with pytest.raises(Refused, match="looks like"):
        drop_objective(objective=row.pk, reason="患者王小明从床上摔下", by=team.leader, at=NOW)
    moved(team.mission, "HANDING_OVER")
    for side in (team.leader, team.host):
        with pytest.raises(Refused, match="looks like"):
            score_objective(objective=row.pk, score=3, words=NAMED, by=side, at=NOW)
    scored = score_objective(objective=row.pk, score=3, words="Both do", by=team.leader, at=NOW)
    assert scored.team_words == "Both do"
