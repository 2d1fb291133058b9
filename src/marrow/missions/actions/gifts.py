"""Donations that records tell of: what was given, when, where, and by which batch."""

from __future__ import annotations

import re

from marrow.core.book import same_id
from marrow.core.models import Record
from marrow.directory.models import Area
from marrow.missions.actions.told_rows import Desk
from marrow.missions.models import Donation, Mission
from marrow.missions.rules.records import Reading, Told
from marrow.programmes.models import Programme

GIFTS = {
    "vaccine": "VACCINES", "drug": "MEDICINE", "medicine": "MEDICINE", "equipment": "EQUIPMENT",
    "ambulance": "EQUIPMENT", "computer": "EQUIPMENT", "machine": "EQUIPMENT",
    "scanner": "EQUIPMENT", "x-ray": "EQUIPMENT", "ultrasound": "EQUIPMENT", "device": "EQUIPMENT",
    "instrument": "EQUIPMENT", "vehicle": "EQUIPMENT", "hospital": "BUILDING",
    "clinic": "BUILDING", "money": "MONEY",
}  # fmt: skip
# "donates beds to Alba Central Hospital": who is given something is not what is given
_RECEIVER = re.compile(r"\b(?:to|for|at|in|of)\s(?:[\w.'’-]+\s){0,7}?(?:hospitals?|clinics?)\b")


def new_gift(programme: Programme, reading: Reading, areas: dict[str, Area]) -> Donation:
    key = f"record:{reading.fingerprint[:40]}"
    given = reading.first("given_on")
    return Donation(
        id=same_id("donation", key), key=key, programme=programme,
        kind=_kind_of(reading.title.lower()),
        names={"en": reading.title[:300]}, area=areas.get(reading.recipient),
        mission=_giver(reading), given_on=given.value if given else "",
    )  # fmt: skip


def _kind_of(title: str) -> str:
    given = _RECEIVER.sub(" ", title)
    return next((kind for word, kind in GIFTS.items() if word in given), "OTHER")


def _giver(reading: Reading) -> Mission | None:
    """The batch whose number the record names, where only one series of that place has it."""
    number = reading.first("ordinal")
    if number is None or not number.value.isdecimal():
        return None
    here = Mission.objects.filter(
        series__recipient_area__code=reading.recipient, number=int(number.value)
    )
    found = list(here[:2])
    return found[0] if len(found) == 1 else None


def tell_gift(desk: Desk, about: Record, reading: Reading) -> None:
    """What the record says of the gift, and what it leaves open."""
    title = Told("names", reading.title[:300], reading.title[:300], "title")
    desk.fact(about, "names", title, reading.row, standing="SHOWN")
    for name in ("donated_value", "given_on"):
        for told in reading.all(name):
            desk.fact(about, name, told, reading.row, standing="SHOWN")
    for doubt in reading.doubts:
        desk.doubt(about, doubt, reading)
