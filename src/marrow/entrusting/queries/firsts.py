"""The register of firsts, what waits for a head, and what the ladder would propose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import NullIf

from marrow.accounts.queries import as_signed
from marrow.capacity.models import Step
from marrow.core.viewer import Viewer
from marrow.directory.fields import as_typed
from marrow.directory.models import Organisation
from marrow.entrusting import access
from marrow.entrusting.models import FirstTime
from marrow.entrusting.rules.entrusting import ALONE
from marrow.programmes.models import Partnership, Programme
from marrow.sources.models import Fact

State = FirstTime.State
MOST = 200
MOST_HOUSES = 12


@dataclass(frozen=True, slots=True)
class Sought:
    """What the register is narrowed by; '' is anything."""

    hospital: str = ""
    programme: str = ""
    specialty: str = ""
    year: str = ""


def register(viewer: Viewer, sought: Sought) -> list[tuple[FirstTime, bool]]:
    """Firsts that this viewer sees, the latest first, each with whether a document tells it."""
    rows = access.firsts_for(viewer).exclude(state=State.DECLINED)
    if sought.hospital:
        rows = rows.filter(organisation=UUID(sought.hospital))
    if sought.specialty:
        rows = rows.filter(item__specialty=sought.specialty)
    if sought.year:
        rows = rows.filter(happened_on__startswith=sought.year)
    if sought.programme:
        here = Partnership.objects.filter(programme__key=sought.programme)
        own = Q(mission__programme__key=sought.programme)
        rows = rows.filter(
            own | Q(organisation__in=here.exclude(recipient=None).values("recipient"))
        )
    return _with_words(_full(rows)[:MOST])


def firsts_at(viewer: Viewer, hospital: Organisation) -> list[FirstTime]:
    rows = access.firsts_for(viewer).filter(organisation=hospital).exclude(state=State.DECLINED)
    return list(_full(rows)[:MOST])


def firsts_to_decide(viewer: Viewer) -> list[FirstTime]:
    rows = FirstTime.objects.filter(
        state=State.PROPOSED, organisation__in=access.decides_firsts_of(viewer)
    )
    return list(_full(rows).order_by("proposed_at")[:MOST])


def years_of(rows: Iterable[FirstTime]) -> list[str]:
    return sorted({row.happened_on[:4] for row in rows if row.happened_on}, reverse=True)


def _full(rows: QuerySet[FirstTime]) -> QuerySet[FirstTime]:
    return rows.select_related("organisation__area", "item", "within", "mission__programme")


def _with_words(rows: QuerySet[FirstTime]) -> list[tuple[FirstTime, bool]]:
    found = list(rows)
    told = Fact.objects.filter(
        about__in=[r.pk for r in found], field="happened_on", standing=Fact.Standing.SHOWN
    )
    worded = set(told.values_list("about", flat=True))
    return [(row, row.pk in worded) for row in found]


def who_decided(row: FirstTime) -> str:
    """Their name in the reader's language, where the account has it in several."""
    if row.decided_by is None:
        return row.decided_name
    signed = (row.decided_by, row.decided_name)
    return as_signed([signed])[signed]


def tells_a_paper(row: FirstTime) -> bool:
    return _with_words(FirstTime.objects.filter(pk=row.pk))[0][1]


def programmes_of(rows: Iterable[FirstTime]) -> list[Programme]:
    """The programmes that the register can be narrowed by: of the missions, and of partnerships
    with the houses in it."""
    houses = {row.organisation_id for row in rows}
    own = {row.mission.programme_id for row in rows if row.mission}
    pairs = Partnership.objects.filter(recipient__in=houses).values("programme")
    return sorted(Programme.objects.filter(Q(pk__in=own) | Q(pk__in=pairs)), key=str)


@dataclass(frozen=True, slots=True)
class House:
    """A house whose firsts a viewer proposes, with what its ladder would propose."""

    row: Organisation
    candidates: list[Step]


def houses_to_propose_for(viewer: Viewer) -> list[House]:
    """Houses of this viewer that do something alone, or are named in their role; the first few."""
    near = access.houses_named(viewer)
    able = Step.objects.filter(state=Step.State.HOLDS, level__gte=ALONE).values("organisation")
    rows = access.houses_kept(viewer).filter(Q(pk__in=able) | Q(pk__in=near))
    houses = sorted(rows.select_related("area")[:MOST_HOUSES], key=str)
    found = candidates_of(houses)
    return [House(row, [s for s in found if s.organisation_id == row.pk]) for row in houses]


def candidates_of(houses: Iterable[Organisation]) -> list[Step]:
    """Steps to the level "done alone" that were the first of their item in the area of their
    hospital, and of which nobody has spoken yet. A house whose area is unknown stands alone; of two
    houses on one day neither is proposed, for nobody can tell from the rows."""
    held = Step.objects.filter(state=Step.State.HOLDS, level__gte=ALONE)
    path = "organisation__area__path"
    others = held.filter(item=OuterRef("item"), on__lte=OuterRef("on")).exclude(
        organisation=OuterRef("organisation")
    )
    spoken = FirstTime.objects.filter(
        side=FirstTime.Side.LOCAL, organisation=OuterRef("organisation"), item=OuterRef("item")
    )
    rows = held.filter(organisation__in=[house.pk for house in houses])
    rows = rows.annotate(within=NullIf(path, Value(""))).exclude(Exists(spoken))
    rows = rows.exclude(Exists(others.filter(**{f"{path}__startswith": OuterRef("within")})))
    found: dict[tuple[UUID, UUID], Step] = {}
    for row in rows.select_related("item", "organisation__area", "mission").order_by("on", "id"):
        found.setdefault((row.organisation_id, row.item_id), row)
    return list(found.values())


def candidate_at(house: Organisation, step: str) -> Step | None:
    """The step that a page names, where it is a candidate of this house."""
    return next((one for one in candidates_of([house]) if str(one.pk) == step), None)


def begun_from(step: Step) -> dict[str, object]:
    """A first as a step on the ladder tells it: a person looks it over before it is proposed."""
    area = step.organisation.area
    return {
        "item": step.item, "side": FirstTime.Side.LOCAL,
        "within": as_typed(area), "happened_on": step.on.isoformat(),
        "by_whom": FirstTime.ByWhom.LOCALS,
    }  # fmt: skip
