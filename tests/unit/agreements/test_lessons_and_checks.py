"""Lessons are taken over with a link back; each side's health check waits for the other's."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from marrow.agreements import access, queries
from marrow.agreements.actions import (
    give_check,
    mend_entry,
    take_over,
    tell_first,
    tell_gain,
    write_lesson,
)
from marrow.agreements.models import HealthCheck, Lesson, Mark
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.core.subjects import SUBJECTS
from marrow.core.viewer import Viewer
from marrow.desk.actions import say_also
from marrow.sources.actions import Source
from tests.builders import AUDITOR, NOW, OFFICE, STRANGER
from tests.builders.agreeing import Agreed, agreed, marks

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def a_lesson(world: Agreed, *, public: bool = False) -> Lesson:
    return write_lesson(programme=world.programme.key, kind="MODEL", title="Three steps",
                        text="See, do, teach.", language="en", public=public, by=world.office,
                        at=NOW)  # fmt: skip


def test_a_public_lesson_is_for_everybody_another_for_those_inside() -> None:
    world = agreed()
    inside = a_lesson(world)
    for reader in (world.office, world.other_office, world.host, AUDITOR):
        assert access.lesson_for(reader, inside.pk) == inside
    for reader in (STRANGER, world.other_host):
        with pytest.raises(Unseen):
            access.lesson_for(reader, inside.pk)
    assert access.lesson_for(STRANGER, a_lesson(world, public=True).pk)


def test_no_lesson_and_no_first_names_a_patient() -> None:
    world = agreed()
    told: dict[str, Any] = {
        "programme": world.programme.key,
        "by": world.office,
        "at": NOW,
        "language": "en",
    }
    paper = Source("Report (invented)", "the hospital")
    for named in ("Patient mamadou diallo sees again", "张三 术后出院"):
        with pytest.raises(Refused, match="looks like a person"):
            write_lesson(kind="MODEL", title="Cataract", text=named, **told)
        with pytest.raises(Refused, match="looks like a person"):
            tell_first(side="RECIPIENT", text=named, source=paper, **told)


def test_a_lesson_that_names_somebody_is_taken_from_strangers_as_it_is() -> None:
    world = agreed()
    open_to_all = a_lesson(world, public=True)
    old = "Mariama Barry, the wife of Mr Barry, was the first to be dialysed."
    Lesson.objects.filter(pk=open_to_all.pk).update(text=old)  # from before such words were refused
    told: dict[str, Any] = {"model": Lesson, "entry": open_to_all.pk, "by": world.office, "at": NOW}
    mend_entry(**told, title="Three steps", text=old, public=False)
    with pytest.raises(Unseen):
        access.lesson_for(STRANGER, open_to_all.pk)
    for back in ({"public": True}, {"text": old + " Mr Barry taught us."}):
        with pytest.raises(Refused, match="looks like a person"):
            mend_entry(**told, **back)


def test_a_lesson_that_strangers_read_names_no_patient_by_a_title_but_its_teachers() -> None:
    world = agreed()
    told: dict[str, Any] = {
        "programme": world.programme.key, "kind": "LESSON", "title": "Two hours", "language": "en",
        "public": True, "by": world.office, "at": NOW,
    }  # fmt: skip
    for named in (
        "L’opération de Mme Camara a duré deux heures", "Mrs Barry’s baby was born by caesarean",
        "Le mari de Mme Sow est rentré guéri", "迪亚洛先生术后死亡",
    ):  # fmt: skip
        with pytest.raises(Refused, match="looks like a person"):
            write_lesson(text=named, **told)
    write_lesson(text="Dr Bah taught ten nurses; thanks to Mr Bah, director of the house", **told)


def test_a_first_and_a_benefit_that_strangers_read_name_no_patient_by_a_title() -> None:
    world = agreed()
    told: dict[str, Any] = {
        "programme": world.programme.key, "language": "en", "by": world.office, "at": NOW,
        "source": Source("Report (invented)", "the hospital"),
    }  # fmt: skip
    for named in (
        "First hip replacement: Mr Keita", "Mme Barry, première dialysée",
        "首台搭桥手术：卡马拉先生",
    ):  # fmt: skip
        with pytest.raises(Refused, match="looks like a person"):
            tell_first(side="RECIPIENT", text=named, **told)
        with pytest.raises(Refused, match="looks like a person"):
            tell_gain(to="RECIPIENT", text=named, **told)
    row = tell_first(side="RECIPIENT", text="First hernia by surgeon Mr Bah", **told)
    also = {"text": {"fr": "Première hernie : M. Keita"}}
    with pytest.raises(Refused, match="looks like a person"):
        say_also(label="agreements.first", record=row.pk, also=also, by=world.office, at=NOW)


def test_another_programme_takes_a_lesson_over_once() -> None:
    world = agreed()
    row = a_lesson(world)
    assert queries.takers_of(world.other_office, row) == [("other-test", "Teams other-test")]
    take_over(lesson=row.pk, programme="other-test", since="2026", by=world.other_office, at=NOW)
    assert [r.programme.key for r in queries.reuses_of(row)] == ["other-test"]
    assert queries.takers_of(world.other_office, row) == []
    with pytest.raises(Refused):
        take_over(lesson=row.pk, programme="other-test", since="", by=world.other_office, at=NOW)
    with pytest.raises(Refused):
        take_over(lesson=row.pk, programme=world.programme.key, since="", by=world.office, at=NOW)


def test_nobody_takes_over_for_another_office_or_writes_for_it() -> None:
    world = agreed()
    row = a_lesson(world)
    with pytest.raises(Unseen):
        take_over(lesson=row.pk, programme="other-test", since="", by=world.office, at=NOW)
    with pytest.raises(NotAllowed):
        write_lesson(programme=world.programme.key, kind="LESSON", title="t", text="x",
                     language="en", by=world.host, at=NOW)  # fmt: skip
    for told in ({"title": " "}, {"kind": "SONG"}, {"mission": uuid4()}):
        with pytest.raises(Refused):
            write_lesson(**{"programme": world.programme.key, "kind": "LESSON", "title": "t",
                            "text": "x", "language": "en", "by": world.office, "at": NOW,
                            **told})  # type: ignore[arg-type]  # fmt: skip


def gives(world: Agreed, side: str, by: Viewer, score: int | None = 3) -> HealthCheck:
    return give_check(partnership=world.partnership.pk, side=side, language="en",
                      marks=marks(score), by=by, at=NOW)  # fmt: skip


def test_each_side_gives_its_own_and_nobody_gives_the_others() -> None:
    world = agreed()
    for side, by in (("OFFICE", world.host), ("RECIPIENT", world.office),
                     ("RECIPIENT", world.head), ("NOBODY", world.office),
                     ("OFFICE", AUDITOR)):  # fmt: skip
        with pytest.raises(NotAllowed):
            gives(world, side, by)
    for by in (world.other_host, world.other_office, STRANGER):
        with pytest.raises(Unseen):
            gives(world, "RECIPIENT", by)


def test_one_person_gives_one_side_alone() -> None:
    world = agreed()
    both = Viewer(uuid4(), "Both", (*world.office.grants, *world.host.grants))
    gives(world, "OFFICE", both)
    with pytest.raises(NotAllowed):
        gives(world, "RECIPIENT", both)


def test_marks_are_shown_once_both_sides_have_given_theirs() -> None:
    world = agreed()
    ours = gives(world, "OFFICE", world.office, 4)
    year = queries.years_of(world.partnership)[0]
    assert (year.both, year.steps, year.principles) == (False, [], [])
    mark = Mark.objects.filter(health_check=ours).first()
    may_see = SUBJECTS["agreements.mark"].may_see
    assert mark
    assert may_see(world.office, mark)
    assert not any(may_see(v, mark) for v in (world.host, AUDITOR, world.other_office, STRANGER))
    assert [c.pk for c in queries.waiting_checks(world.host, NOW.year)] == [ours.pk]
    assert queries.waiting_checks(world.office, NOW.year) == []
    gives(world, "RECIPIENT", world.host, 2)
    year = queries.years_of(world.partnership)[0]
    assert (len(year.steps), len(year.principles)) == (6, 8)
    assert all(point.apart for point in year.steps)
    assert all(may_see(v, mark) for v in (world.host, world.head, AUDITOR))
    assert not may_see(world.other_host, mark)
    assert queries.waiting_checks(world.host, NOW.year) == []


def test_a_health_check_is_given_once_a_year_with_a_sentence_for_each_point() -> None:
    world = agreed()
    for said in (marks(5), marks(3, " "), {"NEEDS": (3, "only one")}):
        with pytest.raises(Refused):
            give_check(partnership=world.partnership.pk, side="OFFICE", language="en", marks=said,
                       by=world.office, at=NOW)  # fmt: skip
    gives(world, "OFFICE", world.office, None)
    with pytest.raises(Refused):
        gives(world, "OFFICE", world.office)
    give_check(partnership=world.partnership.pk, side="OFFICE", language="en", marks=marks(),
               by=OFFICE, at=NOW + dt.timedelta(days=365))  # fmt: skip
    assert HealthCheck.objects.count() == 2
    assert set(Mark.objects.filter(health_check__year=2026).values_list("score", flat=True)) == {
        None
    }


def test_a_partnership_that_is_not_there_is_unseen() -> None:
    agreed()
    with pytest.raises(Unseen):
        access.partnership_for(OFFICE, uuid4())
