"""Server time and queries of each page with 144,000 organisations loaded, and search as you type."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
REGISTER = ROOT.parent / "shared/data/facilities/africa_public_facilities.csv.gz"
MORE = ROOT.parent / "shared/data/facilities/africa_osm_facilities.csv.gz"
TEAMS = ROOT.parent / "shared/data/medical_teams/team_records_16_countries.csv"
TYPED = (
    "conakry",
    "hopital ignace deen",
    "lankao",
    "兰考",
    "kenyata natonal",
    "centre de sante bolingo",
    "lkx",
)


def fill(home: str) -> None:
    env = {**os.environ}
    for words in (["migrate", "-v0"],
        ["collectstatic", "--noinput", "-v0"], ["demo"], ["import", "register", REGISTER, "--quiet"],
                  ["import", "teams", TEAMS, "--quiet"], ["import", "register", MORE, "--quiet"],
                  ["work", "--once"]):  # fmt: skip
        if all(not isinstance(w, Path) or w.exists() for w in words):
            command = [sys.executable, "manage.py", *map(str, words)]
            subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from marrow.accounts.models import Account
    from marrow.directory.models import Organisation
    from marrow.directory.queries import hits
    from marrow.missions.models import Mission
    from marrow.programmes.models import Series

    client = Client()
    client.force_login(
        Account.objects.get(username="demo-office"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    pages = [
        "/",
        "/map/",
        "/timeline/",
        "/programmes/",
        "/programmes/beijing-teams/",
        "/programmes/teams-CN/",
        "/batches/",
        "/figures/",
        "/honours/",
        "/memorial/",
        "/directory/",
        "/directory/places/KE/",
        "/directory/places/002/",
        "/directory/doubles/",
        "/directory/doubles/?country=NG",
        "/documents/",
        "/desk/",
        "/findings/",
        "/imports/",
        "/journal/",
        "/people/",
        "/teams/",
        "/posts/",
        "/care/",
        "/need/",
        "/activity/",
        "/catalogue/",
        "/agreements/",
        "/recognition/",
        "/entrusting/",
    ]
    pages += [f"/batches/{Mission.objects.exclude(number=None)[0].pk}/"]
    pages += [f"/series/{Series.objects.all()[0].pk}/"]
    pages += [f"/directory/{Organisation.objects.order_by('-id')[0].pk}/"]
    print(f"{Organisation.objects.count():,} organisations\n")
    print("| page | queries | first ms | median ms | worst ms | kB |\n|---|---|---|---|---|---|")
    for page in pages:
        times = []
        for _turn in range(7):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(page)
            times.append((time.perf_counter() - start) * 1000)
        size = len(answer.content) / 1000
        print(
            f"| {page[:44]} {'' if answer.status_code == 200 else answer.status_code} | {len(asked)}"
            f" | {times[0]:.0f} | {statistics.median(times):.0f} | {max(times[1:]):.0f} | {size:.0f} |"
        )
    print("\n| typed | median ms | first |\n|---|---|---|")
    for typed in TYPED:
        times = []
        for _turn in range(5):
            start = time.perf_counter()
            found = hits(typed)
            times.append((time.perf_counter() - start) * 1000)
        print(f"| {typed} | {statistics.median(times):.0f} | {found[0].name if found else '–'} |")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "marrow.server.settings", "MARROW_MODE": "demo",
            "MARROW_VAR": home, "MARROW_DATABASE": f"{home}/a.sqlite3",
        }  # fmt: skip
        fill(home)
        main()
