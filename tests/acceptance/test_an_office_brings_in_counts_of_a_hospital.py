"""An office brings in the real counts of a hospital on the page: it enters a team that works there,
imports, another reviews and approves, and both say what the source's words mean."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marrow.accounts.actions import give_role
from marrow.activity.models import Indicator, Report
from marrow.core.jobs import run_one
from marrow.directory.models import Organisation
from marrow.sources.models import Intake
from tests.builders import ADMIN, NOW, SHARED
from tests.builders.counting import Counting, counting
from tests.builders.leaving import an_account

FOLDER = SHARED / "data/activity_malawi"
pytestmark = [
    pytest.mark.both, pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real months are not here"),
]  # fmt: skip
COUNTED = "monthly_activity_as_reported_2015_2018.csv.gz"


@pytest.fixture
def world(people: object, settings: Any, tmp_path: Path) -> Counting:
    settings.UPLOADS = tmp_path
    return counting()


def office(world: Counting, name: str) -> Client:
    """Somebody of the office that answers for the programme of the team, and for nothing else."""
    account = an_account(name, "auditor")
    account.grants.all().delete()
    programme = world.team.programme_id
    give_role(account=account, role="office", scope="programme", thing=programme, by=ADMIN, at=NOW)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, kind: str, name: str, text: str, **more: str) -> tuple[str, str]:
    """A file that is sent and looked at: its address, and what it would do."""
    file = SimpleUploadedFile(name, text.encode())
    address = client.post("/imports/", {"kind": kind, "file": file}).headers["Location"]
    intake = Intake.objects.latest("uploaded_at")
    mapping = {f"column-{code}": column for code, column in intake.mapping.items()}
    client.post(f"{address}columns/", {**mapping, "title": name, **more})
    return address, client.get(address).content.decode()


def started(client: Client, address: str) -> Intake:
    client.post(f"{address}start/")
    while run_one("test"):
        pass
    return Intake.objects.latest("uploaded_at")


def the_register() -> tuple[dict[str, str], str]:
    """The central hospital of one district, and the file that tells of it."""
    with (FOLDER / "facilities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    row = next(r for r in rows if r["Facility_Level"] == "3")
    return row, f"name,id\n{row['Facility_Name']},{row['Facility_ID']}\n"


def the_months(facility: str) -> tuple[str, list[dict[str, str]]]:
    with gzip.open(FOLDER / COUNTED, "rt", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        rows = [r for r in reader if r["Facility_ID"] == facility and r["Year"] == "2016"]
    names = list(rows[0])
    lines = [",".join(row[name] for name in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n", rows


def test_an_office_brings_in_the_real_counts_of_a_hospital_that_its_team_serves(
    world: Counting,
) -> None:
    ours, second = office(world, "ours"), office(world, "second")
    facility, register = the_register()
    address, _shown = sent(ours, "register", "register.csv", register, **{"all-country": "GN"})
    assert started(ours, address).state == "DONE"
    hospital = Organisation.objects.get(identifiers__value=facility["Facility_ID"])
    counts, rows = the_months(facility["Facility_ID"])
    refused_at, refused = sent(ours, "counts", "counts.csv", counts)
    assert "not a hospital that your office serves: enter a mission that works there" in refused
    assert "or let an office without limit bring it in" in refused
    assert started(ours, refused_at).state == "DONE"
    page, told_rows = ours.get(refused_at).content.decode(), sum(bool(r["Usage"]) for r in rows)
    assert "read; nothing of it was written" in page
    assert "imported" not in page
    assert f"<b>{len(rows):,}</b><span>rows read</span>" in page
    left = f"<b>{told_rows:,}</b><span>rows left out; the reasons stand below</span>"
    assert left in page
    assert left in refused
    listed = ours.get("/imports/").content.decode()
    assert '<span class="tag">read; nothing of it was written</span>' in listed
    told = {
        "organisation": f"{hospital} [{hospital.pk}]", "source": "Letter", "words": "works there",
    }  # fmt: skip
    added = ours.post(f"/office/missions/{world.team.pk}/add/site/", told)
    assert added.status_code == 302, added.content.decode()[-3000:]
    address, shown = sent(ours, "counts", "again.csv", counts)
    assert "not a hospital that your office serves" not in shown
    assert started(ours, address).counts["new"] == sum(bool(r["Usage"]) for r in rows)
    review_and_approve(ours, second, hospital)
    word = Indicator.objects.exclude(kind="DELIVERY").earliest("words")
    told_words = ours.get("/activity/words/").content.decode()
    assert word.words in told_words
    assert ours.post("/activity/words/", {f"kind-{word.pk}": "VISIT"}).status_code == 302
    word.refresh_from_db()
    assert word.kind == "", "twelve approved months rest on it: one alone lifts none of them"
    second.post("/activity/words/", {"decide": f"{word.pk} VISIT"})
    word.refresh_from_db()
    assert word.kind == "VISIT"
    whole = sum(float(r["Usage"] or 0) for r in rows if r["Appt_Type"] == word.words)
    page = ours.get(f"/activity/hospitals/{hospital.pk}/?year=2016").content.decode()
    assert f"{whole:,.0f}" in page
    assert "12 of 12 months reported" in page
    assert '<span class="tag warn">12</span>' in ours.get("/activity/").content.decode()


def review_and_approve(ours: Client, second: Client, hospital: Organisation) -> None:
    """Who brought the file in passes nothing of it."""
    here = f"/activity/hospitals/{hospital.pk}/pass"
    ours.post(f"{here}/review/")
    assert set(Report.objects.values_list("state", flat=True)) == {"SUBMITTED"}
    for step in ("review", "approve"):
        assert second.post(f"{here}/{step}/").status_code == 302
    assert set(Report.objects.values_list("state", flat=True)) == {"APPROVED"}


def test_words_by_which_others_count_too_are_not_named_by_one_of_their_offices(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    text = "Year,Month,Facility_ID,Appt_Type,Usage\n2016,1,Un Test,Dental,4\n"
    text += "2016,1,Deux Test,Dental,9\n"
    address, _shown = sent(signed_in["office"], "counts", "both.csv", text)
    assert started(signed_in["office"], address).counts["new"] == 2
    word, ours = Indicator.objects.get(), office(world, "ours")
    assert "Dental" not in ours.get("/activity/words/").content.decode()
    ours.post("/activity/words/", {f"kind-{word.pk}": "VISIT"})
    word.refresh_from_db()
    assert word.kind == ""
    assert "Dental" in signed_in["office"].get("/activity/words/").content.decode()
