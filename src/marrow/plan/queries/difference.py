"""What an answer of the planner would change in a plan: its seats, and its figures before and
after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marrow.core.words import colon, comma, semicolon
from marrow.plan.models import Placing, PlannedSeat, PlannedTeam, Run, Scenario
from marrow.plan.queries.wording import Named, tier_words
from marrow.ui.templatetags.marrow import decimal, signed

#: what a run tells of its answer
TOLD = (
    "value", "bound", "gap", "points_by_tier", "critical", "stopped_because", "links", "stays",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A seat in which the planner would put somebody else."""

    seat: str
    team: str
    role: str
    before: str
    after: str
    is_empty: bool  # then


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure of the plan as it stands, and with the answer. `better`: it rises, falls or (None)
    stays, where more is better."""

    name: str
    before: str
    after: str
    better: bool | None = None


def figures_told(run: Run) -> dict[str, Any]:
    """What a page says of an answer: value, bound, gap, tiers, critical seats, size, time."""
    plan: dict[str, Any] = run.plan or {}
    known = [name for name in TOLD if name != "stays" or is_reckoned(plan)]
    return {
        **{name: plan.get(name) for name in known}, "seats": run.seats, "people": run.people,
        "filled": len(plan.get("assignments", ())), "seconds": run.progress.get("seconds"),
    }  # fmt: skip


def figures_in_words(told: Mapping[str, Any]) -> str:
    """The same in a line of the journal: how many seats are filled, and all points."""
    seats, filled, value = (told.get(name) for name in ("seats", "filled", "value"))
    said = []
    if seats is not None and filled is not None:
        words = ngettext("%(filled)s of %(seats)s seat", "%(filled)s of %(seats)s seats", seats)
        said.append(words % {"filled": filled, "seats": seats})
    if value is not None:
        said.append(f"{_('all points')}{colon()}{decimal(value)}")
    return comma().join(said) or pgettext("a figure", "unknown")


def is_reckoned(told: Mapping[str, Any]) -> bool:
    """Whether care without leaving was asked for. It was not while the software knew of none; what
    was asked for and is None is unknown."""
    return "stays" in told


Moves = Mapping[str, tuple[UUID | None, UUID | None]]  # by a seat's code, who is there and then


def moves_of(scenario: Scenario, run: Run) -> Moves:
    """Who would leave a seat and who come, if the answer were taken."""
    told = (run.plan or {}).get("assignments", ())
    wanted = {one["seat"]: UUID(one["person"]) for one in told}
    rows = Placing.objects.filter(seat__team__scenario=scenario)
    now = dict(rows.values_list("seat__code", "person"))
    codes = sorted(c for c in wanted.keys() | now.keys() if wanted.get(c) != now.get(c))
    return {c: (now.get(c), wanted.get(c)) for c in codes}


def difference(scenario: Scenario, moves: Moves, named: Named) -> list[Change]:
    """The seats that would change, in words; `named` are those of whom the reader may know."""
    rows = PlannedSeat.objects.filter(team__scenario=scenario, code__in=moves)
    called_by = [f"team__{one}" for one in PlannedTeam.CALLED_BY]
    seats = {s.code: s for s in rows.select_related(*called_by)}
    return [
        Change(
            code, str(seats[code].team) if code in seats else "–",
            str(seats[code].get_role_display()) if code in seats else "–",
            _called(before, named), _called(after, named), after is None,
        )
        for code, (before, after) in moves.items()
    ]  # fmt: skip


def _called(person: UUID | None, named: Named) -> str:
    return str(named.get(person, "?")) if person else _("empty")


def effects(scenario: Scenario, run: Run) -> list[Effect]:
    """The figures side by side, both reckoned when the answer was; none where nothing was solved
    before. An answer of before that was so has those of when the plan was solved beside it."""
    after, beside = figures_told(run), (run.plan or {}).get("before")
    # both are plans of one problem then, of which one bound holds
    before = beside | {"bound": after["bound"]} if beside else scenario.figures
    if not before:
        return []
    rows = [
        Effect(
            _("critical seats"),
            critical_told(before),
            critical_told(after),
            _better(_covered(before), _covered(after)),
        ),
        _of_both(_("all seats"), before, after, lambda f: (f.get("filled"), f.get("seats"))),
    ]
    tiers = zip(tier_words(), _tiers(before), _tiers(after), strict=True)
    rows += [_points(_("%s, points") % name, one, other) for name, one, other in tiers]
    rows.append(_of_both(
        _("handovers with both on post"), before, after, lambda f: f.get("links") or (None, None)
    ))  # fmt: skip
    rows.append(_staying(before, after))
    rows.append(_points(_("all points"), before.get("value"), after.get("value")))
    rows.append(_points(_("no plan has more points than"), before.get("bound"), after.get("bound")))
    return rows


def _staying(before: Mapping[str, Any], after: Mapping[str, Any]) -> Effect:
    """Items that could be treated without leaving, by the one measure on the planned roster."""
    one, other = items_told(before), items_told(after)
    before_words, after_words = _items(before), _items(after)
    return Effect(_("care without leaving, items"), before_words, after_words, _better(one, other))


def _items(figures: Mapping[str, Any]) -> str:
    if not is_reckoned(figures):
        return pgettext("a figure", "not reckoned")
    items = items_told(figures)
    return pgettext("a figure", "unknown") if items is None else signed(items)


def items_told(figures: Mapping[str, Any]) -> float | None:
    """Items more by the people of the plan, a month on average; None where it is unknown."""
    told = figures.get("stays")
    return told["with"] - told["without"] if told else None


def critical_told(figures: Mapping[str, Any]) -> str:
    """Critical seats that are covered, of how many; and how many any plan could cover at most,
    where that was proved and is fewer than all."""
    told = figures.get("critical") or {}
    covered, seats, most = (told.get(name) for name in ("covered", "seats", "at_most"))
    words = part_of(covered, seats)
    if most is None or seats is None or most >= seats:
        return words
    return f"{words}{semicolon()}{_('no plan covers more than %s') % most}"


def _covered(figures: Mapping[str, Any]) -> int | None:
    covered: int | None = (figures.get("critical") or {}).get("covered")
    return covered


def _tiers(figures: Mapping[str, Any]) -> list[float | None]:
    return list(figures.get("points_by_tier") or [None] * len(tier_words()))


def _of_both(name: str, before: Any, after: Any, read: Any) -> Effect:
    one, other = read(before), read(after)
    return Effect(name, part_of(*one), part_of(*other), _better(one[0], other[0]))


def _points(name: str, before: float | None, after: float | None) -> Effect:
    unknown = pgettext("a figure", "not reckoned")
    return Effect(
        name, unknown if before is None else decimal(before),
        unknown if after is None else decimal(after), _better(before, after),
    )  # fmt: skip


def _better(before: float | None, after: float | None) -> bool | None:
    if before is None or after is None or abs(after - before) < 0.05:  # as it shows
        return None
    return after > before


def part_of(part: int | None, whole: int | None) -> str:
    if part is None or whole is None:
        return "–"
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole}
