"""Needs' part of the demonstration: who left the invented region over the years, the people who
live there, and needs in several states. All of it in invented places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from marrow.accounts.demo import persona
from marrow.capacity.actions import expect_hospital
from marrow.capacity.models import Step
from marrow.capacity.queries import Question
from marrow.catalogue.actions import open_list, publish_version
from marrow.catalogue.demo import RECOMMENDED, SERIOUS
from marrow.catalogue.models import Item, List
from marrow.core.book import same_id
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.directory.demo import COUNTY, key_of
from marrow.directory.models import Area, Organisation
from marrow.need.actions import (
    confirm_need,
    identify_need,
    link_need,
    open_way,
    tell_catchment,
    tell_outflow,
    tell_sent_back,
)
from marrow.need.models import Catchment, Need, Outflow, ReferralWay
from marrow.need.queries import needs_of_list, seats_to_link
from marrow.programmes.models import Series
from marrow.sources.actions import Source

DAY = dt.timedelta(days=1)
OWN = "test-hospital-county"
ABROAD = "la capitale du pays voisin (fictif)"
CALLED = names(
    "What the county of the Test Hospital should treat (invented)",
    "演示医院所在县应能诊治的条目（虚构）", "À soigner au comté de l’hôpital d’essai (fictif)",
)  # fmt: skip
FROM = "Registre régional des transferts (fictif)"
PAPER = Source("Enquête sanitaire du Pays d’essai (fictif)", "chiffres inventés pour l’essai")
#: of an item that still leaves: how many in each of the last full years; None is not told
FALLING = ((64, 61, 70, 58), (41, None, 44, 39), (28, 30, 26, 27), (None, 12, 14, 17))
BEFORE, AFTER = (52, 48, 55), (14, 6)  # round the year in which locals could


def _lacking(listing: List, at: dt.datetime) -> list[Item]:
    asked = Question(listing.area, listing, at.date())
    return [line.item for line in needs_of_list(asked).lines]


def fill(by: Viewer, at: dt.datetime) -> None:
    """As the office, so that a name stands beside each word; a second call adds nothing."""
    if Outflow.objects.exists():
        return
    by = persona("demo-office")
    for key, code, sort in ((SERIOUS, "XT-N", "north"), (RECOMMENDED, COUNTY, "county")):
        listing = List.objects.select_related("area").filter(key=key).first()
        area = Area.objects.filter(code=code).first()
        if listing and area:
            hospital = Organisation.objects.get(pk=same_id("organisation", key_of(sort)))
            _left(listing, area, hospital, by, at)
            _needs(listing, hospital, by, at)
            _people(area, hospital, by, at)
    _ways(by, at)
    _own(by, at)


def _own(by: Viewer, at: dt.datetime) -> None:
    """A list of what the demonstration's own hospital was assessed for: its needs wait there."""
    hospital = Series.objects.select_related("recipient__area").get(key="demonstration").recipient
    if hospital is None or hospital.area is None:
        return
    country = hospital.area
    items = Item.objects.filter(steps__organisation=hospital, steps__state="HOLDS").distinct()
    if not items or List.objects.filter(key=OWN).exists():
        return
    listing = open_list(
        key=OWN, names=CALLED, kind="OTHER", area=country, invented=True, by=by, at=at
    )
    since = dt.date(at.year - 2, 1, 1)
    publish_version(key=OWN, items=list(items), valid_from=since, by=by, at=at)
    expect_hospital(key=OWN, organisation=hospital.pk, on=since, by=by, at=at)
    speaks = persona("demo-recipient")
    for number, item in enumerate(_lacking(listing, at)[:3]):
        _tell(country, item, at.year - 1, 230 - 70 * number, by, at)
        row = identify_need(
            organisation=hospital.pk, key=OWN, item=item.key, by=by, at=at - 3 * DAY,
            words="一名专科医师，为期两年；再加两个岗位（虚构）",
        )  # fmt: skip
        if number == 0:
            confirm_need(need=row.pk, by=speaks, at=at - 2 * DAY)
            _answered(row, by, at)


def _answered(row: Need, by: Viewer, at: dt.datetime) -> None:
    """The first seat that is offered answers it."""
    seat = seats_to_link(by, row).first()
    if seat:
        link_need(need=row.pk, mission=seat.mission_id, seat=seat.pk, by=by, at=at - DAY)


def _left(listing: List, area: Area, hospital: Organisation, by: Viewer, at: dt.datetime) -> None:
    for number, item in enumerate(_lacking(listing, at)[:9]):
        counts = FALLING[number % len(FALLING)]
        for ago, count in enumerate(reversed(counts), 1):
            if count is not None:
                _tell(area, item, at.year - ago, count - number, by, at)
    for step in _came(hospital, at):
        years = [step.on.year - n for n in (3, 2, 1)]
        for year, count in zip(years, BEFORE, strict=True):
            _tell(area, step.item, year, count, by, at)
        for ago, count in enumerate(AFTER, 1):
            if step.on.year + ago < at.year:
                _tell(area, step.item, step.on.year + ago, count, by, at)


def _came(hospital: Organisation, at: dt.datetime) -> Sequence[Step]:
    """Of three items that locals do alone since some years, the step with which that came."""
    rows = Step.objects.filter(
        organisation=hospital, level=4, state="HOLDS", on__year__lt=at.year - 1
    )
    return list(rows.select_related("item").order_by("-on")[:3])


def _tell(area: Area, item: Item, year: int, patients: int, by: Viewer, at: dt.datetime) -> None:
    row = Outflow(
        id=same_id("outflow-demo", area.pk, item.pk, year), item=item, grain="YEAR",
        from_on=dt.date(year, 1, 1), patients=max(patients, 1), to_words=ABROAD, kilometres=320,
        cost=Decimal(850), currency="XTS", cost_of="EACH", told_from=FROM,
    )  # fmt: skip
    tell_outflow(outflow=row, code=area.code, by=by, at=at - 20 * DAY)


def _needs(listing: List, hospital: Organisation, by: Viewer, at: dt.datetime) -> None:
    """Of the four that help most: two the hospital confirmed, two wait for its word."""
    speaks = Viewer(
        same_id("recipient", hospital.pk), "Ibrahima Test",
        (Grant("recipient", ORGANISATION, hospital.pk),), via="demo",
    )  # fmt: skip
    for number, item in enumerate(_lacking(listing, at)[:4]):
        row: Need = identify_need(
            organisation=hospital.pk, key=listing.key, item=item.key,
            words="一名专科医师，为期一年；培训两名医护（虚构）", by=by,
            at=at - 12 * DAY,
        )  # fmt: skip
        if number < 2:
            confirm_need(need=row.pk, by=speaks, at=at - 6 * DAY)


def _people(area: Area, hospital: Organisation, by: Viewer, at: dt.datetime) -> None:
    year = str(at.year - 1)
    for place, kind, number, words in (
        ("area", "POPULATION", 412_000, ""),
        ("area", "SCATTERED", None, "éleveurs dispersés, une route de piste (fictif)"),
        ("area", "BURDEN", 940, "insuffisance rénale : la dialyse est loin et chère (fictif)"),
        ("area", "LABEL", None, "zone prioritaire (fictif)"),
        ("hospital", "POPULATION", 186_000, ""),
        ("hospital", "DISTANCE", 320, "par la route (fictif)"),
    ):
        row = Catchment(
            id=same_id("catchment", area.pk, place, kind), kind=kind, words=words, since=year,
            number=None if number is None else Decimal(number),
        )  # fmt: skip
        where = {"code": area.code} if place == "area" else {"organisation": hospital.pk}
        tell_catchment(catchment=row, source=PAPER, by=by, at=at - 15 * DAY, **where)


def _ways(by: Viewer, at: dt.datetime) -> None:
    """The demonstration's own hospital sends up and takes back; last year's months are counted."""
    series = Series.objects.select_related("recipient").get(key="demonstration")
    upper = Organisation.objects.filter(pk=same_id("organisation", key_of("north"))).first()
    if series.recipient is None or upper is None:
        return
    for direction, how in (
        ("UP", "Appel au médecin de garde, puis lettre avec le patient (fictif)"),
        ("BACK", "Lettre de sortie et rendez-vous de suivi au dispensaire (fictif)"),
    ):
        way = ReferralWay(
            id=same_id("referral-way", direction), below=series.recipient, above=upper,
            direction=direction, how=how, started_on=f"{at.year - 2}-03",
        )  # fmt: skip
        open_way(organisation=series.recipient.pk, way=way, by=by, at=at - 400 * DAY)
    tell_sent_back(
        way=way.pk, grain="YEAR", from_on=dt.date(at.year - 1, 1, 1), patients=37, by=by, at=at
    )
