"""Three sides sign, each from their own account; the office records a paper where none can."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.writing import Page
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.handovers import access, queries
from marrow.handovers.actions import work
from marrow.handovers.actions.holding import held
from marrow.handovers.models import Handover, Signature
from marrow.people.actions.wording import prove_no_patient
from marrow.sources.actions import Source, close_work, open_work, tell_source
from marrow.teams.actions import GUARDS

SIGN = Act("sign_handover", gettext_lazy("Signed a handover"), undo=NEVER)
PAPER = Act("record_paper", gettext_lazy("Recorded a signed paper for a handover"), undo=NEVER)
Way = Signature.Way


def sign(*, handover: UUID, side: str, seen: str, by: Viewer, at: dt.datetime) -> Signature:
    """Sign for one's own side what one saw: `seen` is the fingerprint of the page's content."""
    row = access.handover_to_sign(by, handover, side)
    now = _to_be_signed(row, side)
    if seen != now:
        raise Overtaken(_("It was changed after you opened it. Read it again, then sign."))
    if any(s.signer == by.person and s.way == Way.OWN_ACCOUNT for s in queries.signatures_of(row)):
        raise Refused(_("You signed for another side already: one account signs once."))
    signature = _signature(row, side, Way.OWN_ACCOUNT, by, at)
    signature.signer_name = by.name[:200]
    with _once(), held(row), journal(SIGN, by=by, at=at, scope=_scope(row)) as page:
        _keep(page, row, signature, by, at)
    return signature


def record_paper(
    *, handover: UUID, side: str, signer_name: str, reason: str, source: Source, by: Viewer,
    at: dt.datetime,
) -> Signature:  # fmt: skip
    """Record that a side signed on paper: only where nobody can sign from an own account."""
    row = access.handover_to_record_paper(by, handover)
    _to_be_signed(row, side)
    if access.has_account(row, side):
        raise Refused(_("This side has an account and signs for itself."))
    if not signer_name.strip() or not reason.strip():
        raise Refused(_("Say who signed the paper, and why it is on paper."))
    prove_no_patient(reason)
    signature = _signature(row, side, Way.PAPER, by, at)
    signature.signer_name, signature.reason = signer_name.strip()[:200], reason.strip()[:300]
    told = {"signature": signature.signer_name}
    with _once(), held(row), journal(PAPER, by=by, at=at, scope=_scope(row)) as page:
        _keep(page, row, signature, by, at)
        tell_source(page, about=signature, told=told, source=source, at=at)
    return signature


def _to_be_signed(row: Handover, side: str) -> str:
    """The fingerprint of what this side is to sign."""
    if side not in Signature.Side.values:
        raise Refused(_("There is no such side."))
    if row.state != Handover.State.HANDED_IN:
        raise Refused(_("It can be signed once it is handed in, until all have signed."))
    if side not in queries.unsigned(row):
        raise Refused(_("This side has signed already."))
    return queries.fingerprint_of(row)


def _signature(row: Handover, side: str, way: str, by: Viewer, at: dt.datetime) -> Signature:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return Signature(
        id=uuid4(), handover=row, side=side, way=way, signer=by.person, signed_at=at,
        sha256=queries.fingerprint_of(row), version=row.version,
    )  # fmt: skip


@contextmanager
def _once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as signed:
        raise Overtaken(_("This side was signed meanwhile. Look at it again.")) from signed


def _keep(page: Page, row: Handover, signature: Signature, by: Viewer, at: dt.datetime) -> None:
    """Keep a signature; the last of three completes the handover and hands its work on."""
    page.save(signature)
    close_work(page, [work.sign_key(row, signature.side)], by=by, at=at)
    if queries.unsigned(row) or queries.stale(row):
        return
    row.state, row.completed_on = Handover.State.COMPLETE, at.date()
    page.save(row)
    open_work(page, work.of_lines(row, at))
    work.look_again(row, at)


def _scope(row: Handover) -> str:
    return f"mission:{row.from_mission_id}"


GUARDS.setdefault("CLOSED", []).append(queries.what_is_missing)
