"""Who signed a handover reads in the language of the reader, where their account has it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from marrow.capacity.demo.visits import ON_PAPER
from marrow.desk.actions import say_also
from marrow.desk.demo.phrases import spoken_rows
from marrow.handovers import queries
from tests.builders import NOW, OFFICE
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


@pytest.mark.parametrize(
    ("language", "why"),
    [("en", "Nobody follows"), ("zh-hans", "无后续医疗队"), ("fr", "Personne ne suit")],
)
def test_why_an_invented_hospital_signed_on_paper_reads_in_the_readers_language(
    language: str, why: str
) -> None:
    world = leaving()
    row = signed_by_all(world)
    paper = row.signatures.filter(side="INCOMING")
    paper.update(way="PAPER", signer_name="Fatou Test", reason=ON_PAPER)
    for one, also in list(spoken_rows()):
        say_also(label=one._meta.label_lower, record=one.pk, also=also, by=OFFICE, at=NOW)
    with override(language):
        signers = queries.page_of(OFFICE, row, TODAY)["signers"]
        assert signers[paper.get().pk] == "Fatou Test"
        assert why in paper.get().said("reason")
