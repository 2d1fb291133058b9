"""Questions that a phone asks a specialist, and the answers that it keeps for who asked.

A phone keeps the stories and the answers of its owner's own cases alone, sealed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.accounts.queries import signed_names
from marrow.activity.sync.pictures import CALLED, ELSEWHERE
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.consults import access
from marrow.consults.actions import ask, name_photo, note_reading, photo_came, submit
from marrow.consults.models import Consult, Promised
from marrow.consults.queries import answers_of, own_cases
from marrow.consults.rules.cases import Case
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues, in_tongue
from marrow.sync.intents import (
    About,
    Compared,
    Intent,
    Malformed,
    Sent,
    describes,
    id_in,
    shows_held,
    takes,
)
from marrow.sync.reference import keeps
from marrow.sync.uploads import CAME, WANTED

#: of each text, and its letters at most
TEXTS = {
    "reference": 40, "age": 12, "sex": 8, "story": 6000, "question": 600, "specialty": 24,
    "priority": 9, "consent_by": 8, "consent_how": 7,
}  # fmt: skip
CHOICES: dict[str, Any] = {
    "age": Consult.Age, "sex": Consult.Sex, "priority": Consult.Priority,
    "consent_by": Consult.Consenting, "consent_how": Consult.Consent,
}  # fmt: skip
OPTIONAL = ("age", "sex")


def _is_emergency(data: Mapping[str, Any]) -> bool:
    return data.get("priority") == Consult.Priority.EMERGENCY


@takes(
    "message", kinds=("create",), of="consult", word=gettext_lazy("a question to a specialist"),
    urgent=_is_emergency, private=True,
)  # fmt: skip
def question(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Ask and send in one; the clock of its priority runs from when it came here."""
    hospital, case = _read(intent.data)
    if Consult.objects.filter(pk=intent.record).exists():
        return "IDENTICAL" if access.cases_for(by).filter(pk=intent.record).exists() else "CONFLICT"
    row = ask(
        organisation=hospital, case=case, by=by, at=at, id=intent.record, origin=intent.origin
    )
    submit(consult=row.pk, by=by, at=at, origin=intent.origin)
    return "NEW"


@shows_held("message", of="consult")
def questions_told(lines: Sequence[Sent]) -> list[list[Compared]]:
    """How urgent and of which specialty; the patient's story is for the specialist alone."""
    return [
        [
            Compared(
                _("How urgent"), None, _word_of(dict(Consult.Priority.choices), line, "priority")
            ),
            Compared(_("Specialty"), None, _specialty_of(line)),
        ]
        for line in lines
    ]


def _word_of(words: Mapping[str, Any], line: Sent, name: str) -> str:
    return str(words.get(str(line.data.get(name, "")), ""))


def _specialty_of(line: Sent) -> str:
    names = SPECIALTIES.get(str(line.data.get("specialty", "")))
    return in_tongue(names) if names else ""


@describes("message", of="reading")
def which_questions(lines: Sequence[Sent], _viewer: Viewer) -> list[About]:
    """The number of the question that was answered."""
    ids = [id_in(line.data, "consult") for line in lines]
    rows = Consult.objects.in_bulk([pk for pk in ids if pk])
    return [About(f"№ {rows[pk].number}" if pk in rows else "") for pk in ids]


def _read(data: Mapping[str, Any]) -> tuple[UUID, Case]:
    told = {name: data.get(name, "") for name in TEXTS}
    for name, longest in TEXTS.items():
        if not isinstance(told[name], str) or len(told[name]) > longest:
            raise Malformed(name)
    for name, known in CHOICES.items():
        if told[name] not in known.values and not (name in OPTIONAL and not told[name]):
            raise Malformed(name)
    try:
        hospital = UUID(data["organisation"])
        on = dt.date.fromisoformat(data["consent_on"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    return hospital, Case(**told, consent_on=on)


def photograph(
    intent: Intent, record: UUID, sha256: str, by: Viewer, at: dt.datetime
) -> str | None:
    """A photograph of a question: it stands in the case once its bytes have come."""
    if not Consult.objects.filter(pk=record).exists():
        return None
    known = Promised.objects.filter(consult=record, sha256=sha256)
    if known.exists():
        return "IDENTICAL"
    name_photo(
        promised=intent.record, consult=record, sha256=sha256, by=by, at=at, origin=intent.origin
    )
    return "NEW"


def called(record: UUID) -> str:
    """A question by its number; '' of what is none."""
    row = Consult.objects.filter(pk=record).first()
    return f"{_('a question to a specialist')} № {row.number}" if row else ""


def wanted(sha256: str) -> bool:
    """Whether a question was asked with this photograph. Also once it stands there: a phone that
    missed the answer sends it again, and is not told that it was refused."""
    return Promised.objects.filter(sha256=sha256).exists()


ELSEWHERE.append(photograph)
CALLED.append(called)
CAME.append(photo_came)
WANTED.append(wanted)


@takes("message", kinds=("create",), of="reading", word=gettext_lazy("that an answer was read"))
def reading(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Somebody opened the answer on their phone: noted as if they had opened the page."""
    try:
        consult = UUID(intent.data["consult"])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(str(wrong)) from wrong
    note_reading(consult=access.case_for(by, consult), by=by, at=intent.said_at or at)
    return "NEW"


@keeps("asked", live=True)
def asked(viewer: Viewer, _at: dt.datetime) -> list[dict[str, Any]]:
    """What this person asked, and what was answered."""
    cases = [(row, answers_of(row)) for row in own_cases(viewer)]
    names = signed_names((o.signer, o.signer_name) for _row, told in cases for o, _text in told)
    return [
        {
            "id": str(row.pk), "number": row.number, "specialty": row.specialty,
            "priority": row.priority, "state": row.state, "question": row.question or "",
            "states": in_all_tongues(Consult.State(row.state).label),
            "asked_at": row.asked_at.isoformat(),
            "answer_by": row.answer_by.isoformat() if row.answer_by else None,
            "answers": [
                {
                    "text": text, "who": opinion.signer_name, "at": opinion.signed_at.isoformat(),
                    "names": names[opinion.signer, opinion.signer_name],
                }
                for opinion, text in told
            ],
        }
        for row, told in cases
    ]  # fmt: skip


@keeps("consults")
def words(_viewer: Viewer, _at: dt.datetime) -> dict[str, Any]:
    """The words of a question's form, by code."""
    told = {
        name: {code: in_all_tongues(label) for code, label in known.choices}
        for name, known in CHOICES.items()
    }
    return {"specialty": SPECIALTIES, **told}
