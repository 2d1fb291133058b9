"""Apprentices, studies, bases, what goes down; firsts and the card that fills itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.catalogue.models import Item
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.directory.models import Area, Organisation
from marrow.entrusting import access, actions, queries
from marrow.entrusting.models import Base, FirstTime, GreenChannel, HandedDown, Pair, Study
from marrow.entrusting.queries.card import Spell
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership
from tests.builders import AUDITOR, NOW, OFFICE, PAPER, a_hospital, a_programme
from tests.builders.capability import a_service, climbed, proposed
from tests.builders.catalogued import an_item
from tests.builders.entrusted import DAY, TODAY, House, a_house, logged, signed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def house() -> House:
    return a_house()


def paired(house: House, by: Viewer | None = None, item: Item | None = None) -> Pair:
    pair = Pair(
        id=uuid4(), teacher=house.expert, apprentice=house.nurse, track="CLINICAL", begun_on=TODAY
    )
    return actions.pair_up(
        organisation=house.ward.hospital.pk, pair=pair, items=[item or a_service()],
        agreement=PAPER, by=by or house.ward.head, at=NOW,
    )  # fmt: skip


def studying(house: House, by: Viewer | None = None) -> Study:
    study = Study(
        id=uuid4(), person=house.nurse, host=house.expert.unit, specialty="NEPHROLOGY",
        track="MANAGEMENT", begun_on="2025-09",
    )  # fmt: skip
    return actions.send_to_study(
        organisation=house.ward.hospital.pk, study=study, by=by or house.ward.head, at=NOW
    )


def first_of(house: House, item: Item, by: Viewer | None = None, **more: object) -> FirstTime:
    told: dict[str, Any] = {
        "side": "LOCAL",
        "by_whom": "TOGETHER",
        "happened_on": "2026-10",
        **more,
    }
    row = FirstTime(id=uuid4(), item=item, evidence="the theatre's book", **told)
    return actions.propose_first(
        organisation=house.ward.hospital.pk, first=row, by=by or house.ward.visitor, at=NOW
    )


def test_a_pair_works_in_techniques_under_an_agreement_until_it_ends(house: House) -> None:
    item = a_service()
    row = paired(house, item=item)
    ((found, agreed),) = queries.brought_on_at(house.ward.hospital).pairs
    assert (found, agreed, [str(t) for t in found.techniques.all()]) == (row, True, [str(item)])
    with pytest.raises(Overtaken):
        paired(house, item=item)
    told: dict[str, Any] = {"pair": row.pk, "on": TODAY, "words": "alone since May", "at": NOW}
    with pytest.raises(Unseen):
        actions.end_pair(outcome="REACHED", by=house.ward.elsewhere, **told)
    with pytest.raises(NotAllowed):
        actions.end_pair(outcome="REACHED", by=AUDITOR, **told)
    with pytest.raises(Refused, match="what came of it"):
        actions.end_pair(outcome="UNDER_WAY", by=house.ward.head, **told)
    assert actions.end_pair(outcome="REACHED", by=house.ward.head, **told).ended_on == TODAY
    assert paired(house, item=item).outcome == "UNDER_WAY"


def test_an_apprentice_is_of_the_house(house: House) -> None:
    pair = Pair(
        id=uuid4(), teacher=house.nurse, apprentice=house.expert, track="CLINICAL", begun_on=TODAY
    )
    with pytest.raises(Refused, match="no colleague"):
        actions.pair_up(
            organisation=house.ward.hospital.pk, pair=pair, items=[a_service()],
            by=house.ward.head, at=NOW,
        )  # fmt: skip


def test_somebody_studies_away_and_what_they_do_since_is_told(house: House) -> None:
    row = studying(house)
    assert queries.brought_on_at(house.ward.hospital).away == 1
    with pytest.raises(Refused, match="before they left"):
        actions.end_study(
            study=row.pk, state="RETURNED", on="2024", now_does="", by=house.ward.head, at=NOW
        )
    back = actions.end_study(
        study=row.pk, state="RETURNED", on="2026-03", now_does="leads the dialysis unit",
        by=house.ward.head, at=NOW,
    )  # fmt: skip
    assert (back.state, back.now_does) == ("RETURNED", "leads the dialysis unit")
    with pytest.raises(Unseen):
        studying(house, by=house.ward.elsewhere)


def test_a_base_opens_green_channels_and_hands_down(house: House) -> None:
    hospital, head = house.ward.hospital, house.ward.head
    base = actions.name_base(
        organisation=hospital.pk, by=head, at=NOW,
        base=Base(id=uuid4(), kind="RESIDENTS", specialty="NEPHROLOGY", started_on="2024"),
    )  # fmt: skip
    below = a_hospital("Centre de santé Essai")
    opened: dict[str, Any] = {"base": base.pk, "by": head, "at": NOW}
    actions.open_channel(channel=GreenChannel(id=uuid4(), organisation=below), **opened)
    with pytest.raises(Overtaken):
        actions.open_channel(channel=GreenChannel(id=uuid4(), organisation=below), **opened)
    actions.hand_down(
        organisation=hospital.pk, taker=below, by=head, at=NOW,
        down=HandedDown(id=uuid4(), specialty="NEPHROLOGY", on=TODAY, what="How to see it early"),
    )  # fmt: skip
    (down, _words), *none = queries.brought_on_at(below).taken
    assert (down.persons, none) == (None, [])
    assert [c.base for c in queries.brought_on_at(below).channels] == [base]
    assert actions.end_base(base=base.pk, on="2026", by=head, at=NOW).stopped_on == "2026"
    with pytest.raises(NotAllowed):
        actions.end_base(base=base.pk, on="2026", by=AUDITOR, at=NOW)


def test_a_base_takes_no_day_to_come_and_does_not_end_before_it_began(house: House) -> None:
    hospital, head = house.ward.hospital.pk, house.ward.head

    def named(since: str) -> Base:
        base = Base(id=uuid4(), kind="RESIDENTS", specialty="NEPHROLOGY", started_on=since)
        return actions.name_base(organisation=hospital, base=base, by=head, at=NOW)

    with pytest.raises(Refused, match="still to come"):
        named("2035")
    base, below = named("2026-05").pk, a_hospital("Centre de santé Essai")
    for since, why in (("2035-01", "still to come"), ("2024", "opens after its base began")):
        channel = GreenChannel(id=uuid4(), organisation=below, started_on=since)
        with pytest.raises(Refused, match=why):
            actions.open_channel(base=base, channel=channel, by=head, at=NOW)
    channel = GreenChannel(id=uuid4(), organisation=below, started_on="2026-09")
    actions.open_channel(base=base, channel=channel, by=head, at=NOW)
    for on, why in (("1990", "before it began"), ("2026-08", "before it began: that is 2026-09"),
                    ("2035", "still to come")):  # fmt: skip
        with pytest.raises(Refused, match=why):
            actions.end_base(base=base, on=on, by=head, at=NOW)
    with pytest.raises(Refused, match="still to come"):
        actions.close_channel(channel=channel.pk, on="2035", by=head, at=NOW)
    assert actions.end_base(base=base, on="2026", by=head, at=NOW).stopped_on == "2026"


def test_nobody_is_told_to_study_elsewhere_from_a_day_to_come(house: House) -> None:
    def sent(begun: str, planned: str = "") -> Study:
        study = Study(
            id=uuid4(), person=house.nurse, host=house.expert.unit, specialty="NEPHROLOGY",
            track="MANAGEMENT", begun_on=begun, planned_end_on=planned,
        )  # fmt: skip
        return actions.send_to_study(
            organisation=house.ward.hospital.pk, study=study, by=house.ward.head, at=NOW
        )

    with pytest.raises(Refused, match="still to come"):
        sent("2035-09")
    with pytest.raises(Refused, match="before it began"):
        sent("2026-05", "2025")
    row = sent("2026-05", "2027")
    with pytest.raises(Refused, match="still to come"):
        actions.end_study(
            study=row.pk, state="RETURNED", on="2035", now_does="", by=house.ward.head, at=NOW
        )


def test_a_first_stands_once_a_head_of_the_house_confirmed_it(house: House) -> None:
    item = a_service()
    row = first_of(house, item)
    with pytest.raises(Overtaken):
        first_of(house, item)
    with pytest.raises(NotAllowed):
        actions.confirm_first(first=row.pk, by=house.ward.visitor, at=NOW)
    with pytest.raises(Unseen):
        actions.confirm_first(first=row.pk, by=house.ward.elsewhere, at=NOW)
    assert queries.register(house.ward.elsewhere, queries.Sought()) == []
    actions.confirm_first(first=row.pk, by=house.ward.head, at=NOW)
    assert [f for f, _t in queries.register(house.ward.elsewhere, queries.Sought())] == [row]
    assert queries.register(house.ward.head, queries.Sought(year="2025")) == []


def test_a_first_that_was_none_may_be_proposed_again(house: House) -> None:
    item = a_service()
    row = first_of(house, item)
    actions.decline_first(first=row.pk, reason="done in 2011", by=house.ward.head, at=NOW)
    with pytest.raises(Refused, match="does not lie"):
        first_of(house, item, within=Area.objects.get(code="CN"))
    assert first_of(house, item, within=Area.objects.get(code="GN")).state == "PROPOSED"


def test_a_sending_unit_confirms_its_own_firsts(house: House) -> None:
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, house.expert.unit_id),))
    row = FirstTime(
        id=uuid4(), item=a_service(), side="SENDER", by_whom="VISITORS", happened_on="2026",
        evidence="first case abroad",
    )  # fmt: skip
    actions.propose_first(organisation=house.expert.unit_id, first=row, by=unit, at=NOW)
    assert queries.firsts_to_decide(unit) == [row]
    assert actions.confirm_first(first=row.pk, by=unit, at=NOW).state == "CONFIRMED"


def test_the_ladder_proposes_what_nobody_in_the_area_did_before(house: House) -> None:
    item, ward = a_service(), house.ward
    step = climbed(ward, item, 4, TODAY)
    assert queries.candidates_of([ward.hospital]) == [step]
    assert FirstTime.objects.count() == 0
    other = a_house(32)
    climbed(other.ward, item, 4, TODAY - 9 * DAY)
    assert queries.candidates_of([ward.hospital]) == []
    (found,) = queries.candidates_of([other.ward.hospital])
    first_of(other, item, by=other.ward.head, step=found)
    assert queries.candidates_of([other.ward.hospital]) == []


def test_of_two_on_one_day_neither_is_proposed_and_a_smaller_area_has_its_own_first(
    house: House,
) -> None:
    item, one, later, within = a_service(), house.ward, a_house(33).ward, a_house(34).ward
    around = Area.objects.get(code="GN")
    inner = Area.objects.create(
        id=uuid4(), code="GN-K", kind="REGION", parent=around, path=f"{around.path}GN-K/",
        names={"en": "Inner"},
    )  # fmt: skip
    Organisation.objects.filter(pk=within.hospital.pk).update(area=inner)
    houses = [one.hospital, later.hospital, within.hospital]
    first = climbed(one, item, 4, TODAY - 9 * DAY)
    climbed(later, item, 4, TODAY - DAY)
    own = climbed(within, item, 4, TODAY - DAY)
    assert queries.candidates_of(houses) == [first, own]
    climbed(a_house(35).ward, item, 4, TODAY - 9 * DAY)
    assert queries.candidates_of(houses) == [own]


def test_the_target_card_fills_itself_from_rows(house: House) -> None:
    ward, programme = house.ward, a_programme("card-test")
    assert queries.cards_of(programme) == []
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=ward.hospital,
        starts_on="2026-10",
    )  # fmt: skip
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )
    (card,) = queries.cards_of(programme)
    assert [f.count for f in card.figures] == [None] * 6
    service, system = (
        a_service(),
        an_item("Clinical pathways", kind="SERVICE", specialty="HOSPITAL_MANAGEMENT"),
    )
    for item in (service, system):
        climbed(ward, item, 4, TODAY)
    logged(house, service, by=ward.visitor)
    signed(house, service, 4)
    actions.confirm_first(first=first_of(house, service).pk, by=ward.head, at=NOW)
    (card,) = queries.cards_of(programme)
    figures = {f.code: f.count for f in card.figures}
    assert figures == {
        "specialties": 1, "platforms": None, "people": 1, "grades": None, "firsts": 1, "systems": 1,
    }  # fmt: skip
    for code, count in figures.items():
        assert len(queries.rows_of(ward.head, programme, code)) == (count or 0)
    (named,) = queries.rows_of(ward.head, programme, "people")
    (unnamed,) = queries.rows_of(ward.elsewhere, programme, "people")
    assert str(house.nurse) in named.what
    assert unnamed.what == "a colleague"


def test_a_specialty_that_fell_stays_counted_and_is_marked(
    house: House, signed_in: dict[str, Client]
) -> None:
    ward, programme = house.ward, a_programme("card-test")
    first, second = a_service(), a_service("Peritoneal dialysis")
    system = an_item("Clinical pathways", kind="SERVICE", specialty="HOSPITAL_MANAGEMENT")
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=ward.hospital,
        starts_on="2026-10",
    )  # fmt: skip
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )

    def marked(figure: str) -> bool:
        (row,) = queries.rows_of(ward.head, programme, figure)
        return not row.still

    for item in (first, system):
        climbed(ward, item, 4, TODAY - DAY)
    assert not marked("specialties")
    for item in (first, system):
        proposed(ward, item, 1, TODAY, by=ward.head, reason="The only doctor left")
    assert marked("specialties")
    assert marked("systems")
    (card,) = queries.cards_of(programme)
    assert {f.code: f.count for f in card.figures}["specialties"] == 1
    page = "/entrusting/card/card-test/specialties/"
    assert "not done alone today" in signed_in["office"].get(page).content.decode()
    climbed(ward, second, 4, TODAY)
    assert not marked("specialties"), "another item of it is done alone"


def test_who_came_to_work_alone_and_does_not_any_more_stays_counted_and_is_marked(
    house: House, signed_in: dict[str, Client]
) -> None:
    ward, programme, service = house.ward, a_programme("card-test"), a_service()
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=ward.hospital,
        starts_on="2026-10",
    )  # fmt: skip
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )
    logged(house, service, by=ward.visitor)
    signed(house, service, 4)
    (row,) = queries.rows_of(ward.head, programme, "people")
    assert row.still
    signed(house, service, 3, by=ward.head, reason="a long time away")
    (row,) = queries.rows_of(ward.head, programme, "people")
    assert not row.still
    shown = signed_in["office"].get("/entrusting/card/card-test/people/").content.decode()
    assert "Key staff who came to work alone" in shown
    assert "does not work alone today" in shown


def test_days_within_a_partnership() -> None:
    spell = Spell(uuid4(), "2020-06", "2022")
    inside = {"2020-06-01", "2020", "2021", "2022-12-31", "2022"}
    assert {d for d in inside if spell.holds(d)} == inside
    assert [d for d in ("2020-05-31", "2019", "2023", "2023-01-01") if spell.holds(d)] == []


def test_a_hospital_enters_and_sees_its_own_staff_and_no_others(house: House) -> None:
    ward = house.ward
    assert access.hospital_to_keep(ward.head, ward.hospital.pk)
    with pytest.raises(Unseen):
        access.hospital_to_keep(ward.elsewhere, ward.hospital.pk)
    with pytest.raises(NotAllowed):
        access.hospital_to_keep(AUDITOR, ward.hospital.pk)


def test_a_house_whose_area_is_unknown_stands_alone(house: House) -> None:
    step = climbed(house.ward, a_service(), 4, TODAY)
    Organisation.objects.filter(pk=house.ward.hospital.pk).update(area=None)
    assert queries.candidates_of([house.ward.hospital]) == [step]
