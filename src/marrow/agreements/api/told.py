"""What agreement work answers, and what it takes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from marrow.ui.rest.bodies import Body, Code, Names, NamesOut, Source, Sourced, Told, text

Tongue = Annotated[str, text(8, 1)]
Number = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]
Words = Annotated[str, text(300, 1)]
#: spelled apart: where a field is called `text`, its class knows no other
Unit = Annotated[str, text(40)]
MaybeWords = Annotated[str, text(300)]
LongWords = Annotated[str, text(6000, 1)]
Answer = Annotated[str, text(600)]
Short = Annotated[str, text(120, 1)]
Line = Annotated[str, text(200, 1)]


class WorkLineOut(Schema):
    key: str
    names: NamesOut


class PeriodOut(Schema):
    id: UUID
    names: NamesOut
    starts_on: str
    ends_on: str


class RequirementOut(Schema):
    """What a plan or policy asks; an answer of "" is none yet."""

    id: UUID
    text: str
    language: str
    period: UUID | None
    goal: UUID | None
    answer: str


class SheetLineOut(Schema):
    id: UUID
    year: int
    agreement: UUID | None


class AimOut(Schema):
    """A task of a sheet, or a target of the card; `reached` of null is unknown.

    `figures` is what is published by the measure of a target.
    """

    id: UUID
    text: str
    language: str
    aim: float | None
    measured_in: str
    reached: float | None
    as_of: str
    stands: str
    figures: list[float]
    dropped_on: dt.date | None
    reason: str
    sheet: UUID | None
    nth: int | None
    requirement: UUID | None
    done_on: str
    period: UUID | None
    measure: str
    by_on: str


class SheetOut(SheetLineOut):
    programme: str
    tasks: list[AimOut]


class GainOut(Schema):
    id: UUID
    to: str
    text: str
    language: str
    partnership: UUID | None


class FirstOut(Schema):
    id: UUID
    side: str
    text: str
    language: str
    happened_on: str
    mission: UUID | None


class TenetOut(Schema):
    id: UUID
    kind: str
    names: NamesOut


class MemberOut(Schema):
    id: UUID
    name: str
    duty: str
    since: str
    until: str


class LessonLineOut(Schema):
    id: UUID
    programme: str
    kind: str
    title: str
    language: str
    mission: UUID | None
    learned_on: str
    public: bool


class ReuseOut(Schema):
    id: UUID
    lesson: UUID
    programme: str
    since: str
    note: str


class LessonOut(LessonLineOut):
    text: str
    reuses: list[ReuseOut]


class ServiceOut(Schema):
    """What a programme holds by and brings, for everybody; a motto of "" is not known."""

    programme: str
    motto: str
    benefits: list[GainOut]
    firsts: list[FirstOut]
    tenets: list[TenetOut]


class AgreementWorkOut(ServiceOut):
    periods: list[PeriodOut]
    requirements: list[RequirementOut]
    sheets: list[SheetLineOut]
    targets: list[AimOut]
    office: list[MemberOut]
    lessons: list[LessonLineOut]
    taken_over: list[ReuseOut]


class LessonEntryOut(LessonLineOut):
    text: str


#: an entry of any kind
EntryOut = (
    PeriodOut | RequirementOut | SheetLineOut | AimOut | GainOut | FirstOut | TenetOut | MemberOut
    | LessonEntryOut | ReuseOut
)  # fmt: skip


class PointOut(Schema):
    """A score of null: this side cannot say."""

    point: str
    office_score: int | None
    office_sentence: str
    recipient_score: int | None
    recipient_sentence: str


class HealthYearOut(Schema):
    """`points` stays empty until both sides have given theirs."""

    year: int
    given: list[str]
    points: list[PointOut]


class HealthOut(Schema):
    partnership: UUID
    years: list[HealthYearOut]


class HealthCheckOut(Schema):
    id: UUID
    partnership: UUID
    year: int
    side: str
    given_at: dt.datetime


class LessonFilters(Schema):
    kind: Code = ""


class PeriodIn(Sourced):
    names: Names
    starts_on: Told
    ends_on: Told


class RequirementIn(Sourced):
    text: Words
    language: Tongue
    period: UUID | None = None
    goal: UUID | None = None
    answer: Annotated[str, text(600)] = ""


class AnsweredIn(Body):
    answer: Annotated[str, text(600, 1)]


class SheetIn(Body):
    year: Annotated[int, Field(ge=1950, le=2100)]
    agreement: UUID | None = None


class TaskIn(Body):
    """A task without a number leaves `aim` out."""

    text: Words
    language: Tongue
    aim: Number | None = None
    measured_in: Unit = ""
    requirement: UUID | None = None


class TargetIn(Body):
    """By a measure that Marrow knows, or in words with a unit."""

    language: Tongue
    measure: Unit = ""
    aim: Number | None = None
    measured_in: Unit = ""
    by_on: Told = ""
    period: UUID | None = None
    text: MaybeWords = ""


class HowFarIn(Sourced):
    """The number with its day, or the day on which a task without a number was done."""

    reached: Number | None = None
    as_of: Told = ""
    done_on: Told = ""


class GainIn(Sourced):
    to: Code
    text: Words
    language: Tongue
    partnership: UUID | None = None


class FirstIn(Sourced):
    side: Code
    text: Words
    language: Tongue
    happened_on: Told = ""
    mission: UUID | None = None


class TenetIn(Sourced):
    kind: Code
    names: Names


class MottoIn(Sourced):
    text: Words


class MemberIn(Body):
    name: Annotated[str, text(120, 1)]
    duty: Annotated[str, text(200, 1)]
    since: Told = ""
    until: Told = ""


class LeaveIn(Body):
    until: Told


class LessonIn(Body):
    """Never the name of a patient. `public`: everybody may read it."""

    kind: Code
    title: Annotated[str, text(200, 1)]
    text: Annotated[str, text(6000, 1)]
    language: Tongue
    mission: UUID | None = None
    learned_on: Told = ""
    public: bool = False


class ReuseIn(Body):
    """`programme` is the key of the one that takes it over."""

    programme: Annotated[str, text(80, 1)]
    since: Told = ""
    note: Annotated[str, text(300)] = ""


class EntryPatch(Body):
    """The fields of the kind of entry, and no others; what rests on a document names it again."""

    names: Names | None = None
    text: LongWords | None = None
    language: Tongue | None = None
    starts_on: Told | None = None
    ends_on: Told | None = None
    period: UUID | None = None
    goal: UUID | None = None
    answer: Answer | None = None
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    agreement: UUID | None = None
    aim: Number | None = None
    measured_in: Unit | None = None
    requirement: UUID | None = None
    measure: Unit | None = None
    by_on: Told | None = None
    to: Code | None = None
    partnership: UUID | None = None
    side: Code | None = None
    happened_on: Told | None = None
    mission: UUID | None = None
    name: Short | None = None
    duty: Line | None = None
    since: Told | None = None
    until: Told | None = None
    kind: Code | None = None
    title: Line | None = None
    learned_on: Told | None = None
    public: bool | None = None
    note: MaybeWords | None = None
    source: Source | None = None


class MarkIn(Body):
    """A score of null: one cannot say."""

    point: Code
    score: Annotated[int, Field(ge=0, le=4)] | None = None
    sentence: Words


class HealthCheckIn(Body):
    """Every point, each once."""

    language: Tongue
    marks: Annotated[list[MarkIn], Field(min_length=1, max_length=20)]
