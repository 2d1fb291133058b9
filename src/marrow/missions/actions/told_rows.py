"""From what a record tells to rows: facts with their quotes, findings, places of work."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from marrow.core.book import Book, same_id
from marrow.core.journal.writing import Page
from marrow.core.models import Record
from marrow.core.refusals import Refused
from marrow.directory.models import Area, Organisation
from marrow.missions.actions.days import DAYS, prove_days
from marrow.missions.models import Mission, Site
from marrow.missions.rules.journeys import apart, disorder
from marrow.missions.rules.records import Doubt, Reading, Told
from marrow.programmes.models import Interruption, Series
from marrow.sources.actions.facts import quoted
from marrow.sources.models import Document, Fact, Finding, Quote
from marrow.sources.rules import MEASURES

COLUMNS = {
    "size": "size", "departed_on": "departed_on", "arrived_on": "arrived_on",
    "returned_on": "returned_on", "planned_end_on": "planned_end_on", "signed_on": "signed_on",
    "term_months": "months",
}  # fmt: skip
OWN = {
    "visits": "visits", "patients": "patients", "operations": "operations", "trained": "trained",
    "donated_value": "donated_value", "sender_ordinal": "sender_ordinal", "women": "women",
}  # fmt: skip
CUMULATIVE = {
    "cumulative_visits": "visits", "cumulative_patients": "patients",
    "cumulative_operations": "operations", "cumulative_teams": "batches",
    "cumulative_members": "persons_sent",
}  # fmt: skip
WHOLE = ("size", "months")
OF_SERIES = ("series_since", "series_stopped", "series_resumed")
STATUSES = {
    "pledge": "PLANNED", "pipeline": "PLANNED", "cancel": "CANCELLED", "suspend": "SUSPENDED",
}  # fmt: skip
ARMY = "PLA"
NOTHING: tuple[object, ...] = (None, "")


@dataclass(slots=True)
class Desk:
    """What one transaction gathers: rows to write, findings to raise, the document they rest on."""

    document: Document
    areas: dict[str, Area]
    at: dt.datetime
    book: Book = field(default_factory=Book)
    findings: list[Finding] = field(default_factory=list)
    retold: list[Mission] = field(default_factory=list)  # missions of earlier files, told again
    struck: dict[UUID, set[tuple[str, str]]] = field(default_factory=dict)

    def quote(self, text: str, row: int, column: str) -> Quote:
        place = f"row {row}, {column}" if row else column
        return self.book.put(quoted(self.document, text[:300], place))

    def fact(
        self, about: Record, name: str, told: Told, row: int, *, standing: str, number: bool = False
    ) -> Fact:
        """Keep one telling of one field of one record."""
        if standing == Fact.Standing.SHOWN and self.is_struck(about, name, told.value):
            standing = Fact.Standing.ALSO
        quote = self.quote(told.quote, row, told.column)
        value = told.value[:300]
        counted = Decimal(value) if number and _is_number(value) else None
        key = ("fact", about.pk, name, value, quote.pk)
        return self.book.put(
            Fact(
                id=same_id(*key),
                about_model=about._meta.label_lower,
                about=about.pk,
                field=name,
                value=value,
                number=counted,
                unit=told.unit,
                precision=told.precision,
                period=told.period,
                standing=standing,
                quote=quote,
            )
        )

    def is_struck(self, about: Record, field: str, value: str) -> bool:
        """A person has struck this value out of this record, whoever told it then."""
        if about._state.adding:
            return False
        if about.pk not in self.struck:
            rejected = Fact.objects.filter(about=about.pk, standing=Fact.Standing.REJECTED)
            self.struck[about.pk] = set(rejected.values_list("field", "value"))
        return (field, value) in self.struck[about.pk]

    def doubt(self, about: Record, doubt: Doubt, reading: Reading | None) -> None:
        """Raise a doubt about a record; accepting it sets a column where one value is proposed."""
        row = reading.row if reading else 0
        column = COLUMNS.get(doubt.field, "")
        quotes = [self.quote(text, row, place) for place, text in doubt.quotes]
        effect = softly(effect_of(about, doubt), doubt) if quotes else {}
        words = (doubt.code, str(about.pk), doubt.field, repr(doubt.params), doubt.proposes)
        key = hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:64]
        self.findings.append(
            Finding(
                id=same_id("finding", key),
                key=key,
                code=doubt.code,
                about_model=about._meta.label_lower,
                about=about.pk,
                field=column or doubt.field,
                params=dict(doubt.params),
                effect=effect,
                quotes=[str(quote.pk) for quote in quotes],
                raised_at=self.at,
            )
        )


def effect_of(about: Record, doubt: Doubt) -> dict[str, object]:
    """What accepting a doubt sets: a column, or a figure with its words; {} where it sets none."""
    if doubt.code == "STATUS" and isinstance(about, Mission):
        said = dict(doubt.params).get("status", "").lower()
        status = next((s for word, s in STATUSES.items() if word in said), "")
        return {"field": "status", "value": status} if status else {}
    if not doubt.proposes:
        return {}
    if isinstance(about, Mission) and (found := _of_columns(about, doubt)):
        return found
    if doubt.field == "series_since" and isinstance(about, Series):
        return {"field": "since", "value": doubt.proposes}
    measure = OWN.get(doubt.field, "")
    if measure in MEASURES and _is_number(doubt.proposes):
        return {"measure": measure, "value": doubt.proposes}
    return {}


def _of_columns(mission: Mission, doubt: Doubt) -> dict[str, object]:
    column, value = COLUMNS.get(doubt.field, ""), doubt.proposes
    if column:
        return {"field": column, "value": int(value) if column in WHOLE else value}
    # an area takes the place of an area; the armed forces are no area
    if doubt.field == "sender" and value != ARMY and mission.sender_body_id is None:
        return {"field": "sender", "value": value}
    return {}


def softly(effect: dict[str, object], doubt: Doubt) -> dict[str, object]:
    """The effect with the precision, unit and period that the words give to its value."""
    given = {"precision": doubt.precision, "unit": doubt.unit, "period": doubt.period}
    return {**effect, **{k: v for k, v in given.items() if v}} if "value" in effect else effect


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def tell_columns(desk: Desk, mission: Mission, reading: Reading) -> None:
    """Dates, size and term: an empty column takes the value, another value stands beside it."""
    for name, column in COLUMNS.items():
        for told in reading.all(name):
            value = int(told.value) if column in WHOLE else told.value
            stands = getattr(mission, column)
            broken = _breaks(desk, mission, column, told) if stands in NOTHING else None
            struck = desk.is_struck(mission, column, told.value)
            if stands in NOTHING and not broken and not struck:
                setattr(mission, column, value)
            standing = "SHOWN" if getattr(mission, column) == value else "ALSO"
            number = column in WHOLE
            desk.fact(mission, column, told, reading.row, standing=standing, number=number)
            if broken:
                _impossible(desk, mission, told, broken, reading)
            elif struck:
                _told_once_more(desk, mission, told, reading)
            elif standing == "ALSO":
                _differs(desk, mission, told, column, str(stands), reading)


def _breaks(desk: Desk, mission: Mission, column: str, told: Told) -> Collection[str]:
    """The dates that cannot be so if the mission took this one; none where it may take it."""
    if column not in DAYS:
        return ()
    stands = getattr(mission, column)
    setattr(mission, column, told.value)
    dates = {name: getattr(mission, name) for name in DAYS}
    try:
        prove_days(mission, [column], desk.at)
    except Refused:
        pair = disorder(dates, [column]) or apart(dates, [column]) or [column]
        return [dates[name] for name in pair]
    finally:
        setattr(mission, column, stands)
    return ()


def _impossible(
    desk: Desk, mission: Mission, told: Told, dates: Collection[str], reading: Reading
) -> None:
    """A date that cannot be beside those that stand is told, doubted, and no value."""
    doubt = Doubt(
        "DATE_IMPOSSIBLE",
        told.field,
        (("date", " … ".join(dates)),),
        quotes=((told.column, told.quote),),
    )
    desk.doubt(mission, doubt, reading)


def _told_once_more(desk: Desk, mission: Mission, told: Told, reading: Reading) -> None:
    """What was struck out, and another source says as well: proposed again, never set again."""
    doubt = Doubt(
        "UNSURE", told.field, (("value", told.value),), told.value, ((told.column, told.quote),),
        *told.softness,
    )  # fmt: skip
    desk.doubt(mission, doubt, reading)


def _differs(
    desk: Desk, mission: Mission, told: Told, column: str, stands: str, reading: Reading
) -> None:
    """Two sources differ: silent only where the new one says less than what stands."""
    if column not in WHOLE and stands.startswith(told.value):
        return
    if _is_chosen(mission, column, {stands, told.value}):
        return
    doubt = Doubt(
        "CONTRADICTS",
        told.field,
        (("kept", stands), ("other", told.value)),
        told.value,
        ((told.column, told.quote),),
        *told.softness,
    )
    desk.doubt(mission, doubt, reading)


def _is_chosen(mission: Mission, field: str, pair: set[str]) -> bool:
    """True when a person has chosen between these two values."""
    decided = Finding.objects.filter(about=mission.pk, field=field, code="CONTRADICTS")
    return any(
        {str(finding.params.get("kept")), str(finding.params.get("other"))} == pair
        for finding in decided.exclude(state=Finding.State.OPEN)
    )


def tell_sender(desk: Desk, mission: Mission, reading: Reading, body: Record | None) -> None:
    """Who sent it: an empty place takes the sender, another one stands beside it, doubted."""
    for told in reading.all("sender"):
        area = desk.areas.get(told.value)
        if desk.is_struck(mission, "sender", told.value):
            desk.fact(mission, "sender", told, reading.row, standing="ALSO")
            _told_once_more(desk, mission, told, reading)
            continue
        if area and mission.sender_id is None and mission.sender_body_id is None:
            mission.sender = area
        elif told.value == ARMY and body and not (mission.sender_id or mission.sender_body_id):
            mission.sender_body = body  # type: ignore[assignment]
        stands = _sender_of(mission)
        standing = "SHOWN" if stands in ("", told.value) else "ALSO"
        desk.fact(mission, "sender", told, reading.row, standing=standing)
        if standing == "ALSO" and not _is_part(desk, stands, told.value):
            _sender_differs(desk, mission, told, stands, reading)
    for told in reading.all("sender_with"):
        desk.fact(mission, "sender", told, reading.row, standing="ALSO")


def _sender_of(mission: Mission) -> str:
    """The code of the area that sent it, or the body that did; '' where unknown."""
    body = mission.sender_body
    if body:
        return ARMY if body.kind == Organisation.Kind.MILITARY else str(body)
    return mission.sender.code if mission.sender else ""


def _is_part(desk: Desk, stands: str, said: str) -> bool:
    """ "China" beside "Gansu" says less, and is no other sender."""
    one, other = desk.areas.get(stands), desk.areas.get(said)
    return bool(one and other) and (
        one.path.startswith(other.path) or other.path.startswith(one.path)  # type: ignore[union-attr]
    )


def _sender_differs(
    desk: Desk, mission: Mission, told: Told, stands: str, reading: Reading
) -> None:
    if _is_chosen(mission, "sender", {stands, told.value}):
        return
    doubt = Doubt(
        "CONTRADICTS",
        "sender",
        (("kept", stands), ("other", told.value)),
        told.value,
        ((told.column, told.quote),),
    )
    desk.doubt(mission, doubt, reading)


def tell_places(desk: Desk, mission: Mission, reading: Reading) -> None:
    """Where it served, as told; a place that is told twice is one."""
    for told in reading.all("site"):
        site = Site(
            id=same_id("site", mission.pk, told.value.casefold()), mission=mission,
            as_told=told.value[:200],
        )  # fmt: skip
        desk.fact(desk.book.put(site), "site", told, reading.row, standing="SHOWN")


def tell_countries(desk: Desk, mission: Mission, reading: Reading) -> None:
    """The countries of a voyage, each a place of the mission with the words that name it."""
    for told in reading.all("country"):
        if area := desk.areas.get(told.value):
            site = Site(id=same_id("site", mission.pk, area.code), mission=mission, area=area)
            desk.fact(desk.book.put(site), "site", told, reading.row, standing="SHOWN")


def tell_figures(desk: Desk, mission: Mission, series: Series | None, reading: Reading) -> None:
    """What it did, as its own; what was counted over years, as a claim about the series."""
    for name, measure in OWN.items():
        for told in reading.all(name):
            desk.fact(
                mission, measure, told, reading.row, standing="SHOWN", number=measure in MEASURES
            )
    for told in reading.all("held_on"):
        desk.fact(mission, "held_on", told, reading.row, standing="SHOWN")
    for name, measure in CUMULATIVE.items():
        for told in reading.all(name):
            about = series or mission
            desk.fact(about, measure, told, reading.row, standing="CLAIM", number=True)


def close_gaps(page: Page, series: Series, numbers: set[int], at: dt.datetime) -> None:
    """A number that no record told of, and that one tells of now, is no doubt any more."""
    missing = Finding.objects.filter(about=series.pk, code="GAP", state=Finding.State.OPEN)
    for finding in missing:
        if int(finding.params.get("number", 0)) in numbers:
            finding.state, finding.decided_at = Finding.State.DISMISSED, at
            page.save(finding)


def tell_series(desk: Desk, series: Series, readings: list[Reading]) -> None:
    """Since when, and a stop with its resumption, from the background that the records repeat."""
    for reading in readings:
        if told := reading.first("series_since"):
            if not series.since:
                series.since = told.value
            standing = "SHOWN" if series.since == told.value else "ALSO"
            desk.fact(series, "since", told, reading.row, standing=standing)
        stopped, resumed = reading.first("series_stopped"), reading.first("series_resumed")
        if not (stopped or resumed):
            continue
        pause = Interruption(
            id=same_id("interruption", series.pk, (stopped or resumed).value[:4]),  # type: ignore[union-attr]
            series=series,
            stopped_on=stopped.value if stopped else "",
            resumed_on=resumed.value if resumed else "",
        )
        kept = desk.book.put(pause)
        kept.resumed_on = kept.resumed_on or pause.resumed_on
        for name, told in (("stopped_on", stopped), ("resumed_on", resumed)):
            if told:
                desk.fact(kept, name, told, reading.row, standing="SHOWN")
