"""What changes in the life on post: words and silence, incidents, objectives, staying, regards."""

from marrow.posts.actions.extending import extend
from marrow.posts.actions.incidents import close_incident, report_incident
from marrow.posts.actions.kept_days import life_since
from marrow.posts.actions.objectives import (
    agree_objective,
    drop_objective,
    propose_objective,
    score_objective,
)
from marrow.posts.actions.regards import send_regards
from marrow.posts.actions.steps import plan_milestone, reach_milestone
from marrow.posts.actions.watching import bring_word, check_in, climb, keep_watch

__all__ = [
    "agree_objective",
    "bring_word",
    "check_in",
    "climb",
    "close_incident",
    "drop_objective",
    "extend",
    "keep_watch",
    "life_since",
    "plan_milestone",
    "propose_objective",
    "reach_milestone",
    "report_incident",
    "score_objective",
    "send_regards",
]
