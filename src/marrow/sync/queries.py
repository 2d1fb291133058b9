"""Phones, what they sent that was set aside, and whether each phone's chain is whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from marrow.accounts.queries import names_of
from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.proofs import proves
from marrow.core.viewer import Viewer
from marrow.sync import access
from marrow.sync.emptied import emptied_since
from marrow.sync.intents import (
    COMPARERS,
    DESCRIBERS,
    About,
    Compared,
    Emptied,
    Sent,
    is_private,
    named_in,
    taking_of,
    word_of,
)
from marrow.sync.models import Carried, Installation, Receipt
from marrow.sync.rules import chained, read_line
from marrow.sync.taking import type_of

HELD = (Receipt.Outcome.QUARANTINED, Receipt.Outcome.CONFLICT)
ON_A_PAGE = 50  # lines that wait
WAITING = Q(outcome__in=HELD, settled_at=None)
WHY = {
    "MALFORMED": gettext_lazy("cannot be read"),
    "UNKNOWN_TYPE": gettext_lazy("of a type that is not known here"),
    "UNKNOWN_FORM": gettext_lazy("of a newer form than is known here"),
    "UNKNOWN_KIND": gettext_lazy("asks for what is not done with this type"),
    "REVOKED": gettext_lazy("the phone is ended, or its owner signs in no more"),
    "NOT-ALLOWED": gettext_lazy("its owner may not do this"),
    "UNSEEN": gettext_lazy("about something that is not here"),
    "OVERTAKEN": gettext_lazy("somebody else changed it meanwhile"),
    "REFUSED": gettext_lazy("its values cannot be"),
    "CLOSED": gettext_lazy("the report of this month was handed in"),
    "NOTHING-TOLD": gettext_lazy("nothing is told of it"),
    "FAILED": gettext_lazy("the software failed on it"),
}


def why_words(why: str) -> str:
    """Why a line was not taken, in words; of a conflict nothing else is told."""
    return str(WHY.get(why, why)) if why else _("somebody wrote it otherwise")


def in_words(params: Mapping[str, object], _done_at: dt.datetime | None) -> dict[str, object]:
    """Who sent a line that waits, what it is and why it was not taken, as of the reading."""
    account = params.get("account")
    who = names_of({UUID(account)}) if isinstance(account, str) else {}
    return {
        "who": next(iter(who.values()), "–"), "what": word_of(str(params.get("type", ""))),
        "why": why_words(str(params.get("why", ""))),
    }  # fmt: skip


MOST = 20  # values of a line that a page shows
SKEWED = 600  # seconds that a phone's clock may be wrong before anybody is told


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as its owner or an administrator sees it."""

    row: Installation
    who: str
    ended_by: str
    waiting: int
    clock: str


def phones(viewer: Viewer, limit: int = 200) -> list[Phone]:
    """The phones that the viewer looks after, the latest seen first."""
    whose = access.whose_phones(viewer)
    rows_of = Installation.objects.all()
    mine = rows_of if whose is None else rows_of.filter(account__in=whose)
    rows = list(mine.order_by("-seen_at")[:limit])
    waits = _waiting_on(rows, viewer)
    who = names_of({r.account for r in rows} | {r.revoked_by for r in rows if r.revoked_by})
    return [
        Phone(
            row, who.get(row.account, ""), who.get(row.revoked_by, "") if row.revoked_by else "",
            waits.get(row.pk, 0), _clock(row.skew_seconds),
        )
        for row in rows
    ]  # fmt: skip


def _waiting_on(rows: Collection[Installation], viewer: Viewer) -> dict[UUID, int]:
    """How many lines of each phone wait, of those that this viewer is told of."""
    lines = Receipt.objects.filter(WAITING, access.told_of_phones(viewer), installation__in=rows)
    return dict(lines.order_by().values_list("installation").annotate(Count("pk")))


def _clock(skew: int | None) -> str:
    """How wrong the phone's clock was when it was last seen; '' while it has not told."""
    if skew is None:
        return ""
    if abs(skew) <= SKEWED:
        return pgettext("clock", "right")
    now = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    wrong = timesince(now, now + dt.timedelta(seconds=abs(skew)), depth=1)
    return (_("%s slow") if skew > 0 else _("%s fast")) % wrong


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line for a person: who sent it, what it says beside what is held, who settled it."""

    row: Receipt
    who: str
    what: str
    why: str
    says: str
    compared: Sequence[Compared]
    settled_by: str
    about: About
    chooses: bool
    emptied: Emptied | None = None
    emptied_by: str = ""
    settles: bool = False  # whether the viewer may

    @property
    def held(self) -> bool:
        """Whether its record is here, to be compared with."""
        return any(value.held is not None for value in self.compared)

    @property
    def may_prevail(self) -> bool:
        """Whether a person can choose what the phone sent: both changed a value of a record."""
        return self.row.outcome == Receipt.Outcome.CONFLICT and self.chooses and self.held

    @property
    def shown(self) -> str:
        return mark_of(self.compared)

    @property
    def cannot_prevail(self) -> bool:
        """A conflict of which nothing can be chosen: what is here is put right on its page."""
        return self.row.outcome == Receipt.Outcome.CONFLICT and not self.may_prevail


def set_aside(viewer: Viewer, page: int = 1) -> list[SetAside]:
    """A page of what waits for this viewer's office: calls for help, then the latest first."""
    rows = waiting_for(viewer).order_by("-urgent", "-received_at", "-pk")
    return _for_people(viewer, rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])


def waiting_for(viewer: Viewer) -> QuerySet[Receipt]:
    """The lines that wait for this viewer's office."""
    return Receipt.objects.filter(WAITING, access.looked_after(viewer))


def page_with(viewer: Viewer, line: int) -> int:
    """The page of `set_aside` on which a line stands, by its receipt; 1 of one that waits no more
    or for others."""
    rows = waiting_for(viewer)
    row = rows.filter(pk=line).first()
    if row is None:
        return 1
    at = row.received_at
    above = Q(urgent=row.urgent) & (Q(received_at__gt=at) | Q(received_at=at, pk__gt=row.pk))
    above = above if row.urgent else above | Q(urgent=True)
    return rows.filter(above).count() // ON_A_PAGE + 1


def settled(viewer: Viewer, limit: int = 30) -> list[SetAside]:
    """What people decided, the latest first."""
    return _for_people(viewer, _settled(viewer).order_by("-settled_at")[:limit])


def settled_count(viewer: Viewer) -> int:
    return _settled(viewer).count()


def _settled(viewer: Viewer) -> QuerySet[Receipt]:
    return Receipt.objects.filter(access.looked_after(viewer), settled_at__isnull=False)


def decided(phone: UUID, lines: Collection[int]) -> list[dict[str, object]]:
    """Of lines of a phone that a person had to look at, what became of those that were decided:
    taken after all, or left beside what is here. One that it told anew has arrived."""
    if not lines:
        return []
    rows = Receipt.objects.filter(installation=phone, q__in=lines).exclude(settled_at=None)
    found = list[dict[str, object]]()
    for row in rows.order_by("q").only("q", "outcome", "parted"):
        left = row.outcome in HELD and not row.told_anew  # nobody chose against what it says
        found.append({"q": row.q, "st": "left" if left else "taken"})
    return found


def set_aside_count(viewer: Viewer) -> int:
    return waiting_for(viewer).count()


def _for_people(viewer: Viewer, found: QuerySet[Receipt]) -> list[SetAside]:
    rows = list(found.select_related("installation"))
    gone = emptied_since(rows)
    people = {r.installation.account for r in rows} | {r.settled_by for r in rows if r.settled_by}
    people |= {one.by for one in gone.values() if one.by}
    who, compared, about = names_of(people), _compared(rows), _about(rows, viewer)
    settles = _settles(rows, viewer)
    return [
        SetAside(
            r,
            who.get(r.installation.account, ""),
            word_of(type_of(bytes(r.line))),
            why_words(r.why),
            _says(bytes(r.line)),
            compared.get(r.pk, ()),
            who.get(r.settled_by, "") if r.settled_by else "",
            about.get(r.pk, About("")),
            _chooses(bytes(r.line)),
            one := gone.get(r.pk),
            who.get(one.by, "") if one and one.by else "",
            r.pk in settles,
        )
        for r in rows
    ]


def _settles(rows: Collection[Receipt], viewer: Viewer) -> set[int]:
    """Those that wait and that this viewer settles: an auditor sees more than their office does."""
    mine, waiting = access.settled_by(viewer), [row.pk for row in rows if not row.settled_at]
    if mine is None or not waiting:
        return set()
    return set(Receipt.objects.filter(mine, pk__in=waiting).values_list("pk", flat=True))


def _chooses(line: bytes) -> bool:
    told = read_line(line)
    taking = taking_of(told["t"], told["d"]) if told else None
    return taking is not None and told is not None and told["k"] in taking.chooses


def _about(rows: Sequence[Receipt], viewer: Viewer) -> dict[int, About]:
    """What each line is about, in its room's words for this viewer."""
    found = _beside_their_create(rows)
    for kind, lines in _by_name(rows, DESCRIBERS).items():
        told = DESCRIBERS[kind]([sent for _pk, sent in lines], viewer)
        pairs = zip((pk for pk, _sent in lines), told, strict=True)
        found |= {pk: about for pk, about in pairs if about.text}
    return found


def _beside_their_create(rows: Sequence[Receipt]) -> dict[int, About]:
    """Of lines about a record that was itself set aside: the line that made it."""
    told = {row.pk: read_line(bytes(row.line)) for row in rows}
    made = {
        (row.installation_id, line["r"]): row.q
        for row in rows if (line := told[row.pk]) and line["k"] == "create"
    }  # fmt: skip
    return {
        row.pk: About(_("It is about what line %s says, which was set aside too.") % q)
        for row in rows
        if (line := told[row.pk]) and line["k"] != "create"
        and (q := made.get((row.installation_id, line["r"])))
    }  # fmt: skip


def _by_name(
    rows: Iterable[Receipt], registry: Mapping[str, Any]
) -> dict[str, list[tuple[int, Sent]]]:
    found: dict[str, list[tuple[int, Sent]]] = defaultdict(list)
    for row in rows:
        if told := read_line(bytes(row.line)):
            sent = Sent(UUID(str(told["r"])), told["k"], told["d"], row.names_parted)
            if kind := named_in(registry, told["t"], told["d"]):
                found[kind].append((row.pk, sent))
    return found


def _compared(rows: Sequence[Receipt]) -> dict[int, Sequence[Compared]]:
    """What each line says, in its room's words beside what is held, or else by its columns; of a
    type of which some line is private only its room tells which values may be read."""
    found: dict[int, Sequence[Compared]] = {
        row.pk: _in_words(told["d"]) for row in rows
        if (told := read_line(bytes(row.line))) and not is_private(told["t"])
    }  # fmt: skip
    for kind, lines in _by_name(rows, COMPARERS).items():
        beside = COMPARERS[kind]([sent for _pk, sent in lines])
        found |= dict(zip((pk for pk, _sent in lines), beside, strict=True))
    return found


def compared_of(row: Receipt) -> Sequence[Compared]:
    """What one line says beside what is held now."""
    return _compared([row]).get(row.pk, ())


def mark_of(compared: Sequence[Compared]) -> str:
    """What was shown as held: a button that chooses says over what it was pressed."""
    held = json.dumps([value.held for value in compared], ensure_ascii=False)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def in_short(compared: Sequence[Compared]) -> str:
    """Of each value that differs what is held here and what the phone sent."""
    return "; ".join(
        _("%(value)s – held here: %(held)s, sent: %(sent)s")
        % {"value": one.word, "held": one.held or _("unknown"), "sent": one.sent or _("unknown")}
        for one in compared if one.differs
    )  # fmt: skip


def _in_words(data: Mapping[str, Any]) -> list[Compared]:
    """What nobody shows otherwise: each value after the word of its column, as history has it. A
    name that has no word is the software's own, and so is an id: they tell nobody anything."""
    return [
        Compared(word, None, _as_text(told))
        for name, told in islice(data.items(), MOST)
        if (word := COLUMN_WORDS.get(name) or COLUMN_WORDS.get(f"{name}_id")) and not _is_id(told)
    ]


def _is_id(told: object) -> bool:
    try:
        return isinstance(told, str) and bool(UUID(told))
    except ValueError:
        return False


def _as_text(value: object) -> str:
    """A value as far as a page shows it; true and false in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)[:300]
    return "" if value is None else str(value)[:300]


def _says(line: bytes) -> str:
    """The line's data, or its bytes as far as they can be shown; no more than a screen of it. Of
    one that is not for those who look after phones: ''."""
    told = read_line(line)
    if told is None:
        return line[:300].decode(errors="replace")
    if is_private(told["t"]):
        return ""
    return json.dumps(told["d"], ensure_ascii=False)[:300]


@proves
def broken_chains() -> Iterator[str]:
    """Phones whose lines, as they are kept, are not the unbroken chain that was acknowledged."""
    for phone in Installation.objects.order_by("pk").iterator():
        if fault := _fault_of(phone):
            yield f"phone {phone.pk}: {fault}"


def _fault_of(phone: Installation) -> str:
    before, expected = "", 1
    lines = phone.receipts.filter(q__lte=phone.last_q).order_by("q")
    for q, line, told in lines.values_list("q", "line", "hash").iterator(chunk_size=500):
        if q != expected:
            return f"line {expected} is missing"
        before, expected = chained(before, bytes(line)), q + 1
        if before != told:
            return f"line {q} was altered, or one before it"
    if expected <= phone.last_q:
        return f"{phone.last_q} lines were acknowledged, {expected - 1} are there"
    return "" if before == phone.last_hash else "its last hash was altered"


def carried_by(viewer: Viewer, limit: int = 50) -> list[Carried]:
    """The files that this viewer brought, the last first; everybody's, for those who see all."""
    rows = Carried.objects.select_related("installation").order_by("-pk")
    if not viewer.holds(*access.READERS):
        rows = rows.filter(brought_by=viewer.person) if viewer.person else rows.none()
    return list(rows[:limit])
