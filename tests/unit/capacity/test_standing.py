"""What a capability stands on: staff, supplies, people from afar, one machine; what is asked after
the visitors have left."""

from __future__ import annotations

import datetime as dt
import html
import re
from uuid import uuid4

import pytest
from django.test import Client

from marrow.activity.models import Deed
from marrow.capacity.actions import (
    accept_supervision,
    answer_check,
    end_supervision,
    expect_hospital,
    offer_supervision,
    propose_step,
    receive_machine,
    sign_step,
    tell_presence,
    void_evidence,
)
from marrow.capacity.models import Equipment, Presence, Step, Supervision, SustainedCheck
from marrow.capacity.queries import (
    Chosen,
    Question,
    care_of,
    checks_of,
    matrix_of,
    open_checks,
)
from marrow.capacity.queries import fragile as fragile_query
from marrow.capacity.queries.fragile import rests_on
from marrow.capacity.queries.ladder import deeds_to_choose, evidence_of_deeds, lost_evidence
from marrow.capacity.queries.steps import level_now
from marrow.capacity.rules.care import Care
from marrow.catalogue.actions import add_requirement
from marrow.catalogue.models import Item, List, Requirement
from marrow.core.refusals import NotAllowed, Overtaken, Refused, Unseen
from marrow.core.viewer import AREA, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.missions.models import SendingUnit
from tests.builders import NOW, OFFICE, a_hospital
from tests.builders.capability import (
    Ward,
    a_service,
    a_ward,
    climbed,
    gone_home,
    listed,
    proposed,
    the_team_went_home,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def care(listing: List, on: dt.date = TODAY) -> Care:
    (found,) = care_of(Question(Area.objects.get(code="GN"), listing, on)).values()
    return found


def needing(item: Item, **need: object) -> Item:
    told = {"resource": "", "role": "", "specialty": "", "names": names(""), **need}
    add_requirement(item=item.key, need=Requirement(**told), by=OFFICE, at=NOW)
    return item


def there(ward: Ward, count: int, on: dt.date, /, by: Viewer | None = None, **of: str) -> Presence:
    row = Presence(id=uuid4(), count=count, on=on, **of)
    return tell_presence(organisation=ward.hospital.pk, presence=row, by=by or ward.head, at=NOW)


def test_a_supply_that_runs_out_suspends_what_needs_it_until_it_is_there_again(ward: Ward) -> None:
    item = needing(a_service(), kind="SUPPLY", resource="dialyser", names=names("dialyser"))
    listing = listed(item)
    climbed(ward, item, 4, TODAY - 40 * DAY)
    assert care(listing) == Care.BY_LOCALS
    there(ward, 0, TODAY - 20 * DAY, kind="SUPPLY", resource="dialyser")
    assert care(listing, TODAY - 21 * DAY) == Care.BY_LOCALS
    assert care(listing) == Care.NOT_ASSESSED
    there(ward, 1, TODAY - 3 * DAY, kind="SUPPLY", resource="dialyser")
    assert care(listing) == Care.BY_LOCALS


def test_with_fewer_nurses_than_it_requires_it_is_not_ready(ward: Ward) -> None:
    item = needing(a_service(), kind="STAFF", role="NURSE", specialty="NEPHROLOGY", count=3)
    listing = listed(item)
    climbed(ward, item, 5, TODAY - 40 * DAY)
    assert care(listing) == Care.BY_LOCALS  # of its nurses nothing is told: not broken
    there(ward, 2, TODAY - DAY, kind="STAFF", role="NURSE", specialty="NEPHROLOGY")
    assert care(listing) == Care.NOT_ASSESSED
    there(ward, 3, TODAY, kind="STAFF", role="NURSE", specialty="NEPHROLOGY")
    assert care(listing) == Care.BY_LOCALS


def test_bad_words_of_staff_and_supplies_are_refused(ward: Ward) -> None:
    wrong: tuple[tuple[int, dict[str, str]], ...] = (
        (2, {"kind": "SUPPLY", "resource": "dialyser"}), (1, {"kind": "STAFF", "role": "NURSE"}),
        (-1, {"kind": "STAFF", "role": "NURSE", "specialty": "NEPHROLOGY"}),
        (1, {"kind": "SUPPLY"}),
    )  # fmt: skip
    for count, of in wrong:
        with pytest.raises(Refused):
            there(ward, count, TODAY, None, **of)
    with pytest.raises(Refused, match="still to come"):
        there(ward, 1, TODAY + DAY, kind="SUPPLY", resource="dialyser")
    with pytest.raises(NotAllowed):
        there(ward, 1, TODAY, by=ward.elsewhere, kind="SUPPLY", resource="dialyser")


def test_an_expert_from_afar_holds_it_up_once_both_have_signed(ward: Ward) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 3, TODAY - 9 * DAY)
    gone_home(ward, TODAY - 5 * DAY)
    expect_hospital(
        key=listing.key, organisation=ward.hospital.pk, on=TODAY - 90 * DAY, by=ward.office, at=NOW
    )
    assert care(listing) == Care.MUST_LEAVE
    row = offer_supervision(
        organisation=ward.hospital.pk, specialty="NEPHROLOGY", from_on=TODAY - 2 * DAY,
        until_on=TODAY + 30 * DAY, by=ward.remote, at=NOW,
    )  # fmt: skip
    assert care(listing) == Care.MUST_LEAVE  # one signature is none
    for nobody in (ward.elsewhere, ward.remote, ward.visitor):
        with pytest.raises(NotAllowed):
            accept_supervision(supervision=row.pk, by=nobody, at=NOW)
    accept_supervision(supervision=row.pk, by=ward.head, at=NOW)
    assert care(listing) == Care.WITH_VISITORS
    assert care(listing, TODAY - DAY) == Care.MUST_LEAVE  # no day before it was signed
    assert care(listing, TODAY + 30 * DAY) == Care.WITH_VISITORS
    assert care(listing, TODAY + 31 * DAY) == Care.MUST_LEAVE
    with pytest.raises(Overtaken):
        accept_supervision(supervision=row.pk, by=ward.head, at=NOW)
    end_supervision(supervision=row.pk, on=TODAY + DAY, reason="Moved on", by=ward.remote, at=NOW)
    assert care(listing, TODAY + DAY) == Care.MUST_LEAVE


def test_a_supervision_of_a_wrong_time_or_specialty_is_refused(ward: Ward) -> None:
    def offer(specialty: str, first: dt.date, last: dt.date) -> Supervision:
        return offer_supervision(
            organisation=ward.hospital.pk, specialty=specialty, from_on=first, until_on=last,
            by=ward.remote, at=NOW,
        )  # fmt: skip

    with pytest.raises(Refused, match="specialty"):
        offer("NOTHING", TODAY, TODAY)
    with pytest.raises(Refused, match="first to a last day"):
        offer("NEPHROLOGY", TODAY, TODAY - DAY)
    offer("NEPHROLOGY", TODAY, TODAY + 9 * DAY)
    with pytest.raises(Refused, match="already"):
        offer("NEPHROLOGY", TODAY + 5 * DAY, TODAY + 40 * DAY)


def test_only_an_expert_of_the_sender_signs_from_afar(ward: Ward) -> None:
    row = proposed(ward, a_service(), 2, TODAY, by=ward.head)
    home, other = a_hospital("Sending Hospital"), a_hospital("Another Hospital")
    SendingUnit.objects.create(id=uuid4(), mission=ward.mission, organisation=home)

    def expert(scope: str, thing: object) -> Viewer:
        return Viewer(uuid4(), "From afar", (Grant("specialist", scope, thing),))  # type: ignore[arg-type]

    for stranger in (
        expert(ORGANISATION, other.pk), expert(PROGRAMME, uuid4()),
        expert(AREA, Area.objects.get(code="GN").pk),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            sign_step(step=row.pk, side="REMOTE", by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            offer_supervision(
                organisation=ward.hospital.pk, specialty="NEPHROLOGY", from_on=TODAY,
                until_on=TODAY, by=stranger, at=NOW,
            )  # fmt: skip
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    the_team_went_home(ward)
    of_sender = expert(ORGANISATION, home.pk)
    assert sign_step(step=row.pk, side="REMOTE", by=of_sender, at=NOW).state == "HOLDS"
    again = proposed(ward, a_service("Another"), 2, TODAY, by=ward.head)
    of_programme = expert(PROGRAMME, ward.mission.programme_id)
    assert sign_step(step=again.pk, side="REMOTE", by=of_programme, at=NOW).state == "PROPOSED"


def test_what_rests_on_one_machine_or_one_person_is_fragile(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = a_service(machine="dialysis-station")
    climbed(ward, item, 4, TODAY - 40 * DAY)
    pair = (ward.hospital.pk, item.pk)
    assert rests_on([pair], TODAY)[pair].why_fragile == ""  # nobody knows: not called fragile
    for number in (1, 2):
        machine = Equipment(
            id=uuid4(), machine="dialysis-station", label=f"Station {number}",
            installed_on=TODAY - 9 * DAY,
        )  # fmt: skip
        receive_machine(organisation=ward.hospital.pk, machine=machine, by=ward.head, at=NOW)
        wanted = "ONE_MACHINE" if number == 1 else ""
        assert rests_on([pair], TODAY)[pair].why_fragile == wanted
    monkeypatch.setattr(fragile_query, "_HANDS", [lambda _hospitals, _on: {pair: 1}])
    assert rests_on([pair], TODAY)[pair].why_fragile == "ONE_PERSON"
    monkeypatch.setattr(fragile_query, "_HANDS", [lambda _hospitals, _on: {pair: 3}])
    assert rests_on([pair], TODAY)[pair].why_fragile == ""


def test_after_the_visitors_left_the_hospital_is_asked_three_times(ward: Ward) -> None:
    item, weak = a_service(), a_service("Not alone yet")
    left = TODAY - 200 * DAY
    climbed(ward, item, 4, left - 9 * DAY)
    climbed(ward, weak, 3, left - 9 * DAY)
    gone_home(ward, left)
    found = checks_of([ward.hospital.pk])
    assert [(c.item, c.months) for c in found] == [(item, 3), (item, 6), (item, 12)]
    assert [c.months for c in open_checks([ward.hospital.pk], TODAY)] == [3, 6]
    assert [c.late(TODAY) for c in found] == [True, True, False]

    def answer(months: int, by: Viewer, *, still: bool = True) -> SustainedCheck:
        return answer_check(
            organisation=ward.hospital.pk, item=item.key, mission=ward.mission.pk, months=months,
            answer=SustainedCheck(still=still), by=by, at=NOW,
        )  # fmt: skip

    for stranger in (ward.elsewhere, ward.visitor, ward.remote):
        with pytest.raises(NotAllowed):
            answer(3, stranger)
    with pytest.raises(Refused, match="not before"):
        answer(12, ward.head)
    with pytest.raises(Unseen):
        answer(4, ward.head)
    answer(3, ward.head)
    with pytest.raises(Overtaken):
        answer(3, ward.head)
    answer(6, Viewer(uuid4(), "Ours", (Grant("recipient", ORGANISATION, ward.hospital.pk),)),
           still=False)  # fmt: skip
    assert open_checks([ward.hospital.pk], TODAY) == []


def test_where_visitors_came_back_nothing_is_asked_meanwhile(ward: Ward) -> None:
    item, left = a_service(), TODAY - 200 * DAY
    climbed(ward, item, 4, left - 9 * DAY)
    gone_home(ward, left)
    back = a_ward(32, at=NOW)
    site = back.mission.sites.get()
    site.organisation = ward.hospital
    site.save(update_fields=["organisation"])
    again = back.mission.seats.get().assignments.get()
    again.started_on = left + 100 * DAY
    again.save(update_fields=["started_on"])
    assert [c.months for c in checks_of([ward.hospital.pk])] == [3]


def test_the_matrix_is_narrowed_by_answer_specialty_and_severity(ward: Ward) -> None:
    first, second = a_service("First"), a_service("Second")
    listing = listed(first, second)
    climbed(ward, first, 4, TODAY)
    asked = Question(Area.objects.get(code="GN"), listing, TODAY)

    def shown(chosen: Chosen) -> list[Item]:
        return [line.item for _name, lines in matrix_of(asked, chosen).groups for line in lines]

    assert shown(Chosen()) == [first, second]
    assert shown(Chosen(care="BY_LOCALS")) == [first]
    assert shown(Chosen(care="NOT_ASSESSED")) == [second]
    assert shown(Chosen(severity=first.severity)) == [first, second]
    assert shown(Chosen(specialty="NEUROLOGY")) == []


def test_pages_tell_it_and_papers_hold_it(ward: Ward, client: Client) -> None:
    item = a_service(machine="dialysis-station")
    listing = listed(item)
    climbed(ward, item, 4, TODAY - 800 * DAY)
    at, home = f"/care/list/{listing.key}/", f"/care/at/{ward.hospital.pk}/"
    for address in (
        at, f"{at}?specialty=&care=BY_LOCALS", f"{at}changes/?from=2020-01-01",
        f"{at}item/{item.key}/", home, f"{home}?year={TODAY.year - 1}", f"{at}?known=2020-01-01",
        f"{at}?on=nonsense&known=nonsense", f"{home}?year=99999",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert str(item) in answer.content.decode() or "?known" in address, address
    sheet = client.get(f"{at}sheet.csv")
    assert str(item) in b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]
    for address in (f"{at}sheet.pdf", f"{home}book.pdf"):
        assert client.get(address).content.startswith(b"%PDF")
    assert client.get(f"{at}sheet.doc").status_code == 404


def test_a_figure_of_what_changed_opens_the_items_and_hospitals_that_made_it(
    ward: Ward, client: Client
) -> None:
    item = a_service()
    listing = listed(item)
    climbed(ward, item, 4, TODAY - 800 * DAY)
    at = f"/care/list/{listing.key}/changes/?from=2020-01-01"
    shown = client.get(at).content.decode()
    link = next(m for m in re.findall(r'href="([^"]+)"[^>]*>\+1</a>', shown) if "cause=STEP" in m)
    opened = client.get(f"/care/list/{listing.key}/changes/{html.unescape(link)}").content.decode()
    rows = opened.split('id="rows"')[1].split("</section>")[0]
    assert str(item) in rows
    assert str(ward.hospital) in rows
    for nonsense in ("&cause=STEP&care=x", "&cause=x&care=BY_LOCALS"):
        assert 'id="rows"' not in client.get(at + nonsense).content.decode()


def test_evidence_from_the_log_that_is_voided_later_leaves_the_step_and_says_so(ward: Ward) -> None:
    item = a_service()
    deed = Deed.objects.create(
        id=uuid4(), organisation=ward.hospital, mission=ward.mission, held_on=TODAY - 9 * DAY,
        kind="OPERATION_ASSISTED", count=1, specialty="NEPHROLOGY", recorded_by=uuid4(),
        recorded_at=NOW,
    )  # fmt: skip
    assert [pk for pk, _words in deeds_to_choose(ward.hospital, item)] == [deed.pk]
    row = propose_step(
        organisation=ward.hospital.pk, step=Step(id=uuid4(), item=item, level=2, on=TODAY),
        evidence=evidence_of_deeds([deed.pk]), by=ward.head, at=NOW,
    )  # fmt: skip
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    assert sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW).state == "HOLDS"
    assert lost_evidence([ward.hospital.pk]) == []
    Deed.objects.filter(pk=deed.pk).update(void_reason="Counted twice")
    assert lost_evidence([ward.hospital.pk]) == [row]
    assert level_now(ward.hospital.pk, item.pk, TODAY) == 2  # a person decides, not the machine
    with pytest.raises(Refused, match="taken back"):
        propose_step(
            organisation=ward.hospital.pk, step=Step(id=uuid4(), item=item, level=3, on=TODAY),
            evidence=evidence_of_deeds([deed.pk]), by=ward.head, at=NOW,
        )  # fmt: skip


def test_evidence_is_taken_back_by_the_head_with_a_reason_and_once(ward: Ward) -> None:
    row = climbed(ward, a_service(), 4, TODAY)
    (shown,) = row.evidence.all()
    for stranger in (ward.elsewhere, ward.visitor, ward.remote):
        with pytest.raises(NotAllowed):
            void_evidence(evidence=shown.pk, reason="x", by=stranger, at=NOW)
    with pytest.raises(Refused, match="why"):
        void_evidence(evidence=shown.pk, reason=" ", by=ward.head, at=NOW)
    void_evidence(evidence=shown.pk, reason="Another ward’s cases", by=ward.head, at=NOW)
    assert lost_evidence([ward.hospital.pk]) == [row]
    with pytest.raises(Overtaken):
        void_evidence(evidence=shown.pk, reason="again", by=ward.head, at=NOW)


def test_staff_are_told_of_no_day_before_teams_were_sent(ward: Ward) -> None:
    for on, why in ((dt.date(1900, 1, 1), "1963"), (TODAY + DAY, "still to come")):
        row = Presence(id=uuid4(), kind="STAFF", role="NURSE", specialty="NURSING", count=2, on=on)
        with pytest.raises(Refused, match=why):
            tell_presence(organisation=ward.hospital.pk, presence=row, by=ward.head, at=NOW)
