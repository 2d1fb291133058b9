"""What is told of a team belongs to the team: its programme's office keeps it, no other."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marrow.core.refusals import Refused, Unseen
from marrow.core.subjects import may_change_all, record_for
from marrow.core.viewer import PROGRAMME, Grant, Viewer
from marrow.directory.models import Area
from marrow.missions.actions import change_batch
from marrow.sources.actions import Source
from marrow.sources.models import Document, Fact, Finding, Quote
from marrow.sources.queries import doubted, findings_about
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, a_batch

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


def test_a_doubt_about_anothers_team_has_no_history_for_an_office_that_may_not_decide_it(
    places: dict[str, Area],
) -> None:
    batch = a_batch(30)
    doubt = Finding.objects.create(
        key="k", code="UNSURE", about_model="missions.mission", about=batch.pk, field="size",
        raised_at=NOW,
    )  # fmt: skip
    mine = Viewer(uuid4(), "Mine", (Grant("office", PROGRAMME, batch.programme_id),))
    elsewhere = Viewer(uuid4(), "Elsewhere", (Grant("office", PROGRAMME, uuid4()),))
    for viewer in (OFFICE, AUDITOR, mine):
        assert record_for(viewer, "sources.finding", doubt.pk) == doubt
        assert [f.row for f in findings_about(viewer, {batch.pk})] == [doubt]
    for viewer in (elsewhere, LEADER):
        with pytest.raises(Unseen):
            record_for(viewer, "sources.finding", doubt.pk)
        assert findings_about(viewer, {batch.pk}) == []
    assert doubted([batch.pk]) == {(batch.pk, "size")}


@pytest.mark.parametrize("words", ["x y", "…", "是", "  a. "])
def test_words_that_say_nothing_are_no_source(words: str, places: dict[str, Area]) -> None:
    batch = a_batch(30)
    with pytest.raises(Refused, match="Copy the words"):
        change_batch(mission=batch.pk, size=9, source=Source("T", words), by=OFFICE, at=NOW)


@pytest.mark.parametrize("words", ["830", "二十人", "24 members"])
def test_a_short_clause_or_a_cell_of_a_table_is_one(words: str, places: dict[str, Area]) -> None:
    batch = a_batch(30)
    change_batch(mission=batch.pk, size=9, source=Source("T", words), by=OFFICE, at=NOW)
    assert Fact.objects.get(about=batch.pk, field="size").quote.text == words
