"""R25, R26: what people leave for, where to, what it costs them; before and after it came."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from marrow.capacity.actions import propose_step
from marrow.capacity.models import Step
from marrow.core.jobs import run_one
from marrow.need.jobs import OUTFLOW
from marrow.need.models import Outflow
from marrow.sources.actions import map_columns, receive_file, start_intake
from marrow.sources.intake.kinds import guess
from marrow.sources.models import Intake
from tests.acceptance.test_r42_certificates import text_of
from tests.builders import NOW, OFFICE
from tests.builders.capability import a_ward, climbed
from tests.builders.needing import Lack, a_lack, left

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def lack(people: object) -> Lack:
    return a_lack()


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200, (address, answer.content)
    return answer.content.decode()


def test_r26_a_hospital_tells_whom_it_referred_away_where_to_and_what_it_cost(lack: Lack) -> None:
    client, hospital = lack.client(), lack.ward.hospital
    told = {
        "item": str(lack.item.pk), "period": "2025", "patients": "40", "to_words": "the capital",
        "cost": "300000", "currency": "xof", "cost_of": "EACH", "told_from": "the ward’s register",
    }  # fmt: skip
    address = f"/need/at/{hospital.pk}/left/"
    assert client.post(address, {**told, "period": "lately"}).status_code == 422
    assert client.post(address, {**told, "currency": ""}).status_code == 422
    today = timezone.localdate()
    assert client.post(address, {**told, "period": f"{today:%Y}"}).status_code == 422  # not over
    refused = client.post(address, {**told, "period": f"{today:%Y-%m}"})
    assert refused.status_code == 422, "the running month is not over"
    assert b"This period is not over" in refused.content
    assert client.post(address, told).status_code == 302
    shown = page(client, f"/need/at/{hospital.pk}/")
    for words in ("the capital", "XOF", "of one patient", "unknown"):  # kilometres are unknown
        assert words in shown
    row = Outflow.objects.get()
    assert row.kilometres is None
    again = {**told, "patients": "44", "told_from": "counted again"}
    assert client.post(f"/need/left/{row.pk}/correct/", again).status_code == 302
    new = Outflow.objects.get(current=True)
    assert (new.patients, new.supersedes) == (44, row)
    assert "Told before" in page(client, f"/need/left/{new.pk}/")
    assert (
        client.post(f"/need/left/{new.pk}/take-back/", {"reason": "wrong ward"}).status_code == 302
    )
    assert "Nobody told of any" in page(client, f"/need/at/{hospital.pk}/")
    assert "Corrected how many left" in page(client, f"/history/need.outflow/{new.pk}/")


def test_r25_r26_what_people_leave_for_stands_beside_what_the_area_can_treat(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    left(lack.item, "2025", 410)
    office = signed_in["office"]
    assert "410" in page(office, f"/care/list/{lack.list.key}/")
    shown = page(office, "/need/")
    assert "1 must leave" in shown
    assert "410 where it is known" in shown


def test_who_left_stands_beside_the_measure_on_its_front_page_its_paper_and_in_the_api(
    lack: Lack, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    """Unknown where nobody told it: never 0."""
    office, program = signed_in["office"], calling["office"]
    paper = f"/care/list/{lack.list.key}/sheet.pdf"
    unknown = "How many left for it in the last year is unknown."

    def answers() -> tuple[str, str, dict[str, Any]]:
        front, pdf = page(signed_in["stranger"], "/care/"), text_of(office.get(paper).getvalue())
        told: dict[str, Any] = program.get(f"/api/v1/care/{lack.list.key}").json()
        return front, " ".join(" ".join(pdf).split()), told

    front, pdf, told = answers()
    assert unknown in front
    assert unknown in pdf
    assert (told["left"], told["left_unknown"], told["items"][0]["left"]) == (None, 1, None)
    left(lack.item, "2025", 410)
    front, pdf, told = answers()
    assert "410 patients left for it in the last year" in front
    assert "410 patients left for it in the last year" in pdf
    assert (told["left"], told["left_unknown"], told["items"][0]["left"]) == (410, 0, 410)


def test_r26_before_and_after_a_capability_came(lack: Lack, signed_in: dict[str, Client]) -> None:
    each: dict[str, Any] = {"kilometres": 500, "cost": 1000, "currency": "XOF", "cost_of": "EACH"}
    for year, patients in (("2021", 44), ("2022", 36)):
        left(lack.item, year, patients, **each)
    climbed(lack.ward, lack.item, 4, dt.date(2023, 5, 1))
    left(lack.item, "2025", 10)
    shown = page(signed_in["auditor"], f"/need/GN/{lack.item.key}/")
    assert "Locals do it alone since 2023-05-01" in shown
    assert "30 fewer left than before" in shown
    assert "30,000" in shown  # kilometres there and back; as much money
    assert "XOF" in shown
    assert shown.count("unknown") >= 2  # the years of which nobody told


def test_the_years_of_an_item_scroll_in_a_box_of_their_own(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    """On a phone in French its words are wider than the screen."""
    left(lack.item, "2025", 10)
    shown = signed_in["auditor"].get(f"/need/GN/{lack.item.key}/").content.decode()
    heading = shown.index("Before and after")
    assert shown[heading:].split("<table>")[0].endswith('<div class="wide" tabindex="0">')


def test_r26_a_relapse_is_not_told_as_done(lack: Lack, signed_in: dict[str, Client]) -> None:
    left(lack.item, "2022", 40)
    climbed(lack.ward, lack.item, 4, dt.date(2023, 5, 1))
    propose_step(
        organisation=lack.ward.hospital.pk, by=lack.ward.head, at=NOW,
        step=Step(id=uuid4(), item=lack.item, level=2, on=dt.date(2024, 2, 1), reason="left"),
    )  # fmt: skip
    shown = page(signed_in["auditor"], f"/need/GN/{lack.item.key}/")
    assert "Locals do it alone since" not in shown
    assert "Locals did it alone from 2023-05-01; since 2024-02-01" in shown


def test_the_hospital_that_does_it_today_is_named_not_the_one_that_fell_back(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    left(lack.item, "2022", 40)
    other = a_ward(45)
    climbed(lack.ward, lack.item, 4, dt.date(2023, 5, 1))
    climbed(other, lack.item, 4, dt.date(2024, 1, 10))
    propose_step(
        organisation=lack.ward.hospital.pk, by=lack.ward.head, at=NOW,
        step=Step(id=uuid4(), item=lack.item, level=2, on=dt.date(2024, 2, 1), reason="left"),
    )  # fmt: skip
    shown = page(signed_in["auditor"], f"/need/GN/{lack.item.key}/")
    told = shown.index("do it alone since 2023-05-01, this hospital since 2024-01-10:")
    assert str(other.hospital) in shown[told : told + 300]
    assert str(lack.ward.hospital) not in shown[told : told + 300]


def test_r26_what_that_saved_stays_unknown_where_nobody_told_it(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    left(lack.item, "2022", 40)
    climbed(lack.ward, lack.item, 4, dt.date(2023, 5, 1))
    left(lack.item, "2025", 10)
    shown = page(signed_in["auditor"], f"/need/GN/{lack.item.key}/")
    assert "30 fewer left than before" in shown
    assert 'Kilometres saved: <span class="muted">unknown' in shown
    assert 'Money saved: <span class="muted">unknown' in shown


def test_where_more_left_than_before_it_says_more_and_no_figure_has_a_minus(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    each: dict[str, Any] = {"kilometres": 100, "cost": 50, "currency": "EUR", "cost_of": "EACH"}
    left(lack.item, "2022", 10, **each)
    climbed(lack.ward, lack.item, 4, dt.date(2023, 5, 1))
    left(lack.item, "2025", 25, **each)
    said = {
        "en": ("15 more left than before", "More kilometres travelled: 3,000", "spent: 750 EUR"),
        "fr": ("15 patients de plus qu’avant", "en plus : 3", "en plus : 750 EUR"),
        "zh-hans": ("比以前增加15人", "多行公里数： 3,000", "多花费用： 750 EUR"),
    }
    for tongue, words in said.items():
        auditor = signed_in["auditor"]
        answer = auditor.get(f"/need/GN/{lack.item.key}/", headers={"accept-language": tongue})
        shown = answer.content.decode()
        assert all(one in shown for one in words), tongue
        assert not any(one in shown for one in (" -15", " -3", " -750", "少-"))


def test_only_who_speaks_for_it_tells_who_left(lack: Lack, signed_in: dict[str, Client]) -> None:
    hospital = f"/need/at/{lack.ward.hospital.pk}/left/"
    assert signed_in["recipient"].get(hospital).status_code == 403  # of no hospital, or another
    assert signed_in["head"].get(hospital).status_code == 403
    assert signed_in["stranger"].get(hospital).status_code == 302
    assert lack.client().get("/need/of/GN/left/").status_code == 403
    assert signed_in["office"].get("/need/of/GN/left/").status_code == 200
    assert signed_in["office"].get("/need/of/XX-NOWHERE/left/").status_code == 404


HEAD = (
    "Area or hospital they left,Code of the item,Name of the item,Year or month,Patients who left,"
    'Where to,What it cost,Currency,Cost of all or of each,"Kilometres, one way",Who told it\n'
)
FILE = """GN,{key},,2025,410,Beijing,,,,,regional office
GN,{key},,2025-02,12,,,,,300,regional office
GN,{key},,2025-02,13,,,,,,twice
GN,no-such-item,,2025,5,,,,,,x
GN,{key},,2030,5,,,,,,x
GN,{key},,soon,5,,,,,,x
GN,{key},,2024,,,,,,,nobody counted
GN,{key},,2024,7,,90,,,,x
"""


def test_r26_a_file_is_looked_at_first_and_brings_in_what_can_be_read(
    lack: Lack, signed_in: dict[str, Client], settings: object, tmp_path: object
) -> None:
    settings.UPLOADS = tmp_path  # type: ignore[attr-defined]
    content = HEAD.encode() + FILE.format(key=lack.item.key).encode()
    for again in range(2):
        intake = receive_file(
            kind="outflow", name=f"left{again}.csv", parts=[content], by=OFFICE, at=NOW
        )
        map_columns(
            intake=intake.pk, mapping=guess(OUTFLOW, intake.header), title="Left", publisher="",
            by=OFFICE,
        )  # fmt: skip
        shown = page(signed_in["office"], f"/imports/{intake.pk}/")
        for words in (
            "not in the catalogue", "the same place, item, period and destination",
            "this year or month is not over", "no year or month that can be read",
            "a currency of three letters",
        ):  # fmt: skip
            assert words in shown
        start_intake(intake=intake.pk, by=OFFICE, at=NOW)
        work()
        intake.refresh_from_db()
        assert intake.counts["new"] == (0 if again else 2)
        assert intake.counts["absent"] == 1
    assert Outflow.objects.count() == 2
    assert Outflow.objects.get(grain="YEAR").to_area.code == "CN-BJ"  # type: ignore[union-attr]


def test_r26_a_hospital_brings_in_its_own_file_and_nobody_else_s_figures(
    lack: Lack, signed_in: dict[str, Client], settings: object, tmp_path: object
) -> None:
    settings.UPLOADS = tmp_path  # type: ignore[attr-defined]
    own, client = lack.ward.hospital, lack.client()
    assert "/imports/?kind=outflow" in page(client, f"/need/at/{own.pk}/")
    lines = [f"{place},{lack.item.key},,2025,8,,,,,,x" for place in (own, "GN")]
    file = SimpleUploadedFile("left.csv", (HEAD + "\n".join(lines)).encode())
    sent = client.post("/imports/", {"kind": "outflow", "file": file})
    assert sent.status_code == 302
    intake = Intake.objects.get()
    map_columns(intake=intake.pk, mapping=guess(OUTFLOW, intake.header), title="Left",
                publisher="", by=lack.speaks)  # fmt: skip
    assert "not an area or hospital of yours" in page(client, f"/imports/{intake.pk}/")
    assert client.post(f"/imports/{intake.pk}/start/").status_code == 302
    work()
    assert [(r.organisation, r.patients) for r in Outflow.objects.all()] == [(own, 8)]
    people = client.post("/imports/", {"kind": "teams", "file": file})
    assert people.status_code in (403, 422)
    assert signed_in["member"].get("/imports/").status_code == 403


def test_the_empty_table_is_one_that_an_import_reads(signed_in: dict[str, Client]) -> None:
    answer = signed_in["office"].get("/need/outflow-template.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    header = [str(cell) for cell in next(iter(book.active.values))]  # type: ignore[union-attr]
    assert all(guess(OUTFLOW, header).values())


def work() -> None:
    while run_one():
        pass


def test_r26_what_a_hospital_tells_without_where_to_stands_beside(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    left(lack.item, "2025", 77, organisation=lack.ward.hospital.pk, by=lack.speaks)
    shown = page(signed_in["auditor"], f"/need/GN/{lack.item.key}/")
    assert "Sent away by hospitals of the area" in shown
    assert "77" in shown


def test_in_chinese_one_is_asked_where_patients_went_not_which_place_was_given_something(
    lack: Lack, signed_in: dict[str, Client]
) -> None:
    address = f"/need/at/{lack.ward.hospital.pk}/left/"
    answer = signed_in["office"].get(address, headers={"accept-language": "zh-hans"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "转往哪个地区" in shown
    assert "受赠" not in shown
