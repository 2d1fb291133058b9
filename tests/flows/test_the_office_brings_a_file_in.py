"""The office sends a file, looks, takes it in, and decides a doubt with one click."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from marrow.core.jobs import run_one
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.sources.models import Finding

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

TEAMS = (
    "project_id,title,description,recipient_condensed,recipient_iso2,year,status,start_actual,end_actual\n"
    "1,3rd Chinese medical team,In May 2001 the 3rd medical team of 12 members from Gansu Province"
    " arrived in Madagascar.,Madagascar,MG,2001,Completion,,\n"
    "2,5th Chinese medical team,In May 2005 the 5th medical team of 14 members from Gansu Province"
    " arrived in Madagascar.,Madagascar,MG,2005,Completion,2004-02-11,\n"
)


@pytest.fixture
def worker(address: str) -> Iterator[None]:
    """A worker beside the server, as the demonstration has one."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.2):
            run_one("flow")

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join()


def send(page: Page, path: Path, kind: str) -> None:
    link = page.get_by_role("link", name="Imports")
    if not link.is_visible():
        page.get_by_text("Files and journal").click()
    link.click()
    page.get_by_label(kind).check()
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Send").click()


def test_records_of_teams_become_batches_and_doubts(
    sign_in: Callable[[str], Page], worker: None, tmp_path: Path
) -> None:
    path = tmp_path / "teams.csv"
    path.write_text(TEAMS, encoding="utf-8")
    page = sign_in("office")
    send(page, path, "Records of medical teams")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
    assert not Mission.objects.exists()
    page.get_by_role("button", name="Import it").click()
    expect(page.locator("#progress")).to_contain_text("imported")
    expect(page.locator("#progress")).to_contain_text("numbered batches")
    assert list(Mission.objects.values_list("number", "size")) == [(3, 12), (5, 14)]

    page.get_by_role("link", name="Findings").first.click()
    card = page.locator("article", has_text="No record tells of batch 4").first
    card.get_by_role("button", name="Accept").click()
    expect(card.locator(".tag")).to_have_text("accepted")
    assert Finding.objects.get(code="GAP").state == "ACCEPTED"


def test_a_register_is_taken_in_and_a_hostile_file_is_not(
    sign_in: Callable[[str], Page], worker: None, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes("name,country\nHôpital,GN\n".encode("latin-1"))
    page = sign_in("office")
    send(page, bad, "A register of hospitals")
    expect(page.get_by_role("alert")).to_contain_text("UTF-8")
    good = tmp_path / "good.csv"
    good.write_text("name,country,lat,lon\nHôpital Test,Guinea,9.5,-13.7\n", encoding="utf-8")
    send(page, good, "A register of hospitals")
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("button", name="Import it").click()
    expect(page.locator("#progress")).to_contain_text("new organisations")
    page.get_by_role("link", name="Hospitals and places").click()
    page.get_by_label("Search").press_sequentially("hopital tes")
    expect(page.locator("#hits")).to_contain_text("Hôpital Test")
    assert Organisation.objects.count() == 1
