"""R64: for whom it was: local people, own nationals abroad, own-funded firms, the diaspora."""

from __future__ import annotations

import re

import pytest

from marrow.activity.queries import figures
from marrow.activity.queries.figures import Of
from tests.acceptance.test_r62_activity import entered
from tests.builders.counting import Counting, a_deed, a_month, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def test_r64_figures_part_by_the_group_of_people_and_the_whole_stays_the_whole(
    world: Counting,
) -> None:
    for group in ("LOCAL", "LOCAL", "OWN_NATIONALS", "DIASPORA", ""):
        a_deed(world, "VISIT", group=group, team=True)
    of = Of(mission=world.team.pk)
    assert figures.total_of(of, "VISIT", 2026) == 5
    ((_kind, parts),) = figures.parts_of(of, 2026, "group")
    assert {part.code: part.total for part in parts} == {
        "DIASPORA": 1, "LOCAL": 2, "OWN_NATIONALS": 1,
    }  # fmt: skip


def test_r64_the_page_names_the_groups_in_the_readers_language(world: Counting) -> None:
    a_deed(world, "VISIT", group="OWN_NATIONALS")
    a_month(world, {"VISIT": 9})
    client = entered(world.accounts["hospital"])
    address = f"/activity/hospitals/{world.hospital.pk}/"
    for language, words in (
        ("en", "own nationals abroad"), ("zh-hans", "我国驻外人员"),
        ("fr", "ressortissants de l’envoyeur"),
    ):  # fmt: skip
        client.cookies["django_language"] = language
        shown = client.get(f"{address}?year=2026").content.decode()
        plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
        assert re.search(rf"{words} 1\b", plain), plain.partition(words)[2][:80]
