"""A hospital whose patients leave: its list, who must leave, its own office and its programme's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from marrow.accounts.actions import give_role, open_account
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.capacity.actions import expect_hospital
from marrow.catalogue.models import Item, List
from marrow.core.viewer import ORGANISATION, Viewer
from marrow.need.actions import identify_need, tell_outflow
from marrow.need.models import Need, Outflow
from marrow.teams.models import Seat
from tests.builders import ADMIN, NOW, OFFICE
from tests.builders.capability import Ward, a_service, a_ward, listed, proposed

#: a page that somebody signed and scanned
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
)
LONG_AGO = dt.date(2022, 1, 1)


@dataclass(frozen=True, slots=True)
class Lack:
    """A list of Guinea with one item that its one expected hospital refers away."""

    ward: Ward
    item: Item
    list: List
    recipient: Account

    @property
    def speaks(self) -> Viewer:
        return viewer_of(self.recipient)

    @property
    def seat(self) -> Seat:
        return self.ward.mission.seats.get()

    def client(self) -> Client:
        client = Client()
        client.force_login(
            self.recipient, backend="django.contrib.auth.backends.ModelBackend"
        )  # fmt: skip
        return client


def a_recipient(hospital: UUID, name: str = "of-the-hospital") -> Account:
    account = open_account(
        username=name, password="correct horse 9", full_name="Mariama Test", by=ADMIN, at=NOW,
        invented=True,
    )  # fmt: skip
    give_role(
        account=account, role="recipient", scope=ORGANISATION, thing=hospital, by=ADMIN, at=NOW
    )
    return account


def a_lack(name: str = "Haemodialysis", number: int = 31) -> Lack:
    ward = a_ward(number)
    item = a_service(name)
    found = listed(item)
    expect_hospital(key=found.key, organisation=ward.hospital.pk, by=OFFICE, at=NOW)
    proposed(ward, item, 0, LONG_AGO, by=ward.head, reason="no machine")
    return Lack(ward, item, found, a_recipient(ward.hospital.pk, f"recipient-{number}"))


def left(
    item: Item, period: str, patients: int, code: str = "GN", by: Viewer = OFFICE, **told: Any
) -> Outflow:
    """A telling of a year ("2025") or month ("2025-03"); of a hospital with `organisation`."""
    hospital = told.pop("organisation", None)
    year, _dash, month = period.partition("-")
    row = Outflow(
        id=uuid4(), item=item, grain="MONTH" if month else "YEAR",
        from_on=dt.date(int(year), int(month or 1), 1), patients=patients,
        **{"told_from": "the regional office", **told},
    )  # fmt: skip
    return tell_outflow(
        outflow=row, code="" if hospital else code, organisation=hospital, by=by, at=NOW
    )


def a_need(lack: Lack, by: Viewer = OFFICE) -> Need:
    return identify_need(
        organisation=lack.ward.hospital.pk, key=lack.list.key, item=lack.item.key,
        words="one nephrologist", by=by, at=NOW,
    )  # fmt: skip
