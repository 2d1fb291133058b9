"""R73: a step that was declined, or lost what showed it, is told to those whom it concerns."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from marrow.capacity.actions import decline_step, sign_step, void_evidence
from marrow.capacity.queries import steps_to_sign
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.ui.waiting import waiting
from tests.builders import NOW
from tests.builders.capability import Ward, a_service, a_ward, climbed, proposed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
WHY = "The head of the ward did it himself"


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def told(viewer: Viewer, words: str) -> list[str]:
    return [f"{w.what} {w.why}" for w in waiting(viewer, TODAY) if words in w.what]


def test_who_proposed_a_step_is_told_who_declined_it_for_which_side_and_why(
    ward: Ward, client: Client, signed_in: dict[str, Client]
) -> None:
    item = a_service()
    row = proposed(ward, item, 4, TODAY)
    decline_step(step=row.pk, side="HEAD", reason=WHY, by=ward.head, at=NOW)
    (line,) = told(ward.visitor, "not confirmed")
    for words in (ward.head.name, "head of the local department", WHY, str(ward.hospital)):
        assert words in line
    assert told(ward.head, "not confirmed") == []
    for address in (f"/care/at/{ward.hospital.pk}/", f"/care/steps/{row.pk}/"):
        shown = page(signed_in["office"], address)
        assert f"{ward.head.name} (head of the local department): {WHY}" in shown
        assert WHY not in page(client, address)  # the public reads no words of a mere proposal


def test_once_it_is_proposed_anew_nobody_is_told_of_the_old_one(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    item = a_service()
    row = proposed(ward, item, 4, TODAY)
    decline_step(step=row.pk, side="HEAD", reason=WHY, by=ward.head, at=NOW)
    again = proposed(ward, item, 3, TODAY, at=NOW.replace(minute=NOW.minute + 1))
    sign_step(step=again.pk, side="HEAD", by=ward.head, at=NOW)
    assert told(ward.visitor, "not confirmed") == []
    assert WHY not in page(signed_in["office"], f"/care/at/{ward.hospital.pk}/")


def test_a_step_that_lost_its_evidence_is_told_to_the_office_and_marked_on_the_ladder(
    ward: Ward, client: Client
) -> None:
    row = climbed(ward, a_service(), 4, TODAY)
    at = f"/care/at/{ward.hospital.pk}/?on={TODAY.isoformat()}"
    assert "what showed it was taken back" not in page(client, at)
    assert told(ward.office, "lost its evidence") == []
    void_evidence(evidence=row.evidence.get().pk, reason="Not ours", by=ward.head, at=NOW)
    assert "what showed it was taken back" in page(client, at)
    for who in (ward.head, ward.office):
        assert len(told(who, "lost its evidence")) == 1
    assert told(ward.elsewhere, "lost its evidence") == []


def test_a_step_that_waits_and_lost_its_evidence_is_not_signed_and_its_keepers_are_told_to_drop_it(
    ward: Ward, signed_in: dict[str, Client]
) -> None:
    row = proposed(ward, a_service(), 4, TODAY)
    void_evidence(evidence=row.evidence.get().pk, reason="Not ours", by=ward.head, at=NOW)
    for side, who in (("HEAD", ward.head), ("VISITOR", ward.visitor)):
        with pytest.raises(Refused, match="propose it anew"):
            sign_step(step=row.pk, side=side, by=who, at=NOW)
        assert steps_to_sign(who) == []
    assert row.signatures.count() == 0
    for who in (ward.head, ward.office):
        (line,) = told(who, "lost its evidence")
        assert "drop it" in line
    shown = page(signed_in["office"], f"/care/steps/{row.pk}/")
    assert "drop it, and propose it anew" in shown
    assert "record new cases" not in shown


def test_recording_new_cases_closes_what_was_found_and_the_line_on_today(
    ward: Ward, signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    """On the page and in the API; the level, its day and its signatures stay as they are."""
    office, told_of = signed_in["office"], {"cases": "4", "how": "by our own team"}
    row = climbed(ward, a_service(), 4, TODAY)
    step, more = f"/care/steps/{row.pk}/", f"/care/steps/{row.pk}/cases/"
    days = {"from_on": TODAY.isoformat(), "until_on": TODAY.isoformat()}
    assert more not in office.get(step).content.decode()
    assert office.post(more, {**told_of, **days}).status_code == 409  # nothing is asked
    void_evidence(evidence=row.evidence.get().pk, reason="Not ours", by=ward.head, at=NOW)
    assert more in office.get(step).content.decode()
    assert more not in Client().get(step).content.decode()
    assert office.post(more, {}).status_code == 422
    named = {**told_of, **days, "how": "Patient John Smith"}
    assert office.post(more, named).status_code == 422
    assert signed_in["recipient"].post(more, {**told_of, **days}).status_code == 403
    assert office.post(more, {**told_of, **days}).status_code == 302
    assert "Nothing that showed this step counts" not in page(office, step)
    for who in (ward.head, ward.office):
        assert told(who, "lost its evidence") == []
    row.refresh_from_db()
    assert (row.state, row.level, row.signatures.count()) == ("HOLDS", 4, 2)
    history = page(office, f"/history/capacity.evidence/{row.evidence.get(void_reason='').pk}/")
    assert "Recorded new cases that show a step" in history
    void_evidence(
        evidence=row.evidence.get(void_reason="").pk, reason="Again", by=ward.head, at=NOW
    )
    program = calling["office"].post(
        f"/api/v1/steps/{row.pk}/evidence", {**told_of, "cases": 2, **days},
        content_type="application/json",
    )  # fmt: skip
    assert program.status_code == 200, program.content
    assert [e["cases"] for e in program.json()["evidence"] if not e["void_reason"]] == [2]
    assert told(ward.head, "lost its evidence") == []
