"""Loading a classification for looking codes up: the file's own words, replaced as a whole."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue import access
from marrow.catalogue.actions.items import LONGEST_CODE, SYSTEMS
from marrow.catalogue.models import Code, CodeList
from marrow.catalogue.search import searched
from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.core.words import Names

LOAD = Act("load_codes", gettext_lazy("Loaded a list of codes"))
BATCH = 500
MOST_GONE = 0.5  # of the codes that are here


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: how many codes were there, how many of them the file does not name; codes
    that stand in several rows (the last is kept), and how many rows hold no code, or too long a
    one."""

    kept: CodeList
    before: int
    gone: int
    doubled: list[str]
    without: int
    too_long: list[str]


def load_codes(
    *,
    system: str,
    title: str,
    sha256: str,
    rows: Iterable[tuple[str, Names]],
    by: Viewer,
    at: dt.datetime,
    replace: bool = False,
) -> Loaded:
    """Replace the codes of a system; the journal keeps which file, and how many codes it held.

    The codes themselves can be loaded again from the file, so they stand outside the journal.
    Refuses a file that would take most of the codes away, unless told to `replace` them.
    """
    access.may_keep_items(by)
    if system not in SYSTEMS:
        raise Refused(_("Codes are of one of these systems: %s.") % ", ".join(SYSTEMS))
    found, counts, too_long = _read(rows)
    if not found:
        raise Refused(_("The file holds no codes."))
    kept = CodeList.objects.filter(system=system).first()
    kept = kept or CodeList(id=same_id("code-list", system), system=system)
    with transaction.atomic():
        there = set(Code.objects.filter(system=system).values_list("code", flat=True))
        gone = len(there - found.keys())
        if gone > len(there) * MOST_GONE and not replace:
            raise Refused(_would_go(system, there=len(there), gone=gone, fresh=len(found)))
        kept.title, kept.sha256, kept.count = title[:200], sha256, len(found)
        _write(system, found)
        with journal(LOAD, by=by, at=at) as page:
            page.save(kept)
    doubled = [code for code, rows_of in counts.items() if code and rows_of > 1]
    return Loaded(kept, len(there), gone, doubled, counts[""], too_long)


def _read(rows: Iterable[tuple[str, Names]]) -> tuple[dict[str, Names], Counter[str], list[str]]:
    """The codes with their names, how many rows each has, and those that are too long."""
    found: dict[str, Names] = {}
    counts, too_long = Counter[str](), list[str]()
    for code, names in rows:
        if len(code) > LONGEST_CODE:
            too_long.append(code)
            continue
        counts[code] += 1
        if code:
            found[code] = names
    return found, counts, too_long


def _would_go(system: str, *, there: int, gone: int, fresh: int) -> str:
    told = {"system": system, "there": there, "gone": gone, "fresh": fresh}
    return (
        _(
            "%(gone)s of the %(there)s codes of %(system)s that are here would go: the file holds"
            " %(fresh)s. Nothing was changed. If it shall take their place, say so with --yes."
        )
        % told
    )


def _write(system: str, found: dict[str, Names]) -> None:
    Code.objects.filter(system=system).delete()
    Code.objects.bulk_create(
        (
            Code(system=system, code=code, names=names, search=searched(names, (), (code,)))
            for code, names in found.items()
        ),
        batch_size=BATCH,
    )
