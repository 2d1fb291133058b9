"""What a person wishes to be told: letters to a confirmed address, a calendar with a secret; and
the words of any record, said in another language."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marrow.accounts.models import Account
from marrow.accounts.tokens.access import hashed
from marrow.core.jobs import enqueue
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER as NO_UNDO
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken, Refused
from marrow.core.spoken import Spoken
from marrow.core.viewer import Viewer
from marrow.core.words import Names
from marrow.desk import access
from marrow.desk.models import Wish
from marrow.desk.rules import NEVER, next_letter
from marrow.people.actions.wording import prove_also
from marrow.sources.actions import retell_work
from marrow.ui.waiting import waiting

WISH = Act("choose_letters", gettext_lazy("Chose which letters to get"), undo=NO_UNDO)
CONFIRM = Act("confirm_address", gettext_lazy("Confirmed an e-mail address"), undo=NO_UNDO)
FEED = Act("make_calendar", gettext_lazy("Made a calendar's address"), undo=NO_UNDO)
NO_FEED = Act("end_calendar", gettext_lazy("Ended a calendar's address"), undo=NO_UNDO)
SAY = Act("say_also", gettext_lazy("Said the same in another language"))
LETTER = "desk.letter"
ASK = "desk.confirm"
DAYS_TO_CONFIRM = 3
SIGNER = TimestampSigner(salt="marrow.desk.address")
MOST_LINES = 30  # of a letter; the page has all


def say_also(
    *, label: str, record: UUID, also: Mapping[str, Names], by: Viewer, at: dt.datetime,
    shown: Mapping[str, str] | None = None,
) -> Spoken:  # fmt: skip
    """Say a record's words in other languages; `also` is {column: Names}, '' takes one away, and
    `shown` the words that were read, where it is told: others are not said again unread.

    The words as they were first written stay: they are what was signed.
    """
    row = access.words_for(by, label, record)
    prove_also(row, also)
    before = {column: row.in_each(column) for column in also if column in row.SPOKEN}
    for column, told in also.items():
        if column not in row.SPOKEN or not getattr(row, column):
            raise Refused(_("There are no such words."))
        said = row.also(column) | {code: text.strip() for code, text in told.items()}
        row.tongues = row.tongues | {column: {c: text for c, text in said.items() if text}}
    lines = Operation.objects.filter(model=label, record=record)
    scope = lines.order_by("id").values_list("scope", flat=True)[0]  # as who syncs the record
    with journal(SAY, by=by, at=at, scope=scope) as page:
        _prove_read(row, {name: getattr(row, name) for name in before} | dict(shown or {}))
        page.save(row)
        for column, words in before.items():
            retell_work(page, row, column, words)
    return row


def _prove_read(row: Spoken, read: Mapping[str, str]) -> None:
    """The words are still those that were read; they stay so until the transaction ends."""
    rows = type(row)._base_manager.select_for_update().filter(pk=row.pk)
    if read and rows.values(*read).get() != read:
        raise Overtaken(
            _("Somebody changed this meanwhile. Read it again, then repeat your change.")
        )


def choose_letters(
    *, every: str, address: str, site: str, by: Viewer, at: dt.datetime
) -> tuple[Wish, bool]:
    """Set how often and where to. A new address first gets a letter that confirms it.

    Returns the wish, and whether a letter to confirm was sent.
    """
    account = access.may_wish(by)
    if every not in Wish.Every.values:
        raise Refused(_("There is no such rhythm."))
    address = address.strip()
    if every != NEVER or address:
        _refuse_no_address(address)
    row = Wish.objects.filter(account=account).first() or Wish(account_id=account)
    is_new = address != (row.address or "")
    if is_new:
        row.address, row.confirmed_at = address, None
    row.every, row.site = every, site
    with journal(WISH, by=by, at=at, scope=f"person:{account}") as page:
        page.save(row)
        plan_letter(row, at)
        asks = bool(address) and row.confirmed_at is None and every != NEVER
        if asks:
            enqueue(ASK, key=f"{row.pk}:{at:%Y-%m-%dT%H:%M}", at=at, wish=str(row.pk))
    return row, asks


def _refuse_no_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(_("This is no e-mail address.")) from None


def ask_to_confirm(*, wish: UUID) -> None:
    """Send the letter whose link confirms the address; nothing where it is confirmed meanwhile."""
    row = Wish.objects.filter(pk=wish, confirmed_at=None).first()
    if row is None or not row.address:
        return
    token = SIGNER.sign_object([str(row.pk), row.address])
    link = row.site.rstrip("/") + reverse("desk:confirm", args=[token])
    text = _(
        "Somebody wishes to get letters from Marrow at this address. If that is you, open this"
        " link within three days, signed in:\n\n%s\n\nIf not, do nothing."
    )
    _send(row, _("Marrow: confirm this address"), text % link)


def confirm_address(*, token: str, by: Viewer, at: dt.datetime) -> Wish:
    """The address is theirs: the letter came, and its link was opened by the same person."""
    account = access.may_wish(by)
    try:
        wish, address = SIGNER.unsign_object(token, max_age=dt.timedelta(days=DAYS_TO_CONFIRM))
    except SignatureExpired:
        raise Refused(_("This link is older than three days. Ask for a new one.")) from None
    except BadSignature:
        raise Refused(_("This link is not whole. Copy all of it from the letter.")) from None
    row = access.wish_for(by)
    if str(row.pk) != wish or row.address != address:
        raise Refused(_("This link is for another account, or for an address given before."))
    row.confirmed_at = at
    with journal(CONFIRM, by=by, at=at, scope=f"person:{account}") as page:
        page.save(row)
        plan_letter(row, at)
    return row


def plan_letter(row: Wish, at: dt.datetime) -> None:
    """Queue the next letter; what was queued for another rhythm finds out when its hour comes."""
    when = next_letter(row.every, at)
    if when and row.confirmed_at:
        enqueue(LETTER, key=f"{row.pk}:{when:%Y-%m-%d}", at=at, not_before=when, wish=str(row.pk))


def send_letter(*, wish: UUID, who: Viewer, at: dt.datetime) -> bool:
    """Send one letter, when it is still wished for and anything waits, and queue the next."""
    row = Wish.objects.select_related("account").filter(pk=wish).first()
    if row is None or not row.confirmed_at or row.every == NEVER or not who.signed_in:
        return False
    due = next_letter(row.every, at - dt.timedelta(days=1))
    with transaction.atomic():
        plan_letter(row, at)
    if due is None or due.date() != at.date():  # the rhythm was changed meanwhile
        return False
    lines = waiting(who, at.date())
    if not lines:
        return False
    page = {"lines": lines[:MOST_LINES], "more": len(lines) - MOST_LINES, "wish": row}
    page |= {"day": at.date(), "site": row.site.rstrip("/"), "count": len(lines)}
    told = ngettext(
        "%(count)s thing needs a person.", "%(count)s things need a person.", len(lines)
    )
    title = f"Marrow: {told % {'count': len(lines)}}"
    _send(
        row, title, render_to_string("desk/letter.txt", page),
        render_to_string("desk/letter.html", page),
    )  # fmt: skip
    return True


def _send(row: Wish, title: str, text: str, html: str = "") -> None:
    letter = EmailMultiAlternatives(title, text, to=[row.address or ""])
    if html:
        letter.attach_alternative(html, "text/html")
    letter.send()


def make_calendar(*, by: Viewer, at: dt.datetime) -> tuple[Wish, str]:
    """A new secret address of one's own calendar; the one before opens nothing any more."""
    account = access.may_wish(by)
    row = Wish.objects.filter(account=account).first() or Wish(
        account=Account.objects.get(pk=account)
    )
    secret = secrets.token_urlsafe(32)
    row.feed_sha256, row.feed_made_at = hashed(secret), at
    with journal(FEED, by=by, at=at, scope=f"person:{account}") as page:
        page.save(row)
    return row, secret


def end_calendar(*, by: Viewer, at: dt.datetime) -> Wish:
    row = access.wish_for(by)
    row.feed_sha256, row.feed_made_at = "", None
    with journal(NO_FEED, by=by, at=at, scope=f"person:{row.account_id}") as page:
        page.save(row)
    return row
