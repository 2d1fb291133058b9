"""Plans, sheets, targets, benefits, the office's own team: who may, who may not, what fails."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.agreements import access, queries
from marrow.agreements.actions import (
    add_task,
    answer_requirement,
    ask_requirement,
    drop_aimed,
    join_office,
    leave_office,
    open_sheet,
    say_how_far,
    set_period,
    set_target,
    tell_first,
    tell_gain,
    tell_motto,
    tell_tenet,
)
from marrow.agreements.models import Gain, Target
from marrow.agreements.rules import DONE, DROPPED, UNDER_WAY, UNKNOWN
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.viewer import AREA, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.programmes.queries import motto_of
from marrow.sources.actions import keep_document, keep_told
from marrow.sources.actions.facts import quoted
from marrow.sources.models import Fact
from tests.builders import AUDITOR, LEADER, NOW, OFFICE, PAPER, STRANGER
from tests.builders.agreeing import Agreed, a_requirement, a_sheet, a_task, agreed

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()


def a_target(world: Agreed, measure: str = "", aim: int = 8) -> Target:
    return set_target(
        programme=world.programme.key, measure=measure, text="" if measure else "doctors on call",
        language="en", aim=Decimal(aim), measured_in="" if measure else "persons", by_on="2028",
        by=world.office, at=NOW,
    )  # fmt: skip


def test_its_office_its_recipients_and_auditors_read_and_nobody_else() -> None:
    world = agreed()
    key = world.programme.key
    guinea = Viewer(uuid4(), "Area", (Grant("recipient", AREA, Area.objects.get(code="GN").pk),))
    for reader in (OFFICE, world.office, world.host, world.head, AUDITOR, guinea):
        assert access.work_for(reader, key) == world.programme
        assert world.programme in queries.programmes_of(reader)
    for reader in (world.other_office, world.other_host, LEADER, STRANGER):
        with pytest.raises(Unseen):
            access.work_for(reader, key)
        assert world.programme not in queries.programmes_of(reader)


@pytest.mark.parametrize("who", ["host", "auditor"])
def test_only_its_office_keeps_it(who: str) -> None:
    world = agreed()
    by = AUDITOR if who == "auditor" else world.host
    with pytest.raises(NotAllowed):
        open_sheet(programme=world.programme.key, year=2026, by=by, at=NOW)
    with pytest.raises(NotAllowed):
        join_office(programme=world.programme.key, name="A", duty="b", since="", by=by, at=NOW)
    line = a_task(world, a_sheet(world))
    with pytest.raises(NotAllowed):
        drop_aimed(aimed=line.pk, reason="why", by=by, at=NOW)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Say that they left"), ("fr", "Noter le départ"), ("zh-hans", "登记离任")],
)
def test_beside_who_serves_stands_what_one_may_do_and_not_that_they_left(
    signed_in: dict[str, Client], language: str, words: str
) -> None:
    world = agreed()
    key = world.programme.key
    member = join_office(
        programme=key, name="A", duty="b", since="2014-03", by=world.office, at=NOW
    )
    answer = signed_in["office"].get(
        f"/agreements/of/{key}/", headers={"accept-language": language}
    )
    link = answer.content.decode().split(f"/agreements/office/{member.pk}/leave/", 1)
    assert words in link[-1][:60]


def test_another_office_sees_nothing_of_it() -> None:
    world = agreed()
    sheet = a_sheet(world)
    line = a_task(world, sheet)
    asked = a_requirement(world)
    with pytest.raises(Unseen):
        add_task(sheet=sheet.pk, text="x", language="en", by=world.other_office, at=NOW)
    with pytest.raises(Unseen):
        drop_aimed(aimed=line.pk, reason="x", by=world.other_office, at=NOW)
    with pytest.raises(Unseen):
        answer_requirement(requirement=asked.pk, answer="x", by=world.other_office, at=NOW)
    with pytest.raises(Unseen):
        leave_office(member=uuid4(), until="2026", by=world.office, at=NOW)


def test_a_sheet_of_a_year_is_opened_once() -> None:
    world = agreed()
    a_sheet(world)
    with pytest.raises(Refused):
        a_sheet(world)
    with pytest.raises(Refused):
        open_sheet(
            programme=world.programme.key, year=2026, agreement=uuid4(), by=world.office, at=NOW
        )


def test_a_task_is_unknown_until_somebody_says_how_far_it_is_and_who_says_so() -> None:
    world = agreed()
    sheet = a_sheet(world)
    numbered, plain = a_task(world, sheet), a_task(world, sheet, "Put rules up", None)
    assert [a.stands for a in queries.lines_of(sheet)] == [UNKNOWN, UNKNOWN]
    shown = queries.sheets_of(world.programme)[0]
    assert (shown.done, shown.unknown, shown.count) == (0, 2, 2)
    say_how_far(
        aimed=numbered.pk, reached=Decimal(5), as_of="2026-06", source=PAPER, by=world.office,
        at=NOW,
    )  # fmt: skip
    say_how_far(aimed=plain.pk, done_on="2026-05", source=PAPER, by=world.office, at=NOW)
    first, second = queries.lines_of(sheet)
    assert (first.stands, first.told, second.stands) == (UNDER_WAY, "reached", DONE)
    assert Fact.objects.get(about=numbered.pk).number == 5


def test_how_far_needs_a_number_with_its_day_or_a_day() -> None:
    world = agreed()
    sheet = a_sheet(world)
    numbered, plain = a_task(world, sheet), a_task(world, sheet, "Put rules up", None)
    for row, told in (
        (numbered, {"reached": Decimal(5)}), (numbered, {"as_of": "2026"}), (plain, {}),
        (numbered, {"reached": Decimal(-1), "as_of": "2026"}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            say_how_far(aimed=row.pk, source=PAPER, by=world.office, at=NOW, **told)


def test_an_aim_has_a_unit_and_a_task_words() -> None:
    world = agreed()
    sheet = a_sheet(world)
    for told in ({"text": " "}, {"text": "x", "aim": Decimal(3)},
                 {"text": "x", "aim": Decimal(-3), "measured_in": "p"},
                 {"text": "x", "requirement": uuid4()}):  # fmt: skip
        with pytest.raises(Refused):
            add_task(sheet=sheet.pk, language="en", by=world.office, at=NOW, **told)


def test_what_is_dropped_keeps_its_reason_and_is_moved_no_more() -> None:
    world = agreed()
    sheet = a_sheet(world)
    line = a_task(world, sheet)
    with pytest.raises(Refused):
        drop_aimed(aimed=line.pk, reason=" ", by=world.office, at=NOW)
    drop_aimed(aimed=line.pk, reason="the ward closed", by=world.office, at=NOW)
    assert queries.lines_of(sheet)[0].stands == DROPPED
    assert queries.sheets_of(world.programme)[0].count == 0
    with pytest.raises(Refused):
        drop_aimed(aimed=line.pk, reason="again", by=world.office, at=NOW)
    with pytest.raises(Refused):
        say_how_far(aimed=line.pk, reached=Decimal(1), as_of="2026", source=PAPER,
                    by=world.office, at=NOW)  # fmt: skip


def publish(world: Agreed, measure: str, number: int, words: str) -> None:
    paper = keep_document(key=f"d:{words}", kind="PAPER", title=words, by=OFFICE, at=NOW)
    quote = quoted(paper, words, "")
    fact = Fact(
        id=uuid4(), about_model="programmes.programme", about=world.programme.pk, field=measure,
        value=str(number), number=Decimal(number), standing="CLAIM", quote=quote,
    )  # fmt: skip
    keep_told(told=[(fact, quote)], by=OFFICE, at=NOW)


def test_a_target_with_a_measure_stands_where_its_figures_stand() -> None:
    world = agreed()
    row = a_target(world, "techniques_new")

    def now() -> queries.AimedShown:
        return queries.shown([row], world.programme)[0]

    assert (now().stands, now().figures) == (UNKNOWN, [])
    publish(world, "techniques_new", 9, "nine new techniques")
    assert now().stands == DONE
    publish(world, "techniques_new", 7, "seven new techniques")
    assert (now().stands, len(now().figures)) == (UNDER_WAY, 2)
    with pytest.raises(Refused):
        say_how_far(aimed=row.pk, reached=Decimal(9), as_of="2026", source=PAPER, by=world.office,
                    at=NOW)  # fmt: skip


def test_a_target_in_words_stands_where_its_office_says() -> None:
    world = agreed()
    row = a_target(world)
    say_how_far(aimed=row.pk, reached=Decimal(8), as_of="2026", source=PAPER, by=world.office,
                at=NOW)  # fmt: skip
    assert queries.shown([Target.objects.get()], world.programme)[0].stands == DONE


@pytest.mark.parametrize(
    "told",
    [{"measure": "no such"}, {"text": ""}, {"aim": None}, {"measured_in": ""}, {"period": uuid4()}],
)
def test_a_target_that_says_nothing_is_refused(told: dict[str, object]) -> None:
    world = agreed()
    whole: dict[str, object] = {
        "measure": "", "text": "x", "aim": Decimal(1), "measured_in": "p", "by_on": "", **told,
    }  # fmt: skip
    with pytest.raises(Refused):
        set_target(programme=world.programme.key, language="en", by=world.office, at=NOW, **whole)  # type: ignore[arg-type]


def test_a_requirement_is_not_answered_until_somebody_says_how() -> None:
    world = agreed()
    asked = a_requirement(world)
    ((period, rows),) = queries.requirements_of(world.programme)
    assert (str(period), [r.answer for r in rows]) == ("Test plan", [""])
    answer_requirement(requirement=asked.pk, answer="logged cases", by=world.office, at=NOW)
    assert queries.requirements_of(world.programme)[0][1][0].answer == "logged cases"
    told: dict[str, Any]
    for told in ({"period": uuid4()}, {"goal": uuid4()}):
        with pytest.raises(Refused):
            ask_requirement(programme=world.programme.key, text="x", language="en", source=PAPER,
                            by=world.office, at=NOW, **told)  # type: ignore[arg-type]  # fmt: skip


def test_a_plan_period_has_an_order() -> None:
    world = agreed()
    with pytest.raises(Refused):
        set_period(programme=world.programme.key, names=names("P"), starts_on="2028",
                   ends_on="2024", source=PAPER, by=world.office, at=NOW)  # fmt: skip


def test_benefits_stand_in_both_directions_and_an_empty_one_says_so() -> None:
    world = agreed()
    tell_gain(programme=world.programme.key, to="SENDER", text="tropical medicine", language="en",
              partnership=world.partnership.pk, source=PAPER, by=world.office, at=NOW)  # fmt: skip
    assert [len(side) for _word, side in queries.gains_of(world.programme)] == [0, 1]
    assert Fact.objects.filter(about=Gain.objects.get().pk, field="text").exists()
    for told in ({"to": "NOBODY"}, {"partnership": uuid4()}, {"text": " "}):
        with pytest.raises(Refused):
            tell_gain(**{"programme": world.programme.key, "to": "SENDER", "text": "x",
                         "language": "en", "source": PAPER, "by": world.office, "at": NOW,
                         **told})  # type: ignore[arg-type]  # fmt: skip


def test_a_first_is_of_one_side_and_has_words_and_a_source() -> None:
    world = agreed()
    tell_first(programme=world.programme.key, side="SENDER", text="first to send two advisers",
               language="en", source=PAPER, by=world.office, at=NOW)  # fmt: skip
    assert [w for w, _rows in queries.firsts_of(world.programme)] == ["of the sending side"]
    whole = {"programme": world.programme.key, "side": "SENDER", "text": "x", "language": "en",
             "source": PAPER, "by": world.office, "at": NOW}  # fmt: skip
    for told in ({"side": "NOBODY"}, {"text": " "}, {"mission": uuid4()}):
        with pytest.raises(Refused):
            tell_first(**{**whole, **told})  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        tell_first(**{**whole, "by": world.host})  # type: ignore[arg-type]


def test_a_value_and_the_motto_have_words_and_a_source() -> None:
    world = agreed()
    told = {"programme": world.programme.key, "source": PAPER, "by": world.office, "at": NOW}
    tell_tenet(names=names("Teach"), **told)  # type: ignore[arg-type]
    assert [str(t) for t in queries.tenets_of(world.programme)] == ["Teach"]
    tell_motto(text="Teach, then leave", **told)  # type: ignore[arg-type]
    tell_motto(text="Teach and leave", **told)  # type: ignore[arg-type]
    motto = motto_of(world.programme)
    assert motto is not None
    assert motto.value == "Teach and leave"  # what was told before stands beside it
    with pytest.raises(Refused):
        tell_tenet(names={}, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        tell_motto(text=" ", **told)  # type: ignore[arg-type]


def test_somebody_of_the_office_leaves_after_they_began() -> None:
    world = agreed()
    row = join_office(programme=world.programme.key, name="Lin Test", duty="rotations",
                      since="2014-03", by=world.office, at=NOW)  # fmt: skip
    assert queries.team_of(world.programme, TODAY)[0].years == 12
    with pytest.raises(Refused):
        leave_office(member=row.pk, until="2013", by=world.office, at=NOW)
    leave_office(member=row.pk, until="2020-04", by=world.office, at=NOW)
    assert queries.team_of(world.programme, TODAY)[0].years == 6
    with pytest.raises(NotAllowed):
        leave_office(member=row.pk, until="2021", by=world.host, at=NOW)
