"""Figures as pages show them: never naked, always with unit, precision, date and their sources."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.archive.queries import SENT
from marrow.core.words import in_tongue
from marrow.missions.models import Mission
from marrow.programmes.models import Programme
from marrow.sources.models import Fact
from marrow.sources.rules import MEASURES
from marrow.ui.templatetags.marrow import number, with_precision

FRONT = ("person_deployments", "visits", "critical_rescues", "operations")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words; `href` opens the rows or the tellings behind it."""

    before: str  # the precision word, where it stands before the number
    value: str
    after: str  # and where it stands behind it (余)
    label: str
    small: str
    link: str
    href: str
    doubted: bool = False  # an open finding doubts it


Doubted = Container[tuple[UUID, str]]


def figures(told: Mapping[str, list[Fact]], doubted: Doubted = ()) -> list[Figure]:
    """One figure a measure of one record's facts: the shown telling, and how many there are."""
    rows = [fact for field in MEASURES for fact in told.get(field, ()) if _is_figure(fact)]
    return _figures(rows, doubted)


def _is_figure(fact: Fact) -> bool:
    return fact.number is not None and fact.standing != Fact.Standing.REJECTED


def figures_of(about: Iterable[UUID], doubted: Doubted = ()) -> dict[UUID, list[Figure]]:
    """One figure a measure, by record, in one query."""
    rows = Fact.objects.filter(about__in=set(about), field__in=MEASURES).exclude(number=None)
    rows = rows.exclude(standing=Fact.Standing.REJECTED)
    by_record: dict[UUID, list[Fact]] = {}
    for fact in rows:
        by_record.setdefault(fact.about, []).append(fact)
    return {record: _figures(found, doubted) for record, found in by_record.items()}


def _figures(rows: list[Fact], doubted: Doubted) -> list[Figure]:
    rows = sorted(rows, key=_order)
    return [
        _figure(list(same), doubted=key in doubted)
        for key, same in groupby(rows, key=lambda f: (f.about, f.field))
    ]


def _order(fact: Fact) -> tuple[str, int, str]:
    rank = ("SHOWN", "CLAIM", "ALSO", "REJECTED").index(fact.standing)
    return (f"{fact.about}{fact.field}", rank, fact.value)


def _figure(tellings: list[Fact], *, doubted: bool = False) -> Figure:
    best = tellings[0]
    measure = MEASURES[best.field]
    count = len(tellings)
    told = ngettext("%(count)s source, in its own words", "%(count)s sources, side by side", count)
    before, _number, after = with_precision("\0", best.precision).partition("\0")
    return Figure(
        before=before.strip(),
        value=number(best.number),
        after=after.strip(),
        label=labelled(in_tongue(measure.names), in_tongue(measure.unit)),
        small=_small(best),
        link=told % {"count": count},
        href=reverse("sources:told", args=[best.about, best.field]),
        doubted=doubted,
    )


def labelled(label: str, unit: str) -> str:
    """What is counted, with its unit where the label does not say it already."""
    if unit.startswith("("):
        return f"{label} {unit}"
    return label if not unit or unit in label else f"{label} · {unit}"


def _small(fact: Fact) -> str:
    """Period, day and completeness, as the source gives them."""
    parts = [
        fact.period.replace("/", "–") if fact.period else "",
        _("as of %s") % fact.as_of if fact.as_of else "",
        _("incomplete statistics") if fact.incomplete else "",
        _("published claim") if fact.standing == Fact.Standing.CLAIM else "",
    ]
    return " · ".join(part for part in parts if part)


def front_figures(programme: Programme) -> list[Figure]:
    """What the front page tells: the batches that are here as rows, but those that are only
    planned; then what was published."""
    sent = Mission.objects.filter(SENT, series__programme=programme).exclude(number=None)
    batches = sent.count()
    recipients = sent.values("series").distinct().count()
    label = ngettext(
        "numbered batches to %(count)s recipient",
        "numbered batches to %(count)s recipients",
        recipients,
    )
    own = Figure(
        before="",
        value=number(batches),
        after="",
        label=label % {"count": recipients},
        small=_("since %s") % programme.started_on if programme.started_on else "",
        link=_("the %s rows") % number(batches),
        href=f"{reverse('archive:missions')}?programme={programme.key}&kind=SENT",
    )
    rows = Fact.objects.filter(about=programme.pk, field__in=FRONT).exclude(number=None)
    rows = rows.exclude(standing=Fact.Standing.REJECTED)
    by_field = {f.field: f for f in sorted(rows, key=_order, reverse=True)}
    told = {field: [r for r in sorted(rows, key=_order) if r.field == field] for field in by_field}
    return [own, *(_figure(told[field]) for field in FRONT if field in told)]
