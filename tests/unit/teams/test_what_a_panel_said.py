"""The journal tells in the reader's language what a panel said of who was selected."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from marrow.core.models import Operation
from marrow.teams.actions import call_panel, judge, select
from tests.builders import NOW, OFFICE, a_person
from tests.builders.forming import TODAY, a_seat, agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", f"the panel of {TODAY}: recommended, 82 of 100"),
        ("zh-hans", f"{TODAY}评审：推荐，82分（满分100分）"),
        ("fr", f"jury du {TODAY} : recommandé, 82 sur 100"),
    ],
)
def test_the_journal_tells_what_the_panel_said_in_the_readers_language(
    signed_in: dict[str, Client], language: str, words: str
) -> None:
    seat = a_seat()
    good = agreed(seat, a_person())
    panel = call_panel(
        mission=seat.mission_id, meets_on=TODAY, members=[("Chair Test", "chair")], by=OFFICE,
        at=NOW,
    )  # fmt: skip
    judge(panel=panel.pk, assignment=good.pk, decision="RECOMMENDED", score=82, by=OFFICE, at=NOW)
    select(assignment=good.pk, by=OFFICE, at=NOW)
    act = Operation.objects.filter(action="select").values_list("act", flat=True)[0]
    office = signed_in["office"]
    office.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = office.get(f"/journal/acts/{act}/").content.decode().replace("\xa0", " ")
    assert words in page
    assert "RECOMMENDED" not in page
