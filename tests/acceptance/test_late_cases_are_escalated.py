"""A case that is not answered in time calls its office, then the specialists; each once."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.consults.actions import decline, sign_opinion, take
from marrow.consults.actions.lateness import JOB, climb
from marrow.consults.jobs import THE_CLOCK, climb_when_due
from marrow.consults.models import Consult
from marrow.core.models import Job
from marrow.core.refusals import NotAllowed
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.directory.models import Area
from marrow.sources.access import work_for
from marrow.sources.models import WorkItem
from tests.builders import NOW, OFFICE, a_batch, a_site
from tests.builders.consulting import STORY, Consulting, consulting, sent

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world() -> Consulting:
    """A hospital at which a team of Beijing serves."""
    made = consulting()
    a_site(a_batch(31), organisation=made.hospital)
    return made


def later(hours: float, times: int = 1) -> None:
    """The clock moves on; what is due by then is done, perhaps more than once."""
    now = NOW + hours * HOUR
    with patch("marrow.consults.jobs.timezone.now", lambda: now):
        for job in Job.objects.filter(kind=JOB, state=Job.QUEUED, not_before__lte=now):
            for _time in range(times):
                climb_when_due(job)  # type: ignore[arg-type]  # the payload is all that it reads


def page(account: Account, where: str = "/desk/") -> str:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(where, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize(("priority", "hours"), [("EMERGENCY", 1), ("URGENT", 6), ("ROUTINE", 24)])
def test_each_urgency_has_its_hour_and_each_rung_is_climbed_once(
    world: Consulting, priority: str, hours: float
) -> None:
    sent(world, priority=priority)
    later(hours - 0.1)
    assert not WorkItem.objects.exists()
    later(hours + 0.1, times=2)
    assert list(WorkItem.objects.values_list("code", "role")) == [("CONSULT_LATE_1", "office")]
    later(hours * 1.5 + 0.1, times=2)
    assert sorted(WorkItem.objects.values_list("code", "role")) == [
        ("CONSULT_LATE_1", "office"), ("CONSULT_LATE_2", "office"),
        ("CONSULT_LATE_OFFER", "specialist"),
    ]  # fmt: skip


def test_the_programmes_office_is_called_and_no_other(world: Consulting) -> None:
    case = sent(world)
    later(7)
    beijing = Grant("office", AREA, Area.objects.get(code="CN-BJ").pk)
    gansu = Grant("office", AREA, Area.objects.get(code="CN-GS").pk)
    assert work_for(Viewer(uuid4(), "Beijing", (beijing,))).filter(about=case.pk).exists()
    assert not work_for(Viewer(uuid4(), "Gansu", (gansu,))).filter(about=case.pk).exists()
    assert not work_for(world.viewer("expert")).exists()


def test_specialists_who_might_answer_are_called_next(world: Consulting) -> None:
    case = sent(world)
    later(10)
    assert work_for(world.viewer("second")).filter(about=case.pk).exists()
    take(consult=case.pk, by=world.viewer("expert"), at=NOW + 10 * HOUR)
    assert work_for(world.viewer("expert")).filter(about=case.pk).exists()
    assert not work_for(world.viewer("second")).exists()  # it is another's now
    assert f"Case {case.number} is past the time of its answer" in page(world.accounts["expert"])


def test_an_answer_ends_it_and_so_does_who_says_that_nobody_can(world: Consulting) -> None:
    case, other = sent(world), sent(world)
    later(7)
    take(consult=case.pk, by=world.viewer("expert"), at=NOW + 7 * HOUR)
    sign_opinion(consult=case.pk, text="lower it", by=world.viewer("expert"), at=NOW + 8 * HOUR)
    decline(consult=other.pk, why="NOBODY_FREE", by=OFFICE, at=NOW + 8 * HOUR)
    later(30)
    assert not WorkItem.objects.filter(done_at=None).exists()
    assert WorkItem.objects.count() == 2


def test_a_rung_is_climbed_by_the_clock_alone_and_never_before_its_hour(world: Consulting) -> None:
    case = sent(world)
    with pytest.raises(NotAllowed):
        climb(consult=case.pk, step=1, by=OFFICE, at=NOW + 9 * HOUR)
    assert not climb(consult=case.pk, step=1, by=THE_CLOCK, at=NOW + HOUR)
    assert climb(consult=case.pk, step=1, by=THE_CLOCK, at=NOW + 7 * HOUR)
    assert not climb(consult=case.pk, step=1, by=THE_CLOCK, at=NOW + 8 * HOUR)


def test_today_tells_office_specialist_and_asker_never_a_word_of_the_patient(
    world: Consulting, signed_in: dict[str, Client]
) -> None:
    case = sent(world)
    Consult.objects.filter(pk=case.pk).update(answer_by=NOW)  # long ago
    later(7)
    office = signed_in["office"].get("/desk/").content.decode()
    assert f"Case {case.number} was to be answered by" in office
    assert "past the time of its answer" not in office  # told once
    asker = page(world.accounts["asker"])
    assert f"Case {case.number} is not answered in its time." in asker
    take(consult=case.pk, by=world.viewer("expert"), at=NOW + 7 * HOUR)
    assert "waits for your opinion" in page(world.accounts["expert"])
    sign_opinion(consult=case.pk, text="lower it", by=world.viewer("expert"), at=NOW + 8 * HOUR)
    answered = page(world.accounts["asker"])
    assert "Read it, then say what came of it." in answered
    for shown in (office, asker, answered):
        assert STORY not in shown
