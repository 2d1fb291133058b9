"""What a team that cannot go lacks: the fewest of the rules of several seats without which a plan
would fill one of its seats."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from marrow.plan.rules.engine.improve import block
from marrow.plan.rules.engine.model import HAT_RULE, Model
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.widely import Looked, solved, with_seats
from marrow.plan.rules.problem import Hat, Mission
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.teams import hats_of, wears

SMALL = "team_is_large_enough"
ALONE = "surgeon_has_anaesthetist"
HAT: dict[str, Hat] = {rule: hat for hat, rule in HAT_RULE.items()}  # type: ignore[misc]
#: what is asked for again first is told last: a team that is too small where money is short lacks
#: the money, and one whose leader is kept back lacks a leader
ORDER = (
    SMALL, "department_keeps_enough", "hospital_keeps_enough", "couple_together", "budget_is_kept",
    ALONE, *HAT,
)  # fmt: skip


def lacking(looked: Looked, row: int) -> tuple[str, ...]:
    """The rules that keep a team from going with this seat filled, after no plan was found in which
    it is; none where something else keeps the seat empty. Where not all of a plan could be looked
    at, only hats that nobody wears who may sit in the team."""
    standing = looked.before
    mission = standing.model.rules.mission[standing.problem.seats[row].mission]
    if not standing.whole:
        return tuple(HAT_RULE[hat] for hat in hats_of(mission) if not _worn(standing, hat, mission))
    rows = {rule: found for rule in ORDER if len(found := _rows(standing.model, rule, mission))}
    dropped = dict(rows)
    if not _fills(standing, row, dropped.values()):
        return ()
    for rule in rows:
        rest = {k: v for k, v in dropped.items() if k != rule}
        if _fills(standing, row, rest.values()):
            dropped = rest
    return tuple(dropped)


def told_of_team(looked: Looked, row: int, rules: Collection[str]) -> Iterator[Said]:
    """What is told of a team that lacks this."""
    problem = looked.before.problem
    mission = looked.before.model.rules.mission[problem.seats[row].mission]
    for rule in rules:
        if rule == SMALL:
            most, least = _most(looked.before, mission, rules), mission.minimum_people
            yield said("team_lacks_people", mission=mission.id, least=least, most=most)
        elif rule == "team_is_understood":
            yield said("team_not_understood", mission=mission.id, language=mission.language or "–")
        elif rule in HAT:
            yield said(f"team_without_{HAT[rule]}", mission=mission.id)
        else:
            yield said("team_kept_back", mission=mission.id, rule=rule)


def _worn(standing: Standing, hat: Hat, mission: Mission) -> bool:
    """Whether somebody who may sit in the team wears the hat."""
    problem = standing.problem
    return any(
        wears(hat, problem.people[p], seat, mission, problem)
        for k, seat in enumerate(problem.seats) if seat.mission == mission.id
        for p in standing.ground.candidates(k).tolist()
    )  # fmt: skip


def _rows(model: Model, rule: str, mission: Mission) -> list[int]:
    """The rows of a rule: of what a team must be, those of this team alone."""
    rows = [r for r, kind in enumerate(model.kind) if kind == rule]
    of = next(k for k, m in enumerate(model.rules.problem.missions) if m.id == mission.id)
    if rule in HAT or rule == SMALL:
        of_team = model.rows[rows][:, [model.goes + of]].toarray().ravel()
        return [
            r for r, goes in zip(rows, of_team.tolist(), strict=True)
            if goes and (rule in HAT or np.isfinite(model.low[r]))
        ]  # fmt: skip
    return rows


def _loosened(model: Model, dropped: Collection[list[int]]) -> Model:
    rows = [r for some in dropped for r in some]
    low, high = model.low.copy(), model.high.copy()
    low[rows], high[rows] = -np.inf, np.inf
    return Model(**{**vars(model), "low": low, "high": high})


def _fills(standing: Standing, row: int, dropped: Collection[list[int]]) -> bool:
    """Whether without these rows a plan fills the seat."""
    model = _loosened(standing.weighed(np.zeros(len(standing.model.points))), dropped)
    everything = np.ones(model.pairs, np.bool_)
    program, columns = block(model, standing.x, list(range(model.seats)), everything)
    return solved(with_seats(program, columns, [model.filled + row]))[0] is not None


def _most(standing: Standing, mission: Mission, rules: Collection[str]) -> int:
    """How many seats of a team any plan fills, were it let go without what these rules ask."""
    points = np.zeros(len(standing.model.points))
    seats = [k for k, s in enumerate(standing.problem.seats) if s.mission == mission.id]
    points[[standing.model.filled + k for k in seats]] = 1
    dropped = [_rows(standing.model, rule, mission) for rule in rules]
    model = _loosened(standing.weighed(points), dropped)
    everything = np.ones(model.pairs, np.bool_)
    program, _ = block(model, standing.x, list(range(model.seats)), everything)
    x, _ = solved(program)
    return 0 if x is None else round(float(program.points @ x))
