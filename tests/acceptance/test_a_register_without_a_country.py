"""A register that names no country comes in as it is: the office says once where it all lies."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from marrow.core.jobs import run_one
from marrow.directory.models import Organisation
from marrow.sources.models import Intake
from tests.builders.calling import sent

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
FILE = "name,district\nHôpital Un Test,Nord\nCentre Deux Test,Sud\n"


@pytest.fixture(autouse=True)
def _uploads(settings: object, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path  # type: ignore[attr-defined]


def received(client: Client, text: str = FILE) -> tuple[Intake, str]:
    file = SimpleUploadedFile("facilities.csv", text.encode())
    address = client.post("/imports/", {"kind": "register", "file": file}).headers["Location"]
    return Intake.objects.get(), address


def chosen(intake: Intake) -> dict[str, str]:
    return {f"column-{code}": name for code, name in intake.mapping.items()}


def test_the_country_is_said_once_for_the_whole_file(signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    intake, address = received(office)
    assert "Country, the same for the whole file" in office.get(address).content.decode()
    told = {**chosen(intake), "title": "Facilities"}
    assert office.post(f"{address}columns/", told).status_code == 422  # where do they lie?
    assert office.post(f"{address}columns/", {**told, "all-country": "GN"}).status_code == 302
    shown = office.get(address).content.decode()
    assert 'name="all-country" value="GN"' in shown
    assert "no country" not in shown
    assert office.post(f"{address}start/").status_code == 302
    while run_one():
        pass
    lies = {str(row): row.area.code for row in Organisation.objects.all() if row.area}
    assert (lies["Hôpital Un Test"], lies["Centre Deux Test"]) == ("GN", "GN")


def test_a_row_that_names_its_country_keeps_it(signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    _intake, address = received(office, "name,country\nHôpital Un Test,GN\nHospital Two Test,\n")
    told = {"column-name": "name", "column-country": "country", "title": "x", "all-country": "CN"}
    office.post(f"{address}columns/", told)
    office.post(f"{address}start/")
    while run_one():
        pass
    lies = {str(r): r.area.code for r in Organisation.objects.all() if r.area}
    assert lies["Hôpital Un Test"] == "GN"
    assert lies["Hospital Two Test"] == "CN"


def test_a_program_and_the_command_line_say_it_too(
    calling: dict[str, Client], signed_in: dict[str, Client], tmp_path: Path
) -> None:
    intake, _address = received(signed_in["office"])
    mapping = {"name": "name", "place": "district", "=country": "GN"}
    where = f"/api/v1/imports/{intake.pk}"
    assert (
        sent(calling["office"], "PUT", f"{where}/columns", {"mapping": mapping}).status_code == 200
    )
    assert calling["office"].get(f"{where}/preview").json()["counts"] == {"rows": 2}
    file = tmp_path / "facilities.csv"
    file.write_text(FILE, encoding="utf-8")
    out = io.StringIO()
    call_command("import", "register", str(file), "--dry-run", "--country", "GN", stdout=out)
    assert json.loads(out.getvalue()) == {"counts": {"rows": 2}, "problems": {}}
