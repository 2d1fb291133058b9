"""R7, R8, R9, R18, R27, R32, R71, R75, R77, R80: how a hospital grows, on its pages."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from marrow.capacity.actions import sign_step
from marrow.capacity.models import Appraisal, Step
from marrow.directory.models import Department
from marrow.entrusting.models import Base, GreenChannel, Talent
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Consortium, ConsortiumLink
from marrow.sources.models import Finding
from tests.acceptance.test_r73_local_staff_work_alone import a_colleague, posted, speaking, text
from tests.acceptance.test_r75_register_of_firsts import proposed
from tests.builders import NOW, OFFICE, PAPER, a_hospital, a_programme
from tests.builders.calling import a_token, bearing
from tests.builders.capability import Ward, a_service, a_ward, climbed, listed
from tests.builders.catalogued import an_item
from tests.builders.entrusted import TODAY

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]
SOURCE = {"source": "Evaluation of the test", "words": "as the evaluation says"}


@pytest.fixture
def ward() -> Ward:
    return a_ward()


@pytest.fixture
def host(ward: Ward) -> Client:
    return speaking("host", "recipient", ward.hospital)


@pytest.fixture
def head(ward: Ward) -> Client:
    return speaking("chief", "head", ward.hospital)


def words(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(client, address)))


def test_r07_a_hospital_is_measured_on_named_dimensions_before_and_after(
    ward: Ward, host: Client, client: Client
) -> None:
    address, care = f"/care/at/{ward.hospital.pk}/measured/", f"/care/at/{ward.hospital.pk}/"
    told = {"dimension": "MANAGEMENT", **SOURCE}
    posted(host, address, as_of="2018", said="no quality rules", **told)
    posted(host, address, as_of="2021-09", said="rules kept", value="812",
           scale="of 1,000 points", **told)  # fmt: skip
    for wrong in ({"as_of": ""}, {"as_of": "2031"}, {"value": "3", "scale": ""}, {"words": ""}):
        sent = {**told, "as_of": "2019", "said": "x", **wrong}
        assert host.post(address, sent).status_code == 422, wrong
    shown = words(client, care)
    assert "Level of management" in shown
    assert shown.index("no quality rules") < shown.index("rules kept (812 of 1,000 points)")
    stranger = speaking("elsewhere", "recipient", a_hospital("Hôpital Ailleurs"))
    assert stranger.post(address, {**told, "as_of": "2019", "said": "x"}).status_code == 403


def test_r07_two_measurings_of_one_month_that_contradict_are_both_shown_and_doubted(
    ward: Ward, host: Client, signed_in: dict[str, Client]
) -> None:
    address, care = f"/care/at/{ward.hospital.pk}/measured/", f"/care/at/{ward.hospital.pk}/"
    told = {"dimension": "CORE", **SOURCE}
    posted(host, address, as_of="2021-06", said="Strong", **told)
    assert host.post(address, {**told, "as_of": "2021-06", "said": "Strong"}).status_code == 422
    posted(host, address, as_of="2021-06", said="strong ", **{**told, "source": "A second paper"})
    assert Appraisal.objects.count() == 1
    assert not Finding.objects.exists()
    posted(host, address, as_of="2021-06", said="Weak", **told)
    posted(host, address, as_of="2021-07", said="Strong", **told)
    shown = words(signed_in["stranger"], care)
    assert "told otherwise of one month" in shown
    assert "2021-06: Strong" in shown
    assert "2021-06: Weak" in shown
    assert "2021-07: Strong" in shown
    doubt = Finding.objects.get()
    assert (doubt.code, doubt.about) == ("MEASURED_APART", Appraisal.objects.get(words="Weak").pk)
    listed = words(signed_in["office"], "/findings/?state=OPEN")
    assert "“Strong” and “Weak” are both told" in listed


def test_r08_every_department_of_a_partner_hospital_shows_how_it_developed(
    ward: Ward, signed_in: dict[str, Client], client: Client
) -> None:
    """All of them: also the one of which nobody assessed anything, which is not nought."""
    office = signed_in["office"]
    change = f"/directory/{ward.hospital.pk}/change/"
    for name in ("Nephrology", "Imaging"):
        posted(office, change, **department(name))
    item = a_service()
    told = {
        "level": "2", "on": TODAY.isoformat(), "cases": "6", "how": "with the visitor",
        "from_on": TODAY.isoformat(), "until_on": TODAY.isoformat(),
        "department": Department.objects.get(names__en="Nephrology").pk,
    }  # fmt: skip
    posted(office, f"/care/at/{ward.hospital.pk}/propose/{item.key}/", **told)
    shown = words(client, f"/care/at/{ward.hospital.pk}/")
    assert "Nephrology clinical nothing was assessed: unknown" in shown  # it waits for signatures
    row = Step.objects.get()
    sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=NOW)
    sign_step(step=row.pk, side="HEAD", by=ward.head, at=NOW)
    shown = words(client, f"/care/at/{ward.hospital.pk}/")
    assert "Nephrology clinical 1 0 0" in shown
    assert "Imaging clinical nothing was assessed: unknown" in shown


def department(name: str, **more: str) -> dict[str, str]:
    return {"name_en": name, "kind": "CLINICAL", "what": "department", **SOURCE, **more}


def test_r32_a_department_exists_or_not_and_since_when(
    ward: Ward, signed_in: dict[str, Client], client: Client
) -> None:
    address = f"/directory/{ward.hospital.pk}/"
    assert "Oncology department" not in words(client, address)
    posted(signed_in["office"], f"{address}change/",
           **department("Oncology department", started_on="2020-08"))  # fmt: skip
    for page in (address, f"/care/at/{ward.hospital.pk}/"):
        shown = words(client, page)
        assert "Oncology department" in shown, page
        assert "since 2020-08" in shown, page


def test_r09_a_hospital_is_a_centre_for_patients_from_beyond_the_country(
    ward: Ward, host: Client, client: Client
) -> None:
    address = f"/need/at/{ward.hospital.pk}/people/"
    posted(host, address, kind="CENTRE", said="for West Africa", since="2021", **SOURCE)
    posted(host, address, kind="BEYOND", number="84", since="2025", **SOURCE)
    assert host.post(address, {"kind": "BEYOND", "number": "84", **SOURCE}).status_code == 422
    for page in (f"/care/at/{ward.hospital.pk}/", f"/directory/{ward.hospital.pk}/"):
        shown = words(client, page)
        assert "Named a centre for a region for West Africa as of 2021" in shown
        assert "Patients from beyond the country in a year 84 as of 2025" in shown


def test_r18_houses_above_and_below_stand_on_both_pages_with_what_goes_between(
    ward: Ward, head: Client, client: Client
) -> None:
    below, programme = a_hospital("Centre de santé Essai"), a_programme()
    union = Consortium(id=uuid4(), programme=programme, names={"en": "Test medical association"})
    link = ConsortiumLink(id=uuid4(), consortium=union, upper=ward.hospital, lower=below)
    add_to_programme(
        programme=programme, rows=[union, link], told={"names": "Test medical association"},
        source=PAPER, by=OFFICE, at=NOW,
    )  # fmt: skip
    named, start = f"{below} [{below.pk}]", f"/entrusting/at/{ward.hospital.pk}"
    posted(head, f"{start}/hand-down/", taker=named, specialty="NEPHROLOGY", on=TODAY,
           what="To see it early")  # fmt: skip
    posted(head, f"{start}/base/", kind="RESIDENTS", specialty="NEPHROLOGY", started_on="2024")
    posted(head, f"/entrusting/bases/{Base.objects.get().pk}/channel/", organisation=named)
    for page, other, side in (
        (ward.hospital, below, "is led by this house"), (below, ward.hospital, "leads this house"),
    ):  # fmt: skip
        shown = words(client, f"/care/at/{page.pk}/")
        for part in (str(other), side, "experience went down 1 time", "without waiting"):
            assert part in shown, part


def test_r27_three_specialties_for_which_nobody_should_need_to_leave(
    ward: Ward, client: Client
) -> None:
    """One list, one filter a specialty: what of it is treated in the country, and what not yet."""
    neuro, critical, trauma = (
        an_item(name, kind="TECHNIQUE", specialty=specialty)
        for name, specialty in (
            ("Craniotomy", "NEUROSURGERY"), ("Ventilation", "CRITICAL_CARE"),
            ("Fixation", "TRAUMA"),
        )
    )  # fmt: skip
    listing = listed(neuro, critical, trauma)
    climbed(ward, neuro, 4, TODAY)
    climbed(ward, critical, 2, TODAY)
    for item, answer in ((neuro, "by locals alone"), (critical, "not assessed"), (trauma, "not")):
        shown = words(client, f"/care/list/{listing.key}/?specialty={item.specialty}")
        assert f"{item} {answer}" in shown


def test_r71_what_was_new_names_hospital_specialty_team_expert_and_day(
    ward: Ward, client: Client
) -> None:
    new, old = a_service("New service"), a_service("Old service")
    climbed(ward, old, 2, TODAY.replace(year=TODAY.year - 1))
    climbed(ward, old, 4, TODAY)  # a higher step of the same is nothing new
    climbed(ward, new, 1, TODAY)
    shown = words(client, "/care/introduced/")
    assert "2 techniques and services that a hospital had not done before" in shown
    this_year = words(client, f"/care/introduced/?year={TODAY.year}&specialty=NEPHROLOGY")
    assert "1 technique or service" in this_year
    what, where = "New service service nephrology and dialysis", f"{ward.hospital} {TODAY} 1"
    assert f"{what} {where} {ward.mission} Expert" in this_year
    sheet = client.get(f"/care/introduced.csv?year={TODAY.year}")
    assert b"New service" in b"".join(sheet)


def test_r71_a_condition_that_is_treated_is_no_technique_that_is_done(
    ward: Ward, client: Client
) -> None:
    for name, kind in (("Coma", "CONDITION"), ("Drain", "TECHNIQUE"), ("Dialysis", "SERVICE")):
        climbed(ward, an_item(name, kind=kind, specialty="NEPHROLOGY"), 1, TODAY)
    shown = words(client, "/care/introduced/")
    assert "2 techniques and services that a hospital had not done before." in shown
    assert "1 condition that a hospital had not treated before." in shown
    assert "Coma condition nephrology" in shown


def test_r77_people_are_brought_on_to_grades(ward: Ward, head: Client) -> None:
    """Key staff first, then who leads a department: counted once, on the highest."""
    doctor = a_colleague(head, ward, "Docteure Essai")
    address = f"/entrusting/at/{ward.hospital.pk}/talent/"
    told = {"person": doctor.pk, "track": "CLINICAL", "shown_by": "letter of the hospital"}
    posted(head, address, grade="KEY", since="2022", **told)
    posted(head, address, grade="GENERAL", since="2025", **told)
    assert head.post(address, {**told, "grade": "GENERAL"}).status_code == 409
    shown = words(head, f"/entrusting/at/{ward.hospital.pk}/brought-on/")
    assert "Leads a department 1" in shown
    assert "Key staff" not in shown
    assert Talent.objects.count() == 2
    elsewhere = speaking("elsewhere", "head", a_hospital("Hôpital Ailleurs"))
    assert elsewhere.get(address).status_code == 404


def test_r80_a_green_channel_closes_and_programs_list_bases_and_channels(
    ward: Ward, head: Client, people: dict[str, object]
) -> None:
    below, start = a_hospital("Centre de santé Essai"), f"/entrusting/at/{ward.hospital.pk}"
    posted(head, f"{start}/base/", kind="RESIDENTS", specialty="NEPHROLOGY", started_on="2024")
    base = Base.objects.get()
    opens = f"/entrusting/bases/{base.pk}/channel/"
    posted(head, opens, organisation=f"{below} [{below.pk}]", started_on="2024")
    end = f"/entrusting/channels/{GreenChannel.objects.get().pk}/end/"
    assert head.post(end, {"on": "2020"}).status_code == 422
    posted(head, end, on="2026-03")
    assert "closed 2026-03" in words(head, f"{start}/brought-on/")
    posted(head, opens, organisation=f"{below} [{below.pk}]")  # it may open again
    posted(head, f"/entrusting/bases/{base.pk}/end/", on="2026-05")
    assert not GreenChannel.objects.filter(stopped_on="").exists()  # all close with their base
    program = bearing(a_token(people["auditor"], scope="READ")[1])  # type: ignore[arg-type]
    api = f"/api/v1/organisations/{ward.hospital.pk}"
    bases = program.get(f"{api}/bases").json()["items"]
    assert [b["stopped_on"] for b in bases] == ["2026-05"]
    channels = program.get(f"{api}/channels").json()["items"]
    assert {c["stopped_on"] for c in channels} == {"2026-03", "2026-05"}


def test_r75_a_first_whose_step_is_taken_back_is_doubted(ward: Ward, head: Client) -> None:
    step = climbed(ward, a_service(), 4, TODAY)
    first = proposed(head, ward, step)
    posted(head, f"/entrusting/firsts/{first.pk}/confirm/")
    posted(head, f"/care/steps/{step.pk}/end/", reason="It was another hospital")
    doubt = Finding.objects.get(about=first.pk)
    assert (doubt.code, doubt.state) == ("FIRST_UNDONE", "OPEN")
    first.refresh_from_db()
    assert first.state == "CONFIRMED"  # a person decides
