"""R1–R22: what the documents tell of programmes, recipients and partnerships, on their pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.directory.models import Department, Organisation
from marrow.missions.models import Mission
from marrow.programmes.actions import keep_commitments
from marrow.programmes.models import ConsortiumLink, Programme, Series
from marrow.programmes.rules import next_anniversary
from marrow.sources.models import Fact
from tests.builders import NOW, OFFICE

pytestmark = pytest.mark.both


def page(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def claim(programme: str, measure: str) -> Fact:
    about = Programme.objects.get(key=programme).pk
    return Fact.objects.get(about=about, field=measure, standing="CLAIM")


def test_r1_programmes_have_a_start_and_anniversaries(visitor: Client) -> None:
    shown = page(visitor, "/programmes/beijing-teams/")
    assert "1968" in shown
    years, in_year = next_anniversary("1968", dt.date(2026, 11, 24)) or (0, 0)
    assert (years, in_year) == (60, 2028)
    assert next_anniversary("1968", dt.date(2023, 11, 3)) == (55, 2023)
    assert "Next anniversary" in shown


def test_r2_tasking_runs_from_the_ministry_down_to_the_hospitals(visitor: Client) -> None:
    programme = Programme.objects.get(key="beijing-teams")
    chain = [str(t.organisation) for t in programme.taskings.all()]
    assert chain[0] == "National Health Commission of China"
    assert chain.index("Beijing Municipal Health Commission") < chain.index(
        "Beijing Tiantan Hospital"
    )
    assert "Chain of tasking" in page(visitor, "/programmes/beijing-teams/")


def test_r3_each_organisation_has_its_role(visitor: Client) -> None:
    programme = Programme.objects.get(key="beijing-teams")
    roles = set(programme.taskings.values_list("role", flat=True))
    assert roles == {
        "TASKING", "PROGRAMME_OFFICE", "FOREIGN_AFFAIRS", "EXPERT_CENTRE", "SENDING_UNIT",
    }  # fmt: skip


def test_r4_the_united_nations_are_a_recipient_beside_countries(visitor: Client) -> None:
    series = Series.objects.get(programme__key="beijing-teams", recipient__kind="UN_BODY")
    assert "United Nations" in page(visitor, f"/series/{series.pk}/")


def test_r5_a_former_state_is_a_recipient(visitor: Client) -> None:
    series = Series.objects.get(recipient_area__code="YUCS")
    area = series.recipient_area
    assert area is not None
    assert (area.kind, area.ended_on) == ("FORMER_STATE", "2003-02-04")
    assert "Yugoslavia" in page(visitor, f"/series/{series.pk}/")


def test_r6_a_hospital_project_has_its_authority_start_and_status(visitor: Client) -> None:
    shown = page(visitor, "/programmes/china-africa-friendship-hospital/")
    for words in ("State Council", "2018", "completed", "China-Guinea Friendship Hospital"):
        assert words in shown


def test_r10_group_style_aid_brings_many_senders_to_one_recipient(visitor: Client) -> None:
    pairs = Programme.objects.get(key="tibet-group-aid").partnerships.filter(mode="GROUP_AID")
    to_tibet = pairs.filter(recipient_area__code="CN-XZ")
    assert to_tibet.count() == 7
    assert "group-style aid" in page(visitor, "/programmes/tibet-group-aid/")


def test_r11_8_and_86_recipients_and_85_senders_are_claims_not_rows(visitor: Client) -> None:
    for measure, number in (
        ("aided_hospitals", 8), ("primary_recipients", 86), ("sending_hospitals", 85),
    ):  # fmt: skip
        assert claim("tibet-group-aid", measure).number == number
    assert Organisation.objects.filter(area__path__contains="/CN-XZ/").count() == 4


def test_r12_senders_are_provinces_and_named_hospitals(visitor: Client) -> None:
    pairs = Programme.objects.get(key="tibet-group-aid").partnerships.all()
    assert {p.sender_area.code for p in pairs if p.sender_area} >= {"CN-BJ", "CN-SH", "CN-GD"}
    assert "Peking Union Medical College Hospital" in {str(p.sender) for p in pairs if p.sender}


def test_r13_a_province_is_paired_with_a_prefecture(visitor: Client) -> None:
    pairs = Programme.objects.get(key="tibet-group-aid").partnerships
    assert pairs.filter(sender_area__code="CN-AH", recipient_area__code="CN-540500").exists()
    assert pairs.filter(sender_area__code="CN-GD", recipient_area__code="CN-540400").exists()


def test_r14_a_medical_association_has_a_leader_and_never_runs_in_a_circle(
    visitor: Client,
) -> None:
    link = ConsortiumLink.objects.get()
    assert str(link.upper) == "Shigatse People's Hospital"
    lhasa = Organisation.objects.get(names__en="Lhasa People's Hospital")
    down = ConsortiumLink(consortium=link.consortium, upper=link.upper, lower=lhasa)
    back = ConsortiumLink(consortium=link.consortium, upper=lhasa, lower=link.upper)
    keep_commitments(rows=[down], by=OFFICE, at=NOW)
    with pytest.raises(Refused, match="above itself"):
        keep_commitments(rows=[back], by=OFFICE, at=NOW)


def test_r15_a_hospital_takes_charge_of_departments_and_none_is_named_for_it(
    visitor: Client,
) -> None:
    programme = Programme.objects.get(key="peking-first-hospital-counties")
    pair = programme.partnerships.get(mode="DEPARTMENT_CONTRACT")
    assert str(pair.recipient) == "Yonghe County People's Hospital"
    assert pair.recipient_department is None, "the clause speaks of departments in general"
    assert "department contracting" in page(visitor, f"/programmes/{programme.key}/")
    centre = Department.objects.get(names__en="Kidney disease dialysis centre")
    facts = Fact.objects.filter(about=centre.pk)
    assert {f.quote.text for f in facts} == {
        "our hospital helped the local establishment of a kidney disease dialysis center"
    }


def test_r17_a_branch_hospital_project_has_its_approval(visitor: Client) -> None:
    shown = page(visitor, "/programmes/peking-first-hospital-ningxia/")
    assert "Approval of the construction project" in shown
    assert "unknown" in shown, "the day is not printed, and none is made up"


def test_r22_a_programme_is_linked_to_policy_goals(visitor: Client) -> None:
    goals = Programme.objects.get(key="beijing-teams").goals
    assert set(goals.values_list("code", flat=True)) == {"GDI", "GSI", "SDG"}
    assert "Global Development Initiative" in page(visitor, "/programmes/beijing-teams/")


def test_nine_kinds_of_programme_can_be_founded() -> None:
    assert len(Programme.Kind.values) == 9


def test_kinds_that_the_documents_name_are_there(visitor: Client) -> None:
    kinds = set(Programme.objects.filter(invented=False).values_list("kind", flat=True))
    assert kinds >= {
        "RESIDENT_SERIES", "SHORT_SURGICAL", "OUTBREAK_EXPERTS", "HOSPITAL_TWINNING",
        "COUNTERPART", "GROUP_AID", "NATIONAL_TOUR", "REMOTE_SUPPORT",
    }  # fmt: skip
    assert Mission.objects.filter(kind="SIX_MONTH_TEAM").count() == 4
