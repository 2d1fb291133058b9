"""Taking a phone's lines: what becomes of each, and who is called where a person must look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, Origin, journal, together
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.remembering import taking
from marrow.core.viewer import Viewer
from marrow.sources.actions import open_work
from marrow.sources.models import WorkItem
from marrow.sync.intents import TAKERS, Intent, Malformed, Taking, taking_of
from marrow.sync.lines_aside import GONE_IN, any_aside, files_aside, lines_aside, settle
from marrow.sync.models import Installation, Receipt
from marrow.sync.overtaking import let_go, noted
from marrow.sync.owners import ACCOUNT, MISSION, Owner, owners_of
from marrow.sync.rules import Newer, as_today, read_line, said_at

SET_ASIDE = Act("set_aside", gettext_lazy("Set aside what a phone sent"), undo=NEVER)
TOLD_ANEW = Act("told_line_anew", gettext_lazy("Told again of what a phone sent"), undo=NEVER)
#: of the work about a line, what another try at it may change
TOLD = ("about_model", "about", "role", "params", "code")


class _ByItself(Exception):
    """This line is taken by itself: it may be here under another number."""


class Line(NamedTuple):
    """A line that is not here yet, with the chain's hash after it."""

    q: int
    told: bytes
    hash: str


def keep_all(
    phone: Installation, lines: list[Line], by: Viewer | None, at: dt.datetime
) -> list[Receipt]:
    """Lines in order, all in one go; where one fails, or came before under another number, each by
    itself. What becomes of a line is the same."""
    try:
        with together(), taking():
            done = [_taken(phone, line, by, at) for line in lines]
    except Exception:  # noqa: BLE001  which line it was shows when each is taken by itself
        return [_keep(phone, line, by, at) for line in lines]
    receipts = [_receipt(phone, line, *told, at) for line, told in zip(lines, done, strict=True)]
    Receipt.objects.bulk_create(receipts)
    told_now = [(line.q, told[0]) for line, told in zip(lines, done, strict=True)]
    gone = let_go(phone, told_now, by, at)
    for receipt in receipts:
        _call_if_held(receipt, by, at, gone)
    _made_anew(receipts, by, at)
    return receipts


def _made_anew(receipts: Sequence[Receipt], by: Viewer | None, at: dt.datetime) -> None:
    """A record that was made anew after it had been set aside: the older lines wait no more."""
    waiting = [one for one in receipts if one.outcome in GONE_IN]
    if by is None or not waiting or not any_aside(waiting[0].installation.account):
        return
    for receipt in waiting:
        told = read_line(bytes(receipt.line))
        if told and told["k"] == "create":
            phone = receipt.installation
            held = [x for x in lines_aside(phone.account, told) if x.row.settled_at is None]
            settle(held, Receipt.Outcome.MERGED, by, at)
            _take_files(phone, told["r"], by, at)


def _taken(phone: Installation, line: Line, by: Viewer | None, at: dt.datetime) -> tuple[str, str]:
    """What became of a line; raises whatever stops it."""
    read = read_as_today(line.q, line.told)
    if isinstance(read, str):
        return Receipt.Outcome.QUARANTINED, read
    told, taking_ = read
    if by is None:
        return Receipt.Outcome.QUARANTINED, "REVOKED"
    if told.get("o"):
        raise _ByItself
    return taking_.taker(intent_of(phone, told, at, prevails=False), by, at), ""


def _keep(phone: Installation, line: Line, by: Viewer | None, at: dt.datetime) -> Receipt:
    outcome, why = apply_line(phone, line.q, line.told, by, at)
    receipt = _receipt(phone, line, outcome, why, at)
    receipt.save()
    _call_if_held(receipt, by, at, let_go(phone, [(line.q, outcome)], by, at))
    _made_anew([receipt], by, at)
    return receipt


def _receipt(phone: Installation, line: Line, outcome: str, why: str, at: dt.datetime) -> Receipt:
    return Receipt(
        installation=phone, q=line.q, line=line.told, hash=line.hash,
        outcome=Receipt.Outcome(outcome), why=why[:120], received_at=at, parted=noted(outcome),
    )  # fmt: skip


def _call_if_held(
    receipt: Receipt, by: Viewer | None, at: dt.datetime, gone: Collection[int]
) -> None:
    """Call a person, unless the same push said all of it anew: then it waits for nobody."""
    if receipt.pk in gone:
        say_whose(receipt)
    elif receipt.outcome in (Receipt.Outcome.QUARANTINED, Receipt.Outcome.CONFLICT):
        account = receipt.installation.account
        _call_a_person(receipt, by or Viewer(account, via="phone"), at)


def apply_line(
    phone: Installation,
    q: int,
    line: bytes,
    by: Viewer | None,
    at: dt.datetime,
    prevails: bool = False,
    parted: frozenset[str] | None = None,
) -> tuple[str, str]:
    """What became of a line. Nothing that it holds can stop the queue.

    One that puts right, or takes back, a record which was itself set aside goes with that record:
    both are taken, or neither is.
    """
    found = _applied(phone, q, line, by, at, prevails, parted)
    if found[0] != Receipt.Outcome.QUARANTINED or by is None:
        return found
    return _put_right(phone, q, line, by, at) or found


def _put_right(
    phone: Installation, q: int, line: bytes, by: Viewer, at: dt.datetime
) -> tuple[str, str] | None:
    read = read_as_today(q, line)
    if isinstance(read, str) or read[0]["k"] not in ("set", "void"):
        return None
    told, taking = read
    held = lines_aside(phone.account, told)
    if not held:
        return None
    if told["k"] == "void":
        settle(held, "", by, at)
        return Receipt.Outcome.IDENTICAL, ""
    data = {name: value for one in held for name, value in one.told["d"].items()} | told["d"]
    whole = {**told, "k": "create", "d": data, "b": {}}
    found = _tried(lambda: taking.taker(intent_of(phone, whole, at, prevails=False), by, at))
    if found[0] in GONE_IN:
        settle(held, Receipt.Outcome.MERGED, by, at)
        _take_files(phone, told["r"], by, at)
    return found


def _take_files(phone: Installation, record: str, by: Viewer, at: dt.datetime) -> None:
    """The photographs that came before their record was taken."""
    for file in files_aside(phone.account, record):
        taken, _why = _applied(phone, file.row.q, bytes(file.row.line), by, at, prevails=False)
        if taken in GONE_IN:
            settle([file], taken, by, at)


def _tried(take: Callable[[], str]) -> tuple[str, str]:
    try:
        with transaction.atomic():
            return take(), ""
    except Malformed:
        return Receipt.Outcome.QUARANTINED, "MALFORMED"
    except Refused as refused:
        return Receipt.Outcome.QUARANTINED, refused.code.upper()
    except Exception:  # noqa: BLE001  a line that breaks the software must not block the queue
        return Receipt.Outcome.QUARANTINED, "FAILED"


def _applied(
    phone: Installation,
    q: int,
    line: bytes,
    by: Viewer | None,
    at: dt.datetime,
    prevails: bool = False,
    parted: frozenset[str] | None = None,
) -> tuple[str, str]:
    read = read_as_today(q, line)
    if isinstance(read, str):
        return Receipt.Outcome.QUARANTINED, read
    told, taking = read
    if by is None:
        return Receipt.Outcome.QUARANTINED, "REVOKED"
    if _held_elsewhere(phone, told.get("o")):
        return Receipt.Outcome.IDENTICAL, ""
    intent = intent_of(phone, told, at, prevails, parted)
    return _tried(lambda: taking.taker(intent, by, at))


def read_as_today(q: int, line: bytes) -> tuple[Mapping[str, Any], Taking] | str:
    """A line as today's form has it and who takes it, or why nobody does."""
    told = read_line(line)
    if told is None or told["q"] != q:
        return "MALFORMED"
    try:
        told = as_today(told)
    except Newer:
        return "UNKNOWN_FORM"
    except Exception:  # noqa: BLE001  a line that breaks the software must not block the queue
        return "FAILED"
    taking = taking_of(told["t"], told["d"])
    if taking is None:
        return "UNKNOWN_TYPE"
    return (told, taking) if told["k"] in taking.kinds else "UNKNOWN_KIND"


def _held_elsewhere(phone: Installation, before: object) -> bool:
    """Whether this line arrived under the number that it had before its phone went on anew."""
    if not isinstance(before, dict) or type(before.get("q")) is not int:
        return False
    try:
        installation = UUID(str(before.get("inst")))
    except ValueError:
        return False
    own = Receipt.objects.filter(installation=installation, installation__account=phone.account)
    return own.filter(q=before["q"], hash=str(before.get("h"))).exists()


def intent_of(
    phone: Installation,
    told: Mapping[str, Any],
    at: dt.datetime,
    prevails: bool,
    parted: frozenset[str] | None = None,
) -> Intent:
    """What a line means. A moment that cannot be read is none: it orders nothing."""
    before = told.get("b")
    try:
        moment = dt.datetime.fromisoformat(str(told.get("at")))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        said: dt.datetime | None = said_at(moment, phone.skew_seconds or 0, at)
    except ValueError:
        said = None
    return Intent(
        UUID(str(told["r"])), told["t"], told["k"], told["d"], Origin(phone.pk, told["q"]),
        before if isinstance(before, dict) else {}, said, prevails, parted,
    )  # fmt: skip


def say_whose(receipt: Receipt) -> Owner:
    """Write on a line that was set aside whose office looks after it, and whether it is a call for
    help: of thousands that wait, an office asks for its own, calls first."""
    label, about = owners_of([receipt])[receipt.pk]
    receipt.mission = about if label == MISSION else None
    receipt.urgent = is_urgent(bytes(receipt.line))
    told = {"mission": receipt.mission, "urgent": receipt.urgent}
    Receipt.objects.filter(pk=receipt.pk).update(**told)
    return label, about


def _call_a_person(receipt: Receipt, by: Viewer, at: dt.datetime) -> None:
    with journal(SET_ASIDE, by=by, at=at) as page:
        open_work(page, [_work_about(receipt, say_whose(receipt), at)])


def call_anew(receipt: Receipt, by: Viewer, at: dt.datetime) -> None:
    """Its team may be known by now: the work about a line goes with the line to the office that
    looks after it, and says why it still waits."""
    fresh = _work_about(receipt, say_whose(receipt), at)
    held = WorkItem.objects.filter(key=fresh.key, done_at=None).first()
    if held is None or all(getattr(held, name) == getattr(fresh, name) for name in TOLD):
        return
    if held.code != fresh.code:  # found to be a call for help, it is due at once
        held.due_on = fresh.due_on
    for name in TOLD:
        setattr(held, name, getattr(fresh, name))
    with journal(TOLD_ANEW, by=by, at=at) as page:
        page.save(held)


def _work_about(receipt: Receipt, whose: Owner, at: dt.datetime) -> WorkItem:
    (label, about), urgent = whose, receipt.urgent
    return WorkItem(
        id=same_id("set aside", receipt.pk), key=f"set-aside:{receipt.pk}",
        code="SET_ASIDE_URGENT" if urgent else "SET_ASIDE",
        about_model=label, about=about, due_on=at.date() if urgent else None,
        params={
            "why": receipt.why, "account": str(receipt.installation.account),
            "type": type_of(bytes(receipt.line)), "href": f"/phones/set-aside/#line-{receipt.pk}",
        },
        role="admin" if label == ACCOUNT else "office", opened_at=at,
    )  # fmt: skip


def type_of(line: bytes) -> str:
    """A line's type as takers are named, with what it is `of`; '' of one that nobody takes."""
    told = read_line(line) or {"t": "", "d": {}}
    named = f"{told['t']}:{told['d'].get('of')}"
    return next((kind for kind in (told["t"], named) if kind in TAKERS), "")


def is_urgent(line: bytes) -> bool:
    """Whether what could not be taken is a call that nobody else hears."""
    told = read_line(line)
    taking = taking_of(told["t"], told["d"]) if told else None
    return taking is not None and taking.urgent(told["d"] if told else {})
