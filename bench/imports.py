"""How long imports take: 5,500 rows of teams, and a register of 97,000 facilities."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared/data"
TEAMS = 5500
COUNTRIES = (
    "MG",
    "ZM",
    "SD",
    "LR",
    "UG",
    "ZW",
    "SL",
    "BI",
    "CV",
    "BJ",
    "NP",
    "TL",
    "GN",
    "ML",
    "NE",
)
PROVINCES = ("Gansu", "Henan", "Shaanxi", "Hunan", "Yunnan", "Sichuan", "Qinghai", "Hebei")


def made_up_teams(path: Path) -> None:
    """Rows of the shape of real ones; what they tell is invented and never kept."""
    fields = ["project_id", "title", "description", "recipient_condensed", "recipient_iso2", "year",
              "status", "start_actual", "end_actual", "start_planned", "end_planned"]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, fields, restval="")
        out.writeheader()
        for n in range(TEAMS):
            country, number = COUNTRIES[n % len(COUNTRIES)], n // len(COUNTRIES) % 90 + 1
            year = 1960 + number % 60
            prose = (
                f"{PROVINCES[n % 8]} Province has been sending medical teams since 1970. In May"
                f" {year} the {number}th medical team of {n % 40 + 5} members arrived at Test"
                f" Hospital {n % 17}. The team returned to China in June {year + 2}, release {n}."
            )
            out.writerow({
                "project_id": n, "title": f"{number}th Chinese medical team", "description": prose,
                "recipient_iso2": country, "year": year, "status": "Completion",
            })  # fmt: skip


def marrow(env: dict[str, str], *words: str | Path) -> float:
    start = time.monotonic()
    command = [sys.executable, "manage.py", *map(str, words)]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def measure(name: str, database: str, home: str) -> None:
    env = {**os.environ, "MARROW_MODE": "demo", "MARROW_DATABASE": database, "MARROW_VAR": home}
    for command in ("migrate -v0", "demo"):
        marrow(env, *command.split())
    teams = Path(home) / "teams.csv"
    made_up_teams(teams)
    print(
        f"| {name} | {TEAMS:,} rows of teams | {marrow(env, 'import', 'teams', teams, '--quiet'):.0f} s |"
    )
    register = DATA / "facilities/africa_public_facilities.csv.gz"
    if not register.exists():
        print(f"| {name} | 97,000 facilities | ../shared is missing |")
        return
    told = ("--title", "WHO/KWTRP 2019", "--quiet")
    print(
        f"| {name} | 96,999 facilities | {marrow(env, 'import', 'register', register, *told):.0f} s |"
    )
    print(
        f"| {name} | the same again | {marrow(env, 'import', 'register', register, *told):.0f} s |"
    )
    more = DATA / "facilities/africa_osm_facilities.csv.gz"
    print(
        f"| {name} | 55,974 of OSM over it | {marrow(env, 'import', 'register', more, '--quiet'):.0f} s |"
    )
    print(f"| {name} | likely doubles of all | {marrow(env, 'work', '--once'):.0f} s |")


if __name__ == "__main__":
    print("| database | what | time |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as home:
        measure("SQLite", f"{home}/a.sqlite3", home)
    if address := os.environ.get("MARROW_BENCH_POSTGRES"):
        with tempfile.TemporaryDirectory() as home:
            measure("PostgreSQL", address, home)
