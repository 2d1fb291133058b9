"""Who signed in a logbook and who decided on a first are named in the reader's language."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.accounts.actions import open_account
from marrow.core.words import names
from marrow.entrusting.actions import propose_first
from marrow.entrusting.models import Entrustment, FirstTime
from tests.acceptance.test_r73_local_staff_work_alone import speaking
from tests.builders import ADMIN, NOW
from tests.builders.capability import a_service
from tests.builders.entrusted import a_house, shown, signed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
CALLED = names("Hu Quan (invented)", zh="胡泉（虚构）", fr="Hu Quan (fictif)")


def test_a_signature_of_a_logbook_and_of_a_first_has_its_name_in_the_readers_language() -> None:
    house = a_house()
    head = open_account(
        username="their-head", password="correct horse 9", full_name=CALLED["fr"], by=ADMIN, at=NOW,
        names=CALLED, invented=True,
    )  # fmt: skip
    item = a_service()
    shown(house, item)
    signed(house, item, 3)
    signed_by = {"signer": head.pk, "signer_name": CALLED["fr"]}
    Entrustment.objects.update(**signed_by)
    first = propose_first(
        organisation=house.ward.hospital.pk, by=house.ward.head, at=NOW,
        first=FirstTime(
            id=uuid4(), item=item, side="LOCAL", by_whom="LOCALS", evidence="the unit’s book"
        ),
    )  # fmt: skip
    FirstTime.objects.filter(pk=first.pk).update(
        state="CONFIRMED", decided_by=head.pk, decided_name=CALLED["fr"], decided_at=NOW
    )
    client = speaking("reader", "head", house.ward.hospital)
    for address in (f"/entrusting/people/{house.nurse.pk}/", f"/entrusting/firsts/{first.pk}/"):
        for tongue, name in (("en", "en"), ("fr", "fr"), ("zh-hans", "zh")):
            page = client.get(address, headers={"accept-language": tongue}).content.decode()
            assert CALLED[name] in page, (address, tongue)
