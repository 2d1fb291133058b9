"""What is told of a team belongs to the team: its programme's office keeps it, no other."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.core.subjects import may_change_all
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.directory.models import Area
from marrow.sources.models import Document, Fact, Quote
from tests.builders import AUDITOR, NOW, OFFICE, a_batch

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_office_of_another_programme_takes_back_nothing_told_of_a_team(
    places: dict[str, Area],
) -> None:
    batch = a_batch(30)
    document = Document.objects.create(kind="REGISTER", title="Register", read_on=NOW.date())
    quote = Quote.objects.create(document=document, text="20 members", place="row 1")
    fact = Fact.objects.create(
        about_model="missions.mission", about=batch.pk, field="size", value="20", quote=quote
    )
    told = [("sources.fact", fact.pk)]
    mine = Viewer(uuid4(), "Mine", (Grant("office", PROGRAMME, batch.programme_id),))
    elsewhere = Viewer(uuid4(), "Elsewhere", (Grant("office", PROGRAMME, uuid4()),))
    assert may_change_all(OFFICE, told)
    assert may_change_all(mine, told)
    assert not may_change_all(elsewhere, told)
    assert not may_change_all(AUDITOR, told)
