"""What planners count as numbers is told as people call it."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from marrow.people.models import Person
from marrow.plan.queries.told import fills, further, others
from marrow.plan.queries.wording import Named as People
from marrow.plan.rules.said import Named, Said
from marrow.plan.words import of_handovers, sentence


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


def told(code: str, **names: Named) -> str:
    return sentence(Said(code, names))


def test_one_point_is_a_point_and_more_are_points() -> None:
    best: dict[str, Named] = {"people": ("A", "B"), "count": 2}
    assert "would cost 1 point each" in told("why_best_of_many", cost=1.0, **best)
    assert "would cost 2 points each" in told("why_best_of_many", cost=2.0, **best)
    assert "would cost 0.5 points each" in told("why_best_of_many", cost=0.5, **best)
    assert told("why_wish", points=1.0) == "It is their wish (1 point)."
    assert "would cost 1 point." in told("why_best", person="A", cost=1.0)
    assert "at most 1 point;" in told("why_at_most", person="A", cost=1.0)
    assert "would cost 1 point elsewhere" in told("empty_costs", cost=1.0, seats=())
    assert "at most 1 point elsewhere" in told("empty_costs_at_most", cost=1.0, seats=())
    with override("fr"):
        assert told("why_wish", points=1.5) == "C’est son vœu (1,5 point)."
        assert told("why_wish", points=2.0) == "C’est son vœu (2 points)."
    with override("zh-hans"):
        assert told("why_wish", points=1.0) == "符合本人志愿（1 分）。"


@pytest.mark.parametrize("points", [0.05, 0.5, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("tongue", ["en", "fr"])
def test_the_sentence_and_the_button_beside_it_count_points_alike(
    tongue: str, points: float
) -> None:
    key = str(uuid4())
    who: People = {UUID(key): Person(id=UUID(key))}
    with override(tongue):
        said = told("why_best", person="A", cost=points)
        exact, at_most, anew = (
            others({"others": [(key, "")], "costs": {key: cost}}, who)[0].cost
            for cost in ([points, True, []], [points, False, []], [points, False, [], points])
        )
        (about,) = further({"further": [(key, "", points)]}, who)
        for words in (exact, at_most, anew, about.cost):
            assert counted(words) == counted(said), words
    plural = points != 1 if tongue == "en" else points >= 2
    assert set(counted(said)) == {"points" if plural else "point"}


def counted(words: str) -> set[str]:
    return set(re.findall(r"points?\b", words))


def test_those_who_are_all_only_asked_are_told_once() -> None:
    home: dict[str, Named] = {"name": "H", "month": "2027-01", "cap": 1}
    some = told("asked_beyond_organisation", count=4, asked=1, **home)
    assert "4 of its people are selected or asked already, 1 of them only asked." in some
    every = told("asked_beyond_organisation", count=4, asked=4, **home)
    assert "and 4 of its people are asked already. They keep their seats" in every
    assert "only asked" not in every
    one = told("asked_beyond_department_of", count=1, asked=1, limit=2, away=1, **home)
    assert "and 1 is asked in this plan. They keep their seat;" in one
    held = told("held_beyond_organisation", count=1, **home)
    assert "1 of its people is selected already" in held
    with override("fr"):
        assert "et 4 des siens sont déjà sollicités." in told(
            "asked_beyond_organisation", count=4, asked=4, **home
        )
    with override("zh-hans"):
        assert "而已有4人受邀。" in told("asked_beyond_organisation", count=4, asked=4, **home)


def test_a_fault_of_a_workbook_has_the_brackets_of_chinese() -> None:
    with override("zh-hans"):
        assert "不得大于 4（现为 9）。" in told("too_large_figure", where="X", le=4, found=9)


def test_what_is_not_in_the_list_is_told_in_french_as_one_says_it() -> None:
    """Whatever the gender of what it names: a post, a person, an invitation."""
    names: dict[str, Named] = {"who": "asked", "name": "S9", "what": "seat", "asked": "S9"}
    with override("fr"):
        plain = told("unknown", **names)
        near = told("unknown_but_near", near="S8", **names)
    assert plain == "« S9 » (poste) ne figure pas dans la liste. À vérifier : sollicitation S9."
    assert near == (
        "« S9 » (poste) ne figure pas dans la liste ; vouliez-vous dire « S8 » ? À vérifier :"
        " sollicitation S9."
    )


@pytest.mark.parametrize(
    ("tongue", "ends"), [("en", " each: A, A, "), ("fr", ": A, A, "), ("zh-hans", "：A、A、")]
)
def test_a_list_that_is_cut_ends_with_three_dots_and_no_fourth(tongue: str, ends: str) -> None:
    with override(tongue):
        many = told("why_best_of_many", people=("A",) * 40, count=40, cost=2.0)
        some = told("why_best_of_many", people=("A",) * 12, count=12, cost=2.0)
    assert ends in many
    assert many.endswith("…")
    assert "…" not in some
    assert some.endswith(("A.", "A。"))


@pytest.mark.parametrize("named", [3, 12])
def test_of_people_who_are_counted_and_not_all_named_it_is_said_that_there_are_more(
    named: int,
) -> None:
    home: dict[str, Named] = {"name": "H", "month": "2027-01", "cap": 1}
    some = told("empty_by_organisation", people=("A",) * named, count=23, **home)
    every = told("empty_by_organisation", people=("A",) * named, count=named, **home)
    assert some.endswith("keeps back (23): " + "A, " * named + "…")
    assert every.endswith(f"({named}): " + ", ".join("A" * named) + ".")


def test_who_sits_in_another_seat_of_the_plan_is_not_said_to_go_there() -> None:
    key = str(uuid4())
    who: People = {UUID(key): Person(id=UUID(key))}
    (about,) = further({"further": [(key, "GN31-02", 3.0)]}, who)
    assert about.where == "sits in GN31-02"
    with override("fr"):
        assert further({"further": [(key, "GN31-02", 3.0)]}, who)[0].where == "occupe GN31-02"
    with override("zh-hans"):
        assert further({"further": [(key, "GN31-02", 3.0)]}, who)[0].where == "现安排在GN31-02"


@pytest.mark.parametrize(
    ("code", "number", "one", "more"),
    [
        ("beyond_cap", "count", "has 1 person away", "has 2 people away"),
        ("never_goes", "seats", "has 1 seat:", "has 2 seats:"),
        ("pinned_beyond_department", "count", "1 person of department H is", "2 people of"),
        ("pinned_beyond_organisation", "count", "1 person of organisation H is", "2 people of"),
        ("pinned_beyond_department_of", "count", "1 person of H would", "2 people of H would"),
    ],
)
def test_one_person_and_one_seat_are_not_told_as_many(
    code: str, number: str, one: str, more: str
) -> None:
    names: dict[str, Named] = {
        "name": "H", "month": "2027-03", "cap": 0, "mission": "M", "minimum": 3, "limit": 1,
        "away": 1,
    }  # fmt: skip
    assert one in told(code, **names, **{number: 1})
    assert more in told(code, **names, **{number: 2})
    with override("fr"):
        said = told(code, **names, **{number: 1})
        assert "1 personnes" not in said
        assert "1 postes" not in said


def test_of_handovers_that_are_lost_all_are_named() -> None:
    lost = [[f"GN31-{n:02}", "A", f"GN32-{n:02}", "B"] for n in range(1, 15)]
    words = sentence(of_handovers("handovers_lost", lost))
    assert "GN31-14 A → GN32-14 B" in words
    assert "…" not in words
