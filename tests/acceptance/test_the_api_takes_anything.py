"""Whatever a program sends, the API answers as it says it does, and never fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from marrow.accounts.models import Account
from marrow.activity.actions import count_visits
from marrow.core.journal import Act, journal
from marrow.core.journal.folding import fold, journalled_models, table
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Operation
from marrow.hospitals.actions import ask_for
from marrow.hospitals.models import Request
from marrow.missions.actions import add_to_mission
from marrow.missions.models import Site
from marrow.sources.actions import Source, keep_document
from marrow.sources.actions.intakes import receive_file
from marrow.sources.models import Finding, WorkItem
from marrow.teams.actions import call_panel, invite, open_call, plan_training
from tests.builders import (
    LEADER,
    NOW,
    OFFICE,
    a_batch,
    a_hospital,
    a_person,
    a_programme,
    a_series,
    an_agreement,
    an_event,
)
from tests.builders.agreeing import a_requirement, a_sheet, a_task, agreed
from tests.builders.calling import a_token
from tests.builders.consulting import consulting
from tests.builders.consulting import sent as a_sent_case
from tests.builders.forming import a_seat
from tests.builders.honouring import the_fallen
from tests.builders.leaving import a_handover, leaving

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
DOUBT = Act("raise_doubt_of_test", "Raised a doubt")


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The calls stand within the test's own transaction, as those of Django's client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(people: dict[str, Account], settings: Any, tmp_path: Path) -> dict[str, list[str]]:
    """Ids of things that are there, by the places of addresses that name them."""
    settings.UPLOADS, settings.API_PACE = tmp_path, 0
    programme = a_programme("beijing-test")
    series = a_series(programme)
    batch = a_batch(30, series, size=20, status="ON_POST")
    one, other = a_hospital("Un Test"), a_hospital("Deux Test")
    document = keep_document(key="d", kind="NEWS", title="T", by=OFFICE, at=NOW)
    visits = count_visits(mission=batch.pk, held_on=NOW.date(), count=1, by=LEADER, at=NOW)
    site = Site(mission=batch, as_told="Hôpital")
    add_to_mission(
        programme=programme, mission=batch, rows=[site], told={"site": "Hôpital"},
        source=Source("T", "as it says"), by=OFFICE, at=NOW,
    )  # fmt: skip
    intake = receive_file(
        kind="register", name="a.csv", parts=[b"name,country\nA,GN\n"], by=OFFICE, at=NOW
    )
    about = {"about_model": "missions.mission", "about": batch.pk}
    finding = Finding(key="f", code="UNIT_DIFFERS", raised_at=NOW, **about)
    item = WorkItem(key="w", code="A_CHECK", role="office", opened_at=NOW, **about)
    with journal(DOUBT, by=OFFICE, at=NOW) as page:
        page.save_all([finding, item])
    person, seat = a_person(), a_seat(batch)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    acts = Operation.objects.values_list("act", flat=True).distinct()
    return {
        "key": [programme.key], "code": ["GN", "CN-BJ"], "series": [str(series.pk)],
        "mission": [str(batch.pk)], "organisation": [str(one.pk), str(other.pk)],
        "document": [str(document.pk)], "visits": [str(visits.pk)], "site": [str(site.pk)],
        "intake": [str(intake.pk)], "finding": [str(finding.pk)], "item": [str(item.pk)],
        "person": [str(person.pk)], "seat": [str(seat.pk)], "assignment": [str(asked.pk)],
        "record": [str(batch.pk)], "model": ["missions.mission"], "act": [str(a) for a in acts],
        **more_of_a_mission(),
    }  # fmt: skip


def more_of_a_mission() -> dict[str, list[str]]:
    """A handover, agreement work, a case, a hospital's request: of other missions."""
    world, handover, pairing = agreed(), a_handover(leaving()), consulting()
    sheet = a_sheet(world)
    hospital = pairing.hospital.pk
    asked = ask_for(
        organisation=hospital, by=pairing.viewer("asker"), at=NOW,
        request=Request(id=uuid4(), kind="TRAINING", text="wounds"),
    )  # fmt: skip
    return {
        "handover": [str(handover.pk)], "task_sheet": [str(sheet.pk)],
        "aimed": [str(a_task(world, sheet).pk)], "requirement": [str(a_requirement(world).pk)],
        "partnership": [str(world.partnership.pk)], "consult": [str(a_sent_case(pairing).pk)],
        "event": [str(an_event(world.programme).pk)], "request_id": [str(asked.pk)],
        "fallen": [str(the_fallen(world.programme).pk)],
        "entry_kind": ["task", "sheet"], "entry": [str(a_task(world, sheet).pk), str(sheet.pk)],
        "agreement": [str(an_agreement(world.programme).pk)], **before_a_departure(),
    }  # fmt: skip


def before_a_departure() -> dict[str, list[str]]:
    """A call, a panel, a day of training: of a team that is formed."""
    mission = a_seat(a_batch(77)).mission
    call = open_call(
        mission=mission.pk, text="We look for", opens_on=NOW.date(), closes_on=NOW.date(),
        by=OFFICE, at=NOW,
    )  # fmt: skip
    panel = call_panel(
        mission=mission.pk, meets_on=NOW.date(), members=[("Chair", "")], by=OFFICE, at=NOW
    )
    training = plan_training(
        mission=mission.pk, held_on=NOW.date(), topic="First aid", required=True, by=OFFICE, at=NOW
    )
    return {"call": [str(call.pk)], "panel": [str(panel.pk)], "training": [str(training.pk)]}


def called(person: Account, known: dict[str, list[str]], each: int) -> Counter[int]:
    """Call every operation so often, with whatever it says that it takes; returns the statuses."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    secret = a_token(person)[1]
    headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr] # an error raises by itself

        @settings(
            max_examples=each, derandomize=True, database=None, deadline=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(), data=st.data())
        def calls(case: Any, data: Any) -> None:
            for place in case.path_parameters or ():
                if place in known and data.draw(st.integers(0, 3)):
                    case.path_parameters[place] = data.draw(st.sampled_from(known[place]))
            if case.method.upper() in ("PATCH", "PUT") and data.draw(st.booleans()):
                case.headers["If-Match"] = "*"
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            statuses[answer.status_code] += 1

        calls()
    return statuses


def the_tables_are_what_the_journal_says() -> None:
    sequence()
    for model in journalled_models():
        assert fold(model) == table(model), model


@pytest.mark.both
@pytest.mark.django_db
def test_a_few_hundred_calls_find_no_failure(
    people: dict[str, Account], known: dict[str, list[str]]
) -> None:
    statuses = called(people["office"], known, each=2)
    assert sum(statuses.values()) >= 150
    assert statuses[200] + statuses[201] > 20, statuses
    the_tables_are_what_the_journal_says()


@pytest.mark.long
@pytest.mark.django_db
def test_two_thousand_calls_find_no_failure(
    people: dict[str, Account], known: dict[str, list[str]]
) -> None:
    statuses = called(people["office"], known, each=36)
    assert sum(statuses.values()) >= 2000, statuses
    the_tables_are_what_the_journal_says()


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["leader", "auditor", "recipient"])
def test_others_meet_no_failure_either(
    people: dict[str, Account], known: dict[str, list[str]], role: str
) -> None:
    assert sum(called(people[role], known, each=5).values()) >= 250
