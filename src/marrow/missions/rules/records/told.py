"""What a record tells: values with the words that say so, doubts, and series made of them."""

from __future__ import annotations

from dataclasses import dataclass

ABOUT, NEARLY, OVER, UP_TO, AT_LEAST = "ABOUT", "NEARLY", "OVER", "UP_TO", "AT_LEAST"
MANY_TEAMS = "MANY_TEAMS"  # the doubt about a row that tells of several teams together
NUMBERED = ("RESIDENT_BATCH", "SIX_MONTH_TEAM")
KINDS = (
    "RESIDENT_BATCH", "SIX_MONTH_TEAM", "SHORT_SURGICAL", "FREE_CLINIC", "OUTBREAK_EXPERTS",
    "RELIEF_TEAM", "HOSPITAL_SHIP", "ADVISER", "CADRE", "TOUR", "HOSPITAL_PROJECT",
    "ONLINE_COURSE", "DONATION", "TRAINING", "TWINNING", "LOAN", "NOT_A_MISSION",
)  # fmt: skip
FIELDS = (
    "ordinal", "sender_ordinal", "size", "women", "sender", "sender_with", "sender_unit", "site",
    "country", "departed_on", "arrived_on", "returned_on", "planned_end_on", "signed_on",
    "term_months", "series_since",
    "series_stopped", "series_resumed", "visits", "patients", "operations", "trained",
    "donated_value", "cumulative_visits", "cumulative_patients", "cumulative_operations",
    "cumulative_teams", "cumulative_members", "incomplete", "held_on", "given_on",
)  # fmt: skip
CODES = (
    "GAP", "OUT_OF_ORDER", "TOLD_TWICE", "CONTRADICTS", "OTHER_COUNTRY", "CUMULATIVE_NOT_OWN",
    "UNSURE", "ORDINAL_OF_SENDER", "NO_ORDINAL", "BROKEN_TEXT", "STATUS", "ID_MEANS_ANOTHER",
    "NUMBER_JUMPS", "RESUMED", "DATE_IMPOSSIBLE", "NO_RECIPIENT", "DEATH", "HONOUR",
    "JOINT_SENDERS", "KIND_OPEN", "MANY_TEAMS",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One value and the words that say so.

    `value` is canonical: "24", "2006-09" (a partial date), "CN-SC", or a name as written;
    `quote` is an exact part of the cell `column`, at most one clause.
    """

    field: str
    value: str
    quote: str
    column: str
    precision: str = ""
    unit: str = ""
    period: str = ""

    @property
    def softness(self) -> tuple[str, str, str]:
        """How exact the value is, what it counts, over which time: as a doubt keeps them."""
        return self.precision, self.unit, self.period


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person must decide; `proposes` is what accepting would set, if anything.

    `precision`, `unit` and `period` are those of the proposed value.
    """

    code: str
    field: str = ""
    params: tuple[tuple[str, str], ...] = ()
    proposes: str = ""
    quotes: tuple[tuple[str, str], ...] = ()  # (column, exact words)
    precision: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of a file, read."""

    row: int
    project_id: str
    fingerprint: str
    recipient: str  # ISO 3166 alpha-2; '' when the row names none
    kind: str
    title: str
    track: str  # '' civil, MILITARY, or SITE:<place>
    told: tuple[Told, ...]
    doubts: tuple[Doubt, ...]
    recipient_told: tuple[str, str] = ("", "")  # the column that names it, and its words

    def first(self, field: str) -> Told | None:
        """The first telling of a field."""
        return next((t for t in self.told if t.field == field), None)

    @property
    def is_of_many(self) -> bool:
        """True for a row that tells of several teams together: it is no one mission."""
        return any(doubt.code == MANY_TEAMS for doubt in self.doubts)

    def all(self, field: str) -> list[Told]:
        """Every telling of a field."""
        return [t for t in self.told if t.field == field]


@dataclass(frozen=True, slots=True)
class BatchRead:
    """One batch and every record that tells of it, the fullest first."""

    number: int | None
    readings: tuple[Reading, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class SeriesRead:
    """Numbered batches of one track to one recipient, in the order of their numbers."""

    recipient: str
    track: str
    sender: str
    batches: tuple[BatchRead, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a file told: series with their batches, and the rest."""

    series: tuple[SeriesRead, ...]
    others: tuple[Reading, ...]
