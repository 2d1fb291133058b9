"""What the people whom areas send may cost in a plan, and what they do cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from marrow.directory.models import Area, Organisation
from marrow.plan.models import Budget, PlannedSeat, PlannedTeam, Scenario
from marrow.plan.rules import problem as form

DAYS_A_MONTH = Decimal("30.4375")


def budgets_of(scenario: Scenario) -> list[Budget]:
    rows = Budget.objects.filter(scenario=scenario).select_related("area")
    return list(rows.order_by("year", "area__code"))


def budget_area(unit: Organisation, budgets: Iterable[Budget]) -> str:
    """The sending area that pays for a unit: the nearest around it with a budget in this plan, else
    its own."""
    if unit.area is None:
        return "?"
    around = [b.area for b in budgets if unit.area.lies_in(b.area)]
    nearest: Area = max(around, key=lambda area: len(area.path), default=unit.area)
    return nearest.code


def cost_of(team: PlannedTeam) -> float:
    """Of one seat of the team, in thousands; 0 where nobody said: the plan's page tells that."""
    if team.monthly_cost is None:
        return 0.0
    months = Decimal((team.until_on - team.from_on).days) / DAYS_A_MONTH
    return float(round(team.monthly_cost * months, 1))


def in_problem(budgets: Iterable[Budget]) -> tuple[form.Budget, ...]:
    return tuple(
        form.Budget(area=b.area.code, year=b.year, amount=float(b.amount)) for b in budgets
    )


@dataclass(frozen=True, slots=True)
class Spent:
    """A budget, what those who stand in seats cost, and whether costs are unknown."""

    row: Budget
    spent: Decimal
    unknown: int  # people whose team has no cost

    @property
    def left(self) -> Decimal:
        return self.row.amount - self.spent


def spent_of(scenario: Scenario) -> list[Spent]:
    budgets = budgets_of(scenario)
    if not budgets:
        return []
    spent: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    unknown: dict[tuple[str, int], int] = defaultdict(int)
    seats = PlannedSeat.objects.filter(team__scenario=scenario, placing__isnull=False)
    for seat in seats.select_related("placing__person__unit__area", "team"):
        key = (budget_area(seat.placing.person.unit, budgets), seat.team.from_on.year)
        cost = told_cost(scenario, seat)
        if cost is None:
            unknown[key] += 1
        else:
            spent[key] += Decimal(str(cost))
    return [Spent(b, spent[b.area.code, b.year], unknown[b.area.code, b.year]) for b in budgets]


def told_cost(scenario: Scenario, seat: PlannedSeat) -> float | None:
    """What a seat costs, in thousands: as a workbook told it, else by its team's months."""
    told = scenario.facts.get("seats", {}).get("changed", {}).get(seat.code, {}).get("cost")
    if told is not None:
        return float(told)
    return None if seat.team.monthly_cost is None else cost_of(seat.team)
