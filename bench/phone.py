"""How quick the field app is in a real browser: a record saved, a start with no network, at this
machine's speed and at a sixth of it; and what its first install weighs."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
from bench.starting import prepare
from bench.sync import installed

TIMES = int(os.environ.get("MARROW_BENCH_TIMES", "40"))  # of each, at each speed
SLOWER = 6
ITEMS = 300  # of the programme's lists
PASSCODE = "riz au gras du soir"
SAVE_MOST, START_MOST, INSTALL_MOST = 100, 3000, 250_000  # ms, ms, bytes: the aims

# what a thumb fills in before it saves; each tells what it taps last
FORMS = {
    "a visit": ("record/VISIT", """screen => {
        const field = screen.querySelector("input[name=count]");
        field.value = String(1 + Math.floor(Math.random() * 40));
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return screen.querySelector("button[type=submit]");
    }"""),
    "an operation": ("record/OPERATION", """screen => {
        screen.querySelector("input[name=kind]").click();
        const search = screen.querySelector("input[type=search]");
        search.value = "7";
        search.dispatchEvent(new Event("input", { bubbles: true }));
        screen.querySelector(".found button").click();
        const whom = screen.querySelector("input[name=with_whom]");
        whom.value = "Dr Test";
        whom.dispatchEvent(new Event("input", { bubbles: true }));
        return screen.querySelector("button[type=submit]");
    }"""),
    "a check-in": ("check-in", """screen => screen.querySelector("button.main")"""),
}  # fmt: skip

# milliseconds from the tap until the page says that it is saved, and until the next screen stands
SAVE = """async ([hash, rest]) => {
  const fill = FILL;
  const [screen, note] = ["#screen", "#note"].map(name => document.querySelector(name));
  const seen = found => new Promise(done => {
    const look = () => { if (found()) { watch.disconnect(); done(performance.now()); } };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, characterData: true, subtree: true });
    look();
  });
  const still = ms => new Promise(done => setTimeout(done, ms));
  location.hash = hash;
  await seen(() => screen.querySelector("button.main"));
  note.textContent = "";
  await still(rest);
  const last = fill(screen);
  await still(rest);
  const told = seen(() => note.textContent === "Saved on this phone.");
  const stands = seen(() => screen.querySelector("nav.big"));
  const began = performance.now();
  last.click();
  const took = [await told - began, await stands - began];
  await still(rest);
  return took;
}"""


def serve(database: str, home: str, out: Any) -> None:
    """A Marrow with a team on post and a programme's lists, for one phone."""
    prepare(database, home)
    from wsgiref.simple_server import make_server

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from marrow.server.wsgi import application
    from tests.builders import a_few_places, personas
    from tests.builders.catalogued import a_list, a_version, an_item
    from tests.builders.on_post import a_team_on_post
    from tests.chaos.serving import _Quiet, _Server

    people = personas(a_few_places()["CN"])
    a_team_on_post(accounts=(people["leader"].pk, people["member"].pk))
    items = [an_item(f"Technique {n}", kind="TECHNIQUE") for n in range(ITEMS)]
    a_version(a_list().key, items)
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    out.put(server.server_port)
    server.serve_forever()


@contextmanager
def served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as home:
        out: Any = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(f"{home}/a.sqlite3", home, out))
        server.start()
        try:
            yield f"http://localhost:{out.get(timeout=300)}"
        finally:
            server.kill()
            server.join()


@contextmanager
def phone(address: str) -> Iterator[tuple[Any, Any]]:
    """A browser in which the leader has begun with the app and read the lists."""
    from playwright.sync_api import sync_playwright

    import run

    os.environ |= run.browser()
    env = dict(os.environ)
    if libs := env.get("MARROW_CHROMIUM_LIBS"):
        env["LD_LIBRARY_PATH"] = libs
    where = env.get("MARROW_CHROMIUM")
    with sync_playwright() as pw:
        browser = pw.chromium.launch(executable_path=where, args=["--no-sandbox"], env={**env})
        page = browser.new_page(
            base_url=address, locale="en-GB", viewport={"width": 360, "height": 640}
        )
        page.goto("/sign-in/")
        page.get_by_label("User name").fill("leader")
        page.get_by_label("Password").fill("correct horse 7")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/desk/")
        page.goto("/field/")
        ready(page)
        page.get_by_label("Passcode").fill(PASSCODE)
        page.get_by_label("Once more").fill(PASSCODE)
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("link", name="Check in").wait_for()
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.context.set_offline(True)
        yield page, page.context.new_cdp_session(page)
        browser.close()


def ready(page: Any) -> None:
    page.wait_for_selector("html[data-ready=yes]")


def slowed(devtools: Any, times: int) -> None:
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})


def started(page: Any) -> float:
    """Milliseconds of a start with no network, until its first screen can be used."""
    page.reload()
    ready(page)
    return float(page.evaluate("document.timeline.currentTime, performance.now()"))


def at(share: float, took: list[float]) -> str:
    return f"{sorted(took)[min(len(took) - 1, int(len(took) * share))]:.0f}"


def row(what: str, times: int, took: list[float], most: str) -> None:
    speed = "whole" if times == 1 else f"1/{times}"
    print(f"| {what} | {speed} | {len(took)} | {at(0.5, took)} | {at(0.95, took)} | {most} |")


def saves(page: Any, times: int) -> None:
    """One of each by turns: what else the machine does meets all alike."""
    took: dict[str, list[list[float]]] = {what: [] for what in FORMS}
    for _n in range(TIMES):
        for what, (where, fill) in FORMS.items():
            took[what].append(page.evaluate(SAVE.replace("FILL", fill), [where, 150 * times]))
    for what, held in took.items():
        row(f"{what}: “saved” is said", times, [told for told, _ in held], str(SAVE_MOST))
        row(f"{what}: the next screen stands", times, [stands for _, stands in held], "")


def starts(page: Any, devtools: Any, times: int) -> None:
    slowed(devtools, times)
    row("a start with no network", times, [started(page) for _n in range(TIMES)], str(START_MOST))


def main() -> None:
    print("| what | speed | times | median ms | 95 % ms | at most |\n|---|---|---|---|---|---|")
    with served() as address, phone(address) as (page, devtools):
        for times in (1, SLOWER):
            slowed(devtools, times)
            saves(page, times)
        for times in (1, SLOWER):
            starts(page, devtools, times)
    print(f"\nFirst install: {installed():,} bytes in brotli of at most {INSTALL_MOST:,}.")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
