"""Pages and search with 30,000 people and 500 teams: Today, who fits a seat, a list of people."""

from __future__ import annotations

import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench.starting import prepare

PEOPLE, TEAMS, SEATS = 30_000, 500, 12
TURNS = 25
WHERE = "/api/v1/people?limit=50"
GRADES = ("RESIDENT", "ATTENDING", "DEPUTY_CHIEF", "CHIEF")


def fill() -> None:
    for words in ("migrate -v0", "collectstatic --noinput -v0", "demo", "work --once"):
        command = [sys.executable, "manage.py", *words.split()]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def crowd() -> None:
    """People and teams, written to the tables alone: what is measured is reading."""
    from marrow.catalogue.rules.specialties import SPECIALTIES
    from marrow.directory.models import Area, Organisation
    from marrow.missions.models import Mission
    from marrow.people.models import Credential, LanguageSkill, Person
    from marrow.programmes.models import Programme
    from marrow.teams.models import Assignment, Seat

    china = Area.objects.get(code="CN")
    units = [
        Organisation(kind="HOSPITAL", names={"en": f"Bench Hospital {n}"}, area=china)
        for n in range(100)
    ]
    Organisation.objects.bulk_create(units)
    codes = sorted(SPECIALTIES)
    people = [
        Person(
            id=uuid4(),
            unit=units[n % 100],
            names={"en": f"Person {n}"},
            search=f"person {n}",
            kind="DOCTOR",
            specialty=codes[n % len(codes)],
            grade=GRADES[n % 4],
            birth_year=1960 + n % 40,
            willing=True,
        )
        for n in range(PEOPLE)
    ]
    Person.objects.bulk_create(people, 2000)
    today = dt.datetime.now(dt.UTC).date()
    Credential.objects.bulk_create(
        [
            Credential(person=p, kind="LICENCE", expires_on=today + dt.timedelta(days=n % 2000))
            for n, p in enumerate(people)
        ], 2000,
    )  # fmt: skip
    LanguageSkill.objects.bulk_create(
        [LanguageSkill(person=p, language="fr", level="B1") for p in people[::2]], 2000
    )
    programme = Programme.objects.get(key="demonstration")
    missions = [
        Mission(
            id=uuid4(),
            programme=programme,
            key=f"bench:{n}",
            kind="RESIDENT_BATCH",
            names={"en": f"Bench team {n}"},
            status="RECRUITING" if n % 3 else "ON_POST",
        )
        for n in range(TEAMS)
    ]
    Mission.objects.bulk_create(missions, 500)
    seats = [
        Seat(
            id=uuid4(),
            mission=m,
            role="MEMBER",
            specialty=codes[(i * 7 + n) % len(codes)],
            languages={"fr": "B1"},
            from_on=today + dt.timedelta(days=30 + n % 300),
            until_on=today + dt.timedelta(days=600 + n % 300),
        )
        for n, m in enumerate(missions)
        for i in range(SEATS)
    ]
    Seat.objects.bulk_create(seats, 2000)
    held = [
        Assignment(seat=s, person=people[n], state="SELECTED" if n % 3 else "AGREED")
        for n, s in enumerate(seats)
        if n % 12 < 9
    ]
    Assignment.objects.bulk_create(held, 2000)


def measured(name: str, act: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()  # type: ignore[operator]  # a session's first page writes that it began
    with CaptureQueriesContext(connection) as asked:
        act()  # type: ignore[operator]
    queries = len(asked)  # now: each later request empties the connection's log of them
    times, cpu = [], []
    for _turn in range(TURNS):
        start, worked = time.perf_counter(), time.process_time()
        act()  # type: ignore[operator]
        times.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    times.sort()
    print(
        f"| {name} | {queries} | {statistics.median(times):.1f} | {times[-2]:.1f}"
        f" | {statistics.median(cpu):.2f} |"
    )


def main() -> None:
    from django.test import Client

    from bench.api import a_secret, over_the_wire
    from marrow.accounts.models import Account
    from marrow.accounts.queries import viewer_of
    from marrow.teams.models import Seat
    from marrow.teams.queries import who_fits

    crowd()
    account = Account.objects.get(username="demo-office")
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    secret = a_secret()
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    office = viewer_of(account)
    seat = Seat.objects.filter(mission__key="bench:1", specialty="NURSING").first() or (
        Seat.objects.filter(mission__key="bench:1").first()
    )
    assert seat
    today = dt.datetime.now(dt.UTC).date()
    print("| what | queries | median ms | 2nd worst ms | CPU ms |\n|---|---|---|---|---|")
    measured("Today, an office of an area", lambda: client.get("/desk/"))
    measured("who fits a seat (query)", lambda: who_fits(office, seat, today))
    measured("who fits a seat (page)", lambda: client.get(f"/teams/seats/{seat.pk}/"))
    measured("people, first page", lambda: client.get("/people/"))
    measured("people, by name typed", lambda: client.get("/people/?q=person+29"))
    measured("teams", lambda: client.get("/teams/"))
    measured("API: 50 people", lambda: program.get(WHERE))
    print(f"\n{WHERE}, SQLite, granian with 2 workers\n")
    print("| sent | calls a second | median ms | 99 % ms |\n|---|---|---|---|")
    over_the_wire(secret, WHERE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        prepare(f"{home}/a.sqlite3", home)
        fill()
        main()
