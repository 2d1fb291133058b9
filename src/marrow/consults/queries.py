"""What pages of consults ask: the queue, a case, how long answers took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from marrow.accounts.models import Account
from marrow.accounts.queries import as_signed, name_read_with, names_of, with_name_of
from marrow.catalogue.queries.specialties import specialty_name
from marrow.consults import access
from marrow.consults.access import WAITING
from marrow.consults.models import Consult, Opinion, Outcome, Photo, Reading
from marrow.consults.rules.clocks import Left, left, order, quantile
from marrow.consults.rules.signing import fingerprint
from marrow.core.secrets import clear, opened_bytes
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.people.models import Person
from marrow.sources.models import WorkItem

MOST = 100
SPAN = dt.timedelta(days=90)  # over which waits are told
State = Consult.State


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it: nothing of the patient."""

    row: Consult
    left: Left | None  # while an answer is waited for
    mine: bool  # of the specialist's own specialty
    who: str = ""  # the specialist who has it


def lines(
    rows: Iterable[Consult],
    now: dt.datetime,
    specialty: str = "",
    who: dict[UUID, str] | None = None,
) -> list[CaseLine]:
    """The most urgent first while they wait, then the latest."""
    found = [
        CaseLine(
            row,
            left(row.answer_by, now) if row.state in WAITING and row.answer_by else None,
            bool(specialty) and row.specialty == specialty,
            (who or {}).get(row.assigned_to, "") if row.assigned_to else "",
        )
        for row in rows
    ]
    waiting = [line for line in found if line.left]
    waiting.sort(key=lambda line: order(line.row.priority, line.row.answer_by))
    return waiting + [line for line in found if not line.left]


def specialty_of(viewer: Viewer) -> str:
    """The specialty of the person whose account this is; '' where nobody told."""
    found = Person.objects.filter(account=viewer.person).values_list("specialty", flat=True)
    return found.first() or "" if viewer.signed_in else ""


def queue(viewer: Viewer, now: dt.datetime) -> list[CaseLine]:
    return lines(access.queue_for(viewer).order_by("answer_by")[:MOST], now, specialty_of(viewer))


def held(viewer: Viewer, now: dt.datetime) -> list[CaseLine]:
    """The cases that this specialist has or had."""
    if not viewer.holds("specialist"):
        return []
    rows = access.cases_for(viewer).filter(assigned_to=viewer.person)
    return lines(rows.order_by("-asked_at")[:MOST], now)


def asked(viewer: Viewer, now: dt.datetime) -> list[CaseLine]:
    """The cases that this viewer, or their hospital, asked."""
    rows = access.cases_for(viewer).order_by("-asked_at")[:MOST]
    mine = [row for row in rows if not access.has_it(viewer, row)]
    return lines(mine, now, who=_holders(mine))


def _holders(rows: Iterable[Consult]) -> dict[UUID, str]:
    return names_of({row.assigned_to for row in rows if row.assigned_to})


def asked_at(viewer: Viewer, organisation: Organisation, now: dt.datetime) -> list[CaseLine]:
    rows = access.cases_for(viewer).filter(organisation=organisation).order_by("-asked_at")
    found = list(with_name_of(rows, "assigned_to")[:8])
    who = {row.assigned_to: name_read_with(row) for row in found if row.assigned_to}
    return lines(found, now, who=who)


@dataclass(frozen=True, slots=True)
class Answered:
    """One first answer: how long it took, and whether that was too long."""

    row: Consult
    wait: str
    late: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What an office sees: how many wait, how many are late, how long first answers took."""

    open: list[CaseLine]
    late: int
    answered: list[Answered]
    median: str
    tail: str  # nine in ten were answered within this
    declined: list[Consult]


def counts(viewer: Viewer, now: dt.datetime) -> Counts | None:
    """Over 90 days; None for who is neither an office nor an auditor."""
    if not viewer.holds("office", "auditor"):
        return None
    rows = access.counted_for(viewer)
    waiting = list(rows.filter(state__in=WAITING).order_by("answer_by")[:200])
    open_ = lines(waiting, now, who=_holders(waiting))
    recent = rows.filter(submitted_at__gte=now - SPAN)
    answered = list(recent.exclude(answered_at=None).order_by("-answered_at")[:200])
    waits = [_wait(row) for row in answered]
    return Counts(
        open_, sum(1 for line in open_ if line.left and line.left.late),
        [Answered(row, in_words(_wait(row)), _was_late(row)) for row in answered],
        in_words(quantile(waits, 0.5)), in_words(quantile(waits, 0.9)),
        list(recent.filter(state=State.DECLINED).order_by("-closed_at")[:40]),
    )  # fmt: skip


def _wait(row: Consult) -> dt.timedelta:
    if row.answered_at is None or row.submitted_at is None:
        raise ValueError("This case was not answered.")
    return row.answered_at - row.submitted_at


def _was_late(row: Consult) -> bool:
    return bool(row.answered_at and row.answer_by and row.answered_at > row.answer_by)


def in_words(wait: dt.timedelta | None) -> str:
    """Hours and minutes, or the word unknown."""
    if wait is None:
        return _("unknown")
    minutes = int(wait.total_seconds() // 60)
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}


def late(viewer: Viewer, now: dt.datetime) -> list[Consult]:
    """For an office: cases past their target of which no work item tells yet."""
    rows = access.counted_for(viewer) if viewer.holds("office") else Consult.objects.none()
    told = WorkItem.objects.filter(about_model="consults.consult", role="office", done_at=None)
    rows = rows.exclude(pk__in=told.values("about"))
    return list(rows.filter(state__in=WAITING, answer_by__lt=now).order_by("answer_by")[:40])


def without_end(viewer: Viewer, now: dt.datetime) -> list[Consult]:
    """Of who asked: what waits longer than its target, then answers that they have not said the end
    of, drafts never sent, and closed cases to whose opinion something was added that they did not
    open.
    """
    if viewer.person is None or not viewer.holds(*access.ASKERS):
        return []
    opened = Reading.objects.filter(
        consult=OuterRef("consult"), reader=viewer.person, photo=None,
        read_at__gte=OuterRef("signed_at"),
    )  # fmt: skip
    added = Opinion.objects.filter(~Exists(opened), consult=OuterRef("pk"), version__gt=1)
    late_ = Q(state__in=WAITING, answer_by__lt=now)
    open_ = late_ | Q(state__in=("ANSWERED", "DRAFT")) | Q(Exists(added), state=State.CLOSED)
    mine = Consult.objects.filter(asked_by=viewer.person)
    rows = mine.filter(open_).order_by("asked_at")[:40]
    return sorted(rows, key=lambda row: row.state not in WAITING)


def declined_lately(viewer: Viewer, now: dt.datetime) -> list[Consult]:
    """Of who asked: what nobody could answer within the last three days."""
    if viewer.person is None or not viewer.holds(*access.ASKERS):
        return []
    since = now - dt.timedelta(days=3)
    rows = Consult.objects.filter(asked_by=viewer.person, state=State.DECLINED)
    return list(rows.filter(closed_at__gte=since).order_by("closed_at")[:5])


def outcomes_unread(viewer: Viewer, now: dt.datetime) -> list[Consult]:
    """Of a specialist: cases of which it was told within 90 days what came, and which they did not
    open since."""
    if viewer.person is None or not viewer.holds("specialist"):
        return []
    opened = Reading.objects.filter(
        consult=OuterRef("pk"), reader=viewer.person, photo=None,
        read_at__gte=OuterRef("outcome__told_at"),
    )  # fmt: skip
    rows = Consult.objects.filter(
        ~Exists(opened), assigned_to=viewer.person, outcome__told_at__gte=now - SPAN
    )
    return list(rows.order_by("outcome__told_at")[:40])


def own_cases(viewer: Viewer) -> list[Consult]:
    """What this viewer asked themselves and sent, the latest first: their phone keeps these."""
    if viewer.person is None:
        return []
    rows = access.cases_for(viewer).filter(asked_by=viewer.person).exclude(state=State.DRAFT)
    return list(rows.prefetch_related("opinions").order_by("-asked_at")[:40])


def answers_of(row: Consult) -> list[tuple[Opinion, str]]:
    """Signed opinions in clear; none once the case's key was destroyed."""
    return [(o, o.text) for o in row.opinions.all() if o.text]


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """An opinion in clear, and whether it still is what was signed."""

    row: Opinion
    text: str | None
    holds: bool
    signer: str  # as signed, in the reader's language where the account has it


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case in clear, for those who may read it."""

    row: Consult
    reference: str
    age: str
    sex: str
    story: str
    question: str
    erased: bool
    left: Left | None
    asker: str
    specialist: str
    photos: list[Photo]
    coming: int  # photographs that a phone named, and did not send yet
    opinions: list[OpinionShown]
    outcome: tuple[Outcome, str, str] | None  # with what came in words, and the words


def case_shown(row: Consult, now: dt.datetime) -> CaseShown:
    who = names_of(p for p in (row.asked_by, row.assigned_to) if p)
    opinions = list(row.opinions.all())
    signers = as_signed((o.signer, o.signer_name) for o in opinions)
    reference, age, sex, story, question = clear(
        row, "reference", "age", "sex", "story", "question"
    )
    waits = row.state in WAITING and row.answer_by is not None
    return CaseShown(
        row, reference or "", str(dict(Consult.Age.choices).get(age or "", "")),
        str(dict(Consult.Sex.choices).get(sex or "", "")), story or "", question or "",
        story is None, left(row.answer_by, now) if waits and row.answer_by else None,
        who.get(row.asked_by, ""), who.get(row.assigned_to, "") if row.assigned_to else "",
        list(row.photos.all()), row.promised.filter(photo=None).count(),
        [
            _opinion(row, (story or "", question or ""), o, signers[o.signer, o.signer_name])
            for o in opinions
        ],
        _outcome(row),
    )  # fmt: skip


def _opinion(row: Consult, asked_: tuple[str, str], opinion: Opinion, signer: str) -> OpinionShown:
    text, salt = clear(opinion, "text", "salt")
    told = signed_content(row, asked_, opinion, (text or "", salt or ""))
    holds = text is not None and fingerprint(told) == opinion.sha256
    return OpinionShown(opinion, text, holds, signer)


def signed_content(
    row: Consult, asked_: tuple[str, str], opinion: Opinion, told: tuple[str, str]
) -> dict[str, object]:
    """All that a specialist signs: of which case, what was told and asked (`asked_`), the words
    with their salt (`told`), who, when."""
    return {
        "case": str(row.pk), "number": row.number, "story": asked_[0], "question": asked_[1],
        "version": opinion.version, "text": told[0], "salt": told[1],
        "signer": str(opinion.signer), "name": opinion.signer_name,
        "at": opinion.signed_at.isoformat(),
    }  # fmt: skip


def _outcome(row: Consult) -> tuple[Outcome, str, str] | None:
    found = Outcome.objects.filter(consult=row).first()
    if found is None:
        return None
    what, words = clear(found, "what_came", "words")
    return found, str(dict(Outcome.What.choices).get(what or "", "")), words or ""


def case_of(row: Consult) -> dict[str, object]:
    """A case as its form begins."""
    return {
        "reference": row.reference, "age": row.age, "sex": row.sex, "story": row.story,
        "question": row.question, "specialty": row.specialty, "priority": row.priority,
        "consent_by": row.consent_by, "consent_how": row.consent_how, "consent_on": row.consent_on,
    }  # fmt: skip


def photo_bytes(photo: Photo) -> bytes | None:
    """The clear bytes; None once the case's key was destroyed."""
    place = f"consults.photo:{photo.pk}".encode()
    return opened_bytes(photo.consult_id, place, bytes(photo.bytes.sealed))


def readings(row: Consult) -> list[tuple[str, Reading]]:
    """Who opened a case, the latest first."""
    rows = list(Reading.objects.filter(consult=row, photo=None).order_by("-read_at", "-pk")[:20])
    who = names_of(r.reader for r in rows)
    return [(who.get(r.reader, ""), r) for r in rows]


def specialist_choices(row: Consult) -> list[tuple[str, str]]:
    """Those who might answer, with their specialty where it is known."""
    found = access.specialists_for(row)
    held_ = dict(
        Person.objects.filter(account__in=[a.pk for a in found]).values_list("account", "specialty")
    )
    return [(str(a.pk), _called(a, held_.get(a.pk, ""))) for a in found]


def _called(account: Account, specialty: str) -> str:
    return f"{account} ({specialty_name(specialty)})" if specialty else str(account)
