"""Enrolling a phone, and taking what it sends: each line once, in order, never refused."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.accounts.sessions import ENDS_TOO
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.sync import access, losses
from marrow.sync.emptied import emptied_since
from marrow.sync.intents import LEAVERS
from marrow.sync.lines_aside import GONE_IN, end_work
from marrow.sync.models import Installation, Receipt
from marrow.sync.overtaking import let_go, note_told_anew, noted
from marrow.sync.queries import compared_of, in_short, mark_of, why_words
from marrow.sync.rules import Batch, chained
from marrow.sync.taking import (
    Line,
    apply_line,
    call_anew,
    intent_of,
    keep_all,
    read_as_today,
)


class StillDiffers(Refused):
    """What two sides told differently could not be settled so: both stand as they did."""

    code = "still-differs"


AT_ONCE = {"postgresql": 50, "sqlite": 20}  # lines a transaction: SQLite has one writer
MOST = 1000  # lines taken of one push: the answer comes before a phone loses patience (25 s)


@dataclass(slots=True)
class Answer:
    """What the phone learns: the last number that we hold, its hash, notes, a fork or not, whether
    we lost what we had acknowledged, how many seconds its clock is slow; and who its person is."""

    ack: int
    hash: str
    notes: list[dict[str, object]] = field(default_factory=list)
    fork: bool = False
    lost: bool = False
    skew: int | None = None
    viewer: Viewer | None = None

    def note(self, receipt: Receipt) -> None:
        """Tell what became of a line; said again when it comes again, for an answer may be lost."""
        if receipt.outcome != Receipt.Outcome.NEW:
            told = {"q": receipt.q, "st": receipt.outcome.lower(), "why": receipt.why}
            self.notes.append(told)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one transaction: the first one's number, and the hash before it."""

    first: int
    before: str
    lines: tuple[bytes, ...]


def enrol(
    *, by: Viewer, at: dt.datetime, name: str = "", signs_with: str = ""
) -> tuple[Installation, str]:
    """Make a phone known; returns it and the token that only the phone keeps."""
    person = access.may_enrol(by)
    token = secrets.token_urlsafe(32)
    row = Installation(
        id=uuid4(), account=person, name=name[:80], seen_at=at,
        token_sha256=access.hashed(token), signs_with=signs_with,
    )  # fmt: skip
    row.save()
    return row, token


def wake(*, phone: UUID, by: Viewer, at: dt.datetime) -> Installation:
    """Hear again of a phone that was silent for so long that its person signed in for it. It stays
    what it was: its lines, what was set aside of them and its files go on where they stood."""
    with transaction.atomic():
        row = access.phone_to_wake(by, phone)
        row.seen_at = at
        row.save()
    return row


def receive(*, batch: Batch, at: dt.datetime) -> Answer:
    """Take a batch in transactions of a few lines; what was taken before is only acknowledged.

    Of a longer one the first thousand are taken; the acknowledgement says which, and the phone
    sends the rest next.
    """
    lost = losses.look(batch.installation, batch.held, batch.epoch, at)
    answer = Answer(0, "")
    before, lines = batch.before, batch.lines[:MOST]
    at_once = AT_ONCE[connection.vendor]
    for start in range(0, max(len(lines), 1), at_once):
        part = Part(batch.first + start, before, lines[start : start + at_once])
        answer_now = _receive(batch, part, at)
        answer_now.notes = answer.notes + answer_now.notes
        answer = answer_now
        if answer.fork:
            break
        for line in part.lines:
            before = chained(before, line)
    answer.lost = lost is not None
    if not lost:
        losses.make_good(batch.installation, answer.ack, at)
    return answer


def _receive(batch: Batch, part: Part, at: dt.datetime) -> Answer:
    with transaction.atomic():
        phone = Installation.objects.select_for_update().get(pk=batch.installation)
        answer = Answer(phone.last_q, phone.last_hash)
        phone.skew_seconds = int((at - batch.wall).total_seconds()) if batch.wall else None
        answer.skew, answer.viewer = phone.skew_seconds, _viewer(phone)
        if _parted(phone, part):
            answer.fork = True
        else:
            _take(phone, part, answer, at)
        phone.last_q, phone.last_hash, phone.seen_at, phone.app = (
            answer.ack,
            answer.hash,
            at,
            batch.app,
        )
        phone.forked_at = at if answer.fork else phone.forked_at
        _note_what_waits(phone, batch, answer)
        phone.save()
    return answer


def _note_what_waits(phone: Installation, batch: Batch, answer: Answer) -> None:
    """What the phone still has for us: what it says waits behind, and what we did not take. A call
    for help that goes before all else says nothing of the rest."""
    if batch.left is not None:
        phone.unsent = batch.left + max(0, batch.first + len(batch.lines) - 1 - answer.ack)
    if batch.pictures is not None:
        phone.pictures = batch.pictures


def _parted(phone: Installation, part: Part) -> bool:
    """Whether the phone went another way than what we hold before this part.

    Beyond a gap we hold nothing to compare with; the acknowledgement says where the gap is.
    """
    before = part.first - 1
    if before > phone.last_q:
        return False
    if before == phone.last_q:
        return part.before != phone.last_hash
    return part.before != (_held_hash(phone, before) if before else "")


def _held_hash(phone: Installation, q: int) -> str | None:
    return phone.receipts.filter(q=q).values_list("hash", flat=True).first()


def _take(phone: Installation, part: Part, answer: Answer, at: dt.datetime) -> None:
    """The lines in order: those that we hold are told again, the next one is kept, a gap stops."""
    by = answer.viewer
    span = (part.first, part.first + len(part.lines) - 1)
    held = {row.q: row for row in phone.receipts.filter(q__range=span)}
    fresh = list[Line]()
    for q, line in enumerate(part.lines, start=part.first):
        if q <= answer.ack:
            row = held.get(q)
            if row is None or bytes(row.line) != line:
                answer.fork = True
                return
            answer.note(row)
        elif q == answer.ack + 1:
            answer.ack, answer.hash = q, chained(answer.hash, line)
            fresh.append(Line(q, line, answer.hash))
    for receipt in keep_all(phone, fresh, by, at):
        answer.note(receipt)


def _viewer(phone: Installation) -> Viewer | None:
    return None if phone.revoked_at is not None else _owner(phone)


def _owner(phone: Installation) -> Viewer | None:
    account = Account.objects.filter(pk=phone.account).first()
    viewer = viewer_of(account, via="phone") if account else None
    return viewer if viewer and viewer.signed_in else None


def try_again(
    *, receipt: int, by: Viewer, at: dt.datetime, prevails: bool = False, knowing: bool = False,
    shown: str | None = None,
) -> Receipt:  # fmt: skip
    """Take a line that was set aside once more, after its cause was put right; or, where both
    sides changed a value, with the phone's (`prevails`).

    Where somebody took out since what the line speaks of, whoever puts it back does that `knowing`
    it and in their own name; and the phone's values prevail over no others than were `shown`
    (`queries.mark_of`), where it is told what that was. Of two values that differ nothing changes
    where neither can be written now: a person still chooses. Of a line of which its phone told all
    anew since nobody has to choose: it waits no more.
    """
    with transaction.atomic():
        row = access.set_aside_for(by, receipt)
        gone = emptied_since([row]).get(row.pk)
        if gone and not knowing:
            raise Refused(
                _("Somebody took this out after the line had come: read who and why beside it.")
            )
        if prevails and shown is not None:
            _prove_shown(row, shown)
        note_told_anew(row)
        if row.parted and gone:  # it is put back, knowing it, though its phone told it anew since
            row.parted |= dict.fromkeys(gone.names & row.parted.keys(), True)
        if not row.told_anew:
            # of an ended phone too: somebody has looked at the line
            _take_anew(row, by if gone else _owner(row.installation), at, prevails)
        if row.outcome in GONE_IN or row.told_anew:
            row.settled_by, row.settled_at = by.person, at
            end_work([row], by, at)
        row.save()
        let_go(row.installation, [(row.q, row.outcome)], by, at)
        call_anew(row, by, at)
    return row


def _take_anew(row: Receipt, author: Viewer | None, at: dt.datetime, prevails: bool) -> None:
    outcome, why = apply_line(
        row.installation, row.q, bytes(row.line), author, at, prevails, row.names_parted
    )
    if (row.outcome, outcome) == (Receipt.Outcome.CONFLICT, Receipt.Outcome.QUARANTINED):
        raise StillDiffers(_("It still cannot be taken: %s.") % why_words(why))
    row.outcome, row.why, row.parted = outcome, why[:120], noted(outcome)


def _prove_shown(row: Receipt, shown: str) -> None:
    """What is held here may have been changed since the page was read on which it is chosen."""
    now = compared_of(row)
    if mark_of(now) != shown:
        raise Overtaken(
            _("What is held here is not what this page showed: %s. Look again, then choose.")
            % in_short(now)
        )


def leave_as_is(*, receipt: int, by: Viewer, at: dt.datetime) -> Receipt:
    """Decide that what is here stays. The line is kept as it came, and waits no more."""
    with transaction.atomic():
        row = access.set_aside_for(by, receipt)
        row.settled_by, row.settled_at = by.person, at
        row.save()
        _tell_its_room(row, by, at)
        end_work([row], by, at)
    return row


def _tell_its_room(row: Receipt, by: Viewer, at: dt.datetime) -> None:
    read = read_as_today(row.q, bytes(row.line))
    if row.outcome == Receipt.Outcome.CONFLICT and not isinstance(read, str):
        told, _taking = read
        if leaver := LEAVERS.get(told["t"]):
            phone, parted = row.installation, row.names_parted
            leaver(intent_of(phone, told, at, prevails=False, parted=parted), by, at)


def end_phone(*, phone: UUID, by: Viewer, at: dt.datetime) -> Installation:
    """A phone that was lost, sold or given back counts nothing any more; who said so, and when.

    What it still sends is kept and set aside. An ended phone stays ended.
    """
    with transaction.atomic():
        row = access.phone_to_end(by, phone)
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = at, by.person
            row.save()
    return row


def name_phone(*, phone: UUID, name: str, by: Viewer, at: dt.datetime) -> Installation:
    """Call a phone as its owner knows it: a browser's own name says little."""
    if not name.strip():
        raise Refused(_("Give it a name."))
    with transaction.atomic():
        row = access.phone_to_end(by, phone)
        row.name = name.strip()[:80]
        row.save()
    return row


def end_phones_of(account: UUID, at: dt.datetime) -> None:
    """With a new password of their owner, as their sessions do: who held the old one may hold a
    phone too.
    """
    held = Installation.objects.filter(account=account, revoked_at=None)
    held.update(revoked_at=at, revoked_by=account)


ENDS_TOO.append(end_phones_of)
