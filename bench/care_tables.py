"""The same region in a database: one more step is signed, and the pages that it touches are read."""

from __future__ import annotations

import datetime as dt
import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starting import prepare

if TYPE_CHECKING:
    from care import Told

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
WHO = uuid4()
MOST = 2_000  # rows at once


def touched(known: Told, home: Path) -> None:
    prepare(str(home / "care.sqlite3"), str(home))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    _fill(known)
    print(f"\na SQLite database of that size, filled in {time.perf_counter() - began:.0f} s")
    _measure()


def _kept(model: Any, rows: Iterable[Any]) -> None:
    model.objects.bulk_create(list(rows), batch_size=MOST)


def _fill(known: Told) -> None:
    from care import HOSPITALS, ITEMS, specialty

    from marrow.capacity.models import Presence, Step
    from marrow.catalogue.models import Item, List, ListMember, ListVersion, Requirement
    from marrow.directory.models import Area, Organisation

    area = Area.objects.create(kind="REGION", code="XX", names={"en": "Bench"}, path="/XX/")
    hospitals = {
        f"h{n}": Organisation(kind="HOSPITAL", names={"en": f"Bench {n}"}, area=area)
        for n in range(HOSPITALS)
    }
    _kept(Organisation, hospitals.values())
    items = {
        f"i{n}": Item(
            key=f"i{n}", kind="SERVICE", specialty=specialty(f"i{n}"), severity="SERIOUS",
            names={"en": f"Bench {n}"}, search=f"bench {n}",
        )
        for n in range(ITEMS)
    }  # fmt: skip
    _kept(Item, items.values())
    listing = List.objects.create(key="bench", names={"en": "Bench"}, kind="OTHER", area=area)
    version = ListVersion.objects.create(list=listing, number=1, valid_from=dt.date(2020, 1, 1))
    _kept(
        ListMember,
        (ListMember(version=version, item=i, position=n) for n, i in enumerate(items.values())),
    )
    _kept(Requirement, (
        Requirement(
            item=items[key], count=want.many, names={"en": want.thing[1]}, **_named(want.thing)
        )
        for key, needs in known.needs.items() for want in needs
    ))  # fmt: skip
    _kept(Step, (
        Step(organisation=hospitals[one], item=items[item], level=s.level, on=s.on, state="HOLDS",
             proposed_by=WHO, proposed_at=NOW, held_at=NOW)
        for (one, item), steps in known.steps.items() for s in steps
    ))  # fmt: skip
    _kept(Presence, (
        Presence(organisation=hospitals[one], count=count, on=on, told_at=NOW, told_by=WHO, **_named(thing))
        for one, things in known.told.items() for thing, said in things.items()
        if thing[0] != "EQUIPMENT" for on, count in said
    ))  # fmt: skip
    _machines(known, hospitals)


def _named(thing: tuple[str, str]) -> dict[str, str]:
    kind, name = thing
    if kind != "STAFF":
        return {"kind": kind, "resource": name}
    role, specialty = name.split(":")
    return {"kind": kind, "role": role, "specialty": specialty}


def _machines(known: Told, hospitals: dict[str, Any]) -> None:
    """As many machines as at most worked at once; each works while so many did."""
    from marrow.capacity.models import Equipment, EquipmentChange

    def rows() -> Iterator[tuple[Any, list[Any]]]:
        for one, things in known.told.items():
            for (kind, name), said in things.items():
                for n in range(max(count for _on, count in said) if kind == "EQUIPMENT" else 0):
                    row = Equipment(organisation=hospitals[one], machine=name, label=f"{name} {n}")
                    yield row, [
                        EquipmentChange(equipment=row, state="WORKS" if count > n else "DOWN",
                                        on=on, told_at=NOW, told_by=WHO)
                        for on, count in said
                    ]  # fmt: skip

    made = list(rows())
    _kept(Equipment, (row for row, _changes in made))
    _kept(EquipmentChange, (change for _row, changes in made for change in changes))


def _timed(name: str, work: Callable[[int], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found, cpu = [], []
    with CaptureQueriesContext(connection) as asked:  # counting takes time: not while it is timed
        work(0)
    many = len(asked)
    for n in range(5):
        began, busy = time.perf_counter(), time.process_time()
        work(n)
        found.append(time.perf_counter() - began)
        cpu.append(time.process_time() - busy)
    middle, busy = sorted(found)[2] * 1000, sorted(cpu)[2] * 1000
    print(f"{name:<62}{middle:>8.0f} ms{busy:>8.0f} ms CPU{many:>4} queries")


def _measure() -> None:
    from marrow.capacity.actions import propose_step, sign_step
    from marrow.capacity.actions.keeping import keep_answers
    from marrow.capacity.models import Evidence, Step
    from marrow.capacity.queries import Question, care_of, care_of_one, rows_of, story_of
    from marrow.catalogue.models import Item, List
    from marrow.core.journal.sequencer import sequence
    from marrow.core.viewer import ORGANISATION, Grant, Viewer
    from marrow.directory.models import Area, Organisation

    area, listing = Area.objects.get(code="XX"), List.objects.get(key="bench")
    item, on = Item.objects.get(key="i7"), dt.date(2026, 1, 1)
    free = Organisation.objects.exclude(steps__item=item)[:24]
    waiting, signing = [], []
    for hospital in free:
        head = Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),))
        afar = Viewer(uuid4(), "Afar", (Grant("specialist"),))
        step = Step(id=uuid4(), item=item, level=4, on=on)
        shown = Evidence(id=uuid4(), cases=5, from_on=on, until_on=on, how="seen")
        propose_step(organisation=hospital.pk, step=step, evidence=[shown], by=head, at=NOW)
        sign_step(step=step.pk, side="REMOTE", by=afar, at=NOW)
        waiting.append((step, head, hospital))

    def sign() -> Organisation:
        step, head, hospital = waiting.pop()
        sign_step(step=step.pk, side="HEAD", by=head, at=NOW)
        signing.append(hospital)
        return hospital

    asked = Question(area, listing, on)
    _timed("last signature", lambda _n: sign())

    def and_then(ask: Callable[[], object]) -> Callable[[int], object]:
        return lambda _n: (sign(), ask())

    _timed("last signature, and the area’s answer anew", and_then(lambda: care_of_one(asked, item)))
    _timed(
        "the item’s page: its answer and the hospitals behind it", lambda _n: rows_of(asked, item)
    )
    _timed("the hospital’s page: its ladder over the years", lambda n: story_of(signing[n], on))
    sequence()
    began = time.process_time()
    keep_answers()
    print(f"{'all answers kept, once':<62}{(time.process_time() - began) * 1000:>18.0f} ms CPU")
    _timed("answers of the whole list", lambda _n: care_of(asked))
    _timed("last signature, and the answers of the whole list", and_then(lambda: care_of(asked)))
    sequence()
    _timed("kept anew after steps of one item", lambda _n: (sign(), sequence(), keep_answers()))
    _pages()


def _pages() -> None:
    """The pages themselves, as a browser asks for them."""
    from django.core.management import call_command
    from django.test import Client

    call_command("collectstatic", interactive=False, verbosity=0)
    client, there = Client(), "/care/list/bench/"
    for name, address in (
        ("page: one specialty, the first view", there),
        ("page: the whole list, 400 × 100", there + "?specialty="),
    ):
        pages: list[bytes] = []
        _timed(name, lambda _n, a=address, p=pages: p.append(client.get(a).content))
        print(f"{'':<62}{len(gzip.compress(pages[-1], 6)) / 1000:>8.1f} kB compressed")
