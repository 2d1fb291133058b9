"""Who signed a handover reads in the language of the reader, where their account has it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from marrow.capacity.demo.region import _head, _speaks
from marrow.capacity.demo.visits import ON_PAPER
from marrow.desk.actions import say_also
from marrow.desk.demo.phrases import spoken_rows
from marrow.directory.models import Organisation
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
    ("language", "office", "head", "why"),
    [
        ("en", "Office of the Test hospital", "Chief physician Test", "Nobody follows"),
        ("zh-hans", "试验医院办公室", "试验主任医师", "无后续医疗队"),
        ("fr", "Bureau de l’hôpital Test", "Médecin-chef Test", "Personne ne suit"),
    ],
)
def test_who_signed_for_an_invented_hospital_and_why_on_paper_reads_in_the_readers_language(
    language: str, office: str, head: str, why: str
) -> None:
    world = leaving()
    row = signed_by_all(world)
    hospital = Organisation.objects.order_by("pk")[0]
    own = row.signatures.filter(side="RECIPIENT")
    own.update(signer_name=_speaks(hospital).name)
    paper = row.signatures.filter(side="INCOMING")
    paper.update(way="PAPER", signer_name=_head(hospital).name, reason=ON_PAPER)
    for one, also in list(spoken_rows()):
        say_also(label=one._meta.label_lower, record=one.pk, also=also, by=OFFICE, at=NOW)
    with override(language):
        signers = queries.page_of(OFFICE, row, TODAY)["signers"]
        assert office in signers[own.get().pk]
        assert head in signers[paper.get().pk]
        assert why in paper.get().said("reason")
