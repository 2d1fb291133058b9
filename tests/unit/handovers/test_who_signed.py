"""Who signed a handover reads in the language of the reader, where their account has it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from marrow.handovers import queries
from tests.builders import OFFICE
from tests.builders.leaving import TODAY, leaving, signed_by_all

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_who_signed_reads_in_the_language_of_the_reader() -> None:
    world = leaving()
    row = signed_by_all(world)
    one = row.signatures.get(side="OUTGOING")
    account = world.accounts["outgoing"]
    account.names = {"en": one.signer_name, "zh": "胡泉（虚构）"}
    account.save()
    with override("zh-hans"):
        assert queries.page_of(OFFICE, row, TODAY)["signers"][one.pk] == "胡泉（虚构）"
    with override("en"):
        assert queries.page_of(OFFICE, row, TODAY)["signers"][one.pk] == one.signer_name
