"""A planning problem and a plan as they are written to a file and read from one.

Dates are ISO 8601 and ends are exclusive. Months are `2027-03`, half-years `2027H1`. Money is in
thousands of the problem's currency. A field that is not named here is refused by its name.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

PROBLEM: Literal["marrow-plan-problem/1"] = "marrow-plan-problem/1"
PLAN: Literal["marrow-plan/1"] = "marrow-plan/1"

Kind = Literal["resident", "teaching", "surgical", "outbreak", "group", "contract"]
Hat = Literal["leader", "language", "infection_control"]
Weight = Literal["critical", "important", "ordinary"]


def _number(told: object) -> object:
    """True and false count as 1 and 0 elsewhere, and are no number in a file."""
    if isinstance(told, bool):
        raise PydanticCustomError("no_number", "no number")
    return told


Number = BeforeValidator(_number)
Figure = Annotated[float, Number, Field(allow_inf_nan=False)]
Points = Annotated[float, Number, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Money = Annotated[float, Number, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]
Level = Annotated[int, Number, Field(ge=0, le=4)]
Grade = Annotated[int, Number, Field(ge=1, le=4)]
People = Annotated[int, Number, Field(ge=0, le=1_000_000)]
Count = Annotated[int, Number, Field(ge=0)]
MOST_SEED = 2**31 - 1
Rest = Annotated[int, Number, Field(ge=0, le=3660)]
Seed = Annotated[int, Number, Field(ge=0, le=MOST_SEED)]
#: a day that a plan can reckon with
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
#: the last day on which something holds: as far away as one likes
Until = Annotated[date, Field(ge=date(1900, 1, 1))]
Month = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
HalfYear = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}H[12]$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]

#: days of rest after a deployment of each kind, where the problem says nothing else
REST: dict[Kind, int] = {
    "resident": 600,
    "group": 540,
    "contract": 540,
    "teaching": 270,
    "outbreak": 120,
    "surgical": 60,
}


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Window(Part):
    """Days from `from` until the day before `to`."""

    start: Day = Field(alias="from")
    end: Until = Field(alias="to")


class Strain(Window):
    """The days on which a hospital is under pressure."""

    end: Day = Field(alias="to")


class Cap(Part):
    """The most people who may be away in one month: whoever is away on any day of it is one,
    however often they go."""

    month: Month
    people: People


class Department(Part):
    id: Name
    specialty: Name
    absence_cap: tuple[Cap, ...] = ()


class Organisation(Part):
    """A hospital that lends people. In a month in which it is under pressure it lends as many as
    its cap of that month says, and nobody where no cap is stated."""

    id: Name
    name: str = ""
    area: Name
    departments: tuple[Department, ...] = ()
    absence_cap: tuple[Cap, ...] = ()
    under_pressure: tuple[Strain, ...] = ()


class Certificate(Part):
    code: Name
    until: Until


class LastDeployment(Part):
    """`rested_on`: the first day on which they may leave again, where a rule tells it; else it is
    reckoned by the days of rest of the kind."""

    kind: Kind
    ended_on: Day
    rested_on: Day | None = None


class Homecoming(Part):
    """The end of a mission elsewhere, after which they rest before any that begins later."""

    kind: Kind
    ended_on: Day


class Wish(Part):
    """A wish for one mission, or for any mission to an area."""

    mission: Name | None = None
    area: Name | None = None
    points: Annotated[float, Number, Field(ge=0, le=3)]


class Person(Part):
    """One person of the roster. `available` left out means that nothing stands in the way; an
    empty list means never. `refuses` names destinations, and single seats for which they were
    turned down. `rests` are days kept for rest before and after missions that they have already:
    a seat that touches one is not for them. `homecomings`: the ends of missions elsewhere within
    the plan, with rest after each before whatever begins later. `rest_exempt` names the kinds of
    mission joined while resting. `grade` null: not known, so that no seat that asks for one is for
    them. `away_already`: months in which they are away without this plan, so that the caps are
    stated without them; going again in one of these they are not counted a second time."""

    id: Name
    department: Name
    specialty: Name
    second_specialty: Name | None = None
    grade: Grade | None
    languages: dict[str, Level] = {}
    certificates: tuple[Certificate, ...] = ()
    available: tuple[Window, ...] | None = None
    last_deployment: LastDeployment | None = None
    rests: tuple[Window, ...] = ()
    homecomings: tuple[Homecoming, ...] = ()
    clearance_until: Until | None = None
    refuses: tuple[Name, ...] = ()
    prefers: tuple[Wish, ...] = ()
    may_lead: bool = False
    rest_exempt: tuple[Kind, ...] = ()
    away_already: tuple[Month, ...] = ()


class SenderPool(Part):
    """Who is asked: sending areas, organisations, or all. Whoever is put into the mission by a pin
    or the published plan may go with it though nobody else of theirs is asked."""

    areas: tuple[Name, ...] = ()
    organisations: tuple[Name, ...] = ()
    all: bool = False


class Mission(Part):
    """`receivers`: the organisations to which it goes; nobody of theirs is sent with it.
    `rest_days`: the days at home before it, after whatever mission one comes home from; left out,
    those after a mission of the kind that ended."""

    id: Name
    kind: Kind
    series: str | None = None
    batch: int | None = None
    destination: Name
    sites: tuple[Name, ...] = ()
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    predecessor: Name | None = None
    overlap_days: Annotated[int, Number, Field(ge=0, le=90)] = 14
    sender_pool: SenderPool
    receivers: tuple[Name, ...] = ()
    minimum_people: People = 1
    rest_days: Rest | None = None
    hats: tuple[Hat, ...] = ()
    language: str | None = None


class LanguageAsked(Part):
    code: Name
    level: Level


class Seat(Part):
    id: Name
    mission: Name
    site: str | None = None
    position: Name
    accepts: Annotated[tuple[Name, ...], Field(min_length=1)]
    grade_min: Grade = 1
    language: LanguageAsked | None = None
    certificates: tuple[Name, ...] = ()
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    weight: Weight = "ordinary"
    cost: Points = 0
    technique: str | None = None


class Cell(Part):
    """What a specialty's presence at a destination in a half-year is worth, and the share of the
    first person's worth that a remote link gives already."""

    destination: Name
    specialty: Name
    half_year: HalfYear
    burden: Points
    remote: Annotated[float, Number, Field(ge=0, le=1)] = 0


class Couple(Part):
    a: Name
    b: Name
    rule: Literal["together", "apart"]


SELECTED, ASKED = "selected", "asked"
KEPT = (SELECTED, ASKED)  # what the records set and no person pinned


class Pin(Part):
    """A decision that the planner keeps. No person: the seat stays empty. `by` is `selected` where
    nobody pinned it, but the person is selected or agreed to already; `asked` where they are asked,
    and the limit of their hospital was lowered below those who are."""

    seat: Name
    person: Name | None
    by: str = ""
    reason: str = ""


class Budget(Part):
    area: Name
    year: Annotated[int, Number, Field(ge=1900, le=2200)]
    amount: Money


class Seated(Part):
    seat: Name
    person: Name


class OnPost(Window):
    """Somebody who is on post already, of a team that is not planned, and hands their position over
    to `mission`, the one that follows. They are nobody's to plan: no cap counts them here."""

    id: Name
    mission: Name
    position: Name
    person: Name | None = None


class Weights(Part):
    """Points of each gain. `containment` multiplies the cells' burden."""

    critical: Points = 1000
    important: Points = 100
    ordinary: Points = 30
    containment: Points = 1
    link: Points = 3
    mentor: Points = 6
    preference: Points = 1
    overload: Points = 0.15
    stability: Points = 2


class Trade(Part):
    """Which specialties the rules of a team speak of."""

    surgical: tuple[Name, ...] = ()
    anaesthesia: Name = "anaesthesia"
    infection_control: Name = "infection-control"
    interpreter: Name = "interpreter"


class Problem(Part):
    schema_: Literal["marrow-plan-problem/1"] = Field(alias="schema")
    name: str = ""
    horizon_from: Day
    horizon_to: Day
    seed: Seed = 1
    currency: str = ""
    weights: Weights = Weights()
    rest_days: dict[Kind, Rest] = {}
    specialties: tuple[Name, ...] = ()
    trade: Trade = Trade()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    missions: tuple[Mission, ...] = ()
    seats: tuple[Seat, ...] = ()
    cells: tuple[Cell, ...] = ()
    couples: tuple[Couple, ...] = ()
    pins: tuple[Pin, ...] = ()
    budgets: tuple[Budget, ...] = ()
    published: tuple[Seated, ...] = ()
    on_post: tuple[OnPost, ...] = ()

    def rest_after(self, kind: Kind) -> int:
        """Days of rest after a deployment of this kind."""
        return self.rest_days.get(kind, REST[kind])

    def rest_between(self, ended: Kind, begins: Mission) -> int:
        """Days of rest after a mission of this kind before one that begins: its own, if it has."""
        return self.rest_after(ended) if begins.rest_days is None else begins.rest_days

    def written(self) -> str:
        """The problem as its file, the same for the same problem."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True, indent=1)

    def digest(self) -> str:
        """The SHA-256 of the file, in hexadecimal: what a plan says it is a plan of."""
        return hashlib.sha256(self.written().encode()).hexdigest()


class Solver(Part):
    version: str
    seed: int
    work: int | None = None
    seconds: Figure | None = None


class Critical(Part):
    """Critical seats: how many there are, are covered, and could be covered by any plan."""

    seats: Count
    covered: Count
    at_most: Count


Stop = Literal["proved", "time", "work", "cancelled"]


class Plan(Part):
    """A plan with its value in points, its tiers, and a bound that no plan exceeds.

    Tiers: critical and other seats, care without leaving, handover and mentors, wishes and load of
    the senders, seats kept from the published plan.
    """

    schema_: Literal["marrow-plan/1"] = Field(alias="schema")
    problem_sha256: str
    solver: Solver
    assignments: tuple[Seated, ...]
    value: Figure
    points_by_tier: Annotated[tuple[Figure, ...], Field(min_length=5, max_length=5)]
    bound: Figure
    gap: Figure
    critical: Critical
    stopped_because: Stop
    log: tuple[str, ...] = ()

    def written(self) -> str:
        return self.model_dump_json(by_alias=True, indent=1)
