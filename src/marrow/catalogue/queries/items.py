"""Items as pages and files show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from marrow.catalogue.models import Code, CodeList, Item, ListMember, Requirement
from marrow.catalogue.queries.specialties import specialty_name
from marrow.catalogue.rules.levels import level_of
from marrow.catalogue.search import codes_told, is_code, narrowed, ranked
from marrow.core.models import Operation

PAGE = 50
HITS = 12
#: what people call the systems of codes
SYSTEMS = {"ICD10": "ICD-10", "ICD9CM3": "ICD-9-CM-3", "ICD11": "ICD-11"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What the catalogue is narrowed by; '' is anything."""

    typed: str = ""
    specialty: str = ""
    kind: str = ""
    severity: str = ""


def sought_items(sought: Sought) -> QuerySet[Item]:
    """Those that are offered and answer what is sought, by specialty and name."""
    rows = Item.objects.filter(retired_on=None)
    for column in ("specialty", "kind", "severity"):
        if wanted := getattr(sought, column):
            rows = rows.filter(**{column: wanted})
    return narrowed(rows, sought.typed).order_by("specialty", "search", "id")


def widened(sought: Sought) -> Sought:
    """K35.8 is looked for as K35 where nothing has it: items name categories."""
    head, point, _rest = sought.typed.strip().partition(".")
    if point and is_code(head) and not sought_items(sought).exists():
        return replace(sought, typed=head)
    return sought


def item_page(sought: Sought, page: int) -> tuple[list[Item], int]:
    """One page, and how many there are in all; what was typed puts the nearest first."""
    sought = widened(sought)
    rows = sought_items(sought)
    start = (page - 1) * PAGE
    if sought.typed.strip():
        return ranked(rows, sought.typed)[start : start + PAGE], rows.count()
    return list(rows[start : start + PAGE]), rows.count()


def search_items(words: str, language: str | None = None, limit: int = HITS) -> list[Item]:
    """The nearest items for what was typed: a name in any language, pinyin, a code."""
    sought = widened(Sought(words))
    return ranked(sought_items(sought), sought.typed, language)[:limit]


def code_hits(typed: str, limit: int = 8) -> list[Code]:
    """Codes of loaded classifications that answer what was typed."""
    return ranked(Code.objects.all(), typed)[:limit]


def code_lists() -> list[CodeList]:
    return list(CodeList.objects.order_by("system"))


def needs_of_item(item: Item) -> list[tuple[str, list[Requirement]]]:
    """What an item needs, by kind: staff first."""
    rows = list(
        item.requirements.filter(until_on=None).order_by("kind", "role", "specialty", "resource")
    )
    order = (Requirement.Kind.STAFF, Requirement.Kind.EQUIPMENT, Requirement.Kind.SUPPLY)
    told = [(str(kind.label), [r for r in rows if r.kind == kind]) for kind in order]
    return [(label, found) for label, found in told if found]


def needed_before(item: Item) -> list[Requirement]:
    """What it needed until some day; for the days before it still counts."""
    return list(item.requirements.exclude(until_on=None).order_by("-until_on", "kind", "pk"))


def told_on(record: UUID) -> date | None:
    """The day on which a record was first written down."""
    told = Operation.objects.filter(record=record, kind=Operation.CREATE).order_by("id")
    first = told.values_list("at", flat=True).first()
    return first.date() if first else None


def listed(item: Item) -> list[ListMember]:
    """Where it stands: its places on versions of lists, the newest version of each list first."""
    rows = item.on_lists.select_related("version__list__area")
    return list(rows.order_by("version__list__key", "-version__number"))


def codes_of(item: Item) -> list[tuple[str, list[str]]]:
    """Its codes, each system by the name that people know it by."""
    return [(SYSTEMS.get(system, system), told) for system, told in item.codes.items()]


def level_name(item: Item) -> str:
    """The level of area that should contain it."""
    return str(Item.Level(level_of(item.severity, item.level)).label)


def item_rows(sought: Sought) -> Iterator[list[str | int | None]]:
    """The catalogue as rows of a table."""
    for row in sought_items(sought).iterator(chunk_size=500):
        yield [
            row.key, str(row.get_kind_display()), specialty_name(row.specialty),
            str(row.get_severity_display()), level_name(row), *_in_three(row),
            ", ".join(codes_told(row.codes)),
        ]  # fmt: skip


def _in_three(row: Item) -> list[str]:
    return [row.names.get(tongue, "") for tongue in ("en", "zh", "fr")]


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the catalogue can be narrowed by, beside its specialties."""
    return {
        "kinds": [(str(c), str(label)) for c, label in Item.Kind.choices],
        "severities": [(str(c), str(label)) for c, label in Item.Severity.choices],
    }


def by_specialty(rows: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The items of a list under the names of their specialties, each in the list's order."""
    found: dict[str, list[Item]] = {}
    for row in rows:
        found.setdefault(specialty_name(row.specialty), []).append(row)
    return sorted(found.items())
