"""What planners count as numbers is told as people call it."""

from __future__ import annotations

from uuid import uuid4

from marrow.plan.queries.told import fills


def test_a_course_and_an_exception_tell_levels_and_titles_by_their_names() -> None:
    person = uuid4()  # of whom nobody told a name
    course = {"person": str(person), "language": "fr", "level": 2, "asked": 3}
    grade = {"person": str(person), "grade": 2, "asked": 4}
    why = {
        "fills": [
            ({"code": "course", "names": course}, str(person), 5.0),
            ({"code": "grade", "names": grade}, str(person), 2.0),
        ]
    }
    first, second = fills(why, {})
    assert "reaches level B2 in French (now B1)" in first
    assert str(person) not in first, "whom this reader may not see has neither name nor number"
    assert "attending" in second.lower()
    assert "chief" in second.lower()
