"""What was written and did not arrive: kept for its writer, for an hour, under the house's key.

Passwords, keys and marks of the page are never kept; of files their names alone.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst

from marrow.core.jobs import enqueue
from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.secrets import opened_by_house, sealed_by_house
from marrow.core.viewer import PUBLIC
from marrow.ui.models import Unsent
from marrow.ui.slips.marks import FIELD, Slip

KEPT = dt.timedelta(hours=1)
MOST = 5  # of one person; a form itself is at most as long as the settings say
FLAG = "unsent"  # in the session of somebody for whom something is kept
SHOWN = "unsent_shown"  # on a request whose form holds the words already
TIDY = "ui.tidy"
SECRET = ("password", "credential", "secret", "token", "csrf")
#: pages on which nothing is written but what proves who somebody is
PROOFS = ("mfa_", "account_")
#: chosen, not written: what nobody reads
CHOSEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|on|yes")


@dataclass(frozen=True, slots=True)
class Words:
    """A form as it was written: (field, value), and the names of its files."""

    fields: list[tuple[str, str]]
    files: list[str]
    refused: bool = False  # it arrived, and its writer was told why it was not done


@dataclass(frozen=True, slots=True)
class Box:
    """What a page says of it: where it goes, what is read of it; `here` where it was written."""

    path: str
    words: Words
    lines: list[tuple[str, str]]
    here: bool


def told_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person wrote or chose, without secrets and without the marks of the page."""
    return [
        (name, value) for name, values in sorted(request.POST.lists()) for value in values
        if name != FIELD and not any(word in name.lower() for word in SECRET)
    ]  # fmt: skip


def has_words(request: HttpRequest) -> bool:
    """Whether a person wrote anything in it: a button alone has nothing to keep."""
    return any(_is_written(name, value) for name, value in told_fields(request))


def _is_written(name: str, value: str) -> bool:
    return bool(value.strip()) and not name.startswith("initial-") and not CHOSEN.fullmatch(value)


def page_before(request: HttpRequest) -> str:
    """The page on which the form stood, '' where that is not known."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(told)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def keep_words(request: HttpRequest, slip: Slip, at: dt.datetime, *, refused: bool = False) -> bool:
    """Keep them for the person whose page it was; False where there is nothing to keep."""
    match = request.resolver_match
    if match and (match.url_name or "").startswith(PROOFS):
        return False
    files = [file.name for name in request.FILES for file in request.FILES.getlist(name)]
    id_ = uuid4()
    told = json.dumps([told_fields(request), files, refused])
    Unsent.objects.create(
        id=id_, person=slip.person, at=at, path=request.get_full_path(),
        stood_on=page_before(request), sealed_words=sealed_by_house(told, _place(id_)),
    )  # fmt: skip
    mine = Unsent.objects.filter(person=slip.person).order_by("-at")
    Unsent.objects.filter(pk__in=[row.pk for row in mine[MOST:]]).delete()
    enqueue(TIDY, key=f"unsent:{id_}", at=at, not_before=at + KEPT)
    return True


def unsent_of(person: UUID, at: dt.datetime) -> Unsent | None:
    """What was kept last for somebody, if the hour is not over."""
    mine = Unsent.objects.filter(person=person, at__gt=at - KEPT)
    return mine.order_by("-at").first()


def words_of(row: Unsent) -> Words:
    fields, files, *refused = json.loads(opened_by_house(row.sealed_words, _place(row.pk)))
    return Words([(name, value) for name, value in fields], files, refused == [True])


def words_for_form(request: HttpRequest) -> tuple[QueryDict, list[str]] | None:
    """What was kept of the form that this very page shows; from then on it stands there."""
    row = _mine(request)
    if request.method != "GET" or row is None or row.path != request.get_full_path():
        return None
    words, told = words_of(row), QueryDict(mutable=True)
    for name, value in words.fields:
        told.appendlist(name, value)
    setattr(request, SHOWN, True)
    return told, words.files


def holds_words(request: HttpRequest) -> bool:
    """Whether something is kept for whoever looks; without a question to the database."""
    return bool(getattr(request, "viewer", PUBLIC).signed_in and request.session.get(FLAG))


def kept_on(request: HttpRequest) -> str | None:
    """The page on which it was written, '' where that is not known; None where nothing is kept."""
    row = _mine(request)
    return row.stood_on if row else None


def box(request: HttpRequest) -> Box | None:
    """What the frame of a page says of kept words; None where there are none, or they stand. What
    was refused is told of where it was written: its writer knows, and may let it be."""
    row = None if getattr(request, SHOWN, False) else _mine(request)
    if row is None or (request.method == "POST" and row.path == request.get_full_path()):
        return None
    words = words_of(row)
    lines = [(_label(name), value) for name, value in words.fields if _is_written(name, value)]
    places = {urlsplit(told).path for told in (row.path, row.stood_on)} | {
        reverse("accounts:unsent")
    }
    here = request.path in places
    return None if words.refused and not here else Box(row.path, words, lines, here)


def _label(name: str) -> str:
    """The word of the column that the field fills, as a history has it; else the field's name."""
    word = COLUMN_WORDS.get(name) or COLUMN_WORDS.get(f"sealed_{name}")
    return capfirst(str(word or name.replace("_", " ").replace("-", " ")))


def forget(request: HttpRequest, path: str = "") -> None:
    """It was sent, or let be: what was kept of this form goes."""
    if not holds_words(request):
        return
    person = request.viewer.person  # type: ignore[attr-defined]
    Unsent.objects.filter(person=person, path=path or request.get_full_path()).delete()
    if unsent_of(person, timezone.now()) is None:
        request.session.pop(FLAG, None)


def note_in_session(request: HttpRequest, person: UUID) -> None:
    """At signing in: whether anything waits; pages ask the session alone."""
    if unsent_of(person, timezone.now()):
        request.session[FLAG] = True


def tidy(at: dt.datetime) -> None:
    Unsent.objects.filter(at__lte=at - KEPT).delete()


def _mine(request: HttpRequest) -> Unsent | None:
    if not holds_words(request):
        return None
    return unsent_of(request.viewer.person, timezone.now())  # type: ignore[attr-defined]


def _place(id_: UUID) -> bytes:
    return f"marrow.ui.unsent:{id_}".encode()
