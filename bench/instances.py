"""Invented planning problems of three sizes, the same for the same seed and the same solvers.

Usage: python bench/instances.py programme|city|nation SEED > problem.json
       python bench/instance_table.py programme,city 1,2,3,4,5

How one is drawn, all from one numpy generator of the seed:

- Hospitals draw weights (lognormal), people a hospital by these and a specialty by `SHARES`.
  Scarce on purpose: anaesthetists (5 %), neurosurgeons, infection control, interpreters (3 % each).
- Caps: a share of each department's and hospital's roster in each month. A fifth of the hospitals
  is under pressure for 4 to 12 months: its cap is halved, and its departments of under three
  people, and three in ten of the others, lend nobody.
- People: 30 % are free late, 25 % end early, 30 % have a gap of 60 to 300 days, 18 % still rest,
  6 % have clearance that ends, 15 % refuse a destination; all times `eager`, which is low where
  the roster are volunteers. Grades 1 to 4, languages 0 to 4, a field course, wishes.
- Missions come in series over three years: resident terms of 12, 18 or 24 months that overlap by
  14, 21 or 28 days, group and contract teams of 18 months, half-years of teaching, three weeks of
  surgery once a year, outbreak teams of 60 days that draw on all areas. Whoever leaves within the
  three years is planned. Small teams work at two sites, each with its anaesthetist.
- Cells: a burden (gamma) for each destination, specialty and half-year; 18 % have a remote link.
- Half a per cent of the people are couples, half of them together, half apart. The budget is 97 %
  of what the seats cost in each area and year.
- Calibration of programme and city, so that the mark does not measure the roster: 2 to 5 % of the
  critical seats stay open in the relaxation. Where more would, the least filled become ordinary;
  where fewer would, open seats that weigh less become critical; each time it is solved anew.

Seeds 1 to 5: programmes of 238 to 278 seats in 38 to 43 missions, cities of 982 to 1,130 seats in 110
to 115. Departments are fewer than in the design (163 to 196, 638 to 658), for there are 15 specialties.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from calibration import calibrated

from marrow.plan.rules.problem import PROBLEM, Problem

FIRST = date(2027, 1, 1)
DAYS = 1095
LAST = FIRST + timedelta(DAYS)
#: specialties with their share of the roster
SHARES = {
    "internal-medicine": 0.14, "surgery": 0.13, "paediatrics": 0.08, "obstetrics": 0.08,
    "orthopaedics": 0.07, "ophthalmology": 0.05, "cardiology": 0.06, "radiology": 0.06,
    "laboratory": 0.05, "nursing": 0.10, "acupuncture": 0.04, "anaesthesia": 0.05,
    "neurosurgery": 0.03, "infection-control": 0.03, "interpreter": 0.03,
}  # fmt: skip
SURGICAL = ("surgery", "obstetrics", "orthopaedics", "ophthalmology", "neurosurgery")
LANGUAGES = ("fr", "en", "pt")
LARGE, SMALL, ODD = 30, 9, 0.05  # people of a large team and of a small one, the share of each


@dataclass(frozen=True)
class Size:
    people: int
    hospitals: int
    areas: int
    destinations: int
    resident: int
    short: int
    teaching: int
    outbreak: int
    group: int
    contract: int
    team: tuple[int, int]
    department_cap: float
    hospital_cap: float
    eager: float  # the share of limits that a person of this roster has
    certified: float  # the share of seats that ask for the field course
    critical: float  # the share of seats that are critical


SIZES = {
    "programme": Size(300, 25, 1, 6, 6, 6, 1, 1, 1, 1, (5, 9), 0.45, 0.42, 0.1, 0.05, 0.45),
    "city": Size(3_000, 48, 1, 14, 14, 12, 4, 2, 3, 10, (4, 47), 0.34, 0.16, 1.0, 0.35, 0.4),
    "nation": Size(
        30_000, 405, 27, 76, 104, 220, 60, 14, 60, 160, (4, 47), 0.34, 0.20, 1.0, 0.15, 0.35
    ),
}


class Maker:
    def __init__(self, size: Size, seed: int) -> None:
        self.size, self.r = size, np.random.default_rng(seed)
        self.names = list(SHARES)
        self.shares = np.array(list(SHARES.values()))
        self.weights = (size.critical, 0.75 - size.critical, 0.25)
        self.areas = [f"Area {n + 1}" for n in range(size.areas)]
        self.missions: list[dict[str, Any]] = []
        self.seats: list[dict[str, Any]] = []

    def chance(self, share: float) -> bool:
        return bool(self.r.random() < share)

    def day(self, n: float) -> str:
        return (FIRST + timedelta(int(n))).isoformat()

    def whole(self, seed: int, name: str) -> Problem:
        self.hospitals()
        people = [self.person(n) for n in range(self.size.people)]
        for kind, count in (
            ("resident", self.size.resident), ("surgical", self.size.short),
            ("teaching", self.size.teaching), ("outbreak", self.size.outbreak),
            ("group", self.size.group), ("contract", self.size.contract),
        ):  # fmt: skip
            for n in range(count):
                self.series(kind, n)
        told = {
            "schema": PROBLEM,
            "name": f"{name} {seed}",
            "horizon_from": FIRST,
            "horizon_to": LAST,
            "seed": seed,
            "trade": {"surgical": SURGICAL},
            "organisations": self.organisations,
            "people": people,
            "missions": self.missions,
            "seats": self.seats,
            "cells": self.cells(),
            "couples": self.couples(len(people)),
            "budgets": self.budgets(),
        }
        return Problem.model_validate(told)

    def hospitals(self) -> None:
        """Each department with its share of the roster, and caps by month from these."""
        size = self.size
        weight = self.r.lognormal(0, 0.6, size.hospitals)
        self.home = self.r.choice(size.hospitals, size.people, p=weight / weight.sum())
        self.trade = self.r.choice(len(self.names), size.people, p=self.shares)
        self.organisations = []
        months = [f"{y}-{m:02}" for y in range(2027, 2030) for m in range(1, 13)]
        for h in range(size.hospitals):
            here = self.home == h
            strained = self.chance(0.2)
            begins = int(self.r.integers(0, 30)) if strained else 0
            pressed = (
                set(months[begins : begins + int(self.r.integers(4, 13))]) if strained else set()
            )
            departments = []
            for s, name in enumerate(self.names):
                staff = int((here & (self.trade == s)).sum())
                if not staff:
                    continue
                closed = pressed if strained and (staff < 3 or self.chance(0.3)) else set()
                cap = max(1, int(staff * size.department_cap))
                departments.append(
                    {
                        "id": f"H{h + 1:03}/{name}",
                        "specialty": name,
                        "absence_cap": [
                            {"month": m, "people": 0 if m in closed else cap} for m in months
                        ],
                    }
                )
            cap = max(1, int(here.sum() * size.hospital_cap))
            self.organisations.append(
                {
                    "id": f"H{h + 1:03}",
                    "name": f"Invented hospital {h + 1}",
                    "area": self.areas[h % size.areas],
                    "departments": departments,
                    "absence_cap": [
                        {"month": m, "people": cap // 2 if m in pressed else cap} for m in months
                    ],
                }
            )

    def person(self, n: int) -> dict[str, Any]:
        r, eager = self.r, self.size.eager
        specialty = self.names[self.trade[n]]
        windows = self.windows(eager)
        told: dict[str, Any] = {
            "id": f"P{n + 1:05}",
            "department": f"H{self.home[n] + 1:03}/{specialty}",
            "specialty": specialty,
            "grade": int(r.choice((1, 2, 3, 4), p=(0.2, 0.4, 0.25, 0.15))),
            "languages": {
                k: 4
                if specialty == "interpreter"
                else int(r.choice(5, p=(0.35, 0.2, 0.2, 0.15, 0.1)))
                for k in LANGUAGES
            },
            "available": windows,
            "may_lead": self.chance(0.15),
        }
        if self.chance(0.55):
            until = self.day(r.integers(100, 2 * DAYS))
            told["certificates"] = [{"code": "field-course", "until": until}]
        if self.chance(0.15):
            told["second_specialty"] = str(r.choice(self.names))
        if self.chance(0.18 * eager):
            kind = str(r.choice(("resident", "surgical", "teaching")))
            told["last_deployment"] = {"kind": kind, "ended_on": self.day(-r.integers(1, 500))}
        if self.chance(0.06 * eager):
            told["clearance_until"] = self.day(r.integers(200, DAYS))
        if self.chance(0.15 * eager):
            told["refuses"] = [f"Destination {r.integers(self.size.destinations) + 1}"]
        if self.chance(0.2):
            to = f"Destination {r.integers(self.size.destinations) + 1}"
            told["prefers"] = [{"area": to, "points": int(r.integers(1, 4))}]
        return told

    def windows(self, eager: float) -> list[dict[str, str]]:
        r = self.r
        start = int(r.integers(30, 400)) if self.chance(0.3 * eager) else -30
        end = int(r.integers(500, DAYS)) if self.chance(0.25 * eager) else DAYS + 800
        if self.chance(0.3 * eager) and end - start > 400:
            gap = int(r.integers(start + 60, end - 320))
            after = gap + int(r.integers(60, 301))
            cuts = [(start, gap), (after, end)]
        else:
            cuts = [(start, end)]
        return [{"from": self.day(a), "to": self.day(b)} for a, b in cuts]

    def series(self, kind: str, n: int) -> None:
        """A row of missions that follow each other; those of residents overlap."""
        r, size = self.r, self.size
        destination = f"Destination {n % size.destinations + 1}"
        language = LANGUAGES[n % size.destinations % len(LANGUAGES)]
        areas = [self.areas[n % size.areas]]
        if kind == "outbreak":
            areas = self.areas
        lasts, every = {
            "resident": (int(r.choice((365, 548, 730))), None), "surgical": (21, 365),
            "teaching": (182, 365), "outbreak": (60, 10_000), "group": (548, None),
            "contract": (548, None),
        }[kind]  # fmt: skip
        overlap = int(r.choice((14, 21, 28)))
        positions = self.positions(kind)
        at, batch, before = int(r.integers(0, 200)), 1, None
        while at < DAYS:  # whoever leaves within the horizon is planned, whenever they come home
            name = f"{kind[:2].upper()}{n + 1:03}-{batch}"
            self.mission(
                name, kind, destination, language, areas, at, lasts, before, overlap, positions
            )
            before, batch = name, batch + 1
            at += (lasts - overlap) if every is None else every

    def positions(self, kind: str) -> list[str]:
        r, most = self.r, self.size.team[1]
        if kind == "surgical":
            two_sites = ["anaesthesia"] if most < LARGE else []
            return ["ophthalmology"] * 2 + ["anaesthesia", *two_sites, "nursing", "nursing"]
        if kind == "outbreak":
            return ["infection-control", "internal-medicine", "laboratory", "nursing", "nursing"]
        if kind in ("teaching", "contract"):
            few = int(r.integers(2, 5)) + (most < LARGE)
            return [str(x) for x in r.choice(self.names[:11], few)]
        always = ["anaesthesia", "interpreter"]
        if most < LARGE:  # a small team works at two sites: each has its anaesthetist
            always.append("anaesthesia")
        count = self.team_size()
        return [*always, *(str(x) for x in r.choice(self.names, count - 2, p=self.shares))]

    def team_size(self) -> int:
        """Around 7 or 8 in a programme, else around 17, of which one in twenty is large, one small."""
        r, (least, most) = self.r, self.size.team
        if most < LARGE:
            return int(np.clip(r.normal(7.5, 2), least, most))
        drawn = r.random()
        if drawn < ODD:
            return int(r.integers(LARGE, most + 1))
        if drawn > 1 - ODD:
            return int(r.integers(least, SMALL))
        return int(np.clip(r.normal(17, 6), least, most))

    def mission(  # noqa: PLR0913
        self, name: str, kind: str, destination: str, language: str, areas: list[str], at: int,
        lasts: int, before: str | None, overlap: int, positions: list[str],
    ) -> None:  # fmt: skip
        r, size = self.r, self.size
        window = {"from": self.day(at), "to": self.day(at + lasts)}
        long = kind in ("resident", "group")
        self.missions.append(
            {
                "id": name,
                "kind": kind,
                "destination": destination,
                "sites": ["site"],
                **window,
                "predecessor": before,
                "overlap_days": overlap,
                "sender_pool": self.pool(kind, areas),
                "minimum_people": max(1, len(positions) // 2),
                "language": language,
                "hats": ["leader", "language"] if long else [],
            }
        )
        for k, position in enumerate(positions):
            seat: dict[str, Any] = {
                "id": f"{name}-{k + 1:02}", "mission": name, "site": "site", "position": position,
                "accepts": [position], "grade_min": int(r.choice((1, 2, 3), p=(0.3, 0.5, 0.2))),
                "weight": str(r.choice(("critical", "important", "ordinary"), p=self.weights)),
                "cost": int(lasts * 0.4), **window,
            }  # fmt: skip
            if self.chance(0.6 if long else 0.3):
                seat["language"] = {"code": language, "level": 2}
            if self.chance(size.certified):
                seat["certificates"] = ["field-course"]
            self.seats.append(seat)

    def pool(self, kind: str, areas: list[str]) -> dict[str, list[str]]:
        """Whole areas send long teams and outbreak teams; some hospitals of an area the others."""
        if kind in ("resident", "group", "outbreak"):
            return {"areas": areas}
        near = [o["id"] for o in self.organisations if o["area"] in areas]
        count = max(3, len(near) // 3)
        return {"organisations": sorted(self.r.choice(near, min(count, len(near)), replace=False))}

    def cells(self) -> list[dict[str, Any]]:
        r = self.r
        asked = sorted({(m["destination"]) for m in self.missions})
        return [
            {
                "destination": d, "specialty": s, "half_year": f"{y}H{h}",
                "burden": round(float(r.gamma(2, 20)), 1), "remote": 0.4 if self.chance(0.18) else 0,
            }
            for d in asked for s in self.names[:13] for y in range(2027, 2030) for h in (1, 2)
        ]  # fmt: skip

    def couples(self, people: int) -> list[dict[str, str]]:
        who = self.r.permutation(people)[: 2 * int(people * 0.0025)].tolist()
        return [
            {
                "a": f"P{a + 1:05}", "b": f"P{b + 1:05}",
                "rule": ("together", "apart")[k % 2],
            }
            for k, (a, b) in enumerate(zip(who[::2], who[1::2], strict=False))
        ]  # fmt: skip

    def budgets(self) -> list[dict[str, Any]]:
        """97 % of what the seats of each area and year cost."""
        cost: dict[tuple[str, int], float] = {}
        home = {o["id"]: o["area"] for o in self.organisations}
        area = {
            m["id"]: m["sender_pool"].get("areas")
            or sorted({home[o] for o in m["sender_pool"]["organisations"]})
            for m in self.missions
        }
        for s in self.seats:
            for a in area[s["mission"]]:
                key = (a, int(s["from"][:4]))
                cost[key] = cost.get(key, 0) + s["cost"] / len(area[s["mission"]])
        return [
            {"area": a, "year": y, "amount": round(0.97 * c, 1)}
            for (a, y), c in sorted(cost.items())
        ]


def generate(size: str, seed: int) -> Problem:
    """One problem of a size."""
    problem = Maker(SIZES[size], seed).whole(seed, size)
    return problem if size == "nation" else calibrated(problem)


if __name__ == "__main__":
    print(generate(sys.argv[1], int(sys.argv[2])).written())
