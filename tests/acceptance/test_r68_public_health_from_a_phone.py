"""R68: public-health work stands beside clinical work, recorded and counted in the same way."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.core.book import same_id
from tests.acceptance.phoning import Calling, calling

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(people: dict[str, Account], signed_in: dict[str, Client]) -> Calling:
    return calling(people, signed_in)


def same_month(team: Calling) -> UUID:
    """The record that every phone of the team writes October in."""
    return same_id("month", team.team.site.organisation_id, team.team.mission.pk, "2026-10")


def test_r68_public_health_work_is_a_figure_beside_the_operations(team: Calling) -> None:
    team.records("OPERATION_DONE")
    team.records("PUBLIC_HEALTH", organisation=None, place="École Test")
    page = team.page("months/?year=2026")
    assert "operations done" in page
    assert "public-health actions" in page
    assert "École Test" in team.page("rows/?kind=PUBLIC_HEALTH&year=2026")


def test_r68_it_is_a_line_of_the_monthly_report_too(team: Calling) -> None:
    data = {**team.where, "month": "2026-10", "cells": {"PUBLIC_HEALTH": 6}}
    month = same_month(team)
    team.sends("count", "set", data, month, b={"PUBLIC_HEALTH": None})
    page = team.page("rows/?kind=PUBLIC_HEALTH&year=2026")
    assert "public-health actions" in page
