"""R30–R60: people counted, honours, batches, kinds of mission, donations, the fallen, events."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from marrow.archive.queries import honours, streaks
from marrow.core.models import Operation
from marrow.directory.models import Grade, Organisation
from marrow.missions import demo
from marrow.missions.models import Donation, Fallen, Honour, Mission
from marrow.programmes.models import Event, Interruption, Programme, Series
from marrow.sources.models import Document, Fact, Quote
from tests.builders import NOW, OFFICE, SHARED

pytestmark = pytest.mark.both


def page(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def guinea(number: int) -> Mission:
    return Mission.objects.get(series__recipient_area__code="GN", number=number)


def test_r30_a_grade_with_the_date_it_was_attained(visitor: Client) -> None:
    grades = Grade.objects.filter(grade="三甲")
    assert grades.count() == 4
    assert set(grades.values_list("attained_on", flat=True)) == {""}, "the source gives no date"
    hospital = Organisation.objects.get(names__en="Shigatse People's Hospital")
    shown = page(visitor, f"/directory/{hospital.pk}/")
    assert "三甲" in shown
    assert "unknown" in shown


def test_r33_a_team_is_made_of_people_from_named_units(visitor: Client) -> None:
    batch = guinea(30)
    assert batch.size == 24
    assert {str(u.organisation) for u in batch.units.all()} == {
        "Beijing Anzhen Hospital", "Beijing Municipal Health Commission",
        "Beijing Center for Disease Prevention and Control",
    }  # fmt: skip
    assert {u.persons for u in batch.units.all()} == {None}, "how many of each is not told"
    vanuatu = Mission.objects.get(series__recipient_area__code="VU", number=2)
    assert [(str(u.organisation), u.persons) for u in vanuatu.units.all()] == [
        ("Beijing Tongren Hospital", 9)
    ]


def test_r35_deployments_are_counted_apart_from_persons(visitor: Client) -> None:
    facts = Fact.objects.filter(field="person_deployments")
    assert {f.standing for f in facts} == {"CLAIM", "ALSO"}
    assert {int(f.number or 0) for f in facts} == {1054}
    shown = page(visitor, "/")
    assert "1,054" in shown
    assert "not persons" in shown


def test_r39_honours_have_their_body_level_and_date(visitor: Client) -> None:
    award = Honour.objects.get(names__en="South-South Cooperation Award")
    assert (award.to, award.level, award.given_on) == ("TEAM", "UN", "2015-09")
    medal = Honour.objects.get(names__en="National medal of Vanuatu")
    assert (medal.to, medal.count) == ("MEMBERS", 9)
    assert "South-South Cooperation Award" in page(visitor, "/honours/")


def test_r40_the_streak_from_the_24th_batch_is_computed(visitor: Client) -> None:
    decorations = [h for h in honours() if h.to == "LEADER"]
    found = streaks(decorations)
    assert [(s.first, s.last) for s in found] == [(24, 28)]
    Honour.objects.filter(mission=guinea(26)).delete()
    assert streaks([h for h in honours() if h.to == "LEADER"]) == []


def test_r43_the_fallen_are_remembered_in_the_numbers_of_the_source(visitor: Client) -> None:
    rows = {f.area.code: f.persons for f in Fallen.objects.select_related("area")}
    assert rows == {"BF": 8, "LY": 3, "GN": 1}
    shown = page(visitor, "/memorial/")
    for words in ("8 in Burkina Faso", "3 in Libya", "1 in Guinea"):
        assert words in shown


def test_r46_numbered_batches(visitor: Client) -> None:
    series = Series.objects.filter(programme__key="beijing-teams")
    counted = {
        s.recipient_area.code if s.recipient_area else "UN": s.missions.exclude(number=None).count()
        for s in series
    }
    assert counted == {
        "GN": 30, "TT": 4, "BF": 10, "VU": 2, "LY": 3, "YUCS": 1, "LK": 1, "KW": 1, "ZM": 1,
        "FJ": 1, "PG": 1, "UN": 1,
    }  # fmt: skip
    assert sum(counted.values()) == 56
    assert "numbered batches to 12 recipients" in page(visitor, "/")


def test_r46_what_is_undated_stays_undated(visitor: Client) -> None:
    batches = Mission.objects.filter(series__programme__key="beijing-teams")
    dated = batches.exclude(departed_on="", arrived_on="", returned_on="")
    told = {(str(m.series.recipient_area), m.number, m.departed_on) for m in dated if m.series}
    assert told == {("Guinea", 1, "1968"), ("Vanuatu", 1, "2022")}


def test_r47_a_series_that_stopped_and_resumed(visitor: Client) -> None:
    pause = Interruption.objects.get()
    assert str(pause.series.recipient_area) == "Burkina Faso"
    assert (pause.stopped_on, pause.resumed_on) == ("", "2018")
    formed = Fact.objects.get(about=pause.pk, field="formed_in")
    assert formed.precision == "OVER"
    assert "Sent again: 2018" in page(visitor, f"/series/{pause.series_id}/")


def test_r48_batches_on_post_now(visitor: Client) -> None:
    away = Mission.objects.filter(status="ON_POST", invented=False)
    assert {(str(m.series and m.series.recipient_area), m.number, m.size) for m in away} == {
        ("Guinea", 30, 24), ("Vanuatu", 2, 9),
    }  # fmt: skip
    shown = page(visitor, f"/batches/{guinea(30).pk}/")
    assert "as of 2023-11-07" in shown


def test_r52_missions_have_their_kinds(visitor: Client) -> None:
    kinds = set(Mission.objects.values_list("kind", flat=True))
    assert kinds >= {
        "RESIDENT_BATCH", "SIX_MONTH_TEAM", "SHORT_SURGICAL", "OUTBREAK_EXPERTS", "ADVISER",
    }  # fmt: skip
    assert set(Mission.Kind.values) >= {
        "FREE_CLINIC", "RELIEF_TEAM", "HOSPITAL_SHIP", "CADRE", "TOUR", "HOSPITAL_PROJECT",
        "ONLINE_COURSE",
    }  # fmt: skip


def test_r53_one_short_mission_covers_several_countries(visitor: Client) -> None:
    mission = Mission.objects.get(kind="SHORT_SURGICAL")
    assert {s.area.code for s in mission.sites.all() if s.area} == {"AG", "JM"}
    assert set(mission.purposes) == {"SERVICE", "TEACHING"}
    assert "Antigua" in page(visitor, f"/batches/{mission.pk}/")


def test_r56_donations_and_buildings(visitor: Client) -> None:
    assert set(Donation.objects.values_list("kind", flat=True)) == {"BUILDING", "VACCINES"}
    doses = Fact.objects.get(field="vaccine_doses")
    assert (int(doses.number or 0), doses.precision) == (2_200_000_000, "OVER")
    assert "medical centres" in page(visitor, "/programmes/beijing-teams/")


def test_r60_meetings_with_their_speakers(visitor: Client) -> None:
    meeting = Event.objects.get(kind="ANNIVERSARY")
    assert meeting.held_on == "2023-11-03"
    assert [(s.names["zh"], s.spoke) for s in meeting.speakers.all()][-1] == ("李辉", False)
    assert set(Event.objects.values_list("kind", flat=True)) == {
        "ANNIVERSARY", "CEREMONY", "PRESS", "WORK",
    }  # fmt: skip
    assert "Li Wei" in page(visitor, "/programmes/beijing-teams/")


def test_a_second_filling_adds_nothing(history: None) -> None:
    before = Operation.objects.count()
    demo.fill(OFFICE, NOW)
    assert Operation.objects.count() == before


def test_every_fact_opens_its_words_its_document_and_the_day_it_was_read(visitor: Client) -> None:
    size = Fact.objects.get(about=guinea(30).pk, field="size")
    shown = page(visitor, f"/facts/{size.about}/size/")
    assert "24名队员分别来自北京安贞医院" in shown
    assert "2026-11-24" in shown
    assert size.quote.document.title.replace("&", "&amp;") in shown


def test_every_source_link_of_the_history_opens(visitor: Client) -> None:
    missing = []
    addresses = ["/", "/honours/", "/memorial/", "/timeline/", "/figures/"]
    addresses += [f"/programmes/{p.key}/" for p in Programme.objects.all()]
    addresses += [f"/batches/{guinea(30).pk}/", f"/series/{Interruption.objects.get().series_id}/"]
    for address in addresses:
        for link in set(page(visitor, address).split('href="/facts/')[1:]):
            where = "/facts/" + link.split('"')[0]
            if visitor.get(where).status_code != 200:
                missing.append((address, where))
    assert missing == []


def test_no_quote_is_more_than_a_clause(history: None) -> None:
    assert all(len(q.text) <= 300 for q in Quote.objects.all())


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is missing")
def test_every_quote_stands_in_its_document_as_it_is(history: None) -> None:
    texts = {
        f"five-documents:s{n}": path.read_text(encoding="utf-8")
        for n, path in enumerate(sorted((SHARED / "seeds").glob("*.txt")))
    }
    for document in Document.objects.filter(kind="NEWS"):
        for quote in document.quotes.all():
            assert quote.text in texts[document.key], quote.text


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is missing")
def test_every_claimed_number_is_a_figure_of_the_truth_table(history: None) -> None:
    truth = json.loads((SHARED / "data/statements/seed-statements.json").read_text("utf-8"))
    figures = {
        (f"five-documents:s{row['seed'][-1]}", row["value"])
        for row in truth["statements"]
        if row["kind"] in ("FIGURE", "RANK", "VAGUE") and row.get("value") is not None
    }
    claims = Fact.objects.filter(standing="CLAIM").exclude(number=None)
    unfounded = [
        (f.field, f.value)
        for f in claims.select_related("quote__document")
        if (f.quote.document.key, int(f.number or 0)) not in figures
    ]
    assert unfounded == []
