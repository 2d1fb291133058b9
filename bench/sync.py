"""What a phone's day costs on the wire, and how many operations a second a server takes."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench.starting import prepare

SPEED = 32_000 / 8  # bytes a second of a bad line
SPACE = UUID(int=7)
SECONDS = 8
AT_ONCE = 50
PHONES = 500
FORM = (
    "kind", "count", "specialty", "with_whom", "group", "sex", "age", "outcome", "item",
    "held_on", "organisation", "mission",
)  # fmt: skip
MOST = 480  # lines that a phone sends at once when the line is good
HTTP = 900  # bytes that a HEAD, a POST of several parts and two answers add to a form: estimated


def encounters(count: int, mission: str, place: str, first: int = 1) -> list[dict[str, Any]]:
    """Made up, the same on every run; the shape is the field app's."""
    dice, found = random.Random(7), []
    for n in range(count):
        day = dt.date(2026, 9, 21) + dt.timedelta(days=n * 60 // count)
        data = {
            "organisation": place, "mission": mission, "held_on": day.isoformat(),
            "kind": dice.choice(("OPERATION_SUPERVISED", "RESCUE", "DELIVERY", "ADVICE")),
            "count": 1, "item": str(uuid5(SPACE, f"item {dice.randint(1, 60)}")),
            "specialty": dice.choice(("SURGERY", "OBSTETRICS", "EYES")),
            "with_whom": f"Dr Test {dice.randint(1, 9)}", "group": "LOCAL",
            "sex": dice.choice("FM"), "age": dice.choice(("U1", "1_4", "18_64", "65_UP")),
            "outcome": dice.choice(("RECOVERED", "REFERRED", "")),
        }  # fmt: skip
        record = str(UUID(int=dice.getrandbits(128), version=4))
        at = f"{day}T09:{n % 60:02}:00.000Z"
        found.append({
            "q": first + n, "r": record, "t": "record", "s": 1, "k": "create", "at": at, "d": data,
        })  # fmt: skip
    return found


def report(q: int, mission: str, place: str) -> dict[str, Any]:
    cells = {f"KIND_{n}": n * 7 % 90 for n in range(72)}
    data = {"organisation": place, "mission": mission, "month": "2026-11", "cells": cells}
    return {
        "q": q, "r": str(uuid5(SPACE, "month")), "t": "count", "s": 1, "k": "set",
        "at": "2026-11-24T09:00:00.000Z", "b": dict.fromkeys(cells), "d": data,
    }  # fmt: skip


def body(lines: list[dict[str, Any]]) -> bytes:
    head = {
        "v": 1, "inst": str(uuid5(SPACE, "phone")), "from": 1, "prev": "", "app": "0.3.0",
        "wall": "2026-11-24T10:00:00.000Z", "held": 0, "epoch": str(uuid5(SPACE, "epoch")),
        "cur": {f"mission:{uuid5(SPACE, 'm')}": "4712.9f3ab2c1", "reference": "9f3ab2c19f3ab2c1"},
        "max": 65536,
    }  # fmt: skip
    return b"\n".join(json.dumps(x, separators=(",", ":")).encode() for x in (head, *lines))


def openrosa(line: dict[str, Any]) -> bytes:
    """One submission as a form of OpenRosa sends it."""
    told = line["d"]
    inner = "".join(f"<{name}>{told[name]}</{name}>" for name in FORM)
    return (
        '<?xml version="1.0"?><data xmlns:jr="http://openrosa.org/javarosa" '
        'xmlns:orx="http://openrosa.org/xforms" id="encounter" version="2026112401">'
        f"<start>{line['at']}</start><end>{line['at']}</end><deviceid>x</deviceid>{inner}"
        f"<orx:meta><orx:instanceID>uuid:{line['r']}</orx:instanceID></orx:meta></data>"
    ).encode()


def fhir(lines: list[dict[str, Any]]) -> bytes:
    """The same as one transaction: an encounter, a procedure and an observation each."""
    entries = []
    for line in lines:
        told, record = line["d"], line["r"]
        about = {"encounter": {"reference": f"Encounter/{record}"}, "status": "final"}
        group = f"{told['group']} {told['sex']} {told['age']}"
        for kind, more in (
            ("Encounter", {
                "status": "finished", "class": {"code": "AMB"},
                "period": {"start": told["held_on"], "end": told["held_on"]},
                "serviceProvider": {"reference": f"Organization/{told['organisation']}"},
            }),
            ("Procedure", about | {
                "status": "completed", "performedDateTime": told["held_on"],
                "code": {"coding": [{"system": "urn:marrow:item", "code": told["item"]}],
                         "text": told["kind"]},
                "performer": [{"actor": {"display": told["with_whom"]}}],
                "outcome": {"text": told["outcome"]},
            }),
            ("Observation", about | {
                "code": {"text": "for whom"}, "valueString": group,
                "effectiveDateTime": told["held_on"],
            }),
        ):  # fmt: skip
            pk = record if kind == "Encounter" else str(uuid5(SPACE, record + kind))
            entries.append({
                "fullUrl": f"urn:uuid:{pk}", "resource": {"resourceType": kind, "id": pk} | more,
                "request": {"method": "PUT", "url": f"{kind}/{pk}"},
            })  # fmt: skip
    told_whole = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return json.dumps(told_whole, separators=(",", ":")).encode()


def wire() -> None:
    mission, place = str(uuid5(SPACE, "mission")), str(uuid5(SPACE, "place"))
    day = encounters(50, mission, place)
    whole = [*day, report(51, mission, place)]
    forms = [openrosa(line) for line in day]
    sent = sum(len(form) + HTTP for form in forms)
    months = encounters(2400, mission, place)
    months_packed = [
        len(gzip.compress(body(months[at : at + MOST]))) for at in range(0, len(months), MOST)
    ]
    rows: list[tuple[str, str, int, int, int | None]] = [
        ("50 encounters and a month's report", "Marrow", 1, len(gzip.compress(body(whole))), 8000),
        ("the same encounters", "OpenRosa, as sent", 51, sent, None),
        ("", "OpenRosa, bodies", 50, sum(map(len, forms)), None),
        ("", "OpenRosa, each packed", 50, sum(len(gzip.compress(f)) for f in forms), None),
        ("", "FHIR transaction", 1, len(fhir(day)), None),
        ("", "FHIR, packed", 1, len(gzip.compress(fhir(day))), None),
        ("2,400 encounters", "Marrow", len(months_packed), sum(months_packed), 512_000),
        ("one encounter", "Marrow", 1, len(gzip.compress(body(day[:1]))), 1000),
        ("nothing to say, out", "Marrow", 1, len(gzip.compress(body([]))), 600),
    ]  # fmt: skip
    first = installed()
    if first:
        rows.append(("first install, brotli", "Marrow", 4, first, 250_000))
    print("| what | as | requests | bytes | s at 32 kbit/s | at most |\n|---|---|---|---|---|---|")
    for what, how, requests, size, most in rows:
        limit = f"{most:,}" if most else ""
        print(f"| {what} | {how} | {requests} | {size:,} | {size / SPEED:.1f} | {limit} |")


def installed() -> int:
    """The app's files as brotli packs them; 0 where nothing here can."""
    files = [str(p) for p in (ROOT / "src/marrow/sync/static/field").glob("*.*s")]
    node = shutil.which("node", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if not node or not files:
        return 0
    text = (
        "const z=require('zlib'),f=require('fs');"
        "console.log(process.argv.slice(1).map(p=>z.brotliCompressSync(f.readFileSync(p)).length)"
        ".reduce((a,b)=>a+b,0))"
    )
    ran = subprocess.run([node, "-e", text, *files], capture_output=True, text=True, check=True)
    return int(ran.stdout)


def make(database: str, home: str, phones: int, out: Any) -> None:
    prepare(database, home)
    from django.core.management import call_command

    from marrow.accounts.queries import viewer_of
    from marrow.sync.actions import enrol
    from tests.builders import NOW, a_batch, a_few_places, a_series, personas

    call_command("migrate", verbosity=0)
    people = personas(a_few_places()["CN"])
    batch = a_batch(30, a_series(), status="ON_POST")
    by = viewer_of(people["leader"])
    out.put((str(batch.pk), [str(enrol(by=by, at=NOW)[0].pk) for _n in range(phones)]))


class Phone:
    """Pushes of fifty lines, one after the other."""

    def __init__(self, inst: str, mission: str) -> None:
        self.inst, self.mission, self.q, self.hash = inst, mission, 0, ""

    def push(self, count: int, **head: Any) -> float:
        """Send as many fresh lines; returns the seconds until the answer."""
        from marrow.sync.actions import receive
        from marrow.sync.pulling import news
        from marrow.sync.rules import read_batch
        from tests.builders import NOW

        lines = []
        for n in range(count):
            q = self.q + 1 + n
            record = uuid5(SPACE, f"{self.inst} {q}")
            data = {"mission": self.mission, "held_on": "2026-11-20", "count": 3}
            lines.append(json.dumps(
                {"q": q, "r": str(record), "t": "visits", "k": "create", "d": data}
            ).encode())  # fmt: skip
        told = {"v": 1, "inst": self.inst, "from": self.q + 1, "prev": self.hash} | head
        body_ = b"\n".join([json.dumps(told).encode(), *lines])
        start = time.monotonic()
        batch = read_batch(body_)
        answer = receive(batch=batch, at=NOW)
        if batch.cursors is not None and answer.viewer:
            news(answer.viewer, batch, NOW)
        assert answer.ack == self.q + count, answer
        self.q, self.hash = answer.ack, answer.hash
        return time.monotonic() - start


def write(database: str, home: str, phone: tuple[str, str], out: Any) -> None:
    prepare(database, home)
    sender, until, done = Phone(*phone), time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        sender.push(AT_ONCE)
        done += AT_ONCE
    out.put(done)


def server(name: str, database: str, home: str, writers: int, least: int | None) -> None:
    queue: Any = multiprocessing.Queue()
    setup = multiprocessing.Process(target=make, args=(database, home, writers, queue))
    setup.start()
    mission, phones = queue.get()
    setup.join()
    workers = [
        multiprocessing.Process(target=write, args=(database, home, (inst, mission), queue))
        for inst in phones
    ]
    for worker in workers:
        worker.start()
    done = sum(queue.get() for _worker in workers)
    for worker in workers:
        worker.join()
    print(f"| {name}, pushes of {AT_ONCE} | {writers} | {done / SECONDS:,.0f} | {least or ''} |")


def crowd(database: str, home: str, out: Any) -> None:
    """500 phones of one team, one round each: a few lines sent, all that is new read."""
    prepare(database, home)
    mission, phones = out.get()
    seconds = sorted(Phone(inst, mission).push(4, cur={"reference": ""}) for inst in phones)
    whole = sum(seconds)
    print(
        f"\n{len(phones)} phones, a round each: {whole:.0f} s for one server process "
        f"({whole / 9:.1f} % of a quarter of an hour); median {seconds[len(seconds) // 2] * 1000:.0f}"
        f" ms, 99 % {seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms"
    )


def servers() -> None:
    print("\n| server | phones at once | operations a second | at least |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        server("SQLite", f"{home}/a.sqlite3", home, 1, 300)
        server("SQLite", f"{home}/b.sqlite3", home, 4, None)
        if address := os.environ.get("MARROW_BENCH_POSTGRES"):
            server("PostgreSQL", address, home, 4, 1000)
        queue: Any = multiprocessing.Queue()
        for target, words in (
            (make, (f"{home}/c.sqlite3", home, PHONES, queue)),
            (crowd, (f"{home}/c.sqlite3", home, queue)),
        ):
            process = multiprocessing.Process(target=target, args=words)
            process.start()
            if target is make:
                told = queue.get()
                process.join()
                queue.put(told)
            else:
                process.join()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    wire()
    servers()
