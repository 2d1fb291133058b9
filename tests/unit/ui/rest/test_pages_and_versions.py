"""Lists by cursor, versions of what is read and changed, and the pace of calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.missions.actions import change_batch
from marrow.ui.rest import pace
from tests.builders import NOW, OFFICE, a_batch, a_hospital, a_series
from tests.builders.calling import is_problem, sent

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SOURCE = {"title": "T", "words": "as it says"}


def walked(client: Client, where: str) -> list[list[Any]]:
    pages = []
    following: str | None = where
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        pages.append(answer.json()["items"])
        following = answer.json()["next"]
    return pages


def test_a_list_is_read_page_by_page_each_row_once(calling: dict[str, Client]) -> None:
    series = a_series()
    made = {str(a_batch(n, series).pk) for n in range(1, 8)}
    pages = walked(calling["stranger"], f"/api/v1/missions?series={series.pk}&limit=3")
    assert [len(page) for page in pages] == [3, 3, 1]
    assert {row["id"] for page in pages for row in page} == made


def test_what_is_added_meanwhile_moves_nothing_that_was_read(calling: dict[str, Client]) -> None:
    series = a_series()
    for n in (2, 4, 6, 8):
        a_batch(n, series)
    first = calling["stranger"].get(f"/api/v1/missions?series={series.pk}&limit=2").json()
    a_batch(1, series)  # before the place that was reached
    a_batch(7, series)  # beyond it
    rest = walked(calling["stranger"], first["next"])
    assert [m["number"] for m in first["items"]] == [2, 4]
    assert [m["number"] for page in rest for m in page] == [6, 7, 8]


def test_the_newest_first_goes_on_where_it_stopped(calling: dict[str, Client]) -> None:
    mission = a_batch()
    where = f"/api/v1/missions/{mission.pk}/visits"
    for day in ("2026-03-01", "2026-03-02", "2026-03-02", "2026-03-03"):
        sent(calling["leader"], "POST", where, {"held_on": day, "count": 5})
    pages = walked(calling["leader"], f"{where}?limit=1")
    days = [row["held_on"] for page in pages for row in page]
    assert days == ["2026-03-03", "2026-03-02", "2026-03-02", "2026-03-01"]
    assert len({row["id"] for page in pages for row in page}) == 4


@pytest.mark.parametrize("cursor", ["x", "é", "AAAA", "_" * 300])
def test_a_cursor_that_nobody_gave_is_refused(calling: dict[str, Client], cursor: str) -> None:
    answer = calling["stranger"].get("/api/v1/missions", {"cursor": cursor})
    assert is_problem(answer, 422)
    assert answer.json()["errors"][0]["field"] == "cursor"


def test_a_cursor_of_another_list_or_other_filters_is_refused(calling: dict[str, Client]) -> None:
    series = a_series()
    for n in (1, 2):
        a_batch(n, series)
    following = calling["stranger"].get("/api/v1/missions?limit=1").json()["next"]
    cursor = following.split("cursor=")[1]
    other = calling["stranger"].get(f"/api/v1/missions?kind=TOUR&cursor={cursor}")
    assert is_problem(other, 422)
    assert is_problem(calling["stranger"].get(f"/api/v1/documents?cursor={cursor}"), 422)


@pytest.mark.parametrize("limit", ["0", "201", "x", "99999999999999999999"])
def test_a_page_has_from_1_to_200_rows(calling: dict[str, Client], limit: str) -> None:
    assert is_problem(calling["stranger"].get(f"/api/v1/missions?limit={limit}"), 422)


def test_who_has_this_version_already_is_not_sent_it_again(calling: dict[str, Client]) -> None:
    where = f"/api/v1/missions/{a_batch(size=20).pk}"
    version = calling["stranger"].get(where).headers["ETag"]
    for known in (version, f"W/{version}", f'"other", {version}'):
        again = calling["stranger"].get(where, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == version
    fresh = calling["stranger"].get(where, headers={"If-None-Match": '"other"'})
    assert fresh.status_code == 200
    french = calling["stranger"].get(where, headers={"Accept-Language": "fr"})
    assert french.headers["ETag"] == version, "the same values are the same version"


def test_a_change_of_another_version_than_was_read_is_refused(calling: dict[str, Client]) -> None:
    mission = a_batch(size=20)
    where, office = f"/api/v1/missions/{mission.pk}", calling["office"]
    version = office.get(where).headers["ETag"]
    change_batch(mission=mission.pk, size=21, by=OFFICE, at=NOW)
    told = {"size": 30, "source": SOURCE}
    refused = sent(office, "PATCH", where, told, **{"If-Match": version})
    assert is_problem(refused, 412)
    assert office.get(where).json()["size"] == 21
    now = office.get(where).headers["ETag"]
    changed = sent(office, "PATCH", where, told, **{"If-Match": now})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == office.get(where).headers["ETag"], "ready for the next"


def test_a_change_touches_only_what_was_sent(calling: dict[str, Client]) -> None:
    mission = a_batch(size=20, departed_on="2024-06", status="ON_POST", tags=["URGENT"])
    where = f"/api/v1/missions/{mission.pk}"
    before = calling["office"].get(where).json()
    told = {"months": 18, "source": SOURCE}
    after = sent(calling["office"], "PATCH", where, told).json()
    assert {k for k in before if before[k] != after[k]} == {"months"}
    emptied = sent(calling["office"], "PATCH", where, {"tags": [], "source": SOURCE}).json()
    assert emptied["tags"] == []


def test_what_everybody_reads_may_be_kept_by_nobody_else(calling: dict[str, Client]) -> None:
    answer = calling["office"].get("/api/v1/areas")
    assert "private" in answer.headers["Cache-Control"]
    assert {"Authorization", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Not there"), ("fr", "Introuvable"), ("zh-hans", "不存在"), ("zh-CN", "不存在")],
)
def test_a_problem_speaks_the_callers_language(
    calling: dict[str, Client], language: str, title: str
) -> None:
    answer = calling["stranger"].get(
        f"/api/v1/missions/{UUID(int=0)}", headers={"Accept-Language": language}
    )
    assert is_problem(answer, 404)
    assert answer.json()["title"] == title


def test_who_calls_too_fast_waits_and_nobody_else_does(
    calling: dict[str, Client], people: dict[str, Account], settings: Any
) -> None:
    settings.API_PACE = 3
    pace.forget()
    found = [calling["office"].get("/api/v1/me").status_code for _ in range(5)]
    assert found == [200, 200, 200, 429, 429]
    slow = calling["office"].get("/api/v1/me")
    assert is_problem(slow, 429)
    assert 0 < int(slow.headers["Retry-After"]) <= 60
    assert calling["auditor"].get("/api/v1/me").status_code == 200
    pace.forget()


def test_search_finds_the_best_first(calling: dict[str, Client]) -> None:
    a_hospital("Hôpital Ignace Deen")
    answer = calling["stranger"].get("/api/v1/organisations?q=ignace%20deen").json()
    assert answer["items"][0]["names"] == {"fr": "Hôpital Ignace Deen"}
    assert answer["next"] is None
