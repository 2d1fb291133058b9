"""The figures of a team's month, out of the records that every page reads. Unknown is None."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import ngettext

from marrow.activity.models import Deed
from marrow.activity.queries import figures
from marrow.activity.queries.figures import Of
from marrow.activity.rules.kinds import KINDS, REACHING
from marrow.activity.rules.months import after
from marrow.capacity.models import Step
from marrow.core.words import in_tongue, names
from marrow.missions.models import Mission
from marrow.posts.models import CheckIn, Incident

#: asked of every team: what nobody told of is shown as unknown
ALWAYS = (
    "VISIT", "RESCUE", "OPERATION_DONE", "OPERATION_ASSISTED", "OPERATION_SUPERVISED", "ADMISSION",
    "TRAINED_IN_PERSON", "LECTURE", "FREE_CLINIC",
)  # fmt: skip
NOBODY = (None, 0)  # reached, and records that tell no number
OTHERS = {
    "STEPS": names(
        "steps on the hospital’s ladder",
        "医院能力阶梯提升（项）",
        "échelons franchis par l’hôpital",
    ),
    "HEARD": names("days with a word of safety", "报平安天数", "jours avec un mot de sécurité"),
    "INCIDENTS": names("incidents told", "上报事件（起）", "incidents signalés"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `before` (the month before) as text without zeros behind; None is unknown.
    `single` is what single records say where the month's report stands and they differ; `reached`
    how many people those of lectures, clinics and the like tell of, and `untold` how many of these
    records tell no number: they are in no sum."""

    code: str
    value: str | None
    before: str | None = None
    single: str | None = None
    reached: str | None = None
    untold: str | None = None

    @property
    def left_out(self) -> str:
        """What a sum of a part says beside itself; '' where it is of the whole, or is none."""
        n = int(self.untold or 0)
        if not n or self.reached is None:
            return ""
        return ngettext("(%(n)s not counted)", "(%(n)s not counted)", n) % {"n": n}

    @property
    def label(self) -> str:
        return in_tongue(KINDS.get(self.code) or OTHERS.get(self.code) or {"en": self.code})

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def figures_of(mission: Mission, month: dt.date) -> list[Figure]:
    """Activity's by kind, then what else the month shows."""
    before = after(month, -1)
    lines = {
        line.code: dict(line.cells) for line in figures.lines_of(Of(mission=mission.pk), month.year)
    }
    if before.year != month.year:
        older = figures.lines_of(Of(mission=mission.pk), before.year)
        for line in older:
            lines.setdefault(line.code, {}).update(dict(line.cells))
    reached = _reached(mission, month)
    found = [
        _of_kind(code, lines.get(code, {}), month, before, reached.get(code, NOBODY))
        for code in KINDS if code in ALWAYS or code in lines
    ]  # fmt: skip
    shown = [f for f in found if f.code in ALWAYS or f.value is not None]
    now, then = _others(mission, month), _others(mission, before)
    return [*shown, *(Figure(code, now[code], then[code]) for code in OTHERS)]


def _reached(mission: Mission, month: dt.date) -> dict[str, tuple[int | None, int]]:
    """By kind of work that reaches people how many it reached, where a record told it, and how many
    of its records did not."""
    rows = Deed.objects.filter(
        mission=mission, void_reason="", held_on__gte=month, held_on__lt=after(month),
        kind__in=REACHING,
    )  # fmt: skip
    told = rows.values("kind").order_by()
    untold = Count("pk", filter=Q(people_reached=None))
    return {
        row["kind"]: (row["people"], row["untold"])
        for row in told.annotate(people=Sum("people_reached"), untold=untold)
    }


def _of_kind(
    code: str, cells: dict[dt.date, Any], month: dt.date, before: dt.date,
    reached: tuple[int | None, int],
) -> Figure:  # fmt: skip
    people, untold = reached
    cell, last = cells.get(month), cells.get(before)
    differs = cell is not None and bool(cell.differs)
    return Figure(
        code, _text(cell.value if cell else None), _text(last.value if last else None),
        _text(cell.single) if cell and differs else None,
        *(None if n is None else str(n) for n in (people, untold or None)),
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _others(mission: Mission, month: dt.date) -> dict[str, str | None]:
    """What was told is counted; nothing told is unknown, not nought."""
    start, end = month, after(month)
    words = CheckIn.objects.filter(mission=mission, said_at__date__gte=start, said_at__date__lt=end)
    days = words.annotate(day=TruncDate("said_at")).values("day").distinct().order_by()
    steps = Step.objects.filter(mission=mission, state="HOLDS", on__gte=start, on__lt=end)
    told = Incident.objects.filter(mission=mission, happened_on__gte=start, happened_on__lt=end)
    counts = {"STEPS": steps.count(), "HEARD": days.count(), "INCIDENTS": told.count()}
    return {code: str(count) if count else None for code, count in counts.items()}


def rows_behind(mission: Mission, month: dt.date, code: str) -> str:
    """The page of the rows behind a figure."""
    if code in KINDS:
        rows = reverse("activity:team-rows", args=[mission.pk])
        return f"{rows}?kind={code}&year={month.year}&month={month.month}"
    if code == "STEPS":
        site = mission.sites.exclude(organisation=None).first()
        if site:
            return reverse("capacity:hospital", args=[site.organisation_id])
    return reverse("posts:post", args=[mission.pk])
