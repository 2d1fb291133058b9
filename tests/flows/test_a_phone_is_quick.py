"""How quick the field app is on a slow phone: a save at a sixth of this machine's speed, a start
with no network. The numbers are shown with `pytest -rP`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import begin, ready

pytestmark = [pytest.mark.flow, pytest.mark.long, pytest.mark.django_db(transaction=True)]
SAVES = 40
SLOWER = 6
WORST = 1000  # ms; the aim is 100: on two busy cores 285 were measured, 95 % within 540

# milliseconds from the tap on the form's button until the page says that it is saved, of each save
SAVE = """async (saves) => {
  const told = () => document.querySelector("#note")?.textContent ?? "";
  const until = async (found) => { while (!found()) await new Promise(r => setTimeout(r, 1)); };
  const took = [];
  for (let n = 0; n < saves; n += 1) {
    location.hash = "record/VISIT";
    await until(() => document.querySelector("input[type=number]"));
    const field = document.querySelector("input[type=number]");
    field.value = String(n + 1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const note = document.querySelector("#note");
    if (note) note.textContent = "";
    await new Promise(r => setTimeout(r, 300));
    const began = performance.now();
    field.form.requestSubmit();
    await until(() => told() === "Saved on this phone.");
    took.push(performance.now() - began);
  }
  return took;
}"""


def test_a_save_takes_less_than_a_second_and_a_start_three(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = sorted(page.evaluate(SAVE, SAVES))
    p95 = took[int(len(took) * 0.95)]
    start = time.monotonic()
    page.reload()
    ready(page)
    began = time.monotonic() - start
    sys.stdout.write(
        f"save at 1/{SLOWER} speed: median {took[len(took) // 2]:.0f} ms, 95 % {p95:.0f} ms; "
        f"start with no network: {began:.1f} s\n"
    )
    assert p95 <= WORST
    assert began <= 3
