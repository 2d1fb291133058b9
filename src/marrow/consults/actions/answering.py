"""The signed opinion, what is added to it later, and what came of the patient."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID, uuid4

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marrow.consults import access, queries
from marrow.consults.actions.holding import held, scope
from marrow.consults.actions.lateness import settle
from marrow.consults.actions.wording import prove_nobody_named
from marrow.consults.models import Consult, Opinion, Outcome
from marrow.consults.rules.signing import fingerprint
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.secrets import clear
from marrow.core.viewer import Viewer

SIGN = Act("sign_opinion", gettext_lazy("Signed an opinion"), undo=NEVER)
OUTCOME = Act("tell_outcome", gettext_lazy("Said what came of a case"), undo=NEVER)
State = Consult.State


def sign_opinion(*, consult: UUID, text: str, by: Viewer, at: dt.datetime) -> Opinion:
    """Sign an opinion, or an addition to one's own: nothing that is signed is changed."""
    row = access.case_of_specialist(by, consult)
    if row.state == State.ASSIGNED and not row.accepted_at:
        raise Refused(_("Accept the case first."))
    if not text.strip() or by.person is None:
        raise Refused(_("Write the opinion."))
    prove_nobody_named(text)
    opinion = Opinion(
        id=uuid4(), consult=row, signer=by.person, signer_name=by.name[:200], signed_at=at,
        language=(get_language() or "en")[:8],
    )  # fmt: skip
    if row.state == State.ASSIGNED:
        row.state, row.answered_at = State.ANSWERED, at
    with held(row), journal(SIGN, by=by, at=at, scope=scope(row)) as page:
        opinion.version = row.opinions.count() + 1
        opinion.text, opinion.salt = text.strip(), secrets.token_hex(16)
        opinion.sha256 = _fingerprint(row, opinion)
        page.save(opinion)
        page.save(row)
        settle(page, row, by, at)
    return opinion


def _fingerprint(row: Consult, opinion: Opinion) -> str:
    story, question = clear(row, "story", "question")
    words, salt = clear(opinion, "text", "salt")
    told = queries.signed_content(
        row, (story or "", question or ""), opinion, (words or "", salt or "")
    )
    return fingerprint(told)


def tell_outcome(
    *, consult: UUID, what: str, why_not: str, words: str, by: Viewer, at: dt.datetime
) -> Outcome:
    """Say what was done, or why the advice could not be followed; the case is closed."""
    row = access.case_of_asker(by, consult)
    if row.state != State.ANSWERED or by.person is None:
        raise Refused(_("What came of it is told once, after the answer."))
    if what not in Outcome.What.values:
        raise Refused(_("Say what was done."))
    unfollowed = what == Outcome.What.NOT_FOLLOWED
    if unfollowed != (why_not in Outcome.WhyNot.values):
        raise Refused(_("Say why the advice could not be followed; only then is a reason asked."))
    prove_nobody_named(words)
    outcome = Outcome(
        id=uuid4(), consult=row, why_not=why_not if unfollowed else "", told_by=by.person,
        told_at=at,
    )  # fmt: skip
    row.state, row.closed_at = State.CLOSED, at
    with held(row), journal(OUTCOME, by=by, at=at, scope=scope(row)) as page:
        outcome.what_came, outcome.words = what, words.strip()
        page.save(outcome)
        page.save(row)
    return outcome
