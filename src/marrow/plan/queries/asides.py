"""Plans that are put aside."""

from __future__ import annotations

from dataclasses import dataclass

from marrow.accounts.queries import names_of
from marrow.core.viewer import Viewer
from marrow.plan import access
from marrow.plan.models import Scenario


@dataclass(frozen=True, slots=True)
class Aside:
    """A plan that is put aside, and who did it: "?" of an account that has no name."""

    row: Scenario
    who: str


def asides(viewer: Viewer) -> list[Aside]:
    """The plans put aside that the viewer sees, the latest first."""
    rows = list(access.scenarios_for(viewer).exclude(aside_at=None).order_by("-aside_at", "pk"))
    names = names_of([row.aside_by for row in rows if row.aside_by])
    return [Aside(row, names.get(row.aside_by, "?") if row.aside_by else "?") for row in rows]


def aside_of(scenario: Scenario) -> Aside | None:
    if scenario.aside_at is None:
        return None
    who = names_of([scenario.aside_by]) if scenario.aside_by else {}
    return Aside(scenario, who.get(scenario.aside_by, "?") if scenario.aside_by else "?")
