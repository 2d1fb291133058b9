"""One rule in every room: a recipient reaches its own hospital; one without a hospital, nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest

from marrow.agreements import access as agreements
from marrow.consults import access as consults
from marrow.core.viewer import AREA, ORGANISATION, PROGRAMME, Grant, Viewer
from marrow.directory.models import Area, Organisation
from marrow.handovers import access as handovers
from marrow.hospitals import access as hospitals
from marrow.missions.models import Mission
from marrow.posts import access as posts
from tests.builders import a_hospital
from tests.builders.agreeing import agreed
from tests.builders.consulting import consulting, sent
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@dataclass(frozen=True, slots=True)
class Two:
    """Two hospitals, each with a team on post."""

    ours: Team
    theirs: Team

    @property
    def hospital(self) -> Organisation:
        found = self.ours.site.organisation
        assert found is not None
        return found


@pytest.fixture
def two() -> Two:
    return Two(a_team_on_post(31), a_team_on_post(32))


def who(role: str, scope: str, thing: object = None) -> Viewer:
    return Viewer(uuid4(), "Who", (Grant(role, scope, thing),))  # type: ignore[arg-type]


def missions_reached(viewer: Viewer) -> set[Mission]:
    return {
        m for m in Mission.objects.all() if posts.hosts(viewer, m) or handovers.receives(viewer, m)
    } | set(posts.watched_for(viewer))


@pytest.mark.parametrize("role", ["recipient", "head"])
def test_a_hospital_reaches_its_own_in_every_room(two: Two, role: str) -> None:
    viewer = who(role, ORGANISATION, two.hospital.pk)
    assert missions_reached(viewer) == {two.ours.mission}
    assert list(hospitals.hospitals_seen(viewer)) == [two.hospital]
    assert list(consults.hospitals_to_ask_for(viewer)) == [two.hospital]


@pytest.mark.parametrize("role", ["recipient", "head"])
def test_who_names_no_hospital_reaches_nothing_in_any_room(two: Two, role: str) -> None:
    agreed()
    case = sent(consulting())
    for scope in ("everywhere", PROGRAMME):
        viewer = who(role, scope, two.ours.mission.programme_id if scope == PROGRAMME else None)
        assert missions_reached(viewer) == set()
        assert not hospitals.hospitals_seen(viewer).exists()
        assert not consults.hospitals_to_ask_for(viewer).exists()
        assert not consults.cases_for(viewer).filter(pk=case.pk).exists()
        assert not handovers.handovers_for(viewer).exists()
        assert not agreements.seen_by(viewer).exists()


def test_a_place_told_without_a_hospital_is_reached_by_who_speaks_for_it(two: Two) -> None:
    viewer = who("recipient", AREA, Area.objects.get(code="GN").pk)
    assert posts.hosts(viewer, two.ours.mission)  # the series goes to that place
    assert not hospitals.hospitals_seen(viewer).filter(pk=a_hospital("Autre Test").pk).exists()
