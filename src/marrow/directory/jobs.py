"""What the directory takes in: registers of facilities; afterwards likely doubles are sought."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.jobs import Lease, handles
from marrow.core.viewer import Viewer
from marrow.core.words import listing, names
from marrow.directory.actions import record_facilities
from marrow.directory.actions.registers import told_above
from marrow.directory.likeness import find_likely
from marrow.directory.models import Identifier, Organisation
from marrow.directory.places import area_of, areas_by_code, countries_by_name
from marrow.directory.rules import Facility, folded, read_facility
from marrow.sources.intake.kinds import Column, Kind, Preview, Taking, bring_in
from marrow.sources.intake.tables import Numbered
from marrow.sources.models import Document

SEEK = "seek-doubles"
BATCH = 2000
SHOWN = 12


def take(taking: Taking) -> dict[str, int]:
    """Take a register in, 2,000 rows a transaction; known rows add nothing."""
    scheme = scheme_of(taking.document, taking.title)
    counts: Counter[str] = Counter()
    rows, seen = taking.rows(), dict[str, int]()
    while batch := list(islice(rows, BATCH)):
        read: list[tuple[int, Facility]] = []
        for number, cells in batch:
            facility = read_facility(cells)
            if isinstance(facility, str):
                taking.told(number, facility)
                counts["problems"] += 1
                continue
            read.append((number, facility))
        taken = record_facilities(
            rows=read, scheme=scheme, document=taking.document, by=taking.by, at=taking.at,
            seen=seen,
        )  # fmt: skip
        left_out = {number for number, _code in taken.problems}
        notes = [(n, note) for n, row in read if n not in left_out for note in row.notes]
        for number, code in (*taken.problems, *notes):
            taking.told(number, code)
        counts["problems"] += len(taken.problems)
        counts.update(taken.counts)
        taking.progress(batch[-1][0], dict(counts))
    return dict(counts)


def scheme_of(document: UUID, title: str) -> str:
    """The register's own name for its rows: as this file was taken before, else by its title."""
    known = Identifier.objects.filter(document=document).values_list("scheme", flat=True).first()
    short = slugify(title, allow_unicode=True)[:28]
    return known or f"{short}-{hashlib.sha256(title.encode()).hexdigest()[:10]}"


def preview(rows: Iterable[Numbered], _by: Viewer | None = None) -> Preview:
    """What the first rows would become."""
    countries, codes = countries_by_name(), areas_by_code()
    counts: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    sample: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        facility = read_facility(cells)
        if isinstance(facility, Facility) and not (
            folded(facility.country) in countries or area_of(facility.area_code, codes)
        ):
            facility = "UNKNOWN_COUNTRY"
        if isinstance(facility, Facility):
            facility = told_above(facility, seen) or facility
        if isinstance(facility, str):
            problems[facility] += 1
            continue
        counts["rows"] += 1
        problems.update(facility.notes)
        if len(sample) < SHOWN:
            sample.append(_shown(number, facility))
    return Preview(dict(counts), sample, dict(problems))


def dry_run(rows: Iterable[Numbered]) -> dict[str, object]:
    """What an import would do, counted over all rows; nothing is written."""
    found = preview(rows)
    return {"counts": found.counts, "problems": found.problems}


def _shown(number: int, row: Facility) -> dict[str, str]:
    placed = row.lat is not None and row.lon is not None
    return {
        _("Row"): str(number),
        _("Name"): row.name,
        _("Kind"): str(Organisation.Kind(row.kind).label),
        _("Place"): listing().join(x for x in (row.place, row.country) if x),
        _("Coordinates"): f"{row.lat:.3f}, {row.lon:.3f}" if placed else _("unknown"),
    }


@handles(SEEK)
def seek_doubles(lease: Lease) -> None:
    find_likely(lease.keep)


REGISTER = Kind(
    code="register",
    label=gettext_lazy("A register of hospitals and health facilities"),
    document_kind=Document.Kind.REGISTER,
    columns=(
        Column("name", gettext_lazy("Name"), ("facility name", "facility_name", "名称", "nom"), needed=True),
        Column("country", gettext_lazy("Country"), ("iso3c", "iso3", "iso2", "country", "pays", "国家"), for_all=True),
        Column("area_code", gettext_lazy("Code of the place"), ("county_code", "city_code", "prov_code", "adm_code", "行政区划代码", "区划代码")),
        Column("place", gettext_lazy("Province or district"), ("admin1", "province", "district", "region", "city", "省")),
        Column("type", gettext_lazy("Type"), ("facility type", "amenity", "tags", "类型")),
        Column("owner", gettext_lazy("Run by"), ("ownership", "operator_type", "operator", "propriétaire")),
        Column("address", gettext_lazy("Address"), ("address", "adresse", "地址")),
        Column("lat", gettext_lazy("Latitude"), ("lat", "latitude", "纬度")),
        Column("lon", gettext_lazy("Longitude"), ("long", "lon", "lng", "longitude", "经度")),
        Column("id", gettext_lazy("The register's own number"), ("osm_id", "facility id", "code", "编号")),
    ),
    one_of=("country", "area_code"),
    preview=preview,
    take=take,
    dry_run=dry_run,
    problems={
        "NO_NAME": names("no name", "没有名称", "sans nom"),
        "NO_COUNTRY": names("no country", "没有国家", "sans pays"),
        "NAME_TOO_LONG": names("a name of more than 300 characters", "名称超过300字", "nom de plus de 300 caractères"),
        "UNKNOWN_COUNTRY": names("a country that nobody knows", "无法识别的国家", "pays inconnu"),
        "TOLD_ALREADY": names("the same row stands above it", "与上面某行相同", "la même ligne figure plus haut"),
        "NUMBER_TWICE": names("the register gives its number to a row above it", "登记册中该编号已用于上面某行", "le registre donne ce numéro à une ligne plus haut"),
        "BAD_COORDINATES": names("taken without coordinates: these are none", "坐标无效，已不带坐标接收", "prise sans coordonnées : celles-ci n’en sont pas"),
        "LOST_ACCENT": names("a letter T may stand for a lost é", "字母 T 可能是丢失的 é", "un T remplace peut-être un é perdu"),
    },
    counts={
        "rows": names("rows can be taken", "行可以接收", "lignes peuvent être prises"),
        "new": names("new organisations", "新增机构", "organisations nouvelles"),
        "known": names("known already", "已有", "déjà connues"),
        "changed": names("told otherwise now", "内容有变", "dites autrement"),
        "problems": names("rows not taken", "未接收的行", "lignes non prises"),
    },
    after=SEEK,
)  # fmt: skip
bring_in(REGISTER)
