"""Taking in records of teams: numbered teams become batches in series, the rest its own kind.

Series by series, each in one transaction, so that a killed import leaves nothing half-done; the
same telling again adds nothing, another telling stands beside the first.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area, Organisation
from marrow.directory.rules import folded
from marrow.missions import access
from marrow.missions.access import NATION
from marrow.missions.actions.batches import batch_names
from marrow.missions.actions.gifts import new_gift, tell_gift
from marrow.missions.actions.told_rows import (
    OF_SERIES,
    Desk,
    close_gaps,
    tell_columns,
    tell_countries,
    tell_figures,
    tell_places,
    tell_sender,
    tell_series,
)
from marrow.missions.models import Donation, Mission, Site, TeamRecord
from marrow.missions.rules.islands import AT_A_SITE, island_of
from marrow.missions.rules.records import (
    BatchRead,
    Doubt,
    Reading,
    SeriesRead,
    Told,
    assemble,
    gaps_beside,
    order_beside,
    read,
)
from marrow.programmes.access import changes
from marrow.programmes.models import Programme, Series
from marrow.sources.actions import raise_findings
from marrow.sources.models import Document

TAKE = Act("record_teams", gettext_lazy("Took in records of teams"))
MILITARY = "MILITARY"
TRIPS = (
    "RESIDENT_BATCH", "SIX_MONTH_TEAM", "SHORT_SURGICAL", "FREE_CLINIC", "OUTBREAK_EXPERTS",
    "RELIEF_TEAM", "HOSPITAL_SHIP", "ADVISER", "CADRE", "TOUR", "HOSPITAL_PROJECT",
    "ONLINE_COURSE",
)  # fmt: skip
Numbered = tuple[int, Mapping[str, str]]


def _silent(_position: int, _counts: dict[str, int]) -> None:
    """Nobody is told of progress."""


def record_teams(
    *,
    rows: Iterable[Numbered],
    document: UUID,
    by: Viewer,
    at: dt.datetime,
    progress: Callable[[int, dict[str, int]], None] = _silent,
) -> dict[str, int]:
    """Take in rows of a file of team records; returns how many became what."""
    access.may_keep_missions(by)
    readings = [read(_clean(cells), number) for number, cells in rows]
    taker = _Taker(Document.objects.get(pk=document), by, at, readings)
    counts: Counter[str] = Counter(rows=len(readings))
    for series in taker.assembly.series:
        taker.take_series(series, counts)
        progress(counts["rows_done"], dict(counts))
    for start in range(0, len(taker.assembly.others), 50):
        taker.take_others(taker.assembly.others[start : start + 50], counts)
        progress(counts["rows_done"], dict(counts))
    del counts["rows_done"]
    return dict(counts)


def _clean(cells: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL holds no NUL in text, so neither do we."""
    return {name: (text or "").replace("\x00", "") for name, text in cells.items()}


class _Taker:
    """One import: what it looks up once, and the two ways a record goes in."""

    def __init__(
        self, document: Document, by: Viewer, at: dt.datetime, readings: list[Reading]
    ) -> None:
        self.document, self.by, self.at = document, by, at
        self.assembly = assemble(readings, _known_tracks(readings))
        self.areas = {
            a.code: a for a in Area.objects.filter(kind__in=("COUNTRY", "REGION", "FORMER_STATE"))
        }
        if not self.areas:
            raise Refused(_("No places are here yet. Load them first: marrow places."))
        prints = [r.fingerprint for r in readings]
        self.known = set(
            TeamRecord.objects.filter(fingerprint__in=prints).values_list("fingerprint", flat=True)
        )
        outside = TeamRecord.objects.filter(outside_id__in=[r.project_id for r in readings])
        self.told_before = {
            r.outside_id: r for r in outside.select_related("mission", "donation") if r.outside_id
        }
        self.programme = self._programme()
        self.army = self._army() if any(s.track == MILITARY for s in self.assembly.series) else None

    def _programme(self) -> Programme:
        access.may_take_records(self.by)
        known = Programme.objects.filter(key=NATION).first()
        if known:
            return known
        row = Programme(
            id=same_id("programme", NATION), key=NATION, kind=Programme.Kind.RESIDENT_SERIES,
            names=names("Medical teams from China", "中国援外医疗队", "Équipes médicales de Chine"),
            sender=self.areas.get("CN"),
        )  # fmt: skip
        with journal(TAKE, by=self.by, at=self.at) as page:
            page.save(row)
        return row

    def _army(self) -> Organisation:
        return enter_organisation(
            kind=Organisation.Kind.MILITARY,
            names=names("People's Liberation Army", "人民解放军", "Armée populaire de libération"),
            area=self.areas.get("CN"), key="PLA", by=self.by, at=self.at,
        )  # fmt: skip

    def take_series(self, told: SeriesRead, counts: Counter[str]) -> None:
        """One series in one transaction."""
        desk = Desk(self.document, self.areas, self.at)
        readings = [r for batch in told.batches for r in batch.readings]
        fresh = [r for r in readings if r.fingerprint not in self.known]
        counts["rows_done"] += len(readings)
        counts["known"] += len(readings) - len(fresh)
        if not fresh:
            return
        series = self._series(told)
        if series._state.adding:
            desk.book.put(series)
        stored = Mission.objects.filter(series=series).select_related("sender", "sender_body")
        by_number = {m.number: m for m in stored}
        tell_series(desk, series, fresh)
        missions = {b.number: self._batch(desk, series, b, by_number) for b in told.batches}
        for doubt in told.doubts:
            if not (doubt.code == "GAP" and int(doubt.proposes) in by_number):
                desk.doubt(series, doubt, None)
        for doubt in gaps_beside({n for n in missions if n}, {n for n in by_number if n}):
            desk.doubt(series, doubt, None)
        earlier = [BatchRead(m.number, (_standing(m, told.recipient, ""),), ()) for m in stored]
        for doubt in order_beside(told.batches, [b for b in earlier if b.number]):
            desk.doubt(series, doubt, None)
        changed = [m for m in (series, *missions.values()) if m and not m._state.adding]
        with journal(TAKE, by=self.by, at=self.at) as page:
            self._write(desk, page, changed, counts)
            close_gaps(page, series, {b.number for b in told.batches if b.number}, self.at)
        counts["batches"] += sum(1 for m in missions.values() if m and m.number not in by_number)

    def _write(
        self, desk: Desk, page: Page, changed: Sequence[Record], counts: Counter[str]
    ) -> None:
        desk.book.changed = list(changed)
        made = desk.book.write(page)
        counts["findings"] += raise_findings(page, desk.findings)
        counts["records"] += made.get("teamrecord", 0)
        counts["facts"] += made.get("fact", 0)

    def _series(self, told: SeriesRead) -> Series:
        """The series that this is: another programme's where its sender sends it, else our own."""
        area = self.areas.get(told.recipient)
        if area and not told.track:
            theirs = Series.objects.select_related("programme__sender", "recipient_area").filter(
                recipient_area=area, track=""
            )
            for row in theirs.exclude(programme=self.programme):
                sender = row.programme.sender
                if sender and sender.code == told.sender and changes(self.by, row.programme):
                    return row
        key = f"{NATION}:{told.recipient}:{told.track}"[:120]
        known = Series.objects.select_related("recipient_area", "programme").filter(key=key).first()
        return known or Series(
            id=same_id("series", key), programme=self.programme, key=key, recipient_area=area,
            track=told.track[:60], names=_series_names(area, told),
        )  # fmt: skip

    def _batch(
        self, desk: Desk, series: Series, batch: BatchRead, known: dict[int | None, Mission]
    ) -> Mission | None:
        fresh = [r for r in batch.readings if r.fingerprint not in self.known]
        mission = known.get(batch.number)
        if not fresh:
            return mission
        if mission is None:
            mission = desk.book.put(_new_batch(self.programme, series, batch))
        else:
            self._told_before(desk, mission, fresh)
        for reading in fresh:
            self._tell(desk, mission, series, reading)
        for doubt in batch.doubts:
            desk.doubt(mission, doubt, fresh[0])
        return mission

    def _told_before(self, desk: Desk, mission: Mission, fresh: list[Reading]) -> None:
        """A batch that another record of an earlier file tells of: one number, told twice."""
        earlier = TeamRecord.objects.filter(mission=mission).order_by("row", "id")
        before = {row.outside_id: row for row in earlier if row.document != self.document.pk}
        for one in fresh if before else ():
            if one.project_id not in before:
                rows = f"{next(iter(before.values())).row}, {one.row}"
                words = (("name", f"{mission.number}"), ("rows", rows))
                desk.doubt(mission, Doubt("TOLD_TWICE", "", words), one)

    def _tell(self, desk: Desk, mission: Mission, series: Series | None, reading: Reading) -> None:
        tell_columns(desk, mission, reading)
        tell_sender(desk, mission, reading, self.army)
        tell_places(desk, mission, reading)
        tell_countries(desk, mission, reading)
        tell_figures(desk, mission, series, reading)
        for doubt in reading.doubts:
            desk.doubt(series if series and doubt.field in OF_SERIES else mission, doubt, reading)
        self._keep(desk, reading, mission=mission)

    def _keep(
        self, desk: Desk, reading: Reading, *, mission: Mission | None = None,
        donation: Donation | None = None,
    ) -> TeamRecord:  # fmt: skip
        """Keep which row this was; an id that has come to mean another team is a doubt."""
        row = TeamRecord(
            id=same_id("team record", reading.fingerprint), document=self.document.pk,
            row=reading.row, outside_id=reading.project_id[:80], fingerprint=reading.fingerprint,
            kind=reading.kind, title=reading.title[:300],
            recipient=self.areas.get(reading.recipient), mission=mission, donation=donation,
        )  # fmt: skip
        before = self.told_before.get(reading.project_id)
        if before and not self._retells(before, reading, mission):
            words = (("id", reading.project_id), ("before", before.title), ("now", reading.title))
            doubt = Doubt("ID_MEANS_ANOTHER", "", words)
            desk.doubt(mission or row, doubt, reading)
        return desk.book.put(row)

    def _retells(self, before: TeamRecord, reading: Reading, mission: Mission | None) -> bool:
        """Whether a row tells again of what its number stood for in an earlier file."""
        if mission and before.mission_id == mission.pk:
            return True
        area = self.areas.get(reading.recipient)
        same_place = before.recipient_id == (area.pk if area else None)
        unnumbered = before.mission is None or before.mission.number is None
        same_sort = before.kind == reading.kind and unnumbered
        return same_place and same_sort and same_title(before.title, reading.title)

    def _told_of(self, reading: Reading) -> TeamRecord | None:
        """The record of an earlier file that this row tells again, with other words."""
        before = self.told_before.get(reading.project_id)
        return before if before and self._retells(before, reading, None) else None

    def take_others(self, readings: tuple[Reading, ...], counts: Counter[str]) -> None:
        """Trips, donations and what is no mission: some dozens a transaction."""
        desk = Desk(self.document, self.areas, self.at)
        counts["rows_done"] += len(readings)
        for reading in readings:
            if reading.fingerprint in self.known:
                counts["known"] += 1
            elif reading.kind in TRIPS and not reading.is_of_many:
                self._take_trip(desk, reading, counts)
            else:
                self._aside(desk, reading, counts)
        with journal(TAKE, by=self.by, at=self.at) as page:
            self._write(desk, page, desk.retold, counts)

    def _take_trip(self, desk: Desk, reading: Reading, counts: Counter[str]) -> None:
        """A trip that an earlier file told of gets this telling beside it; others are new."""
        before = self._told_of(reading)
        if before and before.mission:
            desk.retold.append(before.mission)
            self._tell(desk, before.mission, None, reading)
            counts["retold"] += 1
            return
        trip = desk.book.put(self._trip(reading))
        self._tell(desk, trip, None, reading)
        if area := self.areas.get(reading.recipient):
            site = Site(id=same_id("site", trip.pk, area.code), mission=trip, area=area)
            column, words = reading.recipient_told
            told = Told("site", area.code, words, column)
            desk.fact(desk.book.put(site), "site", told, reading.row, standing="SHOWN")
        counts["trips"] += 1

    def _trip(self, reading: Reading) -> Mission:
        key = f"record:{reading.fingerprint[:40]}"
        return Mission(
            id=same_id("mission", key), programme=self.programme, key=key, kind=reading.kind,
            names={"en": reading.title[:300]},
        )  # fmt: skip

    def _aside(self, desk: Desk, reading: Reading, counts: Counter[str]) -> None:
        """A donation becomes one; what is neither stays a record that somebody can look at."""
        before = self._told_of(reading)
        donation = before.donation if before else None
        if donation:
            counts["retold"] += 1
        elif reading.kind == "DONATION":
            donation = desk.book.put(new_gift(self.programme, reading, self.areas))
            counts["donations"] += 1
        else:
            counts["no_missions"] += 1
        row = self._keep(desk, reading, donation=donation)
        tell_gift(desk, donation or row, reading)


def _known_tracks(readings: Sequence[Reading]) -> dict[tuple[str, str], list[Reading]]:
    """The batches that stand beside a hospital of these readings, by recipient and track."""
    recipients = {one.recipient for one in readings if one.track.startswith(AT_A_SITE)}
    whole = {one.track[:60]: one.track for one in readings}
    found: dict[tuple[str, str], list[Reading]] = {}
    rows = Mission.objects.filter(series__recipient_area__code__in=recipients, number__gt=0)
    for row in rows.select_related("series__recipient_area", "sender"):
        series: Any = row.series
        key = (series.recipient_area.code, whole.get(series.track, series.track))
        found.setdefault(key, []).append(_standing(row, *key))
    return found


def _standing(row: Mission, recipient: str, track: str) -> Reading:
    """A batch as if a record told of it: its number, who sent it and when it came."""
    values = {
        "ordinal": str(row.number), "sender": row.sender.code if row.sender else "",
        "arrived_on": row.arrived_on or row.departed_on,
    }  # fmt: skip
    told = tuple(Told(name, value, "", "") for name, value in values.items() if value)
    return Reading(0, "", "", recipient, row.kind, "", track, told, ())


def same_title(one: str, other: str) -> bool:
    """Whether two titles say the same but for a word: most of their words are shared."""
    a, b = set(folded(one).split()), set(folded(other).split())
    return bool(a & b) and len(a & b) * 3 >= len(a | b) * 2


def _new_batch(programme: Programme, series: Series, batch: BatchRead) -> Mission:
    best = batch.readings[0]
    return Mission(
        id=same_id("mission", series.key, batch.number), programme=series.programme, series=series,
        key=f"{series.key}:{batch.number}"[:160], number=batch.number, kind=best.kind,
        names=batch_names(series, batch.number or 0),
    )  # fmt: skip


def _series_names(area: Area | None, told: SeriesRead) -> dict[str, str]:
    """What a series is called; the military one and one at a single place say so."""
    place = island_of(told.track) or (area.names if area else {"en": told.recipient})
    said = {t: place.get(t) or place.get("en", told.recipient) for t in ("en", "zh", "fr")}
    if told.track == MILITARY:
        return names(
            f"Military medical teams to {said['en']}", f"援{said['zh']}军医组",
            f"Équipes médicales militaires · {said['fr']}",
        )  # fmt: skip
    site = told.track.removeprefix(AT_A_SITE)
    if site and not island_of(told.track):
        return names(
            f"Medical teams to {said['en']}: {site}", f"援{said['zh']}医疗队：{site}",
            f"Équipes médicales · {said['fr']} : {site}",
        )  # fmt: skip
    return names(
        f"Medical teams to {said['en']}",
        f"援{said['zh']}医疗队",
        f"Équipes médicales · {said['fr']}",
    )
