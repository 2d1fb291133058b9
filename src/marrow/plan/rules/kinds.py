"""How codes of records are told in the planner's format: kinds of missions, grades, levels."""

from __future__ import annotations

from marrow.plan.rules.problem import Kind, LanguageAsked, Trade

NO_SPECIALTY = "NONE"
KINDS: dict[str, Kind] = {
    "RESIDENT_BATCH": "resident", "SIX_MONTH_TEAM": "teaching", "SHORT_SURGICAL": "surgical",
    "FREE_CLINIC": "surgical", "OUTBREAK_EXPERTS": "outbreak", "RELIEF_TEAM": "outbreak",
    "HOSPITAL_SHIP": "surgical", "ADVISER": "resident", "CADRE": "group", "TOUR": "surgical",
    "HOSPITAL_PROJECT": "contract", "ONLINE_COURSE": "teaching", "EXPERT_GROUP": "group",
}  # fmt: skip
TRADE = Trade(
    surgical=(
        "GENERAL_SURGERY", "ORTHOPAEDICS", "NEUROSURGERY", "CARDIAC_SURGERY", "UROLOGY", "BURNS",
    ),
    anaesthesia="ANAESTHESIA", infection_control="INFECTIOUS", interpreter="INTERPRETING",
)  # fmt: skip
#: the months for which a kind of team goes, where no batch before tells
MONTHS = {"RESIDENT_BATCH": 18, "SIX_MONTH_TEAM": 6, "HOSPITAL_PROJECT": 12, "ADVISER": 12}
USUAL_MONTHS = 1
GRADES = {"CHIEF": 4, "DEPUTY_CHIEF": 3, "ATTENDING": 2}
_LEVELS = {"A1": 1, "A2": 1, "B1": 2, "B2": 3, "C1": 4, "C2": 4}
_EXACT = ("A1", "B1", "B2", "C1")  # the lowest of their number: no paper need say more


def grade_number(code: str) -> int | None:
    """1 to 4; who has no title is 1, and None of whom none is known."""
    return GRADES.get(code, 1) if code else None


def level_number(code: str) -> int:
    """0 to 4, as planners count."""
    return _LEVELS.get(code, 0)


def level_of(number: int) -> str:
    """The lowest level that planners count so; '' where nothing is spoken."""
    return _EXACT[number - 1] if number else ""


def grade_of(number: int) -> str:
    """The title that planners count so; '' is none."""
    return next((code for code, own in GRADES.items() if own == number), "")


def asked_of_language(languages: dict[str, str]) -> tuple[LanguageAsked | None, tuple[str, ...]]:
    """The first language as the format asks for one; the others, and levels between its numbers,
    as papers of the name that the roster gives them (`fr B2`)."""
    told = sorted(languages.items())
    if not told:
        return None, ()
    code, level = told[0]
    papers = [f"{c} {asked}" for c, asked in told[1:]]
    if level not in _EXACT:
        papers.append(f"{code} {level}")
    return LanguageAsked(code=code, level=level_number(level)), tuple(papers)
