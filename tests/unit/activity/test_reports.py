"""Single records and months' reports: who may what, the levels, versions, what is missing."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from marrow.activity import actions, queries
from marrow.activity.models import Count, Deed, Report
from marrow.activity.queries import figures, reports, rows
from marrow.activity.queries.figures import Of
from marrow.activity.rules.months import after
from marrow.core.journal.undoing import undo
from marrow.core.models import Operation
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import Grant, Viewer
from marrow.sources.models import Finding
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER
from tests.builders.counting import MARCH, Counting, a_deed, a_month, approved, counting

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SECOND = Viewer(UUID(int=77), "Second office", (Grant("office"),))


@pytest.fixture
def world(people: object) -> Counting:
    return counting()


def value(world: Counting, kind: str, month: dt.date = MARCH) -> Decimal | None:
    lines = figures.lines_of(Of(organisation=world.hospital.pk), month.year)
    return next((dict(line.cells)[month].value for line in lines if line.code == kind), None)


def test_a_hospital_records_for_itself_and_nobody_for_another(world: Counting) -> None:
    assert a_deed(world).organisation == world.hospital
    told: dict[str, Any] = {"organisation": world.hospital.pk, "mission": None, "at": NOW}
    deed = Deed(id=uuid4(), kind="VISIT", held_on=MARCH, count=1)
    with pytest.raises(NotAllowed):
        actions.record_deed(deed=deed, by=AUDITOR, **told)
    for viewer in (world.viewer("elsewhere"), STRANGER):
        with pytest.raises(Unseen):
            actions.record_deed(deed=deed, by=viewer, **told)


@pytest.mark.parametrize(
    "told",
    [
        {"count": 3}, {"held_on": NOW.date() + dt.timedelta(days=9)},
        {"with_whom": "+224 620 12 34 56"}, {"held_on": dt.date(1950, 1, 1)},
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_is_refused(world: Counting, told: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        a_deed(world, **told)
    assert not Deed.objects.exists()


def test_a_team_records_only_where_it_works(world: Counting) -> None:
    a_deed(world, team=True)
    with pytest.raises(Refused):
        actions.record_deed(
            organisation=world.other.pk, mission=world.team.pk, by=OFFICE, at=NOW,
            deed=Deed(id=uuid4(), kind="VISIT", held_on=MARCH, count=1),
        )  # fmt: skip


def test_a_voided_record_counts_no_more(world: Counting) -> None:
    row = a_deed(world)
    assert value(world, "OPERATION_DONE") == 1
    actions.void_deed(deed=row.pk, reason="twice", by=world.viewer("clerk"), at=NOW)
    assert value(world, "OPERATION_DONE") is None
    with pytest.raises(Refused):
        actions.void_deed(deed=row.pk, reason="twice", by=world.viewer("clerk"), at=NOW)
    with pytest.raises(Unseen):
        actions.void_deed(deed=row.pk, reason="x", by=world.viewer("elsewhere"), at=NOW)


def test_a_draft_is_in_no_figure_and_an_absent_cell_is_not_nought(world: Counting) -> None:
    by = world.viewer("clerk")
    row = actions.open_report(organisation=world.hospital.pk, month=MARCH, by=by, at=NOW)
    with pytest.raises(Refused):
        actions.submit(report=row.pk, by=by, at=NOW)
    told = {"VISIT": Decimal(0), "RESCUE": Decimal(2)}
    actions.fill_report(report=row.pk, values=told, by=by, at=NOW)
    assert value(world, "VISIT") is None
    actions.fill_report(report=row.pk, values={"RESCUE": None}, by=by, at=NOW)
    actions.submit(report=row.pk, by=by, at=NOW)
    assert [value(world, kind) for kind in ("VISIT", "RESCUE")] == [0, None]


def test_a_visit_and_a_half_is_no_count(world: Counting) -> None:
    with pytest.raises(Refused, match="whole number"):
        a_month(world, {"VISIT": Decimal("1.5")})
    assert not Count.objects.exists()
    a_month(world, {"VISIT": Decimal("12.000")})
    assert Count.objects.get().value == 12


def test_each_level_is_another_person(world: Counting) -> None:
    row = a_month(world, {"VISIT": 30})
    for step in (actions.review, actions.approve):
        with pytest.raises(NotAllowed):
            step(report=row.pk, by=world.viewer("clerk"), at=NOW)
    with pytest.raises(Unseen):
        actions.review(report=row.pk, by=world.viewer("elsewhere"), at=NOW)
    with pytest.raises(Refused):
        actions.approve(report=row.pk, by=OFFICE, at=NOW)  # nobody reviewed it
    actions.review(report=row.pk, by=world.viewer("hospital"), at=NOW)
    with pytest.raises(NotAllowed):
        actions.approve(report=row.pk, by=world.viewer("hospital"), at=NOW)
    assert actions.approve(report=row.pk, by=OFFICE, at=NOW).state == "APPROVED"


def test_nobody_passes_what_they_handed_in(world: Counting) -> None:
    row = a_month(world, {"VISIT": 30}, mission=world.team.pk)
    with pytest.raises(NotAllowed):
        actions.review(report=row.pk, by=OFFICE, at=NOW)
    assert actions.review(report=row.pk, by=SECOND, at=NOW).state == "REVIEWED"


def test_a_report_goes_back_with_a_reason_and_comes_again(world: Counting) -> None:
    row = a_month(world, {"VISIT": 30})
    with pytest.raises(Refused):
        actions.send_back(report=row.pk, reason=" ", by=OFFICE, at=NOW)
    actions.send_back(report=row.pk, reason="the second page is missing", by=OFFICE, at=NOW)
    assert value(world, "VISIT") is None
    by = world.viewer("clerk")
    assert [r.pk for r in reports.sent_back(by)] == [row.pk]
    actions.fill_report(report=row.pk, values={"VISIT": Decimal(41)}, by=by, at=NOW)
    actions.submit(report=row.pk, by=by, at=NOW)
    assert value(world, "VISIT") == 41


def test_what_is_approved_changes_by_a_new_version_that_counts_once_approved(
    world: Counting,
) -> None:
    old = approved(world, {"VISIT": 30})
    by = world.viewer("clerk")
    with pytest.raises(Refused):
        actions.fill_report(report=old.pk, values={"VISIT": Decimal(3)}, by=by, at=NOW)
    with pytest.raises(Refused):
        actions.open_report(organisation=world.hospital.pk, month=MARCH, by=by, at=NOW)
    fresh = actions.revise(report=old.pk, reason="a page was found", by=by, at=NOW)
    with pytest.raises(Refused):
        actions.revise(report=old.pk, reason="again", by=by, at=NOW)
    actions.fill_report(report=fresh.pk, values={"VISIT": Decimal(33)}, by=by, at=NOW)
    actions.submit(report=fresh.pk, by=by, at=NOW)
    assert value(world, "VISIT") == 30
    actions.review(report=fresh.pk, by=world.viewer("hospital"), at=NOW)
    actions.approve(report=fresh.pk, by=OFFICE, at=NOW)
    assert value(world, "VISIT") == 33
    assert Count.objects.filter(report=old).get().value == 30


def test_all_that_waits_at_a_hospital_passes_at_once(world: Counting) -> None:
    for n in range(3):
        a_month(world, {"VISIT": 30}, after(MARCH, n))
    told: dict[str, Any] = {"organisation": world.hospital.pk, "by": SECOND, "at": NOW}
    assert actions.pass_all(step="review", **told) == 3
    assert actions.pass_all(step="approve", **told) == 3
    assert not Report.objects.exclude(state="APPROVED").exists()


def test_a_month_that_nobody_reported_is_missing(world: Counting) -> None:
    for n in (0, 2):
        a_month(world, {"VISIT": 30}, after(MARCH, n))
    (unit,) = reports.units_of(2026, NOW.date(), world.hospital)
    assert [m.first.month for m in unit.months if m.missing] == [4, 6, 7, 8, 9, 10]
    assert (unit.expected, unit.reported) == (8, 2)
    assert reports.missing_at(world.viewer("hospital"), NOW.date()) == [(world.hospital, 6)]


def test_a_count_far_from_its_series_is_a_doubt_once(world: Counting) -> None:
    for n in range(12):
        a_month(world, {"VISIT": 100 + n % 3}, dt.date(2025, n + 1, 1))
    assert not Finding.objects.exists()
    a_month(world, {"VISIT": 2900}, MARCH)
    finding = Finding.objects.get()
    assert (finding.code, finding.params["value"]) == ("ACTIVITY_OUTLIER", "2900")
    assert actions.flag_outliers(by=OFFICE, at=NOW) == 0


def test_the_rows_behind_a_figure_make_it_up(world: Counting) -> None:
    for day in range(1, 29):
        a_deed(world, held_on=dt.date(2026, 3, day))
        a_deed(world, held_on=dt.date(2026, 3, day), kind="VISIT")
    a_month(world, {"OPERATION_DONE": 27})
    of = Of(organisation=world.hospital.pk)
    told = rows.rows_of(of, "OPERATION_DONE", 2026, 3, 1)
    assert (told.count, told.pages, told.lines[0].value) == (29, 1, 27)
    (line,) = [x for x in figures.lines_of(of, 2026) if x.code == "OPERATION_DONE"]
    assert line.differing[0][1].differs == -1
    assert len(list(rows.table(of, 2026))) == 57


def test_visits_from_phones_stand_in_the_teams_figures(world: Counting) -> None:
    actions.count_visits(mission=world.team.pk, held_on=MARCH, count=12, by=OFFICE, at=NOW)
    of = Of(mission=world.team.pk)
    assert figures.total_of(of, "VISIT", 2026) == 12
    assert queries.recorded_visits(world.team, 9).total == 12
    a_month(world, {"VISIT": 15}, mission=world.team.pk)
    assert figures.total_of(of, "VISIT", 2026) == 15
    assert figures.total_of(Of(programme=world.team.programme_id), "VISIT", 2026) == 15
    assert figures.total_of(Of(organisation=world.hospital.pk), "VISIT", 2026) is None


def test_two_numbers_of_visits_on_one_page_say_how_they_belong_together(
    world: Counting, signed_in: dict[str, Client]
) -> None:
    for day, count in ((1, 51), (2, 37), (3, 42)):
        on = dt.date(2026, 3, day)
        actions.count_visits(mission=world.team.pk, held_on=on, count=count, by=OFFICE, at=NOW)
    for _n in range(2):
        a_deed(world, team=True, kind="VISIT")
    a_month(world, {"VISIT": 756}, mission=world.team.pk)
    page = Client().get(f"/batches/{world.team.pk}/").content.decode()
    assert "both tell of the same work and are not to be added" in page
    assert 'href="#activity"' in page
    assert 'id="activity"' in page
    assert "<b>132</b>" in page
    for address in (f"/batches/{world.team.pk}/", f"/activity/missions/{world.team.pk}/"):
        shown = signed_in["office"].get(address).content.decode()
        table = shown[shown.index(">Visits</th>") :]
        told = re.findall(r'class="num"[^>]*>(\d+)<', table[: table.index("</table>")])
        assert sorted(map(int, told)) == [2, 37, 42, 51], "they add up to the 132"
        assert "?kind=VISIT" in table
    rest = queries.recorded_visits(world.team, 2)
    assert (rest.total, rest.earlier, rest.singly, len(rest.lines)) == (132, 51, 2, 2)


def taken_back(action: str, nth: int = 0) -> None:
    act = Operation.objects.filter(action=action).order_by("-id").values("act").distinct()
    undo(act=list(dict.fromkeys(row["act"] for row in act))[nth], by=OFFICE, at=NOW)


def test_what_is_handed_in_reviewed_or_approved_keeps_its_figures_whatever_is_taken_back(
    world: Counting,
) -> None:
    by = world.viewer("clerk")
    row = actions.open_report(organisation=world.hospital.pk, month=MARCH, by=by, at=NOW)
    for count in (500, 5):
        actions.fill_report(report=row.pk, values={"OPERATION_DONE": Decimal(count)}, by=by, at=NOW)
    actions.submit(report=row.pk, by=by, at=NOW)
    for step in (None, actions.review, actions.approve):
        if step:
            step(report=row.pk, by=OFFICE if step is actions.review else SECOND, at=NOW)
        for nth in (0, 1):
            with pytest.raises(Refused):
                taken_back("fill_monthly_report", nth)
        assert value(world, "OPERATION_DONE") == 5


def test_while_its_site_may_write_in_it_what_was_written_is_taken_back(world: Counting) -> None:
    by = world.viewer("clerk")
    row = actions.open_report(organisation=world.hospital.pk, month=MARCH, by=by, at=NOW)
    for count in (500, 5):
        actions.fill_report(report=row.pk, values={"VISIT": Decimal(count)}, by=by, at=NOW)
    taken_back("fill_monthly_report")
    assert Count.objects.get().value == 500
    actions.submit(report=row.pk, by=by, at=NOW)
    with pytest.raises(Refused, match="is handed in: its figures stand"):
        taken_back("undo")
    actions.send_back(report=row.pk, reason="Too many", by=OFFICE, at=NOW)
    taken_back("undo")
    assert Count.objects.get().value == 5
    with pytest.raises(Refused, match="written in it since"):
        taken_back("send_back_monthly_report")
    assert Report.objects.get().state == "RETURNED"


def test_other_figures_than_were_handed_in_do_not_count_by_taking_back_a_take_back(
    world: Counting,
) -> None:
    by = world.viewer("clerk")
    row = a_month(world, {"VISIT": 900})
    taken_back("submit_monthly_report")
    told = {"VISIT": Decimal(9_000)}
    actions.fill_report(report=row.pk, values=told, by=by, at=NOW)
    with pytest.raises(Refused, match="written in it since"):
        taken_back("undo")
    assert value(world, "VISIT") is None
    actions.submit(report=row.pk, by=by, at=NOW)
    actions.review(report=row.pk, by=OFFICE, at=NOW)
    actions.send_back(report=row.pk, reason="Too many", by=OFFICE, at=NOW)
    taken_back("send_back_monthly_report")
    taken_back("undo")
    actions.fill_report(report=row.pk, values={"VISIT": Decimal(800)}, by=by, at=NOW)
    with pytest.raises(Refused, match="written in it since"):
        taken_back("undo")
    assert Report.objects.get().state == "RETURNED"


def test_a_month_that_was_sent_back_by_mistake_is_handed_in_again_as_it_was(
    world: Counting,
) -> None:
    row = a_month(world, {"VISIT": 30})
    actions.send_back(report=row.pk, reason="Too many", by=OFFICE, at=NOW)
    taken_back("send_back_monthly_report")
    assert Report.objects.get().state == "SUBMITTED"
