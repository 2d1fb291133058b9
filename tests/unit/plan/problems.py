"""Small planning problems, drawn at random or by hypothesis."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from marrow.plan.rules.problem import PROBLEM, Problem

SPECIALTIES = ("surgery", "anaesthesia", "infection-control", "interpreter", "paediatrics")
KINDS = ("resident", "teaching", "surgical", "outbreak", "group", "contract")
START = date(2027, 1, 1)


def day(n: int) -> str:
    return (START + timedelta(days=n)).isoformat()


def small(seed: int, people: int = 8, seats: int = 6, **more: Any) -> Problem:
    """A problem in which every rule has a chance to bind."""
    r = random.Random(seed)  # noqa: S311
    missions: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    for n in range(r.randint(1, 3)):
        begins = r.randint(0, 300)
        lasts = r.choice((20, 90, 200))
        missions.append(
            {
                "id": f"M{n}",
                "kind": r.choice(KINDS),
                "destination": r.choice(("X", "Y")),
                "sites": ["a", "b"],
                "from": day(begins),
                "to": day(begins + lasts),
                "predecessor": f"M{n - 1}" if n and r.random() < 0.6 else None,
                "overlap_days": r.choice((0, 14)),
                "sender_pool": r.choice(
                    ({"all": True}, {"areas": ["A"]}, {"organisations": ["H1"]})
                ),
                "minimum_people": r.choice((0, 1, 2)),
                "hats": r.sample(("leader", "language", "infection_control"), r.choice((0, 0, 1))),
                "language": r.choice((None, "fr")),
            }
        )
    for n in range(seats):
        m = r.choice(missions)
        accepts = r.sample(SPECIALTIES, r.choice((1, 1, 2)))
        places.append(
            {
                "id": f"S{n}",
                "mission": m["id"],
                "site": r.choice(("a", "b", None)),
                "position": accepts[0],
                "accepts": accepts,
                "grade_min": r.choice((1, 1, 2, 3)),
                "language": r.choice((None, None, {"code": "fr", "level": 2})),
                "certificates": r.choice(([], [], ["acls"])),
                "from": m["from"],
                "to": m["to"],
                "weight": r.choice(("critical", "important", "ordinary")),
                "cost": r.choice((0, 10, 20)),
                "technique": r.choice((None, "T")),
            }
        )
    for m in missions:
        m["minimum_people"] = min(m["minimum_people"], sum(s["mission"] == m["id"] for s in places))
    months = [f"2027-{m:02}" for m in range(1, 13)]
    told = {
        "schema": PROBLEM,
        "horizon_from": day(0),
        "horizon_to": day(700),
        "rest_days": r.choice(({}, {"surgical": 0, "outbreak": 0}, dict.fromkeys(KINDS, 30))),
        "trade": {"surgical": ["surgery"]},
        "organisations": [
            {
                "id": f"H{h}",
                "area": "AB"[h],
                "departments": [
                    {
                        "id": f"H{h}.{s}",
                        "specialty": s,
                        "absence_cap": [
                            {"month": m, "people": r.choice((0, 1, 2))} for m in r.sample(months, 3)
                        ],
                    }
                    for s in SPECIALTIES
                ],
                "absence_cap": [
                    {"month": m, "people": r.choice((1, 2, 3))} for m in r.sample(months, 4)
                ],
                "under_pressure": r.choice(([], [], [{"from": day(30), "to": day(70)}])),
            }
            for h in (0, 1)
        ],
        "people": [_person(r, n) for n in range(people)],
        "missions": missions,
        "seats": places,
        "cells": [
            {
                "destination": d,
                "specialty": s,
                "half_year": h,
                "burden": r.choice((0, 5, 40)),
                "remote": r.choice((0, 0.4)),
            }
            for d in ("X", "Y")
            for s in SPECIALTIES[:2]
            for h in ("2027H1", "2027H2")
        ],
        "couples": r.choice(
            ([], [{"a": "P0", "b": "P1", "rule": r.choice(("together", "apart"))}])
        ),
        "budgets": r.choice(([], [{"area": "A", "year": 2027, "amount": 30}])),
        "published": r.choice(([], [{"seat": "S0", "person": "P0"}])),
    }
    return Problem.model_validate(told | more)


def _person(r: random.Random, n: int) -> dict[str, Any]:
    specialty = r.choice(SPECIALTIES)
    begins = r.randint(0, 120)
    return {
        "id": f"P{n}",
        "department": f"H{r.choice((0, 1))}.{specialty}",
        "specialty": specialty,
        "second_specialty": r.choice((None, None, *SPECIALTIES)),
        "grade": r.randint(1, 4),
        "languages": {"fr": r.randint(0, 4)},
        "certificates": r.choice(([], [{"code": "acls", "until": day(r.randint(100, 600))}])),
        "available": r.choice(
            (
                None,
                None,
                [{"from": day(begins), "to": day(400)}, {"from": day(400), "to": day(650)}],
            )
        ),
        "last_deployment": r.choice(
            (None, None, {"kind": "surgical", "ended_on": day(r.randint(-60, 100))})
        ),
        "clearance_until": r.choice((None, None, day(r.randint(200, 600)))),
        "refuses": r.choice(([], [], ["X"])),
        "prefers": r.choice(([], [{"area": "Y", "points": 2}], [{"mission": "M0", "points": 1}])),
        "may_lead": r.random() < 0.4,
        "rest_exempt": r.choice(([], [], ["outbreak"])),
    }


def short_trips(seed: int, people: int = 4, trips: int = 4) -> Problem:
    """A problem in which one person may go twice in a month, and limits are tight."""
    r = random.Random(seed)  # noqa: S311
    first, months = date(2027, 4, 1), ("2027-04", "2027-05")
    least = r.choice((0, 1, 1, 1))
    missions, places = list[dict[str, Any]](), list[dict[str, Any]]()
    for n in range(trips):
        begins = first + timedelta(days=r.choice((0, 5, 10, 15, 20, 26, 29, 33)))
        told = {"from": f"{begins}", "to": f"{begins + timedelta(days=r.choice((3, 5, 12)))}"}
        seats = min(r.choice((1, 1, 2)), 5 - len(places) - (trips - n - 1))  # few plans in all
        missions.append({
            "id": f"T{n}", "kind": r.choice(("surgical", "surgical", "outbreak", "group")),
            "destination": "X", "sender_pool": {"all": True}, **told,
            "minimum_people": r.choice((0, 1, seats)),
        })  # fmt: skip
        places += [
            {
                "id": f"T{n}.{k}", "mission": f"T{n}", "position": "eye", "accepts": ["eye"],
                "weight": r.choice(("critical", "important", "ordinary")), **told,
            }
            for k in range(seats)
        ]  # fmt: skip
    missions[0]["minimum_people"] = min(1, missions[0]["minimum_people"])  # a pin can be kept
    of_rest = random.Random(f"rest {seed}")  # noqa: S311
    for mission in missions:
        if (days := of_rest.choice((None, None, 0, 3, 8))) is not None:
            mission["rest_days"] = days
    who = [
        {
            "id": f"P{n}", "department": r.choice(("H0.eye", "H0.ear", "H1.eye")),
            "specialty": "eye", "grade": 3, "rest_exempt": r.choice(([], [], ["group"])),
            "away_already": r.choice(([], [], [], ["2027-04"], list(months))),
            "prefers": r.choice(([], [{"mission": "T0", "points": 1}])),
        }
        for n in range(people)
    ]  # fmt: skip
    return Problem.model_validate({
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2028-01-01",
        "rest_days": {"surgical": 0, "outbreak": r.choice((0, 4, 10)), "group": r.choice((0, 7))},
        "trade": {"surgical": [], "infection_control": "eye"},
        "organisations": [
            {
                "id": f"H{h}", "area": "A",
                "departments": [
                    {
                        "id": f"H{h}.{s}", "specialty": s, "absence_cap": [
                            {"month": m, "people": r.choice((least, 1, 2))} for m in months
                        ],
                    }
                    for s in ("eye", "ear")
                ],
                "absence_cap": [{"month": m, "people": r.choice((least, 2, 2))} for m in months],
            }
            for h in (0, 1)
        ],
        "people": who, "missions": missions, "seats": places,
        "pins": r.choice(([], [], [{"seat": "T0.0", "person": "P0", "by": "selected"}])),
    })  # fmt: skip
