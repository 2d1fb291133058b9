"""A unit brings its own roster in: template, preview, row errors, nothing before it agrees."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.models import Account
from marrow.core.jobs import run_one
from marrow.core.models import Operation
from marrow.core.viewer import ORGANISATION
from marrow.people.models import Credential, Person
from marrow.sources.models import Document, Intake
from tests.builders import ADMIN, NOW, a_sending_hospital
from tests.builders.calling import a_token, bearing

pytestmark = [
    pytest.mark.both, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("places"),
]  # fmt: skip


@pytest.fixture
def unit() -> Client:
    """The officer of one hospital, and no other."""
    here = a_sending_hospital()
    a_sending_hospital("Beijing Other Hospital")
    account = open_account(
        username="officer", password="correct horse 7", full_name="Officer", by=ADMIN, at=NOW,
        invented=True,
    )  # fmt: skip
    give_role(account=account, role="unit", scope=ORGANISATION, thing=here.pk, by=ADMIN, at=NOW)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def filled(client: Client, *rows: dict[str, str]) -> io.BytesIO:
    """The template that the page gives, with rows written into it."""
    book: Workbook = load_workbook(
        io.BytesIO(client.get("/people/roster-template.xlsx").getvalue())
    )
    sheet = book.worksheets[0]
    header = [str(cell.value) for cell in sheet[1]]
    for number, row in enumerate(rows, start=2):
        for name, text in row.items():
            sheet.cell(number, header.index(name) + 1, text)
    found = io.BytesIO()
    book.save(found)
    found.seek(0)
    found.name = "roster.xlsx"
    return found


def one(name: str, unit: str = "Beijing Test Hospital", **more: str) -> dict[str, str]:
    return {
        "Name in English": name, "Unit": unit, "Profession": "doctor", "Year of birth": "1984",
    } | more  # fmt: skip


def sent(client: Client, *rows: dict[str, str]) -> str:
    """Send the file and match its columns; returns the page with what it would do."""
    answer = client.post("/imports/", {"kind": "roster", "file": filled(client, *rows)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    row = Intake.objects.latest("uploaded_at")
    told = {f"column-{code}": name for code, name in row.mapping.items()}
    answer = client.post(f"/imports/{row.pk}/columns/", {"title": "Our roster", **told})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client.get(f"/imports/{row.pk}/").content.decode()


def test_the_unit_finds_the_way_and_its_own_name_to_choose(unit: Client) -> None:
    page = unit.get("/people/").content.decode()
    assert "/imports/?kind=roster" in page
    sending = unit.get("/imports/").content.decode()
    assert "A roster of people" in sending
    assert "register" not in sending.lower()
    book = load_workbook(io.BytesIO(unit.get("/people/roster-template.xlsx").getvalue()))
    chosen = [cell.value for column in book["lists"].columns for cell in column]
    assert "Beijing Test Hospital" in chosen
    assert "Beijing Other Hospital" not in chosen


def test_nothing_is_written_before_the_unit_says_so_and_rows_of_others_are_errors(
    unit: Client,
) -> None:
    page = sent(
        unit, one("Wang Test"), one("Li Test", "Beijing Other Hospital"), one("Wang Test"),
        one("Zhao Test", Profession="wizard"),
    )  # fmt: skip
    assert "not a unit of yours: 1" in page
    assert "row 3: not a unit of yours" in page
    assert "row 5: profession not in the list" in page
    assert "known already" in page
    assert Person.objects.count() == 0
    row = Intake.objects.get()
    assert unit.post(f"/imports/{row.pk}/start/").status_code == 302
    assert run_one()
    assert [str(p) for p in Person.objects.all()] == ["Wang Test"]
    done = unit.get(f"/imports/{row.pk}/").content.decode()
    assert "not a unit of yours: 1" in done
    assert "/findings/" not in done


def test_the_same_roster_again_adds_nobody(unit: Client) -> None:
    for _time in range(2):
        sent(unit, one("Wang Test"))
        unit.post(f"/imports/{Intake.objects.latest('uploaded_at').pk}/start/")
        assert run_one()
    assert Person.objects.count() == 1


def licensed(until: str) -> dict[str, str]:
    return one("Wang Test", **{"Licence number": "A-1", "Licence valid until": until})


def test_a_renewed_licence_of_somebody_known_is_taken_and_shown_before(unit: Client) -> None:
    for until, says in (("2027-06-30", "new"), ("2032-06-30", "changes: licence A-1 2032-06-30")):
        assert says in sent(unit, licensed(until))
        unit.post(f"/imports/{Intake.objects.latest('uploaded_at').pk}/start/")
        assert run_one()
    assert [(c.number, str(c.expires_on)) for c in Credential.objects.all()] == [
        ("A-1", "2032-06-30")
    ]
    assert Person.objects.count() == 1
    done = unit.get(f"/imports/{Intake.objects.latest('uploaded_at').pk}/").content.decode()
    assert "licences told otherwise now" in done


def test_where_nothing_would_be_written_there_is_nothing_to_import(unit: Client) -> None:
    assert "Import it" in sent(unit, licensed("2027-06-30"))
    unit.post(f"/imports/{Intake.objects.latest('uploaded_at').pk}/start/")
    assert run_one()
    for until in ("2027-06-30", "2025-06-30"):
        page = sent(unit, licensed(until))
        assert "Nothing in it would be written." in page
        assert "Import it" not in page


def test_a_unit_brings_in_no_register_and_reads_no_file_of_another(
    unit: Client, signed_in: dict[str, Client]
) -> None:
    register = io.BytesIO(b"name,country\nHospital,GN\n")
    register.name = "register.csv"
    answer = unit.post("/imports/", {"kind": "register", "file": register})
    assert answer.status_code == 403
    sent(unit, one("Wang Test"))
    row = Intake.objects.get()
    assert signed_in["unit"].get(f"/imports/{row.pk}/").status_code == 404
    recipient = signed_in["recipient"]
    assert recipient.get(f"/imports/{row.pk}/").status_code == 404
    register.seek(0)
    answer = recipient.post("/imports/", {"kind": "register", "file": register})
    assert answer.status_code == 403


def test_rows_that_an_import_did_not_take_are_listed_afterwards_everywhere(unit: Client) -> None:
    sent(unit, one("Wang Test"), one("Li Test", "Beijing Other Hospital"),
         one("Zhao Test", Profession="wizard"))  # fmt: skip
    row = Intake.objects.get()
    assert unit.post(f"/imports/{row.pk}/start/").status_code == 302
    assert run_one()
    done = unit.get(f"/imports/{row.pk}/").content.decode()
    assert "row 3: not a unit of yours" in done
    assert "row 4: profession not in the list" in done
    table = unit.get(f"/imports/{row.pk}/rows.csv")
    lines = b"".join(table).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["3", "4"]
    program = bearing(a_token(Account.objects.get(username="officer"))[1])
    items = program.get(f"/api/v1/imports/{row.pk}/problems").json()["items"]
    assert [item["row"] for item in items] == [3, 4]


def test_the_document_of_an_import_is_not_taken_back_while_the_import_names_it(
    unit: Client, signed_in: dict[str, Client]
) -> None:
    sent(unit, one("Wang Test"))
    row = Intake.objects.get()
    unit.post(f"/imports/{row.pk}/start/")
    row.refresh_from_db()
    assert row.document
    act = Operation.objects.get(record=row.document).act
    office = signed_in["office"]
    assert "roster.xlsx" in office.get(f"/journal/undo/{act}/").content.decode()
    assert office.post(f"/journal/undo/{act}/").status_code == 409
    assert Document.objects.filter(pk=row.document).exists()
