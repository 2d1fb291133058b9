"""Records of teams: taken in once, told beside each other, doubted aloud."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from marrow.core.journal.folding import fold, table
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import NotAllowed, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.missions.actions import record_teams
from marrow.missions.jobs import TEAMS
from marrow.missions.models import Donation, Mission, Site, TeamRecord
from marrow.missions.rules.records.reading import COLUMNS_NEEDED
from marrow.programmes.models import Programme, Series
from marrow.sources.actions import accept_finding, dismiss_finding, keep_document
from marrow.sources.models import Fact, Finding, Quote
from marrow.sources.queries import finding_for, findings_count
from marrow.ui.waiting import waiting
from tests.builders import AUDITOR, NOW, OFFICE, a_batch, a_programme, a_series

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def row(title: str, prose: str, **more: str) -> dict[str, str]:
    return {
        "project_id": "1", "title": title, "description": prose, "recipient_iso2": "MG",
        "recipient_condensed": "Madagascar", "year": "2001", "status": "Completion", **more,
    }  # fmt: skip


def team(number: int, year: int, size: int = 12, **more: str) -> dict[str, str]:
    end = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
    prose = (
        f"In May {year} the {number}{end} medical team of {size} members from Gansu Province"
        " arrived in Madagascar and worked at Mahitsy Hospital."
    )
    return row(f"{number}{end} Chinese medical team", prose, project_id=f"p{number}", **more)


def take(*rows: dict[str, str], release: str = "one") -> dict[str, int]:
    document = keep_document(key=release, kind="DATASET", title=release, by=OFFICE, at=NOW)
    return record_teams(
        rows=list(enumerate(rows, start=1)), document=document.pk, by=OFFICE, at=NOW
    )


def codes() -> set[str]:
    return set(Finding.objects.values_list("code", flat=True))


def test_numbered_teams_become_batches_of_a_series_per_recipient_and_sender() -> None:
    take(team(3, 2001), team(4, 2003))
    series = Series.objects.get()
    assert str(series.recipient_area) == "Madagascar"
    third = Mission.objects.get(number=3)
    assert (third.size, third.arrived_on, str(third.sender)) == (12, "2001-05", "Gansu")
    assert [s.as_told for s in third.sites.all()] == ["Mahitsy Hospital"]


def test_every_value_keeps_its_words_its_row_and_its_file() -> None:
    take(team(3, 2001))
    mission = Mission.objects.get()
    for field in ("size", "arrived_on", "sender"):
        fact = Fact.objects.get(about=mission.pk, field=field, standing="SHOWN")
        assert fact.quote.text in team(3, 2001)["description"]
        assert fact.quote.place.startswith("row 1, ")
        assert fact.quote.document.title == "one"
    assert Fact.objects.filter(about=Site.objects.get().pk, field="site").exists()


def test_a_re_import_adds_nothing() -> None:
    rows = (team(3, 2001), team(4, 2003), row("Donation of medicine", "China gave medicine."))
    take(*rows)
    before = [m.objects.count() for m in (Mission, Fact, Finding, TeamRecord, Series, Donation)]
    again = take(*rows, release="two")
    assert again["known"] == 3
    after = [m.objects.count() for m in (Mission, Fact, Finding, TeamRecord, Series, Donation)]
    assert before == after


def test_a_gap_in_the_numbers_is_a_finding_not_a_row() -> None:
    take(team(3, 2001), team(5, 2005))
    assert "GAP" in codes()
    assert set(Mission.objects.values_list("number", flat=True)) == {3, 5}


def test_numbers_that_run_against_time_are_a_finding() -> None:
    take(team(3, 2005), team(4, 2001))
    assert "OUT_OF_ORDER" in codes()


def test_a_second_file_that_says_something_else_stands_beside_the_first() -> None:
    take(team(3, 2001))
    take(team(3, 2001, size=14), release="two")
    mission = Mission.objects.get()
    assert mission.size == 12
    sizes = {(f.value, f.standing) for f in Fact.objects.filter(about=mission.pk, field="size")}
    assert sizes == {("12", "SHOWN"), ("14", "ALSO")}
    finding = Finding.objects.get(code="CONTRADICTS")
    accept_finding(finding=finding.pk, by=OFFICE, at=NOW)
    mission.refresh_from_db()
    assert mission.size == 14
    sizes = {(f.value, f.standing) for f in Fact.objects.filter(about=mission.pk, field="size")}
    assert sizes == {("12", "ALSO"), ("14", "SHOWN")}


def test_a_dismissed_finding_leaves_the_record_as_it_is() -> None:
    take(team(3, 2001))
    take(team(3, 2001, size=14), release="two")
    finding = Finding.objects.get(code="CONTRADICTS")
    dismiss_finding(finding=finding.pk, by=OFFICE, at=NOW, reason="a slip")
    assert Mission.objects.get().size == 12
    take(team(3, 2001, size=14), release="two")
    assert Finding.objects.get(code="CONTRADICTS").state == "DISMISSED", "never raised again"


def test_an_identifier_that_has_come_to_mean_another_team_is_told() -> None:
    take(team(3, 2001))
    other = team(9, 2011)
    take({**other, "project_id": "p3"}, release="two")
    assert "ID_MEANS_ANOTHER" in codes()
    assert Mission.objects.count() == 2, "the other team is a team of its own"


def test_a_series_that_another_programme_has_with_the_same_sender_is_joined(places: Any) -> None:
    gansu = a_programme("gansu-teams", places["CN-GS"])
    a_batch(3, a_series(gansu, "MG"))
    take(team(3, 2001), team(4, 2003))
    assert Series.objects.count() == 1
    assert Mission.objects.get(number=3).size == 12


def test_a_donation_is_no_batch() -> None:
    take(row("Chinese medical team donates medicine", "The team donated medicine in 2003."))
    assert not Mission.objects.exists()
    assert Donation.objects.get().kind == "MEDICINE"


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"title": "", "description": ""},
        {"title": "\x00\ufffd", "description": "é" * 50_000, "year": "MMXX"},
        {"title": "999999999999999999th medical team", "description": "-1 members in May 99999"},
    ],
)
def test_bad_rows_never_crash(cells: dict[str, str]) -> None:
    counts = take(cells)
    assert counts["rows"] == 1


def test_only_a_programme_office_takes_records_in() -> None:
    document = keep_document(key="d", kind="DATASET", title="d", by=OFFICE, at=NOW)
    with pytest.raises(NotAllowed):
        record_teams(rows=[], document=document.pk, by=AUDITOR, at=NOW)


def test_the_import_folds_back_from_the_journal() -> None:
    take(team(3, 2001), team(5, 2005, start_actual="2004-02-11"))
    sequence()
    for model in (Series, Mission, Fact, Finding, TeamRecord, Site):
        assert fold(model) == table(model)


def test_accepting_a_doubt_takes_its_value_with_the_words_that_say_so() -> None:
    take(team(3, 2001))
    told_again = team(3, 2001, size=13)
    told_again["description"] += " They stayed on."
    take(told_again, release="two")
    doubt = Finding.objects.get(code="CONTRADICTS", field="size")
    accept_finding(finding=doubt.pk, by=OFFICE, at=NOW)
    mission = Mission.objects.get()
    assert mission.size == 13
    shown = Fact.objects.get(about=mission.pk, field="size", standing="SHOWN")
    assert shown.value == "13"
    assert "13" in shown.quote.text
    assert Fact.objects.get(about=mission.pk, field="size", value="12").standing == "ALSO"


def test_accepting_a_doubt_about_a_figure_keeps_the_figure_with_its_words() -> None:
    take(team(3, 2001))
    mission = Mission.objects.get()
    quote = Quote.objects.filter(facts__about=mission.pk)[0]
    doubt = Finding.objects.create(
        key="k", code="UNSURE", about_model="missions.mission", about=mission.pk,
        field="operations", params={"value": "5283"}, raised_at=NOW, quotes=[str(quote.pk)],
        effect={"measure": "operations", "value": "5283"},
    )  # fmt: skip
    accept_finding(finding=doubt.pk, by=OFFICE, at=NOW)
    fact = Fact.objects.get(about=mission.pk, field="operations")
    assert (str(fact.number), fact.standing, fact.quote) == ("5283.0000", "SHOWN", quote)


def test_a_figure_taken_from_a_doubt_stays_as_soft_as_the_words_that_say_it() -> None:
    told = team(3, 2001)
    told["description"] += " They did about 300 operations. They performed over 5283 operations."
    take(told)
    doubt = Finding.objects.get(code="UNSURE", field="operations")
    with translation.override("en"):
        shown = finding_for(OFFICE, doubt.pk)
        assert "over 5,283" in shown.sentence
        assert "over 5,283" in shown.effect
    accept_finding(finding=doubt.pk, by=OFFICE, at=NOW)
    fact = Fact.objects.get(about=doubt.about, field="operations", standing="SHOWN")
    assert (fact.value, fact.precision) == ("5283", "OVER")


def test_a_year_that_is_taken_from_a_doubt_is_no_number() -> None:
    take(team(3, 2001))
    mission = Mission.objects.get()
    quote = Quote.objects.filter(facts__about=mission.pk)[0]
    doubt = Finding.objects.create(
        key="k", code="UNSURE", about_model="missions.mission", about=mission.pk,
        field="signed_on", params={"value": "2000"}, raised_at=NOW, quotes=[str(quote.pk)],
        effect={"field": "signed_on", "value": "2000"},
    )  # fmt: skip
    accept_finding(finding=doubt.pk, by=OFFICE, at=NOW)
    assert Fact.objects.get(about=mission.pk, field="signed_on").number is None


def test_the_office_of_another_programme_decides_nothing_here_and_is_asked_nothing() -> None:
    take(team(3, 2001))
    doubt = Finding.objects.create(
        key="k", code="GAP", about_model="missions.mission", about=Mission.objects.get().pk,
        raised_at=NOW,
    )  # fmt: skip
    other = Viewer(UUID(int=9), "Other", (Grant("office", "programme", UUID(int=77)),))
    with pytest.raises(Unseen):
        accept_finding(finding=doubt.pk, by=other, at=NOW)
    with pytest.raises(Unseen):
        dismiss_finding(finding=doubt.pk, by=other, at=NOW)
    assert findings_count(OFFICE) > 0
    assert findings_count(other) == 0
    assert waiting(other, NOW.date()) == []
    mine = Viewer(UUID(int=8), "Own", (Grant("office", "programme", Programme.objects.get().pk),))
    assert findings_count(mine) == findings_count(OFFICE)


def test_a_later_release_that_tells_a_trip_in_other_words_adds_no_second_trip() -> None:
    camp = row(
        "Chinese doctors perform free cataract surgery", "In 2010 they came.", project_id="7"
    )
    take(camp)
    counts = take({**camp, "description": "In 2010 they came again and again."}, release="two")
    assert Mission.objects.count() == 1
    assert counts["retold"] == 1
    assert "ID_MEANS_ANOTHER" not in codes()


def test_a_later_release_in_which_a_number_means_another_team_raises_a_doubt() -> None:
    take(row("Chinese doctors perform free cataract surgery", "In 2010.", project_id="7"))
    take(row("China donates malaria medicine", "In 2012 a gift.", project_id="7"), release="two")
    assert "ID_MEANS_ANOTHER" in codes()


def test_a_gap_is_no_doubt_any_more_when_another_file_tells_of_the_number() -> None:
    take(team(3, 2001), team(5, 2005))
    gap = Finding.objects.get(code="GAP")
    assert gap.state == "OPEN"
    take(team(4, 2003), release="two")
    gap.refresh_from_db()
    assert gap.state == "DISMISSED"
    take(team(6, 2007), team(8, 2011), release="three")
    assert [f.params["number"] for f in Finding.objects.filter(code="GAP", state="OPEN")] == ["7"]


def test_every_column_that_the_reader_knows_comes_through_the_import() -> None:
    wanted = {column.code for column in TEAMS.columns}
    assert set(COLUMNS_NEEDED) | {"start_planned", "end_planned"} <= wanted


def test_a_planned_end_is_kept_as_planned_and_a_planned_start_is_doubted() -> None:
    prose = "The 3rd medical team from Gansu Province worked at Mahitsy Hospital."
    planned = {"start_planned": "2001-05-06", "end_planned": "2003-05-06"}
    take(row("3rd Chinese medical team", prose, **planned))
    mission = Mission.objects.get()
    assert (mission.planned_end_on, mission.returned_on) == ("2003-05-06", "")
    assert (mission.departed_on, mission.arrived_on) == ("", "")
    assert Finding.objects.get(code="UNSURE", field="departed_on").params["value"] == "2001-05-06"
