"""Calendars that other programs subscribe to (iCalendar, RFC 5545): whole days, no alarm."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from marrow.core.viewer import Viewer

PRODUCT = "-//Marrow//Marrow//EN"
SENT_AGAIN = dt.timedelta(hours=6)  # how often a program may ask anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One entry: `key` is what it is about, so that a later telling replaces it; `until` is the
    first day after it."""

    key: str
    what: str
    on: dt.date
    why: str = ""
    until: dt.date | None = None
    href: str = ""


Source = Callable[[Viewer, dt.date], Iterable[Day]]
SOURCES: list[Source] = []


def hand_in_days(source: Source) -> Source:
    """A room's days in the calendars of those whom they concern."""
    SOURCES.append(source)
    return source


def days(viewer: Viewer, today: dt.date) -> list[Day]:
    return [day for source in SOURCES for day in source(viewer, today)]


def calendar_file(told: Iterable[Day], site: str) -> bytes:
    """The calendar as bytes; `site` is where its links lead."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Marrow")
    calendar.add("refresh-interval", SENT_AGAIN, parameters={"VALUE": "DURATION"})
    for day in told:
        calendar.add_component(_event(day, site))
    found: bytes = calendar.to_ical()
    return found


def _event(day: Day, site: str) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(day.key.encode()).hexdigest()[:40]}@marrow")
    event.add("dtstamp", dt.datetime.combine(day.on, dt.time(), dt.UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.until or day.on + dt.timedelta(days=1))
    event.add("summary", day.what)
    event.add("transp", "TRANSPARENT")
    if day.why:
        event.add("description", day.why)
    if day.href:
        event.add("url", site.rstrip("/") + day.href)
    return event
