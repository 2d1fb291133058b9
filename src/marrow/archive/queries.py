"""What the public site asks: programmes, series, batches, figures, honours, the fallen.

Reading the history is open to everybody, so these ask for no viewer; what a phone recorded or a
finding says is asked of its own room, with its own lock.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from marrow.archive.rules import NOT_SENT, parted, runs
from marrow.core.models import Record
from marrow.core.refusals import Unseen
from marrow.core.subjects import Shown, shown_all
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Donation, Fallen, Honour, Mission, SendingUnit, Site
from marrow.programmes.models import (
    Agreement,
    Consortium,
    ConsortiumLink,
    Event,
    Partnership,
    PolicyGoal,
    Programme,
    Series,
    Tasking,
)
from marrow.programmes.rules import next_anniversary
from marrow.sources.models import Document, Fact
from marrow.sources.rules import MEASURES

PAGE = 60
ON_POST = (Mission.Status.ON_POST, Mission.Status.EXTENDED)
SENT = ~Q(status__in=NOT_SENT)  # of a mission
PAIRED = (
    "sender", "sender_area", "sender_department", "recipient", "recipient_area",
    "recipient_department",
)  # fmt: skip
FactsByField = dict[str, list[Fact]]


def home_programme() -> Programme | None:
    """The programme that the front page tells of: the one set, else the one with most batches."""
    chosen = Programme.objects.filter(key=settings.HOME_PROGRAMME).first()
    counted = Programme.objects.filter(invented=False).annotate(n=Count("missions"))
    return chosen or counted.order_by("-n", "key").first()


def programmes() -> QuerySet[Programme]:
    """All programmes with the number of their series, and of the missions that were sent."""
    return (
        Programme.objects.select_related("sender")
        .annotate(
            series_count=Count("series", distinct=True),
            mission_count=Count(
                "missions", filter=~Q(missions__status__in=NOT_SENT), distinct=True
            ),
        )
        .order_by("-mission_count", "key")
    )


def programme_for(key: str) -> Programme:
    row = Programme.objects.select_related("sender", "authority").filter(key=key).first()
    if row is None:
        raise Unseen(_("There is no such programme."))
    return row


def series_of(programme: Programme | None = None) -> list[Series]:
    """Series with their numbered batches, the longest first."""
    rows = Series.objects.select_related("recipient_area", "recipient", "programme")
    if programme:
        rows = rows.filter(programme=programme)
    batches = Mission.objects.exclude(number=None).order_by("number")
    return list(
        rows.annotate(n=Count("missions"))
        .order_by("-n", "key")
        .prefetch_related(Prefetch("missions", batches, to_attr="batches"), "interruptions")
    )


def series_to(area: Area) -> list[Series]:
    """Series whose recipient is this place or lies in it."""
    return [
        s for s in series_of() if s.recipient_area and s.recipient_area.path.startswith(area.path)
    ]


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties an organisation to programmes: where teams served, whom it sent, its partners."""

    served: list[Mission]
    sent: list[Mission]
    partnerships: list[Partnership]


def ties_of(organisation: Organisation) -> Ties | None:
    """None when there are none."""
    here = [organisation.pk, *organisation.predecessors.values_list("pk", flat=True)]
    served = list(_missions().filter(SENT, sites__organisation__in=here).distinct()[:40])
    sent = list(_missions().filter(SENT, units__organisation__in=here).distinct()[:40])
    sides = Q(sender__in=here) | Q(recipient__in=here)
    pairs = list(Partnership.objects.filter(sides).select_related(*PAIRED, "programme")[:40])
    return Ties(served, sent, pairs) if served or sent or pairs else None


def series_for(series: UUID) -> Series:
    row = Series.objects.select_related("recipient_area", "recipient", "programme").filter(
        pk=series
    )
    if not (found := row.first()):
        raise Unseen(_("There is no such series."))
    return found


def missions_of_series(series: Series) -> list[Mission]:
    return list(_missions().filter(series=series).order_by("number", "key"))


def _missions() -> QuerySet[Mission]:
    sites = Site.objects.select_related("organisation", "area")
    units = SendingUnit.objects.select_related("organisation")
    return Mission.objects.select_related(
        "series__recipient_area", "series__recipient", "programme", "sender", "sender_body"
    ).prefetch_related(Prefetch("sites", sites), Prefetch("units", units))


def missions(
    *, programme: str = "", kind: str = "", purpose: str = "", tag: str = "", on_post: bool = False,
    page: int = 1,
) -> tuple[list[Mission], int, int]:  # fmt: skip
    """A page of batches and trips, how many there are in all, and how many of them planned."""
    rows = chosen_missions(
        programme=programme, kind=kind, purpose=purpose, tag=tag, on_post=on_post
    )
    _sent, planned = parted(rows.values_list("status", flat=True))
    return list(rows[(page - 1) * PAGE : page * PAGE]), rows.count(), planned


def chosen_missions(
    *, programme: str = "", kind: str = "", purpose: str = "", tag: str = "", on_post: bool = False
) -> QuerySet[Mission]:
    """Batches and trips in the order of series and number."""
    rows = _missions()
    if programme:
        rows = rows.filter(programme__key=programme)
    if kind == "NUMBERED":
        rows = rows.exclude(number=None)
    elif kind == "SENT":
        rows = rows.filter(SENT).exclude(number=None)
    elif kind == "OTHER":
        rows = rows.filter(series=None)
    elif kind:
        rows = rows.filter(kind=kind)
    for column, code in (("purposes", purpose), ("tags", tag)):
        if code:
            rows = rows.filter(pk__in=_with_code(column, code))
    if on_post:
        rows = rows.filter(status__in=ON_POST)
    return rows.order_by("series__key", "number", "departed_on", "key")


def _with_code(column: str, code: str) -> list[UUID]:
    """Missions of which a column of several codes holds this one; SQLite cannot ask that itself."""
    held = Mission.objects.exclude(**{column: []}).values_list("pk", column)
    return [pk for pk, codes in held if code in codes]


def trips_of(programme: Programme) -> tuple[list[Mission], int]:
    """The first missions of a programme that stand in no series, and how many there are."""
    rows = _missions().filter(programme=programme, series=None)
    shown = list(rows.order_by("departed_on", "key")[:PAGE])
    return shown, len(shown) if len(shown) < PAGE else rows.count()


@dataclass(frozen=True, slots=True)
class Jubilee:
    """A round anniversary to come: of which programme or series, how many years, in which year."""

    name: str
    href: str
    years: int
    year: int


def jubilees(today: dt.date) -> list[Jubilee]:
    """The next round anniversary of every programme and series of which the start is told."""
    programmes = Programme.objects.filter(invented=False).exclude(started_on="")
    began = [(str(p), reverse("archive:programme", args=[p.key]), p.started_on) for p in programmes]
    began += [
        (str(s), reverse("archive:series", args=[s.pk]), s.since)
        for s in Series.objects.exclude(since="")
    ]
    found = [
        Jubilee(name, href, *told)
        for name, href, start in began
        if (told := next_anniversary(start, today))
    ]
    return sorted(found, key=lambda j: (j.year, -j.years, j.name))


def dated_trips() -> list[Mission]:
    """Missions outside any series of which somebody dated the start."""
    rows = Mission.objects.filter(series=None).exclude(departed_on="", arrived_on="")
    return list(rows.order_by("departed_on", "arrived_on")[:500])


def runs_of(rows: Iterable[Series]) -> dict[UUID, str]:
    """The period in which a source says that the batches of a series were sent."""
    told = Fact.objects.filter(about__in=[s.pk for s in rows], field="since").exclude(period="")
    return dict(told.values_list("about", "period"))


def mission_for(mission: UUID) -> Mission:
    row = _missions().filter(pk=mission).first()
    if row is None:
        raise Unseen(_("There is no such batch."))
    return row


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The batches before and after in the series, where they are known."""

    before: Mission | None
    after: Mission | None


def neighbours(mission: Mission) -> Neighbours:
    if mission.series_id is None or mission.number is None:
        return Neighbours(None, None)
    rows = Mission.objects.filter(series=mission.series_id)
    return Neighbours(
        rows.filter(number__lt=mission.number).order_by("-number").first(),
        rows.filter(number__gt=mission.number).order_by("number").first(),
    )


def facts_about(about: Iterable[UUID]) -> dict[UUID, FactsByField]:
    """Every fact about these records, by record and field; the shown one first."""
    order = {s: n for n, s in enumerate(("SHOWN", "CLAIM", "ALSO", "REJECTED"))}
    found: dict[UUID, FactsByField] = defaultdict(lambda: defaultdict(list))
    rows = Fact.objects.filter(about__in=set(about)).select_related("quote__document")
    for fact in sorted(rows, key=lambda f: (f.field, order[f.standing], f.value)):
        found[fact.about][fact.field].append(fact)
    return found


def told_fields(rows: Iterable[Record]) -> dict[UUID, list[str]]:
    """The fields of these records of which a source tells, its name first."""
    told = Fact.objects.filter(about__in={row.pk for row in rows}).values_list("about", "field")
    found: dict[UUID, set[str]] = defaultdict(set)
    for about, name in told:
        found[about].add(name)
    return fields_in(found)


def fields_in(told: Mapping[UUID, Iterable[str]]) -> dict[UUID, list[str]]:
    """The fields that are told of each record, its name first."""
    return {pk: sorted(some, key=lambda name: (name != "names", name)) for pk, some in told.items()}


def on_post() -> list[Mission]:
    return list(_missions().filter(status__in=ON_POST))


def honours(programme: Programme | None = None) -> list[Honour]:
    rows = Honour.objects.select_related(
        "mission__series__recipient_area",
        "mission__programme__sender",
        "series__recipient_area",
        "series__programme__sender",
        "programme__sender",
    ).prefetch_related("honourees")
    if programme:
        mine = Q(programme=programme) | Q(series__programme=programme)
        rows = rows.filter(mine | Q(mission__programme=programme))
    return list(rows.order_by("-given_on", "series__key", "mission__number"))


def fallen(programme: Programme | None = None) -> list[Fallen]:
    """Of a programme; else of all that are real: nobody invented stands beside them."""
    rows = Fallen.objects.select_related("area", "programme")
    mine = Q(programme=programme) if programme else Q(programme__invented=False)
    return list(rows.filter(mine).order_by("-persons"))


def events(programme: Programme | None = None) -> list[Event]:
    rows = Event.objects.select_related("programme__sender").prefetch_related("speakers")
    return list((rows.filter(programme=programme) if programme else rows).order_by("-held_on"))


def donations(programme: Programme | None = None) -> list[Donation]:
    rows = Donation.objects.select_related(
        "area", "programme__sender", "mission__programme__sender", "mission__sender"
    )
    return list(
        (rows.filter(programme=programme) if programme else rows).order_by("-given_on", "key")
    )


def claims() -> list[Fact]:
    """Published figures about programmes and areas, with their words."""
    rows = Fact.objects.exclude(number=None).exclude(standing=Fact.Standing.REJECTED)
    rows = rows.exclude(about_model="missions.mission")
    return list(rows.select_related("quote__document").order_by("about", "field", "standing"))


def documents() -> list[Document]:
    return list(Document.objects.annotate(n=Count("quotes")).order_by("kind", "title"))


KINDS = Mission.Kind.choices
PURPOSES = Mission.Purpose.choices
TAGS = Mission.Tag.choices


@dataclass(frozen=True, slots=True)
class Parts:
    """What hangs on a programme."""

    taskings: list[Tasking]
    partnerships: list[Partnership]
    agreements: list[Agreement]
    goals: list[PolicyGoal]
    consortia: list[Consortium]


def parts_of(programme: Programme) -> Parts:
    pairs = programme.partnerships.select_related(*PAIRED)
    links = ConsortiumLink.objects.select_related("upper", "lower", "lower_area")
    return Parts(
        list(programme.taskings.select_related("organisation")),
        list(pairs),
        list(programme.agreements.all()),
        list(programme.goals.all()),
        list(programme.consortia.prefetch_related(Prefetch("links", links))),
    )


def voice() -> Fact | None:
    """A patient's words, where a source has kept them."""
    rows = Fact.objects.filter(field="patient_words").select_related("quote__document")
    return rows.order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Streak:
    """Batches of one series that were given the same honour one after the other."""

    series: Series
    honour: Honour
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def streaks(rows: Iterable[Honour]) -> list[Streak]:
    """Computed from the rows that are here, never read from a text."""
    numbers: dict[tuple[Series, str, str], set[int]] = defaultdict(set)
    given: dict[tuple[Series, str, str], Honour] = {}
    for honour in rows:
        mission = honour.mission
        if mission and mission.series and mission.number is not None:
            key = (mission.series, str(sorted(honour.names.items())), honour.to)
            numbers[key].add(mission.number)
            given[key] = honour
    return [Streak(k[0], given[k], *run) for k, held in numbers.items() for run in runs(held)]


def figure_groups() -> list[tuple[Shown, UUID]]:
    """What published figures are about, the one with the most first."""
    counted = (
        Fact.objects.filter(field__in=MEASURES)
        .exclude(number=None)
        .exclude(standing=Fact.Standing.REJECTED)
        .values("about_model", "about")
        .annotate(n=Count("pk"))
        .order_by("-n", "about")
    )
    keys = [(row["about_model"], row["about"]) for row in counted[:200]]
    named = shown_all(keys)
    return [(named[about], about) for _model, about in keys if about in named]
