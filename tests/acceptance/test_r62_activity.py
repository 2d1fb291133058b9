"""R62: visits, rescues and operations as counts with their unit, by day and by month."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.accounts.models import Account
from marrow.activity.actions import fill_report
from marrow.activity.models import Deed, Indicator, Report
from marrow.core.jobs import run_one
from marrow.sources.models import Intake
from tests.acceptance.test_light import MOST_BYTES, MOST_QUERIES, weight
from tests.builders import NOW
from tests.builders.capability import a_service
from tests.builders.counting import Counting, a_deed, a_month, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PRESENT = {"month": "2026-03"}


def entered(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def reported(client: Client, world: Counting, **values: object) -> Report:
    """A month written on the page like the paper form, and handed in."""
    answer = client.post(f"/activity/hospitals/{world.hospital.pk}/report/", PRESENT)
    assert answer.status_code == 302
    assert client.post(answer.headers["Location"], values).status_code == 302
    row = Report.objects.latest("version")
    assert client.post(f"/activity/reports/{row.pk}/submit/").status_code == 302
    return row


def test_r62_a_hospital_reports_a_month_and_its_office_reviews_and_approves(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    clerk, hospital = entered(world.accounts["clerk"]), entered(world.accounts["hospital"])
    office = signed_in["office"]
    row = reported(clerk, world, VISIT="1240", RESCUE="17", OPERATION_DONE="36")
    assert "1 monthly report waits for review" in hospital.get("/desk/").content.decode()
    assert hospital.post(f"/activity/reports/{row.pk}/review/").status_code == 302
    assert clerk.post(f"/activity/reports/{row.pk}/approve/").status_code == 403
    assert office.post(f"/activity/hospitals/{world.hospital.pk}/pass/approve/").status_code == 302
    page = hospital.get(f"/activity/hospitals/{world.hospital.pk}/?year=2026").content.decode()
    for told in ("visits", "1,240", "rescues of the critically ill", "17", "operations done", "36"):
        assert told in page
    assert "approved" in hospital.get(f"/activity/reports/{row.pk}/").content.decode()


def test_r62_a_figure_opens_its_rows_and_both_grains_stand_beside_each_other(
    world: Counting,
) -> None:
    clerk = entered(world.accounts["clerk"])
    told = {"kind": "OPERATION_DONE", "held_on": "2026-03-04", "count": "1", "specialty": "UROLOGY"}
    address = f"/activity/hospitals/{world.hospital.pk}"
    assert clerk.post(f"{address}/record/", told).status_code == 302
    reported(clerk, world, OPERATION_DONE="3")
    page = clerk.get(f"{address}/?year=2026").content.decode()
    assert "differs by 2" in page
    rows = clerk.get(f"{address}/rows/?kind=OPERATION_DONE&year=2026&month=3").content.decode()
    assert "2026-03-04" in rows
    assert "urology" in rows
    assert "a single record" in rows
    deed = Deed.objects.get()
    void = {"reason": "entered twice"}
    assert clerk.post(f"/activity/deeds/{deed.pk}/void/", void).status_code == 302
    assert "differs by" not in clerk.get(f"{address}/?year=2026").content.decode()
    table = clerk.get(f"{address}/table.csv?year=2026")
    assert "operations done" in b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert clerk.get(f"{address}/table.xlsx?year=2026").content[:2] == b"PK"


def test_r62_an_office_brings_in_monthly_counts_as_a_file(
    world: Counting, signed_in: dict[str, Client], settings: object, tmp_path: object
) -> None:
    settings.UPLOADS = tmp_path  # type: ignore[attr-defined]
    office = signed_in["office"]
    text = (
        "Year,Month,Facility_ID,Appt_Type,Usage\n2015,1,Un Test,Over5OPD,578.0\n"
        "2015,2,Un Test,Over5OPD,\n2015,3,Nowhere,Over5OPD,4\n2015,4,Un Test,Over5OPD,0.0\n"
    )
    sent = {"kind": "counts", "file": SimpleUploadedFile("counts.csv", text.encode())}
    address = office.post("/imports/", sent).headers["Location"]
    intake = Intake.objects.get()
    mapping = {f"column-{code}": name for code, name in intake.mapping.items()}
    office.post(f"{address}columns/", {**mapping, "title": "Counts of 2015"})
    page = office.get(address).content.decode()
    assert "2015-01" in page
    assert "the hospital is not in the directory" in page
    assert not Report.objects.exists()
    office.post(f"{address}start/")
    while run_one("test"):
        pass
    intake.refresh_from_db()
    assert intake.counts["new"] == 2
    place = f"/activity/hospitals/{world.hospital.pk}/?year=2015"
    page = office.get(place, headers={"accept-language": "en"}).content.decode()
    assert "1 word of a source has no kind yet" in page
    word = Indicator.objects.get()
    office.post("/activity/words/", {f"kind-{word.pk}": "VISIT"})
    page = office.get(place, headers={"accept-language": "en"}).content.decode()
    assert "578" in page
    assert "11 " not in page.split("visits")[0]


def test_who_has_nothing_to_do_with_it_sees_nothing(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    row = a_month(world, {"VISIT": 3})
    elsewhere, auditor = entered(world.accounts["elsewhere"]), signed_in["auditor"]
    for address in (
        f"/activity/hospitals/{world.hospital.pk}/", f"/activity/reports/{row.pk}/",
        f"/activity/hospitals/{world.hospital.pk}/rows/?kind=VISIT",
        f"/activity/hospitals/{world.hospital.pk}/report/",
    ):  # fmt: skip
        assert elsewhere.get(address).status_code == 404, address
        assert Client().get(address).status_code == 302, address
    assert auditor.get(f"/activity/reports/{row.pk}/").status_code == 200
    assert auditor.post(f"/activity/reports/{row.pk}/review/").status_code == 403
    assert elsewhere.post(f"/activity/reports/{row.pk}/submit/").status_code == 404


def test_the_leader_of_a_team_at_home_reads_its_report_and_is_led_to_no_page_that_is_not_theirs(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    row = a_month(world, {"VISIT": 3}, mission=world.team.pk)
    place, report = f"/activity/hospitals/{world.hospital.pk}/", f"/activity/reports/{row.pk}/"
    leader = signed_in["leader"]
    assert leader.get(place).status_code == 404
    answer = leader.get(report)
    assert answer.status_code == 200
    assert place not in answer.content.decode()
    assert place in signed_in["auditor"].get(report).content.decode()


def test_of_a_hospital_that_never_reported_nobody_knows_how_many_months_are_missing(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    a_deed(world, held_on=dt.date(2026, 1, 1))
    shown = signed_in["office"].get("/activity/").content.decode()
    assert re.search(r'data-label="Missing">unknown<', shown)
    assert not re.search(r'data-label="Missing">0<', shown)


def test_the_pages_are_light(world: Counting, signed_in: dict[str, Client]) -> None:
    for n in range(1, 11):
        a_month(world, {"VISIT": n, "RESCUE": n, "DELIVERY": n}, dt.date(2026, n, 1))
        a_deed(world, held_on=dt.date(2026, n, 1))
    row = Report.objects.earliest("month")
    office = signed_in["office"]
    for address in (
        "/activity/", "/activity/review/", "/activity/words/",
        f"/activity/hospitals/{world.hospital.pk}/", f"/activity/reports/{row.pk}/",
        f"/activity/hospitals/{world.hospital.pk}/rows/?kind=VISIT&year=2026",
        f"/activity/hospitals/{world.hospital.pk}/record/", f"/activity/reports/{row.pk}/",
        f"/activity/missions/{world.team.pk}/months/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            answer = office.get(address)
        assert answer.status_code == 200, address
        assert len(asked) <= MOST_QUERIES, (address, len(asked))
        assert weight(answer.content) <= MOST_BYTES, address


def test_r71_a_record_tells_its_technique_and_shows_the_step_of_that_one_alone(
    world: Counting,
) -> None:
    item, other = a_service("Rinsing Test"), a_service("Draining Test")
    clerk = entered(world.accounts["clerk"])
    address = f"/activity/hospitals/{world.hospital.pk}"
    form = clerk.get(f"{address}/record/").content.decode()
    assert f"/catalogue/pick/?field=item&amp;near={world.hospital.area_id}" in form
    proposals = clerk.get("/catalogue/pick/?field=item&item=rinsing").content.decode()
    assert f"Rinsing Test [{item.key}]" in proposals
    told = {"kind": "OPERATION_DONE", "held_on": "2026-03-04", "count": "1"}
    page = clerk.post(f"{address}/record/", {**told, "item": "no such thing"})
    assert page.status_code == 422
    assert not Deed.objects.exists()
    typed = f"Rinsing Test [{item.key}]"
    assert clerk.post(f"{address}/record/", {**told, "item": typed}).status_code == 302
    deed = Deed.objects.get()
    assert (deed.item, deed.specialty) == (item, item.specialty)
    rows = clerk.get(f"{address}/rows/?kind=OPERATION_DONE&year=2026").content.decode()
    assert "Rinsing Test" in rows
    table = clerk.get(f"{address}/table.csv?year=2026")
    assert "Rinsing Test" in b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    step = f"/care/at/{world.hospital.pk}/propose"
    assert str(deed.pk) in clerk.get(f"{step}/{item.key}/").content.decode()
    assert str(deed.pk) not in clerk.get(f"{step}/{other.key}/").content.decode()


def test_the_page_of_a_month_overwrites_nothing_that_was_written_since_it_was_opened(
    world: Counting,
) -> None:
    clerk, by = entered(world.accounts["clerk"]), world.viewer("clerk")
    answer = clerk.post(f"/activity/hospitals/{world.hospital.pk}/report/", PRESENT)
    page, row = answer.headers["Location"], Report.objects.get()
    opened = dict(re.findall(r'name="(initial-\w+)"[^>]*value="([^"]*)"', text(clerk, page)))
    assert not opened, "nothing stood there"
    shown = dict.fromkeys(re.findall(r'name="(initial-\w+)"', text(clerk, page)), "")
    assert "initial-VISIT" in shown
    meanwhile = {"VISIT": Decimal(44), "LECTURE": Decimal(9)}
    fill_report(report=row.pk, values=meanwhile, by=by, at=NOW)

    told = shown | dict.fromkeys((name.removeprefix("initial-") for name in shown), "")
    assert clerk.post(page, told | {"RESCUE": "2"}).status_code == 302
    assert held(row) == {"VISIT": 44, "LECTURE": 9, "RESCUE": 2}

    refused = clerk.post(page, told | {"VISIT": "50", "initial-RESCUE": "2", "RESCUE": "2"})
    assert "Meanwhile somebody wrote 44 here" in refused.content.decode()
    assert 'name="initial-VISIT" value="44"' in refused.content.decode()
    assert held(row)["VISIT"] == 44
    again = told | {"VISIT": "50", "initial-VISIT": "44", "initial-RESCUE": "2", "RESCUE": ""}
    assert clerk.post(page, again).status_code == 302
    assert held(row) == {"VISIT": 50, "LECTURE": 9}


def text(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def held(row: Report) -> dict[str, int]:
    cells = row.counts.filter(basis="REPORTED").select_related("indicator")
    return {cell.indicator.words: int(cell.value) for cell in cells}
